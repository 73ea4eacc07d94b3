import type { Billing } from '../model/model.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds, localDayOf } from '../model/time.ts';

const STEP_SECONDS = 900; // every zone changes its day on a quarter of an hour

/** Local days from the one that holds the anchor's first second, each with its last second, through the day of `now`. */
export function daysOf(
  { anchorDay }: Pick<Billing, 'anchorDay'>,
  options: { timeZone: string; now: Date },
): { day: string; lastSecond: EpochSeconds }[] {
  const dayOf = localDayOf(options.timeZone);
  const untilAt = options.now.getTime() / 1_000;
  const days: { day: string; lastSecond: EpochSeconds }[] = [];
  let day = dayOf(dayStart(anchorDay));
  for (let at = dayStart(anchorDay); at <= untilAt + 2 * DAY_SECONDS; at += STEP_SECONDS) {
    const here = dayOf(at);
    if (here === day) continue;
    days.push({ day, lastSecond: at - 1 });
    if (at > untilAt) break;
    day = here;
  }
  return days;
}
