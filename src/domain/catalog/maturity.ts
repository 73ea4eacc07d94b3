import { addDays, addMonths, dayEnd, dayStart, monthStart } from '../day.ts';
import type { CatalogMetric, ParamValues } from './types.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** On the rolling clock a month is 30 x 24 hours; on the calendar it is at most 31 days. */
const ROLLING_UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };
const LONGEST_UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31 };

/**
 * For how long after entering a person of a cohort is still undecided, at most, in hours; 0 for metrics without
 * cohorts. What a Key Result expects of such a metric lags behind by as much.
 */
export function maturityHours(metric: Pick<CatalogMetric, 'windows'>, params: ParamValues): number {
  if (!metric.windows.includes('cohort')) return 0;
  const { findDays, matureDays, withinDays, withinHours } = params;
  if (typeof withinHours === 'number') return withinHours;
  if (typeof withinDays === 'number') return withinDays * DAY_HOURS;
  // A feature is old enough and the time for finding its bugs is over.
  if (typeof matureDays === 'number' && typeof findDays === 'number')
    return Math.max(matureDays, findDays) * DAY_HOURS;
  const bucket = bucketOf(params);
  if (bucket === null) return 0;
  if (bucket.kind === 'bracket') return (bucket.lastDay + 1) * DAY_HOURS;
  const days = isCalendar(params) ? LONGEST_UNIT_DAYS[bucket.unit] : ROLLING_UNIT_DAYS[bucket.unit];
  return (bucket.n + 1) * (days ?? 1) * DAY_HOURS;
}

/**
 * The instant by which everybody who entered on a local day is decided. On the calendar clock that is the start of a
 * day, week or month; on the rolling one it is a number of hours after the day's end, and clock changes move it.
 */
export function maturedAt(
  metric: Pick<CatalogMetric, 'windows'>,
  params: ParamValues,
  entryDay: string,
  timeZone: string,
): Date {
  const rolling = () => {
    const hours = maturityHours(metric, params);
    return new Date(dayEnd(entryDay, timeZone).getTime() + hours * HOUR_MS);
  };
  if (!isCalendar(params)) return rolling();
  const { withinDays } = params;
  if (typeof withinDays === 'number') return dayStart(addDays(entryDay, withinDays), timeZone);
  const bucket = bucketOf(params);
  if (bucket === null) return rolling();
  if (bucket.kind === 'bracket') return dayStart(addDays(entryDay, bucket.lastDay + 1), timeZone);
  return dayStart(unitStart(entryDay, bucket.unit, bucket.n + 1, params['weekStart']), timeZone);
}

type Bucket = { kind: 'bracket'; lastDay: number } | { kind: 'unit'; unit: string; n: number };

/** The span in which somebody has to come back, of a metric that asks for one. */
function bucketOf({ bracketDays, criterion, n, unit }: ParamValues): Bucket | null {
  if (criterion === 'bracket' && Array.isArray(bracketDays) && typeof bracketDays[1] === 'number') {
    return { kind: 'bracket', lastDay: bracketDays[1] };
  }
  return typeof unit === 'string' && typeof n === 'number' ? { kind: 'unit', unit, n } : null;
}

function isCalendar({ clock }: ParamValues): boolean {
  return clock === 'calendar';
}

/** The first day of the calendar unit that lies `count` units after the one that contains the day. */
function unitStart(day: string, unit: string, count: number, weekStart: unknown): string {
  if (unit === 'month') return addMonths(monthStart(day), count);
  if (unit !== 'week') return addDays(day, count);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay(); // 0 is Sunday
  const back = weekStart === 'sunday' ? weekday : (weekday + 6) % 7;
  return addDays(day, 7 * count - back);
}
