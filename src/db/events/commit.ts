import type pg from 'pg';
import type { EventListings, EventMerge } from '../../app/ports-events.ts';
import type { IngestOutcome } from '../../app/ports-ingest.ts';
import { addDays, localDay } from '../../domain/day.ts';
import { inTransaction, type Tx } from '../database.ts';
import { closeIngest, type OpenIngest, openIngest } from '../ingests.ts';
import { readAgain } from '../read-again.ts';
import { firstDay, lockReads, moveCoverage } from '../record-store.ts';

type Told = Parameters<EventListings['commit']>[3];

/** Everything that is true from now on, or nothing of it. */
export function commitEvents(
  pool: pg.Pool,
  connectionId: string,
  version: number,
  merge: EventMerge,
  told: Told,
): Promise<IngestOutcome | 'listed' | null> {
  return inTransaction(pool, async (tx) => {
    await lockReads(tx, connectionId);
    // Who lists has the lock: between this look and the commit nobody else lists anything of this connection.
    if ((await versionOf(tx, connectionId)) !== version) return null;
    const found = await open(tx, connectionId, told);
    if (found !== null && 'known' in found) return { ingest: found.known, replayed: true };
    await list(tx, connectionId, version, merge, told.state);
    await takeBack(tx, connectionId, merge, told.through);
    if (found === null) return 'listed';
    return { ingest: await closeIngest(tx, found.opened.id, merge.changed), replayed: false };
  });
}

async function versionOf(tx: Tx, connectionId: string): Promise<number> {
  const rows = await tx.query<{ version: number }>(
    'SELECT version FROM event_store WHERE connection_id = $1',
    [connectionId],
  );
  return rows.rows[0]?.version ?? 0;
}

async function open(
  tx: Tx,
  connectionId: string,
  { days, delivery, rows }: Told,
): Promise<{ opened: OpenIngest } | { known: IngestOutcome['ingest'] } | null> {
  if (delivery === null) return null;
  const extent = { rows, firstDay: days?.first ?? null, lastDay: days?.last ?? null };
  return openIngest(tx, delivery, { metricVersionId: null, connectionId }, extent);
}

async function list(
  tx: Tx,
  connectionId: string,
  version: number,
  { added, retired }: EventMerge,
  state: unknown,
): Promise<void> {
  const gone = await tx.query(
    `UPDATE event_segment SET retired_at = app_now()
     WHERE connection_id = $1 AND id = ANY($2::uuid[]) AND retired_at IS NULL`,
    [connectionId, retired],
  );
  if (gone.rowCount !== retired.length) {
    throw new Error(
      `Of ${retired.length} files of events that were to be retired ${gone.rowCount} are listed.`,
    );
  }
  const column = <T>(of: (segment: EventMerge['added'][number]) => T): T[] => added.map(of);
  await tx.query(
    `INSERT INTO event_segment (id, connection_id, path, sha256, bytes, rows, first_day, last_day)
     SELECT id, $1, path, sha256, bytes, rows, first_day, last_day
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::date[], $8::date[])
       AS t(id, path, sha256, bytes, rows, first_day, last_day)`,
    [
      connectionId,
      column(({ id }) => id),
      column(({ path }) => path),
      column(({ sha256 }) => sha256),
      column(({ bytes }) => bytes),
      column(({ rows }) => rows),
      column((segment) => segment.firstDay),
      column(({ lastDay }) => lastDay),
    ],
  );
  await tx.query(
    `INSERT INTO event_store AS e (connection_id, version, reading_state) VALUES ($1, $2, $3)
     ON CONFLICT (connection_id) DO UPDATE SET version = EXCLUDED.version, updated_at = app_now(),
       reading_state = CASE WHEN $4::boolean THEN EXCLUDED.reading_state ELSE e.reading_state END`,
    [connectionId, version + 1, JSON.stringify(state ?? null), state !== undefined],
  );
}

/** What may come out differently: from the first event that is told differently on, and the days that had not been told. */
async function takeBack(
  tx: Tx,
  connectionId: string,
  { touchedAt }: EventMerge,
  through: Told['through'],
): Promise<void> {
  if (through === null) {
    if (touchedAt !== null) await readAgain(tx, connectionId, localDay(touchedAt, 'UTC'));
    return;
  }
  const before = await moveCoverage(tx, connectionId, { kind: 'events', through });
  const touched = touchedAt === null ? null : localDay(touchedAt, through.timeZone);
  await readAgain(tx, connectionId, before === null ? null : firstDay(touched, addDays(before, 1)));
}
