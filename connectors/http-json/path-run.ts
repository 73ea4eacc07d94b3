import {
  type Comparison,
  type Operand,
  PATH_LIMITS,
  PathProblem,
  type Query,
  type Segment,
  type Selector,
  type Test,
} from './path-types.ts';

/** What is left of the places that a path may look at; shared by all paths that are run on one answer. */
export type Work = { left: number };
export const fullWork = (): Work => ({ left: PATH_LIMITS.work });

const NOTHING = Symbol('nothing');
type Found = unknown; // a JSON value, or NOTHING
type Ground = { root: unknown; work: Work };

/**
 * The places that a path leads to, in its order.
 *
 * @throws PathProblem when more places are looked at or found than `PATH_LIMITS` allows: the end comes by count and not by time
 */
export function runPath(query: Query, root: unknown, work: Work = fullWork()): unknown[] {
  return places(query, root, { root, work });
}

function places(query: Query, current: unknown, ground: Ground): unknown[] {
  let nodes: unknown[] = [query.from === 'root' ? ground.root : current];
  for (const segment of query.segments) {
    const found: unknown[] = [];
    for (const node of nodes) step(segment, node, ground, found);
    nodes = found;
  }
  return nodes;
}

function step({ descendant, selectors }: Segment, node: unknown, ground: Ground, found: unknown[]): void {
  const open = [node];
  while (open.length > 0) {
    const here = open.pop();
    spend(ground, 1);
    for (const selector of selectors) select(selector, here, ground, found);
    if (!descendant) continue;
    const children = childrenOf(here);
    for (let index = children.length - 1; index >= 0; index -= 1) open.push(children[index]);
    spend(ground, children.length);
  }
}

function select(selector: Selector, node: unknown, ground: Ground, found: unknown[]): void {
  switch (selector.kind) {
    case 'name':
      if (isObject(node) && Object.hasOwn(node, selector.name)) keep(node[selector.name], ground, found);
      return;
    case 'index':
      if (Array.isArray(node)) {
        const index = selector.index < 0 ? node.length + selector.index : selector.index;
        if (index >= 0 && index < node.length) keep(node[index], ground, found);
      }
      return;
    case 'wildcard':
      for (const child of childrenOf(node)) keep(child, ground, found);
      return;
    case 'slice':
      if (Array.isArray(node))
        for (const index of sliced(selector, node.length)) keep(node[index], ground, found);
      return;
    case 'filter':
      for (const child of childrenOf(node)) {
        spend(ground, 1);
        if (holds(selector.test, child, ground)) keep(child, ground, found);
      }
  }
}

function keep(value: unknown, ground: Ground, found: unknown[]): void {
  spend(ground, 1);
  if (found.length >= PATH_LIMITS.found)
    throw new PathProblem(`The path finds more than ${PATH_LIMITS.found} places. Use a narrower one.`);
  found.push(value);
}

function spend({ work }: Ground, places: number): void {
  work.left -= places;
  if (work.left >= 0) return;
  throw new PathProblem(
    `The path looks at more than ${PATH_LIMITS.work} places of the answer. Use a narrower one, with fewer ".." and filters.`,
  );
}

function* sliced(
  { start, end, step }: Extract<Selector, { kind: 'slice' }>,
  length: number,
): Generator<number> {
  const clamp = (index: number, low: number, high: number): number =>
    Math.min(Math.max(index < 0 ? length + index : index, low), high);
  if (step > 0) {
    const to = clamp(end ?? length, 0, length);
    for (let index = clamp(start ?? 0, 0, length); index < to; index += step) yield index;
  }
  if (step < 0) {
    const to = end === null ? -1 : clamp(end, -1, length - 1);
    for (let index = clamp(start ?? length - 1, -1, length - 1); index > to; index += step) yield index;
  }
}

function holds(test: Test, current: unknown, ground: Ground): boolean {
  spend(ground, 1);
  switch (test.kind) {
    case 'or':
      return test.parts.some((part) => holds(part, current, ground));
    case 'and':
      return test.parts.every((part) => holds(part, current, ground));
    case 'not':
      return !holds(test.test, current, ground);
    case 'exists':
      return places(test.query, current, ground).length > 0;
    case 'compare':
      return compared(
        test.op,
        valueOf(test.left, current, ground),
        valueOf(test.right, current, ground),
        ground,
      );
  }
}

function valueOf(operand: Operand, current: unknown, ground: Ground): Found {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'one':
    case 'value': {
      const found = places(operand.query, current, ground);
      return found.length === 1 ? found[0] : NOTHING;
    }
    case 'count':
      return places(operand.query, current, ground).length;
    case 'length': {
      const of = valueOf(operand.of, current, ground);
      if (typeof of === 'string') return characters(of, ground);
      if (Array.isArray(of)) return of.length;
      if (!isObject(of)) return NOTHING;
      const { length } = Object.keys(of);
      spend(ground, length);
      return length;
    }
  }
}

function characters(text: string, ground: Ground): number {
  spend(ground, text.length);
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function compared(op: Comparison, left: Found, right: Found, ground: Ground): boolean {
  switch (op) {
    case '==':
      return equal(left, right, ground);
    case '!=':
      return !equal(left, right, ground);
    case '<':
      return less(left, right, ground);
    case '>':
      return less(right, left, ground);
    case '<=':
      return less(left, right, ground) || equal(left, right, ground);
    case '>=':
      return less(right, left, ground) || equal(left, right, ground);
  }
}

function less(left: Found, right: Found, ground: Ground): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  spend(ground, left.length + right.length);
  const [a, b] = [Array.from(left), Array.from(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return a.length < b.length;
}

/** Depth does not matter: what is still to be compared waits in a list. */
function equal(left: Found, right: Found, ground: Ground): boolean {
  const open: [unknown, unknown][] = [[left, right]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair;
    spend(ground, typeof a === 'string' && typeof b === 'string' ? 1 + Math.min(a.length, b.length) / 16 : 1);
    if (a === b) continue;
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      spend(ground, a.length);
      for (const [index, item] of a.entries()) open.push([item, b[index]]);
    } else if (isObject(a) && isObject(b)) {
      const names = Object.keys(a);
      spend(ground, names.length);
      if (names.length !== Object.keys(b).length || !names.every((name) => Object.hasOwn(b, name)))
        return false;
      for (const name of names) open.push([a[name], b[name]]);
    } else return false;
  }
  return true;
}

function childrenOf(node: unknown): readonly unknown[] {
  if (Array.isArray(node)) return node;
  return isObject(node) ? Object.values(node) : [];
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
