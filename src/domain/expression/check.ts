import type { Unit } from '../metric.ts';
import {
  currenciesOf,
  type Dimension,
  describeDimension,
  dimensionOf,
  mayBeStatedAs,
  multiplied,
  namedUnit,
} from './dimension.ts';
import { judgeLookBack } from './look-back.ts';
import {
  type Combines,
  combinesOf,
  differing,
  type Nature,
  type Quantity,
  quantities,
  scaled,
  type Way,
  wayOfChoice,
  wayOfProduct,
  wayOfQuotient,
  wayOfSum,
} from './nature.ts';
import { print } from './print.ts';
import type { CheckProblem, ProblemCode } from './problem.ts';
import { checkReferences } from './references.ts';
import { type Cadence, spanOf } from './span.ts';
import type { ExpressionTraits } from './traits.ts';
import { children, type Expression } from './tree.ts';

/** A formula that may be evaluated: only the check makes one. */
export type CheckedExpression = {
  tree: Expression;
  traits: ExpressionTraits & { dimension: Dimension; combines: Combines };
  natures: ReadonlyMap<Expression, Nature>;
};

export type Checked =
  | { ok: true; expression: CheckedExpression }
  | { ok: false; problems: readonly CheckProblem[] };

type Check = {
  metrics: ReadonlyMap<string, ExpressionTraits>;
  cadence: Cadence;
  natures: Map<Expression, Nature>;
  problems: CheckProblem[];
};

/**
 * Whether a formula makes sense for the metrics that it reads, and what it gives: unit, currency, time zone, grain and
 * how its points combine. `statedUnit` is what the owner calls a result without a unit of its own, such as
 * `custom:tickets per user`. Every problem is told, not only the first.
 */
export function checkExpression(
  tree: Expression,
  metrics: ReadonlyMap<string, ExpressionTraits>,
  statedUnit: Unit | null = null,
): Checked {
  const { first, problems } = checkReferences(tree, metrics);
  if (first === null) return { ok: false, problems };
  const check: Check = { metrics, cadence: first.cadence, natures: new Map(), problems };
  const nature = judge(tree, check);
  if (nature === null || nature.kind === 'number' || problems.length > 0) return { ok: false, problems };

  const { dimension } = nature;
  if (statedUnit !== null && !mayBeStatedAs(dimension, statedUnit)) {
    const sentence = `The formula gives ${describeDimension(dimension)}, which is not ${statedUnit}; leave the unit out or state ${namedUnit(dimension).unit}.`;
    return { ok: false, problems: [{ code: 'stated_unit', sentence }] };
  }
  const named = statedUnit === null ? namedUnit(dimension) : { ...namedUnit(dimension), unit: statedUnit };
  const { timeZone, cadence } = first;
  const combines = combinesOf(nature);
  const traits = {
    ...named,
    kind: nature.kind,
    timeZone,
    cadence,
    window: nature.window,
    dimension,
    combines,
  };
  return { ok: true, expression: { tree, traits, natures: check.natures } };
}

/** The nature of a part, written down for the evaluation. Null when it, or something below it, has a problem. */
function judge(node: Expression, check: Check): Nature | null {
  const below = children(node).map((child) => judge(child, check));
  const known = below.filter((nature) => nature !== null);
  if (known.length < below.length) return null;
  const nature = natureOf(node, known, check);
  if (nature !== null) check.natures.set(node, nature);
  return nature;
}

function natureOf(node: Expression, below: readonly Nature[], check: Check): Nature | null {
  const [left, right] = below;
  switch (node.kind) {
    case 'number':
      return { kind: 'number' };
    case 'metric':
      return natureOfMetric(check.metrics.get(node.name));
    case 'negate':
      return left === undefined ? null : joined(node, below, scaled(left), check);
    case 'round':
      return joined(node, below, wayOfChoice(below), check);
    case 'look_back': {
      if (left === undefined) return null;
      const judged = judgeLookBack(node, left, check.cadence);
      return judged.ok ? judged.quantity : told(check, judged.problem.code, judged.problem.sentence);
    }
    case 'binary':
      return left === undefined || right === undefined ? null : natureOfBinary(node, left, right, check);
    case 'call':
      if (node.name === 'ratio' && left !== undefined && right !== undefined) {
        return sameUnit(node, below, check) ? quotient(node, left, right, check) : null;
      }
      return sameUnit(node, below, check) ? joined(node, below, wayOfChoice(below), check) : null;
    case 'if': {
      const [sides, branches] = [below.slice(0, 2), below.slice(2)];
      if (!sameUnit(node, sides, check) || !sameUnit(node, branches, check)) return null;
      return joined(node, below, wayOfChoice(below), check, branches);
    }
  }
}

