import { hash } from '../model/random.ts';
import type { Ga4Access } from '../state.ts';
import { type DayRange, lengthDays } from './days.ts';

/** Ways in which GA4 answers without an error and yet says less than the truth. */
export type Ga4Quirks = {
  samplingPercent?: number; // how much of a range longer than three days is read
  thresholded?: boolean; // rows of fewer than ten users are withheld, totals are not
  otherRow?: boolean; // the smallest days of a report with more than seven rows become `(other)`
  restrictedMetrics?: string[]; // metrics that the caller may not see and that read as zero
  timeZone?: string; // the property's own, when it is not the state's
};

export function quirksOf(access: Ga4Access): Ga4Quirks {
  return access.quirks ?? {};
}

const UNSAMPLED_DAYS = 3;
const SMALLEST_ROW_USERS = 10;
const ROWS_BEFORE_OTHER = 7;
const NOISE = 0.04;

/** The part of a range that is read, 1 when all of it is. */
export function sampledShare({ samplingPercent }: Ga4Quirks, range: DayRange): number {
  return samplingPercent !== undefined && lengthDays(range) > UNSAMPLED_DAYS ? samplingPercent / 100 : 1;
}

/** What a value is guessed to be from a part of the data: a few per cent off, the same each time it is asked. */
export function guessed(value: number, metric: string, part: number, row: string): number {
  if (part === 1) return value;
  const error = (hash(row, metric, 'sample') / 2 ** 32 - 0.5) * 2 * NOISE;
  if (/Rate(?::|$)/.test(metric)) return Math.min(1, value * (1 + error));
  if (metric === 'averageSessionDuration') return value * (1 + error);
  // A count is only known as so many times the part that was read.
  return Math.round(Math.round(value * part * (1 + error)) / part);
}

export function isWithheld({ thresholded }: Ga4Quirks, users: number): boolean {
  return thresholded === true && users < SMALLEST_ROW_USERS;
}

/** The days that a report with too many rows no longer tells apart: its smallest quarter. */
export function rolledUp(
  { otherRow }: Ga4Quirks,
  rowCount: number,
  sizeByDay: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  if (otherRow !== true || rowCount <= ROWS_BEFORE_OTHER) return new Set();
  const smallestFirst = [...sizeByDay].toSorted(
    ([oneDay, one], [otherDay, other]) => one - other || (oneDay < otherDay ? -1 : 1),
  );
  return new Set(smallestFirst.slice(0, Math.ceil(sizeByDay.size / 4)).map(([day]) => day));
}

export const OTHER = '(other)';
