import type {
  IngestOutcome,
  IngestRecord,
  RecordCoverage,
  RecordStore,
  RecordWrite,
} from '../app/ports-ingest.ts';
import { addDays, localDay, minDay } from '../domain/day.ts';
import { leadOf, touchTold } from './billing/load-told.ts';
import { type Database, inTransaction, type Tx } from './database.ts';
import { closeIngest, INGEST_COLUMNS, openIngest } from './ingests.ts';
import { readAgain } from './read-again.ts';

type Told = Parameters<RecordStore['ingest']>[2];

/** Records that were sent to us, and up to which day they tell everything. */
export function createRecordStore({ pool }: Database): RecordStore {
  return {
    ingest: (connectionId, delivery, told) =>
      inTransaction(pool, async (tx): Promise<IngestOutcome> => {
        await lockReads(tx, connectionId);
        const days = told.records
          .flatMap(({ at }) => (at === null ? [] : [localDay(at, told.timeZone)]))
          .toSorted();
        const extent = { rows: told.records.length, firstDay: days[0] ?? null, lastDay: days.at(-1) ?? null };
        const found = await openIngest(tx, delivery, { metricVersionId: null, connectionId }, extent);
        if ('known' in found) return { ingest: found.known, replayed: true };
        const { changed, touchedAt, timed, leads } = await keepRecords(
          tx,
          connectionId,
          told,
          found.opened.id,
        );
        if (leads.length > 0) await touchTold(tx, connectionId, told.kind, leads);
        const before = await moveCoverage(tx, connectionId, told);
        const touched = touchedAt === null ? null : localDay(touchedAt, told.timeZone);
        const from =
          before === null || (changed > 0 && !timed) ? null : firstDay(touched, addDays(before, 1));
        await readAgain(tx, connectionId, from);
        return { ingest: await closeIngest(tx, found.opened.id, changed), replayed: false };
      }),
    async coverage(connectionId) {
      const rows = await pool.query<RecordCoverage>(
        `SELECT COALESCE(r.kind, c.kind) AS kind, COALESCE(r.records, 0)::int AS records, r.first_at AS "firstAt",
           r.last_at AS "lastAt", c.through_day AS "throughDay", r.told_at AS "toldAt"
         FROM (SELECT kind, sum(records) AS records, min(first_at) AS first_at, max(last_at) AS last_at, max(told_at) AS told_at
           FROM (SELECT kind, count(*) AS records, min(at) AS first_at, max(at) AS last_at, max(received_at) AS told_at
             FROM source_record WHERE connection_id = $1 GROUP BY kind
             UNION ALL
             -- Of files only the UTC days are known.
             SELECT 'events', sum(rows), min(first_day)::timestamp AT TIME ZONE 'UTC',
               max(last_day)::timestamp AT TIME ZONE 'UTC', max(added_at)
             FROM event_segment WHERE connection_id = $1 AND retired_at IS NULL HAVING count(*) > 0) kinds
           GROUP BY kind) r
         FULL JOIN (SELECT kind, through_day FROM record_coverage WHERE connection_id = $1) c USING (kind)
         ORDER BY 1`,
        [connectionId],
      );
      return rows.rows;
    },
    async load(connectionId, kinds) {
      // A delivery that began before this read, and ends after it, would be missed by both.
      await pool.query('SELECT 1 FROM connection WHERE id = $1 FOR SHARE', [connectionId]);
      const rows = await pool.query<{ kind: string; recordId: string; payload: Record<string, unknown> }>(
        'SELECT kind, record_id AS "recordId", payload FROM source_record WHERE connection_id = $1 AND kind = ANY($2)',
        [connectionId, kinds],
      );
      return rows.rows;
    },
    async forget(connectionId, kind) {
      await pool.query('DELETE FROM source_record WHERE connection_id = $1 AND kind = $2', [
        connectionId,
        kind,
      ]);
    },
    async deliveries(connectionId, limit) {
      const rows = await pool.query<IngestRecord>(
        `SELECT ${INGEST_COLUMNS} FROM ingest i WHERE i.connection_id = $1 ORDER BY i.received_at DESC, i.id DESC LIMIT $2`,
        [connectionId, limit],
      );
      return rows.rows;
    },
  };
}

