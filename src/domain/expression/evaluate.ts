import type { Decimal } from 'decimal.js';
import { addDays, addMonths, monthStart } from '../day.ts';
import type { NoValueReason } from '../key-result.ts';
import type { Observation } from '../metric.ts';
import type { CheckedExpression } from './check.ts';
import type { Nature } from './nature.ts';
import { called, growth, holds, joined, type Side } from './operations.ts';
import type { Expression } from './tree.ts';
import { Exact, mapped, measured, plus, pooled, scaledBy, type Value, without } from './value.ts';

/** A point as a formula reads it. Where a null has a reason of its own, the result has the same. */
export type SourcePoint = Observation & { reason?: NoValueReason };
export type PointsByName = ReadonlyMap<string, readonly SourcePoint[]>;

/**
 * A formula on one day. Numerator and denominator are given where the result keeps them, also on a day that cannot be
 * divided: a longer window adds up both and then divides.
 */
export type ExpressionPoint = { day: string; numerator: number | null; denominator: number | null } & (
  | { value: number }
  | { value: null; reason: NoValueReason }
);

type Evaluation = {
  expression: CheckedExpression;
  points: ReadonlyMap<string, ReadonlyMap<string, SourcePoint>>;
  /** Values found already: looking back asks for the same days again and again. */
  found: Map<Expression, Map<string, Value>>;
};

/** The formula on one day, from points of that day and of as many periods before it as `periodsBefore` says. */
export function evaluateDay(
  expression: CheckedExpression,
  day: string,
  pointsByName: PointsByName,
): ExpressionPoint {
  return pointOf(day, begin(expression, pointsByName));
}

/** The formula on each of the days. A day without a value says why; nothing that was checked throws. */
export function evaluateDays(
  expression: CheckedExpression,
  days: readonly string[],
  pointsByName: PointsByName,
): ExpressionPoint[] {
  const evaluation = begin(expression, pointsByName);
  return days.map((day) => pointOf(day, evaluation));
}

function begin(expression: CheckedExpression, pointsByName: PointsByName): Evaluation {
  const byDay = [...pointsByName].map(
    ([name, points]) => [name, new Map(points.map((point) => [point.day, point]))] as const,
  );
  return { expression, points: new Map(byDay), found: new Map() };
}

function pointOf(day: string, evaluation: Evaluation): ExpressionPoint {
  const { tree } = evaluation.expression;
  const found = valueOn(tree, day, evaluation);
  const numerator = finite(found.parts?.numerator);
  const denominator = finite(found.parts?.denominator);
  const isWhole = keepsParts(tree, evaluation) && numerator !== null && denominator !== null;
  const parts = isWhole ? { numerator, denominator } : { numerator: null, denominator: null };
  if (found.value === null) return { day, value: null, reason: found.reason, ...parts };
  const value = finite(found.value);
  return value === null ? { day, value: null, reason: 'no_observation', ...parts } : { day, value, ...parts };
}

/**
 * As a double. Null when it is too large for one, or so small that a zero would be left: neither can be written down,
 * and that zero would be a measurement.
 */
function finite(value: Decimal | undefined): number | null {
  if (value === undefined) return null;
  if (value.isZero()) return 0; // never -0
  const result = value.toNumber();
  return Number.isFinite(result) && result !== 0 ? result : null;
}

function valueOn(node: Expression, day: string, evaluation: Evaluation): Value {
  const byDay = evaluation.found.get(node) ?? new Map<string, Value>();
  evaluation.found.set(node, byDay);
  const value = byDay.get(day) ?? compute(node, day, evaluation);
  byDay.set(day, value);
  return value;
}

function compute(node: Expression, day: string, evaluation: Evaluation): Value {
  const on = (child: Expression): Value => valueOn(child, day, evaluation);
  switch (node.kind) {
    case 'number':
      return measured(new Exact(node.value));
    case 'metric':
      return read(evaluation.points.get(node.name)?.get(day), natureOf(node, evaluation));
    case 'negate':
      return scaledBy(on(node.operand), new Exact(-1));
    case 'binary':
      return joined(node.operator, sideOf(node.left, day, evaluation), sideOf(node.right, day, evaluation));
    case 'round':
      return mapped([on(node.operand)], (value) => value.toDecimalPlaces(node.decimals));
    case 'call':
      return called(
        node.name,
        node.operands.map((operand) => sideOf(operand, day, evaluation)),
      );
    case 'look_back':
      return lookBack(node, day, evaluation);
    case 'if': {
      const { operator, left, right } = node.condition;
      const difference = mapped([on(left), on(right)], (a, b) => plus(a, b.neg()));
      if (difference.value === null) return difference;
      // Only the branch that is taken is asked, so that a condition can stand guard before a division.
      return on(holds(operator, difference.value.comparedTo(0)) ? node.whenTrue : node.whenFalse);
    }
  }
}

function sideOf(node: Expression, day: string, evaluation: Evaluation): Side {
  const isNumber = natureOf(node, evaluation).kind === 'number';
  return { value: valueOn(node, day, evaluation), isNumber };
}

function natureOf(node: Expression, { expression }: Evaluation): Nature {
  return expression.natures.get(node) ?? { kind: 'number' };
}

function keepsParts(node: Expression, evaluation: Evaluation): boolean {
  const nature = natureOf(node, evaluation);
  return nature.kind !== 'number' && nature.keepsParts;
}

function read(point: SourcePoint | undefined, nature: Nature): Value {
  if (point === undefined) return without('no_observation');
  const { value, numerator, denominator } = point;
  const isQuotient = nature.kind === 'ratio' || nature.kind === 'distribution';
  const parts =
    isQuotient && numerator !== null && denominator !== null
      ? { numerator: new Exact(numerator), denominator: new Exact(denominator) }
      : null;
  if (value !== null) return { value: new Exact(value), parts };
  return without(point.reason ?? (denominator === 0 ? 'zero_denominator' : 'no_observation'), parts);
}

function lookBack(node: Expression & { kind: 'look_back' }, day: string, evaluation: Evaluation): Value {
  const ago = (periods: number): Value =>
    valueOn(node.operand, earlier(day, periods, evaluation), evaluation);
  switch (node.name) {
    case 'delta':
      return mapped([ago(0), ago(node.periods)], (now, before) => plus(now, before.neg()));
    case 'pct_change':
      return growth(ago(0), ago(node.periods));
    case 'rolling_sum':
    case 'rolling_avg': {
      const window = Array.from({ length: node.periods }, (_, index) => ago(node.periods - 1 - index));
      if (keepsParts(node.operand, evaluation)) return pooled(window);
      const divisor = node.name === 'rolling_sum' ? 1 : node.periods;
      return mapped(window, (...known) => known.reduce(plus).div(divisor));
    }
  }
}

/** Of metrics with a point per month, the last day of an earlier month. */
function earlier(day: string, periods: number, { expression }: Evaluation): string {
  if (periods === 0) return day;
  if (expression.traits.cadence === 'day') return addDays(day, -periods);
  return addDays(addMonths(monthStart(day), 1 - periods), -1);
}
