import { dayText } from './day-number.ts';

/** Rows of one UTC day, counted from 1970. */
export type DayRows = { day: number; rows: number };
/** The first and the last day of a file. */
export type DaySpan = { first: number; last: number };

/** A file of more days than one holds no more rows than this. */
export const FILE_ROWS = 1_000_000;
/** The newest days are still told of: each has its own file, so that little is written again. */
const NEWEST_DAYS = 7;

/**
 * Which neighbouring days share a file: those of one month, up to so many rows, and none of the newest. Days are given in
 * their order; `splits` says where a file must end because another one stands between.
 */
export function packDays(
  days: readonly DayRows[],
  newestDay: number,
  splits: (before: number, after: number) => boolean,
): DaySpan[] {
  const spans: (DaySpan & { rows: number })[] = [];
  for (const { day, rows } of days) {
    const open = spans.at(-1);
    if (open !== undefined && fits(open, day, rows)) {
      open.last = day;
      open.rows += rows;
    } else {
      spans.push({ first: day, last: day, rows });
    }
  }
  return spans.map(({ first, last }) => ({ first, last }));

  function fits(open: DaySpan & { rows: number }, day: number, rows: number): boolean {
    return (
      isOld(day, newestDay) &&
      isSameMonth(open.first, day) &&
      open.rows + rows <= FILE_ROWS &&
      !splits(open.last, day)
    );
  }
}

export function isOld(day: number, newestDay: number): boolean {
  return day <= newestDay - NEWEST_DAYS;
}

export function isSameMonth(a: number, b: number): boolean {
  return dayText(a).slice(0, 7) === dayText(b).slice(0, 7);
}
