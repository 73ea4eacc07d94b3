import { type DayWindow, daysOf, instantOfWall, localDay } from '../sdk/index.ts';
import { rangeError } from './errors.ts';
import type { Facts } from './schema.ts';

/** The spreadsheet's zone as IANA names it; null for one of its own making, such as GMT-07:00. */
export function zoneOf({ properties: { timeZone } }: Facts): string | null {
  try {
    localDay(0, timeZone);
    return /^[+-]|^(?:GMT|UTC)[+-]/.test(timeZone) ? null : timeZone;
  } catch {
    return null;
  }
}

/**
 * The zone in which walls show what is written. A spreadsheet cuts its days itself, so a metric of other days would be
 * filled with days that are not its own.
 *
 * @throws ConnectorError when the days of the window are not those of the spreadsheet
 */
export function wallZone(facts: Facts, window: DayWindow): string {
  const zone = zoneOf(facts);
  if (zone === null || zone === window.timeZone) return window.timeZone;
  const isSame = daysOf(window).every((day) => {
    const midnightMs = Date.parse(`${day}T00:00:00Z`);
    return instantOfWall(midnightMs, zone) === instantOfWall(midnightMs, window.timeZone);
  });
  if (isSame) return window.timeZone;
  const problem = `The spreadsheet has the time zone ${zone}, and the metric ${window.timeZone}.`;
  const hint = `Set the spreadsheet's own (File, Settings), or make a metric with ${zone}.`;
  throw rangeError('other_zone', problem, hint);
}
