import { z } from 'zod';
import type { Property } from './lines.ts';

/**
 * A date or a time as a calendar writes it: wall time as if it were UTC, and in which zone that wall hangs. `floating` is the
 * zone of whoever looks.
 */
export type Stamp = { wallMs: number; isDate: boolean; zone: StampZone };
export type StampZone = { kind: 'utc' } | { kind: 'floating' } | { kind: 'named'; tzid: string };

/** Days of a wall, which a clock change may make longer, and exact time beside them. */
export type Duration = { days: number; ms: number };
/** A further time of a series, which may have an end of its own. */
export type Extra = { start: Stamp; end: Stamp | Duration | null };

const DATE_TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i;
const DURATION =
  /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/i;

/** Null when it is neither a date nor a time. */
export function readStamp(text: string, tzid: string | undefined): Stamp | null {
  const [all, year, month, day, hour, minute, second, utc = ''] = DATE_TIME.exec(text.trim()) ?? [];
  if (all === undefined) return null;
  const isDate = hour === undefined;
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = [year, month, day, hour, minute, second].map((part) =>
    Number(part ?? 0),
  );
  const wallMs = Date.UTC(y, m - 1, d, h, min, s);
  const date = new Date(Date.UTC(y, m - 1, d));
  if (y < 100 || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d || h > 23 || min > 59 || s > 60)
    return null;
  if (isDate) return { wallMs, isDate, zone: { kind: 'floating' } };
  if (utc !== '') return { wallMs, isDate, zone: { kind: 'utc' } };
  return { wallMs, isDate, zone: tzid === undefined ? { kind: 'floating' } : { kind: 'named', tzid } };
}

export function readDuration(text: string): Duration | null {
  const [all, sign, weeks, days, hours, minutes, seconds] = DURATION.exec(text.trim()) ?? [];
  if (all === undefined || sign === '-' || !/\d/.test(all)) return null;
  const [w = 0, d = 0, h = 0, m = 0, s = 0] = [weeks, days, hours, minutes, seconds].map((part) =>
    Number(part ?? 0),
  );
  return { days: 7 * w + d, ms: ((h * 60 + m) * 60 + s) * 1_000 };
}

const propertySchema = z.custom<Property>((value) => typeof value === 'object' && value !== null, {
  error: 'is missing',
});

/** One date or time; what it is called in the calendar stands in the pointer of the error. */
export const stampSchema = propertySchema.transform(({ params, value }, context): Stamp => {
  const stamp = readStamp(value, params['TZID']);
  if (stamp !== null) return stamp;
  context.addIssue({ code: 'custom', message: 'is neither a date nor a time' });
  return z.NEVER;
});

export const durationSchema = propertySchema.transform(({ value }, context): Duration => {
  const duration = readDuration(value);
  if (duration !== null) return duration;
  context.addIssue({ code: 'custom', message: 'is no duration' });
  return z.NEVER;
});

/** `RDATE` and `EXDATE` hold several, and `RDATE` periods as well. */
export const extrasSchema = propertySchema.transform(({ params, value }, context): Extra[] => {
  const found = value
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => readExtra(part, params['TZID']));
  const known = found.filter((extra) => extra !== null);
  if (known.length === found.length) return known;
  context.addIssue({ code: 'custom', message: 'holds something that is neither a date nor a time' });
  return z.NEVER;
});

function readExtra(text: string, tzid: string | undefined): Extra | null {
  const [from = '', to] = text.split('/');
  const start = readStamp(from, tzid);
  if (start === null) return null;
  if (to === undefined) return { start, end: null };
  const end = readDuration(to) ?? readStamp(to, tzid);
  return end === null ? null : { start, end };
}
