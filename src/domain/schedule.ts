import { addDays, instantAt, localDay } from './day.ts';

/** When something is due. `anchor` only sets the phase of an interval. `at` is a local time, "HH:MM". */
export type Schedule =
  | { kind: 'interval'; everyMinutes: number; anchor: Date }
  | { kind: 'daily'; at: string; timeZone: string };

const minuteMs = 60_000;

/**
 * The first slot strictly after `now`. Missed slots are not made up for: the next read covers their days. A daily slot
 * comes once per local day: a time that the clock skips runs at the first valid instant after it, a repeated one at its
 * first pass.
 */
export function nextSlot(schedule: Schedule, now: Date): Date {
  if (schedule.kind === 'interval') {
    const stepMs = schedule.everyMinutes * minuteMs;
    if (!(stepMs > 0))
      throw new RangeError(`an interval of ${schedule.everyMinutes} minutes has no next slot`);
    const anchorMs = schedule.anchor.getTime();
    const passed = Math.floor((now.getTime() - anchorMs) / stepMs);
    return new Date(anchorMs + (passed + 1) * stepMs);
  }
  const { at, timeZone } = schedule;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at))
    throw new RangeError(`"${at}" is not a time of day, written HH:MM`);
  const today = localDay(now, timeZone);
  // Two days on is enough, even where a zone skips a whole day.
  for (const ahead of [0, 1, 2]) {
    const slot = instantAt(addDays(today, ahead), at, timeZone);
    if (slot !== null && slot > now) return slot;
  }
  throw new RangeError(`no "${at}" within two days of ${now.toISOString()} in ${timeZone}`);
}
