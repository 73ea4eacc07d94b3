import type { BoardRow, KeyResultRow } from '../api/contract.ts';
import { daysAfter } from './format.ts';

type Days = KeyResultRow['trend'];

const known = new WeakMap<object, Days>();

/** The days of a trend, however they came: one by one, or as a line that names the first alone. */
export function trendDays(row: Pick<BoardRow, 'trend' | 'trendLine'>): Days {
  const { trendLine } = row;
  if (trendLine === null || trendLine === undefined) return row.trend;
  const days = known.get(trendLine) ?? daysOf(trendLine);
  known.set(trendLine, days);
  return days;
}

function daysOf({ firstDay, provisional, values }: NonNullable<BoardRow['trendLine']>): Days {
  const unsettled = new Set(provisional);
  return values.map((value, place) => ({
    day: daysAfter(firstDay, place),
    value,
    settled: !unsettled.has(place),
  }));
}
