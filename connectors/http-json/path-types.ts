/** What a JSONPath (RFC 9535) says, as a tree. `match()` and `search()` are no part of it: see `path-parse.ts`. */
export type Query = { from: 'root' | 'current'; segments: Segment[] };
export type Segment = { descendant: boolean; selectors: Selector[] };
export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'wildcard' }
  | { kind: 'index'; index: number }
  | { kind: 'slice'; start: number | null; end: number | null; step: number }
  | { kind: 'filter'; test: Test };
export type Test =
  | { kind: 'or' | 'and'; parts: Test[] }
  | { kind: 'not'; test: Test }
  | { kind: 'exists'; query: Query }
  | { kind: 'compare'; op: Comparison; left: Operand; right: Operand };
export type Operand =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'one'; query: Query }
  | { kind: 'length'; of: Operand }
  | { kind: 'count' | 'value'; query: Query };
export type Comparison = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** What a path may cost: its text is read at once, and what it does is counted in places looked at. */
export const PATH_LIMITS = {
  characters: 512,
  /** All steps of a path, those in its filters included. */
  segments: 32,
  /** Each `..` may look at everything below every place it starts from. */
  descendants: 2,
  /** Brackets, parentheses and functions inside one another. */
  depth: 6,
  /** Comparisons, tests and selectors together. */
  parts: 64,
  /** Places that are looked at in one answer. */
  work: 2_000_000,
  /** Places that are found. */
  found: 100_000,
} as const;

/** What is wrong with a path, or with what it asks for. The message may be shown to whoever wrote it. */
export class PathProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PathProblem';
  }
}
