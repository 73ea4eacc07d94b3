import type { WindowRule } from '../catalog/types.ts';
import type { MetricKind } from '../metric.ts';
import { type Dimension, sameDimension } from './dimension.ts';

/** What is known of a part of a formula before any point is: a bare number, or a quantity made from metrics. */
export type Nature = { kind: 'number' } | Quantity;

export type Quantity = {
  kind: MetricKind;
  dimension: Dimension;
  window: WindowRule;
  /** Whether its points keep a numerator and a denominator: it is a quotient whose sides add up or last. */
  keepsParts: boolean;
};

/**
 * How the points of a formula make a longer window: summed, the last one, both sides summed and then divided, or not at
 * all, because the days would have to be computed from what is not there any more.
 */
export type Combines = 'sum' | 'last' | 'parts' | 'never';

export function combinesOf({ kind, keepsParts }: Quantity): Combines {
  switch (kind) {
    case 'flow':
      return 'sum';
    case 'stock':
      return 'last';
    case 'distinct':
      return 'never';
    case 'ratio':
    case 'distribution':
      return keepsParts ? 'parts' : 'never';
  }
}

/** What comes out of an operation, but for its dimension and its window. */
export type Way = { kind: 'number' } | Pick<Quantity, 'kind' | 'keepsParts'>;

const number: Way = { kind: 'number' };
/** A value that stands for its own window only: a ratio whose sides are not known. */
const alone: Way = { kind: 'ratio', keepsParts: false };

/** A sum or a difference. Null: the two combine in ways that have nothing in common. */
export function wayOfSum(left: Nature, right: Nature, operator: '+' | '-'): Way | null {
  if (left.kind === 'number') return withNumber(right);
  if (right.kind === 'number') return withNumber(left);
  if (left.kind === right.kind && (left.kind === 'flow' || left.kind === 'stock')) {
    return { kind: left.kind, keepsParts: false };
  }
  const kinds = [left.kind, right.kind];
  if (kinds.includes('flow') && kinds.includes('stock')) return null;
  if (kinds.includes('distinct') && operator === '+') return null;
  return alone;
}

function withNumber(nature: Nature): Way {
  // Added to each day of a flow, a number is added once a day; over a longer window that is nobody's intention.
  return nature.kind === 'flow' ? alone : scaled(nature);
}

/** A value times a number, or its negative. */
export function scaled(nature: Nature): Way {
  if (nature.kind === 'number') return number;
  const kind = nature.kind === 'distribution' ? 'ratio' : nature.kind;
  return { kind, keepsParts: nature.keepsParts };
}

export function wayOfProduct(left: Nature, right: Nature): Way {
  if (left.kind === 'number') return scaled(right);
  if (right.kind === 'number') return scaled(left);
  return left.kind === 'stock' && right.kind === 'stock' ? { kind: 'stock', keepsParts: false } : alone;
}

/** Two flows add up, so their quotient keeps both sides; two stocks last, and so does theirs. */
export function wayOfQuotient(left: Nature, right: Nature): Way {
  if (right.kind === 'number') return scaled(left);
  if (left.kind === 'number') {
    if (right.kind === 'stock') return { kind: 'stock', keepsParts: right.keepsParts };
    return right.keepsParts ? { kind: 'ratio', keepsParts: true } : alone;
  }
  if (left.kind === 'flow' && right.kind === 'flow') return { kind: 'ratio', keepsParts: true };
  return left.kind === 'stock' && right.kind === 'stock' ? { kind: 'stock', keepsParts: true } : alone;
}

/** What is chosen or bent day by day (`min`, `round`, `if` …): the choice on a total is not the total of the choices. */
export function wayOfChoice(natures: readonly Nature[]): Way {
  const kinds = new Set(natures.map((nature) => nature.kind).filter((kind) => kind !== 'number'));
  if (kinds.size === 0) return number;
  const [only] = kinds;
  return kinds.size === 1 && (only === 'stock' || only === 'distinct')
    ? { kind: only, keepsParts: false }
    : alone;
}

/** The quantities among some natures: bare numbers fit anything. */
export function quantities(natures: readonly Nature[]): Quantity[] {
  return natures.filter((nature): nature is Quantity => nature.kind !== 'number');
}

/** The first two quantities that differ in dimension, or null. */
export function differing(natures: readonly Nature[]): [Quantity, Quantity] | null {
  const [first, ...rest] = quantities(natures);
  if (first === undefined) return null;
  const other = rest.find((quantity) => !sameDimension(first.dimension, quantity.dimension));
  return other === undefined ? null : [first, other];
}
