import type { Model } from '../model/model.ts';
import { DAY_SECONDS, dayStart, utcDay } from '../model/time.ts';
import { type Ga4Look, seenByGa4 } from './ga4-seen.ts';

export type CohortTruth = {
  total: number; // devices whose first session lies in the cohort's days
  active: number[]; // of those, by period: whoever was in the foreground in it
};

type Asked = {
  by: 'day' | 'week' | 'month';
  startDay: string; // of the cohort, both days included
  endDay: string;
  periods: number; // how many are looked at, from the first session's own on
  throughDay: string; // what happened later is not looked at
};

/**
 * Retention of one cohort as GA4 tells it: each device is followed by the calendar periods after that of its first
 * session. Told by listing the periods with their first and last days and looking for a visit in each.
 */
export function ga4Cohort(model: Pick<Model, 'activity'>, asked: Asked, look: Ga4Look): CohortTruth {
  const { sessions } = seenByGa4(model, look);
  const firstDays = new Map<string, string>();
  const daysInFront = new Map<string, string[]>();
  for (const { deviceId, newDevice, day, engagedSeconds } of sessions) {
    if (newDevice) firstDays.set(deviceId, day);
    if (engagedSeconds < 1 || day > asked.throughDay) continue;
    const days = daysInFront.get(deviceId);
    if (days === undefined) daysInFront.set(deviceId, [day]);
    else days.push(day);
  }
  const members = [...firstDays].filter(([, day]) => day >= asked.startDay && day <= asked.endDay);
  const active = Array.from({ length: asked.periods }, () => 0);
  for (const [deviceId, firstDay] of members) {
    const days = daysInFront.get(deviceId) ?? [];
    for (const [index, [from, to]] of periodsFrom(firstDay, asked).entries()) {
      if (days.some((day) => day >= from && day <= to)) active[index] = (active[index] ?? 0) + 1;
    }
  }
  return { total: members.length, active };
}

/** The first and the last day of each calendar period from that of a day on. */
function periodsFrom(day: string, { by, periods }: Asked): Array<[string, string]> {
  const list: Array<[string, string]> = [];
  let from = day;
  while (list.length < periods) {
    let to = from;
    while (!isLast(to, by)) to = next(to);
    list.push([from, to]);
    from = next(to);
  }
  return list;
}

/** Weeks end on Saturday, months where the next day is a first. */
function isLast(day: string, by: Asked['by']): boolean {
  if (by === 'day') return true;
  if (by === 'week') return new Date(`${day}T12:00:00Z`).getUTCDay() === 6;
  return next(day).endsWith('-01');
}

function next(day: string): string {
  return utcDay(dayStart(day) + DAY_SECONDS);
}
