import { keepEvents } from './keep-events.ts';
import type { EventFiles, EventListings, EventWrite } from './ports-events.ts';
import type { RecordStore } from './ports-ingest.ts';

type AdoptDeps = {
  files: EventFiles;
  listings: EventListings;
  records: Pick<RecordStore, 'load' | 'forget'>;
};

/**
 * Events that were stored among the records, as earlier versions did, move into the event store under their ids. Ended in the
 * middle it begins again, and says the same.
 */
export async function adoptEvents(
  { files, listings, records }: AdoptDeps,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const rows = await records.load(connectionId, ['events']);
  if (rows.length === 0) return;
  const taken = await files.stage(connectionId, writesOf(rows), signal);
  if (!taken.ok) throw new Error(`a stored event is none: ${taken.refused.problems[0]?.problem}`);
  await keepEvents(
    { files, listings },
    connectionId,
    taken.staged,
    null,
    { delivery: null, through: null },
    signal,
  );
  await records.forget(connectionId, 'events');
}

/** Each was read by the schema of events before it was stored. */
async function* writesOf(
  rows: readonly { recordId: string; payload: Record<string, unknown> }[],
): AsyncGenerator<EventWrite> {
  for (const { payload, recordId } of rows) {
    const { at, event, properties, userId } = payload as { at: string } & Pick<
      EventWrite,
      'event' | 'userId' | 'properties'
    >;
    yield { id: recordId, userId, event, at: new Date(at), properties };
  }
}