/**
 * A run that reads these records now either sees all of this delivery or leaves its cursors alone: it ends before, or
 * it finds this delivery after it.
 */
export async function lockReads(tx: Tx, connectionId: string): Promise<void> {
  await tx.query(
    `SELECT 1 FROM sync_run WHERE connection_id = $1 AND status = 'running' ORDER BY id FOR UPDATE`,
    [connectionId],
  );
  await tx.query('SELECT 1 FROM connection WHERE id = $1 FOR NO KEY UPDATE', [connectionId]);
}

/** `leads`: what says whose the changed records are and were; none of kinds that are nobody's. */
type Kept = { changed: number; touchedAt: Date | null; timed: boolean; leads: string[] };

/** Records that say what they said before are left alone. */
async function keepRecords(
  tx: Tx,
  connectionId: string,
  { kind, records }: Told,
  ingestId: string,
): Promise<Kept> {
  const column = <T>(of: (record: RecordWrite) => T): T[] => records.map(of);
  const result = await tx.query<{
    changed: string;
    touched_at: Date | null;
    timed: boolean;
    leads: string[];
  }>(
    `WITH given AS (
       SELECT * FROM unnest($3::text[], $4::timestamptz[], $5::jsonb[]) AS t(record_id, at, payload)
     ), changed AS (
       SELECT g.*, o.at AS old_at, o.payload AS old_payload FROM given g
       LEFT JOIN source_record o ON o.connection_id = $1 AND o.kind = $2 AND o.record_id = g.record_id
       WHERE o.record_id IS NULL OR o.payload IS DISTINCT FROM g.payload
     ), written AS (
       INSERT INTO source_record (connection_id, kind, record_id, at, payload, ingest_id)
       SELECT $1, $2, record_id, at, payload, $6 FROM changed
       ON CONFLICT (connection_id, kind, record_id) DO UPDATE SET at = EXCLUDED.at, payload = EXCLUDED.payload,
         ingest_id = EXCLUDED.ingest_id, received_at = app_now()
     )
     SELECT count(*) AS changed, min(LEAST(at, old_at)) AS touched_at, COALESCE(bool_and(at IS NOT NULL), true) AS timed,
       ARRAY(SELECT payload->>$7::text FROM changed WHERE payload->>$7::text IS NOT NULL
         UNION SELECT old_payload->>$7::text FROM changed WHERE old_payload->>$7::text IS NOT NULL) AS leads
     FROM changed`,
    [
      connectionId,
      kind,
      column(({ recordId }) => recordId),
      column(({ at }) => at),
      column(({ payload }) => JSON.stringify(payload)),
      ingestId,
      leadOf(kind),
    ],
  );
  const row = result.rows[0];
  return {
    changed: Number(row?.changed),
    touchedAt: row?.touched_at ?? null,
    timed: row?.timed ?? true,
    leads: row?.leads ?? [],
  };
}

/** @returns the day up to which the kind was told before; null when it never was */
export async function moveCoverage(
  tx: Tx,
  connectionId: string,
  { kind, through }: Pick<Told, 'kind' | 'through'>,
): Promise<string | null> {
  const before = await tx.query<{ through_day: string }>(
    'SELECT through_day FROM record_coverage WHERE connection_id = $1 AND kind = $2',
    [connectionId, kind],
  );
  await tx.query(
    `INSERT INTO record_coverage AS c (connection_id, kind, through_day) VALUES ($1, $2, $3)
     ON CONFLICT (connection_id, kind) DO UPDATE SET updated_at = app_now(),
       through_day = CASE WHEN $4::boolean THEN EXCLUDED.through_day ELSE GREATEST(c.through_day, EXCLUDED.through_day) END`,
    [connectionId, kind, through.day, through.exactly],
  );
  return before.rows[0]?.through_day ?? null;
}

export function firstDay(touched: string | null, told: string): string {
  return touched === null ? told : minDay(touched, told);
}
