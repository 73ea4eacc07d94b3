import type { BillingStore, LoadedCustomer } from '../../app/ports-billing.ts';
import type {
  CustomerLedger,
  LedgerCatalogue,
  LedgerData,
  LedgerKind,
} from '../../domain/billing/ledger-records.ts';
import type { Database } from '../database.ts';
import { loadTold } from './load-told.ts';
import { revive } from './revive.ts';

/** Customers whose derived rows are not those of their records, with everything that is known of them. */
export function createLoadStale({ pool }: Database): BillingStore['loadStale'] {
  return async (connectionId, limit) => {
    // Before the records: whoever is touched between the two reads is found to be stale again when they are written.
    const stale = await pool.query<{ customer_id: string; stale_seq: string; told: boolean }>(
      `SELECT b.customer_id, b.stale_seq, c.connector_id = 'records' AS told
       FROM billing_customer b JOIN connection c ON c.id = b.connection_id
       WHERE b.connection_id = $1 AND b.stale_seq IS NOT NULL ORDER BY b.stale_seq LIMIT $2`,
      [connectionId, limit],
    );
    const [first] = stale.rows;
    if (first === undefined) return [];
    const ids = stale.rows.map(({ customer_id }) => customer_id);
    const loaded = first.told
      ? await loadTold(pool, connectionId, ids)
      : await loadLedgers(pool, connectionId, ids);
    return stale.rows.map(({ customer_id, stale_seq }) => ({
      staleSeq: BigInt(stale_seq),
      ...(loaded.get(customer_id) as Loaded), // one entry an id that was asked for
    }));
  };
}

type WithoutSeq<T> = T extends unknown ? Omit<T, 'staleSeq'> : never;
export type Loaded = WithoutSeq<LoadedCustomer>;

// What names no customer belongs to whoever its parent belongs to: the payment, or its intent, of a refund; the subscription
// of an observation. Only a draft of an invoice can be deleted, and that one never was.
const RECORDS_OF = `
WITH own AS (
  SELECT kind, record_id, customer_id, parent_id, at, payload FROM billing_record
  WHERE connection_id = $1 AND customer_id = ANY($2) AND NOT (kind = 'invoice' AND deleted_at IS NOT NULL)
    AND kind IN ('customer', 'customer_observation', 'subscription', 'observation', 'invoice', 'payment', 'refund', 'dispute')
), hung AS (
  SELECT DISTINCT c.kind, c.record_id, p.customer_id, c.at, c.payload
  FROM own p JOIN billing_record c ON c.connection_id = $1 AND c.parent_id = ANY(ARRAY[p.record_id, p.parent_id])
    AND c.customer_id IS NULL AND NOT (c.kind = 'invoice' AND c.deleted_at IS NOT NULL)
    AND (c.kind = 'observation' AND p.kind = 'subscription' OR c.kind IN ('refund', 'dispute', 'invoice') AND p.kind = 'payment')
  WHERE p.kind IN ('subscription', 'payment')
)
SELECT customer_id, kind, payload FROM (
  SELECT customer_id, kind, record_id, at, payload FROM own
  UNION ALL
  SELECT customer_id, kind, record_id, at, payload FROM hung
) r ORDER BY at, record_id`;

async function loadLedgers(
  pool: Database['pool'],
  connectionId: string,
  customerIds: readonly string[],
): Promise<Map<string, Loaded>> {
  const records = await pool.query<{ customer_id: string; kind: LedgerKind; payload: unknown }>(RECORDS_OF, [
    connectionId,
    customerIds,
  ]);
  const mirror = await pool.query<{ at: Date | null }>(
    'SELECT watched_since_at AS at FROM billing_mirror WHERE connection_id = $1',
    [connectionId],
  );
  const watchedSinceAt = mirror.rows[0]?.at ?? null;
  const byCustomer = new Map(customerIds.map((id) => [id, new Map<LedgerKind, unknown[]>()]));
  for (const { customer_id, kind, payload } of records.rows) {
    const kinds = byCustomer.get(customer_id);
    const found = kinds?.get(kind);
    if (found === undefined) kinds?.set(kind, [revive(payload)]);
    else found.push(revive(payload));
  }
  return new Map(
    [...byCustomer].map(
      ([id, kinds]) => [id, { from: 'ledger', ledger: { ...ledgerOf(id, kinds), watchedSinceAt } }] as const,
    ),
  );
}

function ledgerOf(customerId: string, kinds: ReadonlyMap<LedgerKind, unknown[]>): CustomerLedger {
  // Records are stored under the kind that they are of.
  const of = <Kind extends LedgerKind>(kind: Kind): LedgerData[Kind][] =>
    (kinds.get(kind) ?? []) as LedgerData[Kind][];
  return {
    customerId,
    customer: of('customer')[0] ?? null,
    customerObservations: of('customer_observation'),
    subscriptions: of('subscription'),
    observations: of('observation'),
    invoices: of('invoice'),
    payments: of('payment'),
    refunds: of('refund'),
    disputes: of('dispute'),
  };
}

/** What the connection's records refer to. */
export async function readCatalogue({ pool }: Database, connectionId: string): Promise<LedgerCatalogue> {
  const found = await pool.query<{ kind: string; record_id: string; payload: unknown }>(
    `SELECT kind, record_id, payload FROM billing_record WHERE connection_id = $1 AND kind IN ('price', 'coupon')`,
    [connectionId],
  );
  // Records are stored under the kind that they are of.
  const of = <Kind extends 'price' | 'coupon'>(wanted: Kind): Map<string, LedgerData[Kind]> =>
    new Map(
      found.rows
        .filter(({ kind }) => kind === wanted)
        .map(({ record_id, payload }) => [record_id, revive(payload) as LedgerData[Kind]]),
    );
  return { prices: of('price'), coupons: of('coupon') };
}
