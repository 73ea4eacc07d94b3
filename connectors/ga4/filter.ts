import { condition } from './filter-condition.ts';
import { type Scanner, scanner } from './filter-text.ts';

/** What a value is compared with, as the Data API writes it. */
export type Compared =
  | { stringFilter: { matchType: MatchType; value: string; caseSensitive: boolean } }
  | { inListFilter: { values: string[]; caseSensitive: boolean } }
  | { numericFilter: { operation: NumericOperation; value: NumericValue } }
  | { betweenFilter: { fromValue: NumericValue; toValue: NumericValue } }
  | { emptyFilter: Record<string, never> };
export type MatchType = 'EXACT' | 'BEGINS_WITH' | 'ENDS_WITH' | 'CONTAINS' | 'FULL_REGEXP' | 'PARTIAL_REGEXP';
export type NumericOperation =
  | 'EQUAL'
  | 'LESS_THAN'
  | 'LESS_THAN_OR_EQUAL'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUAL';
export type NumericValue = { int64Value: string } | { doubleValue: number };

/** A tree of conditions in the shape of the Data API's own `FilterExpression`. */
export type Filter =
  | { andGroup: { expressions: Filter[] } }
  | { orGroup: { expressions: Filter[] } }
  | { notExpression: Filter }
  | { filter: { fieldName: string } & Compared };

/**
 * A filter as people write it: conditions such as `eventName == share` or `pagePath begins_with /pricing`, joined by
 * `and`, `or`, `not` and brackets; `and` binds closer than `or`.
 *
 * @throws FilterError with the sentence for its owner
 */
export function parseFilter(text: string): Filter {
  const scan = scanner(text);
  const filter = anyOf(scan);
  if (!scan.isAtEnd()) throw scan.fail(`"${scan.rest()}" is left over; join conditions with "and" or "or"`);
  return filter;
}

/** All of the texts have to hold; null without any. */
export function parseFilters(texts: readonly string[]): Filter | null {
  return allOf(texts.map(parseFilter));
}

/** One condition that holds when all of them do; null without any. */
export function allOf(filters: readonly (Filter | null)[]): Filter | null {
  const given = filters.filter((filter) => filter !== null);
  const [only] = given;
  if (only === undefined) return null;
  return given.length === 1 ? only : { andGroup: { expressions: given } };
}

/** The field is exactly this value. */
export function isExactly(fieldName: string, value: string): Filter {
  return { filter: { fieldName, stringFilter: { matchType: 'EXACT', value, caseSensitive: true } } };
}

/** The names of the dimensions that the filter looks at, each once, and how many conditions there are. */
export function fieldsOf(filter: Filter | null): { names: string[]; conditions: number } {
  const found = filter === null ? [] : leaves(filter).map(({ fieldName }) => fieldName);
  return { names: [...new Set(found)], conditions: found.length };
}

export function leaves(filter: Filter): Array<{ fieldName: string } & Compared> {
  if ('andGroup' in filter) return filter.andGroup.expressions.flatMap(leaves);
  if ('orGroup' in filter) return filter.orGroup.expressions.flatMap(leaves);
  return 'notExpression' in filter ? leaves(filter.notExpression) : [filter.filter];
}

/** The same tree with other leaves, for the parts of the API that call them otherwise. */
export function mapNames(filter: Filter, name: (fieldName: string) => string): Filter {
  if ('andGroup' in filter)
    return { andGroup: { expressions: filter.andGroup.expressions.map((one) => mapNames(one, name)) } };
  if ('orGroup' in filter)
    return { orGroup: { expressions: filter.orGroup.expressions.map((one) => mapNames(one, name)) } };
  if ('notExpression' in filter) return { notExpression: mapNames(filter.notExpression, name) };
  return { filter: { ...filter.filter, fieldName: name(filter.filter.fieldName) } };
}

function anyOf(scan: Scanner): Filter {
  const parts = [everyOf(scan)];
  while (scan.takeWord('or')) parts.push(everyOf(scan));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { orGroup: { expressions: parts } };
}

function everyOf(scan: Scanner): Filter {
  const parts = [one(scan)];
  while (scan.takeWord('and')) parts.push(one(scan));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { andGroup: { expressions: parts } };
}

function one(scan: Scanner): Filter {
  if (scan.takeWord('not')) return { notExpression: one(scan) };
  if (!scan.take('(')) return condition(scan);
  const inner = anyOf(scan);
  if (!scan.take(')')) throw scan.fail('a bracket is opened and not closed');
  return inner;
}
