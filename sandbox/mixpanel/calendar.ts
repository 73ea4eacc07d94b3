import { DAY_SECONDS, dayStart, type EpochSeconds, HOUR_SECONDS, utcDay, weekday } from '../model/time.ts';

export type Unit = 'hour' | 'day' | 'week' | 'month';

/** Cuts time as a project's reports do: in the project's zone, daylight saving included. */
export type Calendar = {
  day(at: EpochSeconds): string;
  /** First second of a local day; an hour is missing or doubled where the clocks change. */
  startOf(day: string): EpochSeconds;
  /** Name of the hour, day, week (its Monday) or month (its first day) that holds an instant. */
  period(at: EpochSeconds, unit: Unit): string;
  /** The periods from one local day to another, both included, oldest first. */
  periods(fromDay: string, toDay: string, unit: Unit): string[];
  /** A local day's midnight as insights writes it, such as `2026-03-06T00:00:00+01:00`. */
  iso(day: string, time?: string): string;
};

export function addDays(day: string, count: number): string {
  return utcDay(dayStart(day) + count * DAY_SECONDS);
}

/** Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -((weekday(dayStart(day)) + 6) % 7));
}

export function calendarOf(timeZone: string): Calendar {
  const offset = offsetsOf(timeZone);
  const local = (at: EpochSeconds) => at + offset(at);
  const day = (at: EpochSeconds) => utcDay(local(at));
  const startOf = (wanted: string) => {
    const midnight = dayStart(wanted);
    const starts = [midnight - DAY_SECONDS, midnight + DAY_SECONDS].map((near) => midnight - offset(near));
    return Math.min(...starts.filter((at) => day(at) === wanted));
  };
  const period = (at: EpochSeconds, unit: Unit) => {
    const iso = new Date(local(at) * 1_000).toISOString();
    if (unit === 'hour') return `${iso.slice(0, 10)} ${iso.slice(11, 13)}:00:00`;
    if (unit === 'month') return `${iso.slice(0, 7)}-01`;
    return unit === 'week' ? mondayOf(iso.slice(0, 10)) : iso.slice(0, 10);
  };
  return {
    day,
    startOf,
    period,
    periods(fromDay, toDay, unit) {
      const step = unit === 'hour' ? HOUR_SECONDS : DAY_SECONDS / 2;
      const found = new Set<string>();
      for (let at = startOf(fromDay); day(at) <= toDay; at += step) found.add(period(at, unit));
      return [...found];
    },
    iso(day, time = '00:00:00') {
      const minutes = offset(startOf(day)) / 60;
      const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
      return `${day}T${time}${minutes < 0 ? '-' : '+'}${twoDigits(hour)}:${twoDigits(minute)}`;
    },
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Seconds that local time is ahead of UTC. A UTC day that begins and ends alike needs asking only once. */
function offsetsOf(timeZone: string): (at: EpochSeconds) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const ask = (at: EpochSeconds): number => {
    const name = format.formatToParts(at * 1_000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_SECONDS + Number(minutes) * 60);
  };
  const steady = new Map<number, number | null>();
  return (at) => {
    const index = Math.floor(at / DAY_SECONDS);
    let known = steady.get(index);
    if (known === undefined) {
      const before = ask(index * DAY_SECONDS);
      known = before === ask((index + 1) * DAY_SECONDS) ? before : null;
      steady.set(index, known);
    }
    return known ?? ask(at);
  };
}
