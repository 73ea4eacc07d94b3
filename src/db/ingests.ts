import { AppError } from '../app/errors.ts';
import { newId } from '../app/ids.ts';
import type { Delivery, IngestRecord } from '../app/ports-ingest.ts';
import type { Tx } from './database.ts';

/** The row of one delivery: what it says of itself, and what came of it. */

export const INGEST_COLUMNS = `i.id, i.workspace_id AS "workspaceId", i.via, i.format, i.rows, i.changed,
  i.first_day AS "firstDay", i.last_day AS "lastDay", i.digest, i.idempotency_key AS "idempotencyKey", i.actor, i.note,
  i.received_at AS "receivedAt"`;

export type OpenIngest = { id: string; seq: bigint };
type Target = { metricVersionId: string | null; connectionId: string | null };
type Extent = { rows: number; firstDay: string | null; lastDay: string | null };

/**
 * Takes a place in the order of everything that writes points, or finds the delivery that has used the idempotency key
 * before. Of two that come at once the second waits here for the first.
 *
 * @throws AppError when the key was used for something else
 */
export async function openIngest(
  tx: Tx,
  delivery: Delivery,
  { connectionId, metricVersionId }: Target,
  { firstDay, lastDay, rows }: Extent,
): Promise<{ opened: OpenIngest } | { known: IngestRecord }> {
  const id = newId('ing');
  const { workspaceId, via, format, digest, idempotencyKey, actor, note } = delivery;
  const inserted = await tx.query<{ seq: string }>(
    `INSERT INTO ingest (id, workspace_id, metric_version_id, connection_id, via, format, rows, changed, first_day,
       last_day, digest, idempotency_key, actor, note, seq)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, nextval('sync_run_seq'))
     ON CONFLICT (workspace_id, idempotency_key) DO NOTHING RETURNING seq`,
    [
      id,
      workspaceId,
      metricVersionId,
      connectionId,
      via,
      format,
      rows,
      firstDay,
      lastDay,
      digest,
      idempotencyKey,
      actor,
      note,
    ],
  );
  const seq = inserted.rows[0]?.seq;
  if (seq !== undefined) return { opened: { id, seq: BigInt(seq) } };
  const found = await tx.query<IngestRecord>(
    `SELECT ${INGEST_COLUMNS} FROM ingest i WHERE i.workspace_id = $1 AND i.idempotency_key = $2`,
    [workspaceId, idempotencyKey],
  );
  const known = found.rows[0];
  if (known === undefined || known.digest !== digest) throw keyConflict(idempotencyKey ?? '');
  return { known };
}

export async function closeIngest(tx: Tx, id: string, changed: number): Promise<IngestRecord> {
  const rows = await tx.query<IngestRecord>(
    `UPDATE ingest i SET changed = $2 WHERE i.id = $1 RETURNING ${INGEST_COLUMNS}`,
    [id, changed],
  );
  return rows.rows[0] as IngestRecord; // it was opened in this transaction
}

export function keyConflict(key: string): AppError {
  return new AppError(
    'invalid',
    'idempotency_conflict',
    `The idempotency key "${key}" was used before, for something else. Nothing was stored.`,
    'Send it with a key of its own; use a key again only to repeat the very same delivery.',
  );
}
