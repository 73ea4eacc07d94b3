import type { ForecastStep } from './types.ts';

/** Where the steps of a grid lie in the calendar. */
export type Calendar = {
  /** The place of step `index` in its season: the weekday, the hour of the day, the month; 0 where there is none. */
  slotOf(index: number): number;
  slots: number;
  /** How the step `index` is written. */
  nameOf(index: number): string;
  /** Steps that make a year, whole cycles of the season; null where a year is no matter of the model. */
  year: number | null;
};

const hourMs = 3_600_000;
const stepMs = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs } as const;

/** The calendar of a series that starts at `start`. */
export function calendarOf(step: ForecastStep, start: string): Calendar {
  if (step === 'month') return monthly(start);
  const startMs = instantOf(start);
  const at = (index: number): number => startMs + index * stepMs[step];
  const nameOf = (index: number): string =>
    new Date(at(index)).toISOString().slice(0, step === 'hour' ? 19 : 10);
  if (step === 'week') return { slots: 1, slotOf: () => 0, nameOf, year: 52 };
  if (step === 'day') {
    return { slots: 7, slotOf: (index) => modulo(at(index) / stepMs.day + 3, 7), nameOf, year: 364 };
  }
  return { slots: 24, slotOf: (index) => modulo(at(index) / hourMs, 24), nameOf, year: null };
}

/** Whole steps from one day or hour to another; negative when `to` lies before. */
export function stepsBetween(step: ForecastStep, from: string, to: string): number {
  if (step === 'month') return monthNumber(to) - monthNumber(from);
  return Math.round((instantOf(to) - instantOf(from)) / stepMs[step]);
}

function instantOf(stamp: string): number {
  const ms = Date.parse(stamp.length > 10 ? `${stamp}Z` : `${stamp}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${stamp}" is neither a day nor an hour`);
  return ms;
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function monthly(start: string): Calendar {
  const first = monthNumber(start);
  const slotOf = (index: number): number => modulo(first + index, 12);
  return {
    slots: 12,
    slotOf,
    nameOf: (index) =>
      `${String(Math.floor((first + index) / 12)).padStart(4, '0')}-${String(slotOf(index) + 1).padStart(2, '0')}-01`,
    year: 12,
  };
}

function modulo(value: number, by: number): number {
  return ((Math.floor(value) % by) + by) % by;
}
