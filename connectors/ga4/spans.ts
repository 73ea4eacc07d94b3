import { begunDays, type DayWindow, localDay } from '../sdk/index.ts';

const DAY_MS = 86_400_000;
/** More than a year of points in one read would use up what others need of the quota; the newest are taken. */
export const MOST_POINTS = 400;

/** The days of a window that are over: of a running one there is no whole number yet. */
export function endedDays(window: DayWindow, now: Date): string[] {
  const today = localDay(now, window.timeZone);
  return begunDays(window, now).filter((day) => day < today);
}

/** The last day that is over and has had `hours` to settle. */
export function settledDay(timeZone: string, now: Date, hours: number): string {
  return shifted(localDay(now.getTime() - hours * 3_600_000, timeZone), -1);
}

/** Dates have no zone, so UTC does the counting. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one to the other. */
export function daysFrom(startDay: string, endDay: string): number {
  return Math.round((Date.parse(`${endDay}T00:00:00Z`) - Date.parse(`${startDay}T00:00:00Z`)) / DAY_MS);
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function isMonthEnd(day: string): boolean {
  return shifted(day, 1).endsWith('-01');
}

export function isSaturday(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 6;
}
