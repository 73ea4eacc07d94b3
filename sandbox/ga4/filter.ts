import { invalid } from './errors.ts';
import { NOT_SET } from './hits.ts';
import type { Filter, FilterExpression } from './request.ts';

/** The members of a filter that hold its condition. */
export type Condition = Partial<Filter>;

/** Whether something passes, given what it shows in a field. */
export type Test = (valueOf: (field: string) => string) => boolean;

/** @throws Refusal (400) for an expression without exactly one member, and for a field that `known` refuses */
export function testOf(expression: FilterExpression, known: (field: string) => void): Test {
  const { andGroup, orGroup, notExpression, filter } = expression;
  const given = [andGroup, orGroup, notExpression, filter].filter((member) => member !== undefined);
  if (given.length !== 1) throw invalid('A filter expression needs exactly one of its members.');
  if (andGroup !== undefined) {
    const tests = andGroup.expressions.map((inner) => testOf(inner, known));
    return (valueOf) => tests.every((test) => test(valueOf));
  }
  if (orGroup !== undefined) {
    const tests = orGroup.expressions.map((inner) => testOf(inner, known));
    return (valueOf) => tests.some((test) => test(valueOf));
  }
  if (notExpression !== undefined) {
    const test = testOf(notExpression, known);
    return (valueOf) => !test(valueOf);
  }
  // The count above says that it is there.
  const only = filter as Filter;
  known(only.fieldName);
  const test = valueTest(only);
  return (valueOf) => test(valueOf(only.fieldName));
}

/** Every field that an expression looks at. */
export function fieldsOf(expression: FilterExpression | undefined): string[] {
  if (expression === undefined) return [];
  const { andGroup, orGroup, notExpression, filter } = expression;
  const inner = [...(andGroup?.expressions ?? []), ...(orGroup?.expressions ?? [])];
  return [
    ...(filter === undefined ? [] : [filter.fieldName]),
    ...fieldsOf(notExpression),
    ...inner.flatMap((one) => fieldsOf(one)),
  ];
}

/** Whether a value meets the one condition of a filter. @throws Refusal (400) where there is none */
export function valueTest(filter: Condition): (value: string) => boolean {
  const { stringFilter, inListFilter, numericFilter, betweenFilter, emptyFilter } = filter;
  if (stringFilter !== undefined) return stringTest(stringFilter);
  if (inListFilter !== undefined) {
    const { values, caseSensitive } = inListFilter;
    const wanted = new Set(values.map((value) => folded(value, caseSensitive)));
    return (value) => wanted.has(folded(value, caseSensitive));
  }
  if (numericFilter !== undefined) {
    const test = numericTest(numericFilter);
    return (value) => isNumber(value) && test(Number(value));
  }
  if (betweenFilter !== undefined) {
    const { fromValue, toValue } = betweenFilter;
    return (value) => isNumber(value) && Number(value) >= fromValue && Number(value) <= toValue;
  }
  if (emptyFilter !== undefined) return (value) => value === '' || value === NOT_SET;
  throw invalid(`The filter of ${filter.fieldName ?? 'a parameter'} has no condition.`);
}

function stringTest(asked: NonNullable<Filter['stringFilter']>): (value: string) => boolean {
  const { matchType, caseSensitive } = asked;
  const wanted = folded(asked.value, caseSensitive);
  switch (matchType) {
    case 'BEGINS_WITH':
      return (value) => folded(value, caseSensitive).startsWith(wanted);
    case 'ENDS_WITH':
      return (value) => folded(value, caseSensitive).endsWith(wanted);
    case 'CONTAINS':
      return (value) => folded(value, caseSensitive).includes(wanted);
    case 'FULL_REGEXP':
      return regexpTest(`^(?:${asked.value})$`, caseSensitive);
    case 'PARTIAL_REGEXP':
      return regexpTest(asked.value, caseSensitive);
    default:
      return (value) => folded(value, caseSensitive) === wanted;
  }
}

function regexpTest(source: string, caseSensitive: boolean): (value: string) => boolean {
  try {
    const expression = new RegExp(source, caseSensitive ? '' : 'i');
    return (value) => expression.test(value);
  } catch {
    throw invalid(`Invalid regular expression: ${source}`);
  }
}

function isNumber(value: string): boolean {
  return value !== '' && !Number.isNaN(Number(value));
}

function numericTest({ operation, value: wanted }: NonNullable<Filter['numericFilter']>) {
  switch (operation) {
    case 'EQUAL':
      return (value: number) => value === wanted;
    case 'LESS_THAN':
      return (value: number) => value < wanted;
    case 'LESS_THAN_OR_EQUAL':
      return (value: number) => value <= wanted;
    case 'GREATER_THAN':
      return (value: number) => value > wanted;
    case 'GREATER_THAN_OR_EQUAL':
      return (value: number) => value >= wanted;
    default:
      throw invalid('A numeric filter needs an operation.');
  }
}

function folded(value: string, caseSensitive: boolean): string {
  return caseSensitive ? value : value.toLowerCase();
}
