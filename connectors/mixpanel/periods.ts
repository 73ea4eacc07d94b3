import { z } from 'zod';
import { begunDays, type DayWindow } from '../sdk/index.ts';
import { type DayRange, matureDays, shiftDay } from './days.ts';
import { settingError } from './errors.ts';

export const PERIOD_UNITS = ['day', 'week', 'month'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** Whole days, weeks or months of the project. Which day a week begins with is a setting of the project. */
export type Period = { unit: PeriodUnit; weekStart: 'monday' | 'sunday' };

export const EVERY_DAY: Period = { unit: 'day', weekStart: 'monday' };
export const EVERY_MONTH: Period = { unit: 'month', weekStart: 'monday' };

/** The parameters that name a period, the same in every metric that has one. */
export const periodShape = {
  unit: z
    .enum(PERIOD_UNITS)
    .default('day')
    .describe('day, week or month; a point of a week or month lies on its last day'),
  weekStart: z
    .enum(['monday', 'sunday'])
    .default('monday')
    .describe('First day of a week in the settings of the Mixpanel project'),
};

/** Monday the 5th of January 1970 is day 4 since the epoch; a Sunday comes before it. */
const DAY_MS = 86_400_000;
const FIRST_WEEKDAY = { monday: 4, sunday: 3 };

/** The first day of the period that holds a day. */
export function firstDayOf(day: string, { unit, weekStart }: Period): string {
  if (unit === 'day') return day;
  if (unit === 'month') return `${day.slice(0, 8)}01`;
  const index = Date.parse(`${day}T00:00:00Z`) / DAY_MS;
  return shiftDay(day, -((index - FIRST_WEEKDAY[weekStart] + 7) % 7));
}

export function isLastDay(day: string, period: Period): boolean {
  return period.unit === 'day' || firstDayOf(shiftDay(day, 1), period) === shiftDay(day, 1);
}

/** The last day of the period that begins with a day. */
export function lastDayOf(firstDay: string, period: Period): string {
  if (period.unit === 'day') return firstDay;
  if (period.unit === 'week') return shiftDay(firstDay, 6);
  return shiftDay(firstDayOf(shiftDay(firstDay, 31), period), -1);
}

/**
 * The last days of the periods that a window asks for. The running day is told as far as it has come; a week or month
 * that is not over would be a smaller number of another kind, and is left out.
 */
export function endedPeriods(window: DayWindow, now: Date, period: Period): string[] {
  if (period.unit === 'day') return begunDays(window, now);
  return matureDays(window, now, 0).filter((day) => isLastDay(day, period));
}

/** From the first day of the first of these periods to the end of the last; null when there are none. */
export function rangeOfPeriods(lastDays: readonly string[], period: Period): DayRange | null {
  const [first] = lastDays;
  const toDay = lastDays.at(-1);
  return first === undefined || toDay === undefined ? null : { fromDay: firstDayOf(first, period), toDay };
}

/** Weeks that begin on another day than was said hold other people: their numbers are not those asked for. */
export function refuseOtherWeeks(firstDays: readonly string[], period: Period): void {
  if (period.unit !== 'week' || firstDays.length === 0) return;
  if (firstDays.some((day) => firstDayOf(day, period) === day)) return;
  const problem = `The weeks of this Mixpanel project do not begin on a ${period.weekStart}: it tells of ${firstDays[0]}.`;
  throw settingError('other_week', problem, 'Change weekStart of this metric.');
}
