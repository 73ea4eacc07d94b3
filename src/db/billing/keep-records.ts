import type { LedgerTouch } from '../../app/ports-billing.ts';
import type { LedgerRecord } from '../../domain/billing/ledger-records.ts';
import type { Tx } from '../database.ts';
import { type Belonging, guestOf } from './stale.ts';

type Row = {
  kind: string;
  record_id: string;
  customer_id: string | null;
  parent_id: string | null;
  old_customer_id: string | null;
  old_parent_id: string | null;
  at: Date;
  is_new: boolean;
};
type Kept = {
  record: LedgerTouch & { at: Date };
  /** False: it said something else before. */
  isNew: boolean;
  belongings: Belonging[];
};

/**
 * Writes records that are new or say something else than before, in one statement.
 *
 * @returns those, with whose they are and were; records that say what they said are left alone
 */
export async function keepRecords(
  tx: Tx,
  connectionId: string,
  records: readonly LedgerRecord[],
): Promise<Kept[]> {
  const latest = [...new Map(records.map((record) => [`${record.kind} ${record.id}`, record])).values()];
  if (latest.length === 0) return [];
  const column = <T>(of: (record: LedgerRecord) => T): T[] => latest.map(of);
  const changed = await tx.query<Row>(STATEMENT, [
    connectionId,
    column(({ kind }) => kind),
    column(({ id }) => id),
    column(ownerOf),
    column(parentOf),
    column(({ at }) => at),
    column(({ data }) => JSON.stringify(data)),
  ]);
  return changed.rows.map(({ kind, record_id, ...row }) => ({
    record: { kind: kind as LedgerTouch['kind'], id: record_id, at: row.at }, // as it was given
    isNew: row.is_new,
    belongings: [
      { kind, customerId: row.customer_id, parentId: row.parent_id },
      { kind, customerId: row.old_customer_id, parentId: row.old_parent_id },
    ],
  }));
}

function ownerOf(record: LedgerRecord): string | null {
  if (record.customerId !== null || record.kind !== 'payment') return record.customerId;
  return guestOf(record.id);
}

/** A payment hangs on its intent, and an invoice of nobody on what paid it, so that these two find each other. */
function parentOf(record: LedgerRecord): string | null {
  if (record.parentId !== null) return record.parentId;
  if (record.kind === 'payment') return record.data.intentId;
  if (record.kind === 'invoice' && record.customerId === null) return record.data.paymentIds[0] ?? null;
  return null;
}

// Whatever differs counts, except for a subscription that is fetched again and has not changed since: when it was first
// seen like this says more than when it was last. It counts when something else was observed in between.
// Each is looked up by its key, by itself: joined as a set, a big ledger would be read from end to end for a small batch.
// A schedule that let go of a subscription tells nothing any more, but what had begun by it remains its past.
const STATEMENT = `
WITH told AS (
  SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
    AS t(kind, record_id, customer_id, parent_id, at, payload)
), given AS (
  SELECT t.kind, t.record_id, t.customer_id, t.parent_id, t.at, CASE WHEN begun.phases IS NULL THEN t.payload
    ELSE jsonb_set(t.payload, '{phases}', begun.phases || COALESCE(t.payload->'phases', '[]')) END AS payload
  FROM told t LEFT JOIN LATERAL (
    SELECT jsonb_agg(p ORDER BY (p->>'startAt')::timestamptz) AS phases
    FROM billing_record r, jsonb_array_elements(r.payload->'phases') p
    WHERE t.kind = 'subscription' AND r.connection_id = $1 AND r.kind = 'subscription' AND r.record_id = t.record_id
      AND (p->>'startAt')::timestamptz <= (r.payload->>'stateAt')::timestamptz
      AND (p->>'startAt')::timestamptz < COALESCE((t.payload#>>'{phases,0,startAt}')::timestamptz, 'infinity')
  ) begun ON true
), changed AS (
  SELECT g.*, o.customer_id AS old_customer_id, o.parent_id AS old_parent_id,
    o.record_id IS NULL AS is_new
  FROM given g LEFT JOIN LATERAL (
    SELECT * FROM billing_record r WHERE r.connection_id = $1 AND r.kind = g.kind AND r.record_id = g.record_id LIMIT 1
  ) o ON true
  WHERE o.record_id IS NULL OR o.deleted_at IS NOT NULL
    OR ROW(o.customer_id, o.parent_id, o.at) IS DISTINCT FROM ROW(g.customer_id, g.parent_id, g.at)
    OR (o.payload <> g.payload AND NOT (
      g.kind = 'subscription' AND o.payload - 'stateAt' = g.payload - 'stateAt' AND GREATEST(
        (SELECT max(s.at) FROM billing_record s
          WHERE s.connection_id = $1 AND s.parent_id = g.record_id AND s.kind = 'observation'),
        (SELECT max(s.at) FROM given s WHERE s.kind = 'observation' AND s.parent_id = g.record_id)
      ) > (o.payload->>'stateAt')::timestamptz IS NOT TRUE))
), written AS (
  INSERT INTO billing_record (connection_id, kind, record_id, customer_id, parent_id, at, payload)
  SELECT $1, kind, record_id, customer_id, parent_id, at, payload FROM changed
  ON CONFLICT (connection_id, kind, record_id) DO UPDATE SET customer_id = EXCLUDED.customer_id,
    parent_id = EXCLUDED.parent_id, at = EXCLUDED.at, payload = EXCLUDED.payload, deleted_at = NULL, seen_at = app_now()
)
SELECT kind, record_id, customer_id, parent_id, old_customer_id, old_parent_id, at, is_new FROM changed`;

/** Marks what is gone at the provider; what was stored of it stays. */
export async function markDeleted(
  tx: Tx,
  connectionId: string,
  deleted: readonly (LedgerTouch & { at: Date })[],
): Promise<Belonging[]> {
  if (deleted.length === 0) return [];
  const marked = await tx.query<Row>(
    `UPDATE billing_record r SET deleted_at = d.at
     FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS d(kind, record_id, at)
     WHERE r.connection_id = $1 AND r.kind = d.kind AND r.record_id = d.record_id AND r.deleted_at IS NULL
     RETURNING r.kind, r.record_id, r.customer_id, r.parent_id`,
    [connectionId, deleted.map(({ kind }) => kind), deleted.map(({ id }) => id), deleted.map(({ at }) => at)],
  );
  return marked.rows.map(({ kind, customer_id, parent_id }) => ({
    kind,
    customerId: customer_id,
    parentId: parent_id,
  }));
}
