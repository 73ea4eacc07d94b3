import { hash } from '../model/random.ts';
import type { OrderBy } from './request.ts';
import type { Row } from './table.ts';

/**
 * Sorts as asked. What is not asked for comes in no order: the same for the same request, but another for another page,
 * so that reading page after page without an order goes wrong here as it may there.
 */
export function ordered(
  rows: readonly Row[],
  orderBys: readonly OrderBy[],
  columns: { dimensions: readonly string[]; metrics: readonly string[] },
  offset: number,
): Row[] {
  const shuffled = rows
    .map((row) => ({ row, at: hash(...row.dimensions, offset, 'order') }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ row }) => row);
  const comparisons = orderBys.map((orderBy) => comparison(orderBy, columns));
  return shuffled.toSorted((one, other) => {
    for (const compare of comparisons) {
      const result = compare(one, other);
      if (result !== 0) return result;
    }
    return 0;
  });
}

type Comparison = (one: Row, other: Row) => number;

function comparison(
  { metric, dimension, desc }: OrderBy,
  { dimensions, metrics }: { dimensions: readonly string[]; metrics: readonly string[] },
): Comparison {
  const sign = desc ? -1 : 1;
  if (metric !== undefined) {
    const column = metrics.indexOf(metric.metricName);
    return (one, other) => sign * ((one.numbers[column] ?? 0) - (other.numbers[column] ?? 0));
  }
  const column = dimensions.indexOf(dimension?.dimensionName ?? '');
  const compare = textComparison(dimension?.orderType ?? 'ALPHANUMERIC');
  return (one, other) => sign * compare(one.dimensions[column] ?? '', other.dimensions[column] ?? '');
}

function textComparison(orderType: string): (one: string, other: string) => number {
  switch (orderType) {
    case 'NUMERIC':
      // What is no number, such as (other), comes first.
      return (one, other) => numberOf(one) - numberOf(other);
    case 'CASE_INSENSITIVE_ALPHANUMERIC':
      return (one, other) => byCode(one.toLowerCase(), other.toLowerCase());
    default:
      return byCode;
  }
}

function numberOf(text: string): number {
  const number = Number(text);
  return Number.isNaN(number) ? Number.MIN_SAFE_INTEGER : number;
}

function byCode(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
