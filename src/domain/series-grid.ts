import { addDays, addMonths, daysBetween, monthStart } from './day.ts';
import type { ForecastStep } from './forecast/types.ts';

/** A series on an even grid, from its first observation to its last. */
export type SeriesGrid = {
  step: ForecastStep;
  start: string;
  /** Null where a step has no observation; the last one has. */
  values: (number | null)[];
  /** Steps of the grid that lie after a day, up to the last observation. */
  stepsAfter(day: string): number;
  /** Steps from the last observation to a later day, that day included. */
  stepsUntil(day: string): number;
  /** How many steps so many days are; at least one. */
  stepsIn(days: number): number;
};

const WEEK_DAYS = 7;
/** Fewer observations show no rhythm. */
const RHYTHM = 5;

/**
 * Puts observations, one a day at most and in order, on the grid that they lie on: weeks when every distance is a
 * multiple of seven days, months when each lies in a month of its own, else days.
 */
export function gridOf(
  observations: readonly { day: string; value: number }[],
  cadence: 'day' | 'month',
): SeriesGrid {
  const days = observations.map(({ day }) => day);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    throw new RangeError('a series without observations has no grid');
  const step = cadence === 'month' ? 'month' : stepOf(days);
  const indexOf = (day: string): number => stepsBetween(step, first, day);
  const values = Array.from<number | null>({ length: indexOf(last) + 1 }).fill(null);
  for (const { day, value } of observations) values[indexOf(day)] = value;
  return {
    step,
    start: first,
    values,
    stepsAfter: (day) => (day < first ? values.length : Math.max(0, indexOf(last) - indexOf(day))),
    stepsUntil: (day) => Math.max(0, wholeStepsBetween(step, last, day)),
    stepsIn: (count) => Math.max(1, Math.round(count / stepDays[step])),
  };
}

const stepDays: Record<ForecastStep, number> = { hour: 1 / 24, day: 1, week: WEEK_DAYS, month: 30.4375 };

function stepOf(days: readonly string[]): 'day' | 'week' | 'month' {
  const gaps = days.slice(1).map((day, index) => daysBetween(days[index] as string, day)); // the slice begins one later
  if (gaps.length + 1 < RHYTHM) return 'day';
  if (gaps.every((gap) => gap % WEEK_DAYS === 0)) return 'week';
  const months = new Set(days.map((day) => monthStart(day)));
  const isMonthly = months.size === days.length && gaps.every((gap) => gap >= 27);
  return isMonthly ? 'month' : 'day';
}

function stepsBetween(step: 'day' | 'week' | 'month', from: string, to: string): number {
  if (step === 'month') return monthNumber(to) - monthNumber(from);
  return Math.floor(daysBetween(from, to) / (step === 'week' ? WEEK_DAYS : 1));
}

/** Of months the last one counts only when its day of observation has come. */
function wholeStepsBetween(step: 'day' | 'week' | 'month', from: string, to: string): number {
  const steps = stepsBetween(step, from, to);
  if (step !== 'month' || steps <= 0) return steps;
  const atEnd = addDays(from, 1) === addMonths(monthStart(from), 1);
  const due = atEnd ? addDays(addMonths(monthStart(from), steps + 1), -1) : addMonths(from, steps);
  return due <= to ? steps : steps - 1;
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
