import { findConnection } from '../../app/find.ts';
import { ingestEventFile } from '../../app/ingest-events.ts';
import { findRecordsConnection } from '../../app/ingest-records.ts';
import { addDays, localDay } from '../../domain/day.ts';
import { type Operations, page } from '../call.ts';
import type { eventRoutes } from '../contracts/events.ts';
import { ingestView } from '../views-ingest.ts';

/** Names that are listed, the most frequent ones. */
const NAMES_LISTED = 500;

export const eventOperations: Pick<Operations, keyof typeof eventRoutes> = {
  uploadEvents: async ({ actor, deps, file, idempotencyKey, params, query, signal }) => {
    // Before anything is written: nobody fills the disk for a connection that takes no events.
    await findRecordsConnection(deps, actor, params.id);
    const { event, format, id, note, properties, through, time, user } = query;
    const received = await deps.eventUploads.receive(file, signal);
    try {
      const columns = { userId: user, event, at: time, id, properties };
      const { path, sha256 } = received;
      const sent = {
        connection: params.id,
        file: { path, format, columns },
        sha256,
        through,
        note,
        idempotencyKey,
      };
      return ingestView(await ingestEventFile(deps, actor, sent, signal));
    } finally {
      await deps.eventUploads.forget(received.path);
    }
  },
  listEventNames: async ({ actor, deps, params, query, signal }) => {
    const connection = await findConnection(deps, actor, params.id);
    const endDay = addDays(localDay(await deps.clock.now(), 'UTC'), 1);
    const days = { startDay: addDays(endDay, -query.days), endDay };
    const listing = await deps.eventListings.current(connection.id);
    return page(await deps.eventFiles.names(listing, days, NAMES_LISTED, signal));
  },
};
