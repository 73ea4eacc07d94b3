import { isTimeZone } from '../domain/day.ts';
import { sameTimeZone } from './account-notices.ts';
import { invalidField } from './errors.ts';
import type { AccountRecord, Actor, ConnectionRecord } from './ports.ts';

/**
 * The zone of a metric's days: where the provider cuts them itself, it is the provider's, because no other days can be
 * asked for.
 *
 * @throws AppError when another one was asked for
 */
export function zoneOf(
  connection: ConnectionRecord,
  account: AccountRecord | null,
  asked: string | undefined,
  { workspace }: Actor,
): string {
  const theirs = account?.timeZone ?? null;
  if (theirs === null) return checkTimeZone(asked ?? workspace.timeZone);
  if (asked === undefined) return checkTimeZone(theirs);
  if (sameTimeZone(asked, theirs)) return checkTimeZone(asked);
  const detail = `${connection.title} cuts its days in ${theirs}, and days of ${asked} cannot be asked for.`;
  throw invalidField('/timeZone', 'zone_differs', detail, `Leave the time zone out, or name ${theirs}.`);
}

export function checkTimeZone(timeZone: string): string {
  if (isTimeZone(timeZone)) return timeZone;
  const detail = `"${timeZone}" is not a time zone.`;
  throw invalidField('/timeZone', 'time_zone_invalid', detail, 'Name one like "Europe/Berlin".');
}
