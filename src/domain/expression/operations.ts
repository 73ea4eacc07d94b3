import type { Decimal } from 'decimal.js';
import type { BinaryOperator, ComparisonOperator, PlainFunction } from './tree.ts';
import {
  dividedBy,
  dividedInto,
  Exact,
  mapped,
  measured,
  plus,
  quotientOf,
  scaledBy,
  shiftedBy,
  type Value,
  without,
} from './value.ts';

/** What stands on one side of an operator. Beside a bare number, a quotient keeps its two sides. */
export type Side = { value: Value; isNumber: boolean };

export function joined(operator: BinaryOperator, left: Side, right: Side): Value {
  if (right.isNumber) {
    return right.value.value === null ? right.value : withNumber(operator, left.value, right.value.value);
  }
  if (left.isNumber) {
    return left.value.value === null ? left.value : numberWith(operator, left.value.value, right.value);
  }
  const both = [left.value, right.value];
  switch (operator) {
    case '+':
      return mapped(both, plus);
    case '-':
      return mapped(both, (a, b) => plus(a, b.neg()));
    case '*':
      return mapped(both, (a, b) => a.mul(b));
    case '/':
      return quotientOf(left.value, right.value);
  }
}

function withNumber(operator: BinaryOperator, left: Value, number: Decimal): Value {
  switch (operator) {
    case '+':
      return shiftedBy(left, number);
    case '-':
      return shiftedBy(left, number.neg());
    case '*':
      return scaledBy(left, number);
    case '/':
      return dividedBy(left, number);
  }
}

function numberWith(operator: BinaryOperator, number: Decimal, right: Value): Value {
  switch (operator) {
    case '+':
      return shiftedBy(right, number);
    case '-':
      return shiftedBy(scaledBy(right, new Exact(-1)), number);
    case '*':
      return scaledBy(right, number);
    case '/':
      return dividedInto(right, number);
  }
}

/** Of a list that the parser has counted: `abs` has one side and `ratio` two. */
export function called(name: PlainFunction, sides: readonly Side[]): Value {
  const values = sides.map(({ value }) => value);
  const [left, right] = sides;
  switch (name) {
    case 'abs':
      return mapped(values, (value) => value.abs());
    case 'min':
      return mapped(values, (...known) => Exact.min(...known));
    case 'max':
      return mapped(values, (...known) => Exact.max(...known));
    case 'ratio':
      return left === undefined || right === undefined ? without('no_observation') : joined('/', left, right);
  }
}

/** The change as a fraction of what was before. From nothing, or from less than nothing, there is no such fraction. */
export function growth(now: Value, before: Value): Value {
  if (now.value === null) return without(now.reason);
  if (before.value === null) return without(before.reason);
  if (before.value.isZero()) return without('zero_denominator');
  if (before.value.isNegative()) return without('non_positive_baseline');
  return measured(plus(now.value, before.value.neg()).div(before.value));
}

/** Whether a comparison holds, given the sign of left less right. */
export function holds(operator: ComparisonOperator, sign: number): boolean {
  switch (operator) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
  }
}
