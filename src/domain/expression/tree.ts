/** The syntax tree of a formula. It holds nothing but what was written, so that it can be stored, shown and printed. */
export type Expression =
  /** Never negative: a minus is a node of its own. */
  | { kind: 'number'; value: number }
  /** A metric of the same window, by its key. */
  | { kind: 'metric'; name: string }
  | { kind: 'negate'; operand: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  /** `abs` takes one operand, `ratio` two, `min` and `max` two or more. */
  | { kind: 'call'; name: PlainFunction; operands: readonly Expression[] }
  | { kind: 'round'; operand: Expression; decimals: number }
  /** Looks at earlier points of its operand. A period is a day, or a month for metrics with a point per month. */
  | { kind: 'look_back'; name: LookBackFunction; operand: Expression; periods: number }
  | { kind: 'if'; condition: Comparison; whenTrue: Expression; whenFalse: Expression };

export type Comparison = { operator: ComparisonOperator; left: Expression; right: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = (typeof comparisonOperators)[number];
export type PlainFunction = (typeof plainFunctions)[number];
export type LookBackFunction = (typeof lookBackFunctions)[number];

export const comparisonOperators = ['<', '<=', '>', '>=', '=', '!='] as const;
export const plainFunctions = ['min', 'max', 'abs', 'ratio'] as const;
export const lookBackFunctions = ['delta', 'pct_change', 'rolling_sum', 'rolling_avg'] as const;

/** How strongly an operator binds the things beside it. Unary minus binds stronger than all of them. */
export const strengths: Readonly<Record<BinaryOperator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2 };

/**
 * What a formula may hold at most. Nodes, depth and numbers have the limits that hold for every transform.
 * A comparison is a node, the whole number at the end of a call is none.
 */
export const limits = {
  nodes: 64,
  depth: 16,
  /** Different metrics: each is read for each day. */
  references: 20,
  /** Longer than any tree inside the other limits prints to, so that what was accepted can be read back. */
  characters: 8_000,
  nameCharacters: 100, // as a metric's key
  decimals: 9,
  number: 1e15,
  /** A year of days: 366 reach a year back from any day. */
  periods: 366,
} as const;

/** The nodes right below one. The two sides of a condition come first. */
export function children(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'number':
    case 'metric':
      return [];
    case 'negate':
    case 'round':
    case 'look_back':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'call':
      return node.operands;
    case 'if':
      return [node.condition.left, node.condition.right, node.whenTrue, node.whenFalse];
  }
}

/** The keys of the metrics that a formula reads, each once, in the order of first mention. */
export function references(tree: Expression): string[] {
  const names = tree.kind === 'metric' ? [tree.name] : children(tree).flatMap(references);
  return [...new Set(names)];
}

/** How many nodes lie on the longest way from the top to a leaf. */
export function depth(tree: Expression): number {
  return 1 + Math.max(0, ...children(tree).map(depth));
}

/** How many periods before a day its value looks at: the points that have to be loaded in front of a window. */
export function periodsBefore(tree: Expression): number {
  const below = Math.max(0, ...children(tree).map(periodsBefore));
  if (tree.kind !== 'look_back') return below;
  // A window of n periods holds the day itself and n - 1 before it; a change looks at the one n before.
  const own = tree.name === 'rolling_sum' || tree.name === 'rolling_avg' ? tree.periods - 1 : tree.periods;
  return below + own;
}
