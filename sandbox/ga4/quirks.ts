import { hash } from '../model/random.ts';
import type { Ga4Access } from '../state.ts';
import { DEMOGRAPHIC } from './catalog-dimensions.ts';
import { type DayRange, lengthDays } from './days.ts';

/** Ways in which GA4 answers without an error and yet says less than the truth. */
export type Ga4Quirks = {
  samplingPercent?: number; // how much of a range longer than three days is read
  thresholded?: boolean; // rows of fewer than ten users are withheld, totals are not
  otherRow?: boolean; // the smallest days of a report with more than seven rows become `(other)`
  restrictedMetrics?: string[]; // metrics that the caller may not see and that read as zero
  timeZone?: string; // the property's own, when it is not the state's
  currencyCode?: string; // the property's own, USD unless given
  sampledAboveEvents?: number; // longer ranges are read in part; 10,000,000 unless given
  rowLimit?: number; // further rows, the smallest first, become one row `(other)`; 50,000 unless given
  otherRowHidden?: boolean; // rows beyond that are not in the answer at all, only the flag tells
  attributionDays?: number; // for so long a session's channel moves; for 8 hours it is not available
  intradayHours?: number; // how far the tables of the running day lag behind, 2 unless given
  truncation?: { type: string; message: string; date: string }; // of data that is missing by policy before a day
  usedByOthers?: { day?: number; hour?: number }; // tokens of the property that other tools have spent
  analytics360?: boolean; // ten times the tokens, fifty calls at once
  funnelHeadersOnce?: boolean; // else the header block of a funnel's table comes twice
};

export function quirksOf(access: Ga4Access): Ga4Quirks {
  return access.quirks ?? {};
}

const UNSAMPLED_DAYS = 3;
const SMALLEST_ROW_USERS = 10;
const ROWS_BEFORE_OTHER = 7;
const NOISE = 0.04;

const UNSAMPLED_EVENTS = 10_000_000;
const MOST_ROWS = 50_000;

/** The part of a range that is read, 1 when all of it is. @param size of everything in the range */
export function sampledShare(quirks: Ga4Quirks, range: DayRange, size: number): number {
  const { samplingPercent, sampledAboveEvents = UNSAMPLED_EVENTS } = quirks;
  if (samplingPercent !== undefined && lengthDays(range) > UNSAMPLED_DAYS) return samplingPercent / 100;
  return size > sampledAboveEvents ? sampledAboveEvents / size : 1;
}

/** What a value is guessed to be from a part of the data: a few per cent off, the same each time it is asked. */
export function guessed(value: number, metric: string, part: number, row: string): number {
  if (part === 1 || metric === 'cohortTotalUsers') return value;
  const error = (hash(row, metric, 'sample') / 2 ** 32 - 0.5) * 2 * NOISE;
  if (/Rate(?::|$)/.test(metric)) return Math.min(1, value * (1 + error));
  if (!Number.isInteger(value) || metric === 'averageSessionDuration') return value * (1 + error);
  // A count is only known as so many times the part that was read.
  return Math.round(Math.round(value * part * (1 + error)) / part);
}

/** Whether a report may be short of small rows: where it tells of ages or genders, and where the property says so. */
export function isThresholded({ thresholded }: Ga4Quirks, dimensions: readonly string[]): boolean {
  return thresholded === true || dimensions.some((name) => DEMOGRAPHIC.includes(name));
}

export function isWithheld(users: number): boolean {
  return users < SMALLEST_ROW_USERS;
}

/** How many rows a report may have before the smallest are no longer told apart. */
export function mostRows({ rowLimit = MOST_ROWS }: Ga4Quirks): number {
  return rowLimit;
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
