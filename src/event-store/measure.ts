import type { EventFiles, EventListing, EventSegment } from '../app/ports-events.ts';
import type { Measurement } from '../domain/catalog/types.ts';
import { compileAsk, inPortions } from '../event-sql/index.ts';
import type { EventAsk, EventTable } from '../event-sql/types.ts';
import { afterMs, firstMs } from './day-number.ts';
import type { Session } from './engine.ts';
import type { Store } from './merge.ts';
import { eventsOf } from './sql.ts';

export async function measureEvents(
  store: Store,
  listing: EventListing,
  asks: Parameters<EventFiles['measure']>[1],
  signal: AbortSignal,
): Promise<Measurement[][]> {
  return store.engine.session(signal, async (session) => {
    const answers: Measurement[][] = [];
    for (const ask of asks) {
      const measured: Measurement[] = [];
      for (const portion of inPortions(ask)) {
        measured.push(...(await measureOne(store, session, listing, portion, signal)));
      }
      answers.push(measured);
    }
    return answers;
  });
}

/** Of the files only those that the question reaches are read, and each of them must be whole. */
async function measureOne(
  { checks, layout }: Store,
  session: Session,
  listing: EventListing,
  ask: EventAsk,
  signal: AbortSignal,
): Promise<Measurement[]> {
  const { fromMs, untilMs } = compileAsk(ask, tableOf([]), 'duckdb');
  const segments = listing.segments.filter(
    ({ firstDay, lastDay }) => firstMs(firstDay) < untilMs && (fromMs === null || afterMs(lastDay) > fromMs),
  );
  await checks.check(segments, signal);
  const paths = segments.map(({ path }: EventSegment) => layout.absolute(path));
  const compiled = compileAsk(ask, tableOf(paths), 'duckdb');
  return compiled.measure(await session.run(compiled.sql));
}

/** Each event is there once: what was told twice was taken in as one. */
export function tableOf(paths: readonly string[]): EventTable {
  return {
    from: eventsOf(paths),
    columns: {
      user: 'user_id',
      event: 'event',
      at: { name: 'at_ms', as: 'milliseconds' },
      id: null,
      properties: { kind: 'json', column: 'properties' },
    },
  };
}
