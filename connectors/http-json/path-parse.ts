import { filterTest } from './path-filter.ts';
import { stringLiteral, wholeNumber } from './path-literals.ts';
import { openPath, type PathText } from './path-text.ts';
import type { Query, Segment, Selector } from './path-types.ts';

/**
 * Reads a JSONPath as RFC 9535 has it, in one pass and within `PATH_LIMITS`. Written here because a path comes from people:
 * jsonpath-rfc9535 1.3 knows no limits, and takes `a && b && c` for `a && (b || c)`. What is left out is `match()` and
 * `search()`: nobody's regular expressions are run.
 *
 * @throws PathProblem that names the place in the text
 */
export function parsePath(text: string): Query {
  const path = openPath(text);
  path.expect('$');
  const segments = segmentsOf(path);
  if (path.peek() !== '') path.fail('its end or a step such as ".name" or "[0]"');
  return { from: 'root', segments };
}

/** The steps from here on. Blanks belong to them only where another step follows. */
export function segmentsOf(path: PathText): Segment[] {
  const segments: Segment[] = [];
  while (startsSegment(path)) {
    path.blank();
    path.count('segments');
    segments.push(segment(path));
  }
  return segments;
}

function startsSegment(path: PathText): boolean {
  let ahead = 0;
  while (/^[ \t\n\r]$/.test(path.peek(ahead))) ahead += 1;
  return path.peek(ahead) === '.' || path.peek(ahead) === '[';
}

function segment(path: PathText): Segment {
  if (path.take('[')) return { descendant: false, selectors: bracketed(path) };
  path.expect('.');
  const descendant = path.take('.');
  if (descendant) path.count('descendants');
  if (descendant && path.take('[')) return { descendant, selectors: bracketed(path) };
  path.count('parts');
  if (path.take('*')) return { descendant, selectors: [{ kind: 'wildcard' }] };
  if (!/[A-Za-z_\u0080-\uffff]/.test(path.peek())) path.fail('a name or "*"');
  return { descendant, selectors: [{ kind: 'name', name: path.run(/[A-Za-z0-9_\u0080-\uffff]/) }] };
}

function bracketed(path: PathText): Selector[] {
  return path.inside(() => {
    const selectors: Selector[] = [];
    do {
      path.blank();
      path.count('parts');
      selectors.push(selector(path));
      path.blank();
    } while (path.take(','));
    path.expect(']');
    return selectors;
  });
}

function selector(path: PathText): Selector {
  const next = path.peek();
  if (next === '"' || next === "'") return { kind: 'name', name: stringLiteral(path) };
  if (path.take('*')) return { kind: 'wildcard' };
  if (path.take('?')) {
    path.blank();
    return { kind: 'filter', test: filterTest(path) };
  }
  if (next !== ':' && !/[-0-9]/.test(next)) path.fail('a name in quotes, a number, "*" or "?"');
  const start = next === ':' ? null : wholeNumber(path);
  if (!colonFollows(path)) return { kind: 'index', index: start ?? 0 };
  return slice(path, start);
}

function colonFollows(path: PathText): boolean {
  path.blank();
  return path.take(':');
}

function slice(path: PathText, start: number | null): Selector {
  const optional = (): number | null => {
    path.blank();
    return /[-0-9]/.test(path.peek()) ? wholeNumber(path) : null;
  };
  const end = optional();
  const step = colonFollows(path) ? optional() : null;
  return { kind: 'slice', start, end, step: step ?? 1 };
}
