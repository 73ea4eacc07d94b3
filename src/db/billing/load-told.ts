import type pg from 'pg';
import type { ToldCustomer } from '../../app/ports-billing.ts';
import type { Dispute, Payment, Refund, Subscription } from '../../domain/billing/records.ts';
import type { Tx } from '../database.ts';
import type { Loaded } from './load-stale.ts';
import { revive } from './revive.ts';
import { markStale } from './stale.ts';

/** Customers of a connection whose records are sent to us: they say themselves whose they are. */

// Each kind in words of its own, so that the index over exactly these finds them.
const TOLD_OF = `
WITH own AS (
  SELECT kind, record_id, payload->>'customerId' AS customer_id, payload FROM source_record
  WHERE connection_id = $1 AND kind IN ('payments', 'subscriptions') AND payload->>'customerId' = ANY($2)
)
SELECT customer_id, kind, payload FROM (
  SELECT customer_id, kind, record_id, payload FROM own
  UNION ALL
  SELECT p.customer_id, g.kind, g.record_id, g.payload
  FROM own p JOIN source_record g ON g.connection_id = $1 AND g.kind IN ('disputes', 'refunds')
    AND g.payload->>'paymentId' = p.payload->>'id'
  WHERE p.kind = 'payments'
  UNION ALL
  SELECT record_id, kind, record_id, payload FROM source_record
  WHERE connection_id = $1 AND kind = 'customers' AND record_id = ANY($2)
) r ORDER BY kind, record_id`;

type Row = { customer_id: string; kind: string; payload: unknown };

export async function loadTold(
  pool: pg.Pool,
  connectionId: string,
  customerIds: readonly string[],
): Promise<Map<string, Loaded>> {
  const found = await pool.query<Row>(TOLD_OF, [connectionId, customerIds]);
  const rows = new Map<string, Row[]>(customerIds.map((id) => [id, []]));
  for (const row of found.rows) rows.get(row.customer_id)?.push(row);
  return new Map([...rows].map(([id, own]) => [id, { from: 'told', told: toldOf(id, own) }] as const));
}

function toldOf(customerId: string, rows: readonly Row[]): ToldCustomer {
  // Records were read by the schema of their kind before they were stored.
  const of = <T>(wanted: string): T[] =>
    rows.flatMap(({ kind, payload }) => (kind === wanted ? [revive(payload) as T] : []));
  return {
    customerId,
    subscriptions: of<Subscription>('subscriptions'),
    payments: of<Payment>('payments'),
    refunds: of<Refund>('refunds'),
    disputes: of<Dispute>('disputes'),
    channel: of<{ channel: string | null }>('customers')[0]?.channel ?? null,
  };
}

/** The field of a kind that leads to the customer: itself, or the payment that it gives back. */
const LEADS_TO_CUSTOMER: Readonly<Record<string, string>> = {
  subscriptions: 'customerId',
  payments: 'customerId',
  customers: 'id',
  refunds: 'paymentId',
  disputes: 'paymentId',
};
export const leadOf = (kind: string): string | null => LEADS_TO_CUSTOMER[kind] ?? null;

/** Marks those stale whom the records of a kind lead to, by what they say in their `leadOf` field, and said before. */
export async function touchTold(
  tx: Tx,
  connectionId: string,
  kind: string,
  leads: readonly string[],
): Promise<void> {
  if (leadOf(kind) !== 'paymentId') return markStale(tx, connectionId, new Set(leads));
  const paid = await tx.query<{ customer_id: string }>(
    `SELECT DISTINCT payload->>'customerId' AS customer_id FROM source_record
     WHERE connection_id = $1 AND kind = 'payments' AND record_id = ANY($2)`,
    [connectionId, leads],
  );
  await markStale(tx, connectionId, new Set(paid.rows.map(({ customer_id }) => customer_id)));
}

/** Makes customers of records that came before anything was derived from them. */
export async function adoptTold(tx: Tx, connectionId: string): Promise<void> {
  const told = await tx.query<{ customer_id: string }>(
    `SELECT DISTINCT CASE kind WHEN 'customers' THEN payload->>'id' ELSE payload->>'customerId' END AS customer_id
     FROM source_record r WHERE connection_id = $1 AND kind IN ('subscriptions', 'payments', 'customers')
       AND EXISTS (SELECT 1 FROM connection c WHERE c.id = $1 AND c.connector_id = 'records')`,
    [connectionId],
  );
  await markStale(tx, connectionId, new Set(told.rows.map(({ customer_id }) => customer_id)));
}
