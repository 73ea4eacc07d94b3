import { numberLiteral, stringLiteral } from './path-literals.ts';
import { segmentsOf } from './path-parse.ts';
import type { PathText } from './path-text.ts';
import { type Comparison, type Operand, PathProblem, type Query, type Test } from './path-types.ts';

const COMPARISONS: readonly Comparison[] = ['==', '!=', '<=', '>=', '<', '>'];
const FUNCTIONS = ['length', 'count', 'value'] as const;

/** The condition of a filter: `||` binds less than `&&`, and that less than `!`. */
export function filterTest(path: PathText): Test {
  return joined(path, '||', () => joined(path, '&&', () => basic(path)));
}

function joined(path: PathText, mark: '||' | '&&', read: () => Test): Test {
  const [first, ...more] = [read()];
  const parts = [first, ...more];
  for (;;) {
    path.blank();
    if (!path.take(mark)) break;
    path.blank();
    parts.push(read());
  }
  return parts.length === 1 ? first : { kind: mark === '||' ? 'or' : 'and', parts };
}

function basic(path: PathText): Test {
  path.count('parts');
  if (path.peek() === '!' && path.peek(1) !== '=') {
    path.take('!');
    path.blank();
    if (path.peek() === '(') return { kind: 'not', test: inParentheses(path) };
    if (path.peek() !== '@' && path.peek() !== '$') path.fail('"(", "@" or "$" after "!"');
    return { kind: 'not', test: { kind: 'exists', query: query(path) } };
  }
  if (path.peek() === '(') return inParentheses(path);
  const left = operand(path);
  path.blank();
  const op = COMPARISONS.find((mark) => path.take(mark));
  if (op === undefined) {
    if (left.kind === 'one') return { kind: 'exists', query: left.query };
    return path.fail('a comparison such as "=="');
  }
  path.blank();
  return { kind: 'compare', op, left: comparable(left), right: comparable(operand(path)) };
}

function inParentheses(path: PathText): Test {
  return path.inside(() => {
    path.expect('(');
    path.blank();
    const test = filterTest(path);
    path.blank();
    path.expect(')');
    return test;
  });
}

function query(path: PathText): Query {
  const from = path.take('@') ? 'current' : 'root';
  if (from === 'root') path.expect('$');
  return { from, segments: segmentsOf(path) };
}

/** A path on a side of a comparison leads to one place at most. */
function comparable(operand: Operand): Operand {
  if (operand.kind === 'one' && !isSingular(operand.query)) {
    throw new PathProblem(
      'A path that is compared must lead to one place, by names and numbers only. For several places use count().',
    );
  }
  return operand;
}

/** Whether it leads to one place at most: names and numbers, one at a time. */
export function isSingular({ segments }: Query): boolean {
  return segments.every(({ descendant, selectors }) => {
    const [only, ...more] = selectors;
    return !descendant && more.length === 0 && (only?.kind === 'name' || only?.kind === 'index');
  });
}

function operand(path: PathText): Operand {
  const next = path.peek();
  if (next === '@' || next === '$') return { kind: 'one', query: query(path) };
  if (next === '"' || next === "'") return { kind: 'literal', value: stringLiteral(path) };
  if (/[-0-9]/.test(next)) return { kind: 'literal', value: numberLiteral(path) };
  const word = path.run(/[a-z0-9_]/);
  if (path.peek() === '(') return called(path, word);
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'null') return { kind: 'literal', value: null };
  return path.fail('a value, "@" or "$" before this');
}

function called(path: PathText, name: string): Operand {
  const known = FUNCTIONS.find((each) => each === name);
  if (known === undefined) {
    const regex = name === 'match' || name === 'search';
    const why = regex ? 'regular expressions are not run' : 'there is no such function';
    throw new PathProblem(`"${name}()" cannot be used: ${why}. Use one of ${FUNCTIONS.join(', ')}.`);
  }
  path.count('parts');
  return path.inside(() => {
    path.expect('(');
    path.blank();
    const read = (): Operand => {
      if (known === 'length') return { kind: 'length', of: comparable(operand(path)) };
      if (path.peek() !== '@' && path.peek() !== '$') path.fail(`a path for ${known}()`);
      return { kind: known, query: query(path) };
    };
    const found = read();
    path.blank();
    path.expect(')');
    return found;
  });
}
