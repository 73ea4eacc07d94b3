import type { EventFiles, EventListing } from '../app/ports-events.ts';
import { firstMs } from './day-number.ts';
import type { Store } from './merge.ts';
import { count, eventsOf } from './sql.ts';

/** How often each event occurs, for choosing one. */
export async function eventNames(
  { checks, engine, layout }: Store,
  listing: EventListing,
  { endDay, startDay }: { startDay: string; endDay: string },
  limit: number,
  signal: AbortSignal,
): ReturnType<EventFiles['names']> {
  const segments = listing.segments.filter(
    ({ firstDay, lastDay }) => firstDay < endDay && lastDay >= startDay,
  );
  await checks.check(segments, signal);
  const rows = await engine.session(signal, (session) =>
    session.run(
      `SELECT event, count(*) AS n, count(DISTINCT user_id) AS users
       FROM ${eventsOf(segments.map(({ path }) => layout.absolute(path)))}
       WHERE at_ms >= ${firstMs(startDay)} AND at_ms < ${firstMs(endDay)}
       GROUP BY event ORDER BY n DESC, event LIMIT ${Math.trunc(limit)}`,
    ),
  );
  return rows.map(({ event, n, users }) => ({ event: String(event), count: count(n), users: count(users) }));
}
