import type { PeriodUnit } from './periods.ts';

/** Phones send days later what they kept while they were offline. */
export const LATE_DAYS = 5;

export const late = { settlesAfterHours: LATE_DAYS * 24, rereadDays: LATE_DAYS } as const;

/** How far back a sync reads again, so that the newest period that is over is always among it. */
const REREAD_DAYS: Readonly<Record<PeriodUnit, number>> = { day: LATE_DAYS, week: 7, month: 31 };

/** A week's point is up to a week old before the next one is due, and may come as late as any other. */
const STALE_AFTER_DAYS: Readonly<Record<PeriodUnit, number>> = { day: 3, week: 10, month: 3 };

type ByUnit = { unit: PeriodUnit };

/** What depends on how long the periods of a metric are. */
export const byUnit = {
  rereadDays: ({ unit }: ByUnit) => REREAD_DAYS[unit],
  cadenceOf: ({ unit }: ByUnit): 'day' | 'month' => (unit === 'month' ? 'month' : 'day'),
  staleAfterDays: ({ unit }: ByUnit) => STALE_AFTER_DAYS[unit],
};

/** Between two Sundays no newer week is due: until then the last one is not late. */
const WEEK_LAG_DAYS = 6;

/** From when on a day is settled that needs so many days by itself. */
export const settledAfterHours = (days: number, unit: PeriodUnit): number =>
  (days + (unit === 'week' ? WEEK_LAG_DAYS : 0)) * 24;
