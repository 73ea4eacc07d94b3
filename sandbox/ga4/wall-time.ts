import { DAY_SECONDS, dayStart, weekday } from '../model/time.ts';
import type { LocalHour } from './days.ts';

/** What the time columns show of one moment. @param startDay of the range, from which the `nth…` are counted */
export function timeColumn(when: LocalHour, name: string, startDay: string): string | null {
  const { day, date, hour, minute } = when;
  switch (name) {
    case 'date':
      return date;
    case 'dateHour':
      return `${date}${hour}`;
    case 'dateHourMinute':
      return `${date}${hour}${minute}`;
    case 'year':
      return date.slice(0, 4);
    case 'month':
      return date.slice(4, 6);
    case 'day':
      return date.slice(6);
    case 'hour':
      return hour;
    case 'minute':
      return minute;
    case 'yearMonth':
      return date.slice(0, 6);
    case 'nthHour':
      return padded(daysBetween(startDay, day) * 24 + Number(hour));
    case 'nthDay':
      return padded(daysBetween(startDay, day));
    case 'nthWeek':
      return padded(weeksBetween(startDay, day));
    case 'nthMonth':
      return padded(monthsBetween(startDay, day));
    default:
      return weekColumn(day, name);
  }
}

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function weekColumn(day: string, name: string): string | null {
  const iso = isoWeekOf(day);
  const year = day.slice(0, 4);
  const week = String(weeksBetween(`${year}-01-01`, day) + 1).padStart(2, '0');
  switch (name) {
    case 'dayOfWeek':
      return String(weekday(dayStart(day)));
    case 'dayOfWeekName':
      return NAMES[weekday(dayStart(day))] ?? null;
    case 'week':
      return week;
    case 'yearWeek':
      return `${year}${week}`;
    case 'isoWeek':
      return iso.week;
    case 'isoYear':
      return iso.year;
    case 'isoYearIsoWeek':
      return `${iso.year}${iso.week}`;
    default:
      return null;
  }
}

/** ISO weeks begin on Monday and belong to the year of their Thursday. */
function isoWeekOf(day: string): { year: string; week: string } {
  const at = dayStart(day);
  const thursday = new Date((at + (3 - ((weekday(at) + 6) % 7)) * DAY_SECONDS) * 1_000);
  const year = String(thursday.getUTCFullYear());
  const days = daysBetween(`${year}-01-01`, thursday.toISOString().slice(0, 10));
  return { year, week: String(Math.floor(days / 7) + 1).padStart(2, '0') };
}

export function daysBetween(from: string, to: string): number {
  return (dayStart(to) - dayStart(from)) / DAY_SECONDS;
}

/** Weeks from Sunday to Saturday, whatever days of them are given. */
export function weeksBetween(from: string, to: string): number {
  return Math.floor((daysBetween(from, to) + weekday(dayStart(from))) / 7);
}

export function monthsBetween(from: string, to: string): number {
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(to) - months(from);
}

/** As Google pads them, so that they sort as text. */
export function padded(count: number): string {
  return String(count).padStart(4, '0');
}