function natureOfMetric(traits: ExpressionTraits | undefined): Nature | null {
  if (traits === undefined) return null;
  const dimension = traits.dimension ?? dimensionOf(traits);
  if (dimension === null) return null;
  const keepsParts = traits.kind === 'ratio' || traits.kind === 'distribution';
  return { kind: traits.kind, dimension, window: traits.window, keepsParts };
}

function natureOfBinary(
  node: Expression & { kind: 'binary' },
  left: Nature,
  right: Nature,
  check: Check,
): Nature | null {
  const { operator } = node;
  if (operator === '/') return quotient(node, left, right, check);
  if (operator === '*') {
    const nature = joined(node, [left, right], wayOfProduct(left, right), check);
    return measuredIn(node, nature, multiplied(dimension(left), dimension(right), 1), check);
  }
  if (!sameUnit(node, [left, right], check)) return null;
  const way = wayOfSum(left, right, operator);
  if (way !== null) return joined(node, [left, right], way, check);
  const isDistinct = left.kind === 'distinct' || right.kind === 'distinct';
  const why = isDistinct
    ? 'adds a count of different people, some of whom may be counted twice; ask the source for one count of them all'
    : 'joins the total of a day with the state at its close; take rolling_sum(...) of the total or delta(...) of the state';
  return told(check, 'additivity', `"${print(node)}" ${why}.`);
}

function quotient(node: Expression, left: Nature, right: Nature, check: Check): Nature | null {
  const below = children(node)[1];
  if (below?.kind === 'number' && below.value === 0) {
    return told(
      check,
      'zero_denominator',
      `"${print(node)}" divides by 0; divide by a metric or another number.`,
    );
  }
  const nature = joined(node, [left, right], wayOfQuotient(left, right), check);
  return measuredIn(node, nature, multiplied(dimension(left), dimension(right), -1), check);
}

/** A bare number measures nothing by itself. */
function dimension(nature: Nature): Dimension {
  return nature.kind === 'number' ? {} : nature.dimension;
}

function measuredIn(
  node: Expression,
  nature: Nature | null,
  measure: Dimension,
  check: Check,
): Nature | null {
  if (nature === null || nature.kind === 'number') return nature;
  const [one, other] = currenciesOf(measure);
  if (other === undefined) return { ...nature, dimension: measure };
  const sentence = `"${print(node)}" mixes ${one} with ${other}; choose metrics of one currency.`;
  return told(check, 'currency', sentence);
}

/** The result of an operation whose sides are about the same days; its unit is that of `measured`. */
function joined(
  node: Expression,
  below: readonly Nature[],
  way: Way,
  check: Check,
  measured: readonly Nature[] = below,
): Nature | null {
  if (way.kind === 'number') return way;
  const sides = quantities(below);
  const spans = sides.map(({ kind, window }) => spanOf(kind, window));
  const one = spans.findIndex((span) => span !== null);
  const other = spans.findIndex((span) => span !== null && span !== spans[one]);
  if (other !== -1) {
    // A day and a month differ anyway, which has been told already.
    if (check.problems.some(({ code }) => code === 'cadence')) return null;
    const fix = 'choose metrics of one window, or widen a daily total with rolling_sum(..., days)';
    const sentence = `"${print(node)}" joins a value over ${spans[one]} with one over ${spans[other]}; ${fix}.`;
    return told(check, 'window', sentence);
  }
  const window = (sides[one] ?? sides[0])?.window ?? { kind: 'none' };
  return { ...way, window, dimension: dimension(quantities(measured)[0] ?? { kind: 'number' }) };
}

/** Bare numbers take the unit of what they stand beside. */
function sameUnit(node: Expression, natures: readonly Nature[], check: Check): boolean {
  const pair = differing(natures);
  if (pair === null) return true;
  const [one, other] = pair.map(({ dimension }: Quantity) => describeDimension(dimension));
  const currencies = pair.map(({ dimension }) => currenciesOf(dimension));
  const isCurrency =
    currencies.every((codes) => codes.length === 1) && currencies[0]?.[0] !== currencies[1]?.[0];
  const fix = isCurrency
    ? 'choose metrics of one currency'
    : 'join values of one unit, or divide one by the other with "/"';
  told(check, isCurrency ? 'currency' : 'unit', `"${print(node)}" joins ${one} with ${other}; ${fix}.`);
  return false;
}

function told(check: Check, code: ProblemCode, sentence: string): null {
  check.problems.push({ code, sentence });
  return null;
}
