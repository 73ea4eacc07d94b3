import type { Recorder } from '../../../connectors/sql/engines/session.ts';
import { addDays, localDay, minDay } from '../../domain/day.ts';
import type { TableConfig } from './config.ts';
import type { TableSession } from './session.ts';
import { newestSql } from './table.ts';

const dayMs = 86_400_000;
/** A table that is loaded has an event in here, and an engine that is paid by what it reads is asked for little. */
const USUALLY_DAYS = 2;

/** The newest event that has happened by now; null: there is none. A clock that runs ahead says nothing of the load. */
export async function newestAt(
  session: TableSession,
  config: TableConfig,
  now: Date,
  record: Recorder,
): Promise<Date | null> {
  const untilMs = now.getTime();
  for (const fromMs of [untilMs - USUALLY_DAYS * dayMs, null]) {
    const [row] = await session.ask(newestSql(config, { fromMs, untilMs }), record);
    const ms = Number(row?.['newest'] ?? 0);
    if (ms > 0) return new Date(ms);
  }
  return null;
}

/**
 * The last day that counts. The running day never does. A table whose newest event is older than a day is one whose load
 * has stopped: that event's own day may be half there, and nothing is known of those after it.
 */
export function throughDayOf(newest: Date | null, now: Date, timeZone: string): string | null {
  if (newest === null) return null;
  const yesterday = addDays(localDay(now, timeZone), -1);
  if (now.getTime() - newest.getTime() <= dayMs) return yesterday;
  return minDay(yesterday, addDays(localDay(newest, timeZone), -1));
}
