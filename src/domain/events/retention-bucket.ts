import type { ParamValues } from '../catalog/types.ts';
import { addDays, addMonths, daysBetween, monthStart } from '../day.ts';
import type { LocalDays } from './local-days.ts';
import { choiceParam, clocks, numberParam, spanParam } from './params.ts';

export const units = ['day', 'week', 'month'] as const;
export const criteria = ['bracket', 'on', 'on_or_after'] as const;
export const weekStarts = ['monday', 'sunday'] as const;
type Unit = (typeof units)[number];

/** The time in which somebody has to come back: `[startMs, endMs)`. */
type Bucket = { startMs: number; endMs: number };

const dayMs = 86_400_000;
/** A rolling month is 30 times 24 hours, whatever the calendar says. */
const rollingDays: Record<Unit, number> = { day: 1, week: 7, month: 30 };
const aMonday = '1970-01-05';

/** How to find the bucket of somebody who started at an instant, which must lie in or after the window. */
export function bucketRule(params: ParamValues, days: LocalDays): (startMs: number) => Bucket {
  const [first, afterLast, unit] = bucketEdges(params);
  if (choiceParam(params, 'clock', clocks) === 'rolling') {
    const unitMs = rollingDays[unit] * dayMs;
    return (startMs) => ({ startMs: startMs + first * unitMs, endMs: startMs + afterLast * unitMs });
  }
  return (startMs) => {
    const index = days.indexAt(startMs);
    if (unit === 'day') {
      return { startMs: days.startMs(index + first), endMs: days.startMs(index + afterLast) };
    }
    const own = periodStart(days.dayOf(index), unit, params);
    const later = (count: number) =>
      days.startOfMs(unit === 'week' ? addDays(own, 7 * count) : addMonths(own, count));
    return { startMs: later(first), endMs: later(afterLast) };
  };
}

/** The bucket in whole units after the start: the bracket's days, or the n-th unit. */
function bucketEdges(params: ParamValues): [first: number, afterLast: number, unit: Unit] {
  if (choiceParam(params, 'criterion', criteria) === 'bracket') {
    const [first, last] = spanParam(params, 'bracketDays');
    return [first, last + 1, 'day'];
  }
  const n = numberParam(params, 'n');
  return [n, n + 1, choiceParam(params, 'unit', units)];
}

/** The first day of the calendar day, week or month that a day lies in. */
export function periodStart(day: string, unit: Unit, params: ParamValues): string {
  if (unit === 'day') return day;
  if (unit === 'month') return monthStart(day);
  const shift = choiceParam(params, 'weekStart', weekStarts) === 'sunday' ? 1 : 0;
  const intoWeek = (((daysBetween(aMonday, day) + shift) % 7) + 7) % 7; // % keeps the sign of days before 1970
  return addDays(day, -intoWeek);
}
