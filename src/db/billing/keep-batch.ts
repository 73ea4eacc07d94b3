import type { BillingStore, MirrorBatchRecord, MirrorPosition } from '../../app/ports-billing.ts';
import { type Database, inTransaction, type Tx } from '../database.ts';
import { keepRecords, markDeleted } from './keep-records.ts';
import { customersWithProblem, referringTo } from './referring.ts';
import { markStale, ownersOf } from './stale.ts';

/** How far the mirror of a connection is, and the one transaction in which it goes on. */

export async function readPosition({ pool }: Database, connectionId: string): Promise<MirrorPosition> {
  const found = await pool.query<MirrorPosition>(
    'SELECT version, state, through_at AS "throughAt", gaps, note FROM billing_mirror WHERE connection_id = $1',
    [connectionId],
  );
  return found.rows[0] ?? { version: 0, state: null, throughAt: null, gaps: [], note: '' };
}

export function createKeep({ pool }: Database): BillingStore['keep'] {
  return (connectionId, version, batch, followed) =>
    inTransaction(pool, async (tx) => {
      const moved = await movePosition(tx, connectionId, version, batch);
      if (moved === null) return null;
      const kept = await keepRecords(tx, connectionId, batch.records);
      const gone = await markDeleted(tx, connectionId, batch.deleted);
      const stale = await ownersOf(tx, connectionId, [
        ...kept.flatMap(({ belongings }) => belongings),
        ...gone,
      ]);
      const offered = kept.filter(({ record: { kind } }) => kind === 'price' || kind === 'coupon');
      // What came to be after everything that was known is named by nothing that was worked out.
      const named = offered.filter(
        ({ isNew, record }) => !isNew || moved.throughAt === null || record.at <= moved.throughAt,
      );
      if (offered.length > 0) for (const id of await customersWithProblem(tx, connectionId)) stale.add(id);
      const ids = named.map(({ record }) => record.id);
      for (const id of await referringTo(tx, connectionId, ids)) stale.add(id);
      await markStale(tx, connectionId, stale);
      await closeEvents(tx, connectionId, followed);
      return moved.version;
    });
}

/**
 * Writes the position that the batch leads to. The row stays locked, so that whoever comes with the same version waits,
 * and then finds that it has passed.
 *
 * @returns the version now, and up to when everything was known before
 */
async function movePosition(
  tx: Tx,
  connectionId: string,
  version: number,
  { state, gaps, note, throughAt, watchedSinceAt = null }: MirrorBatchRecord,
): Promise<{ version: number; throughAt: Date | null } | null> {
  const moved = await tx.query<{ version: number; throughAt: Date | null }>(
    `WITH before AS (SELECT through_at FROM billing_mirror WHERE connection_id = $1)
     INSERT INTO billing_mirror AS m (connection_id, version, state, gaps, note, through_at,
       watched_since_at)
     SELECT $1, $2::int + 1, $3::jsonb, $4::jsonb, $5, $6::timestamptz, $7::timestamptz
     WHERE $2::int = 0 OR EXISTS (SELECT 1 FROM billing_mirror WHERE connection_id = $1)
     ON CONFLICT (connection_id) DO UPDATE SET version = EXCLUDED.version, state = EXCLUDED.state, gaps = EXCLUDED.gaps,
       note = EXCLUDED.note, through_at = EXCLUDED.through_at,
       watched_since_at = COALESCE(EXCLUDED.watched_since_at, m.watched_since_at), updated_at = app_now()
     WHERE m.version = $2::int
     RETURNING version, (SELECT through_at FROM before) AS "throughAt"`,
    [
      connectionId,
      version,
      JSON.stringify(state ?? null),
      JSON.stringify(gaps),
      note,
      throughAt,
      watchedSinceAt,
    ],
  );
  return moved.rows[0] ?? null;
}

/** Longer than any provider sends an event again. */
const KEEP_EVENTS_DAYS = 40;

async function closeEvents(tx: Tx, connectionId: string, followed: readonly string[]): Promise<void> {
  if (followed.length === 0) return;
  await tx.query(
    `UPDATE billing_event SET done_at = app_now()
     WHERE connection_id = $1 AND event_id = ANY($2) AND done_at IS NULL`,
    [connectionId, followed],
  );
  await tx.query(
    `DELETE FROM billing_event WHERE connection_id = $1 AND done_at < app_now() - make_interval(days => $2)`,
    [connectionId, KEEP_EVENTS_DAYS],
  );
}
