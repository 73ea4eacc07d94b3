import type { Tx } from '../database.ts';

/** Whose derived rows are no longer those of their records. */

/** A sale without a customer is one of its own, so that it is derived by itself. */
export const guestOf = (paymentId: string): string => `payment:${paymentId}`;

/** Marks customers stale, and makes those known that were not. In order, so that two writers cannot cross. */
export async function markStale(
  tx: Tx,
  connectionId: string,
  customerIds: ReadonlySet<string>,
): Promise<void> {
  if (customerIds.size === 0) return;
  await tx.query(
    `INSERT INTO billing_customer (connection_id, customer_id, stale_seq)
     SELECT $1, t.customer_id, nextval('billing_stale_seq') FROM unnest($2::text[]) AS t(customer_id)
     ON CONFLICT (connection_id, customer_id) DO UPDATE SET stale_seq = EXCLUDED.stale_seq`,
    [connectionId, [...customerIds].toSorted()],
  );
}

/** Everybody that the connection knows is worked out anew. */
export async function markAllStale(tx: Tx, connectionId: string): Promise<void> {
  await tx.query(
    `WITH everybody AS (
       SELECT customer_id FROM billing_customer WHERE connection_id = $1 ORDER BY customer_id FOR UPDATE
     )
     UPDATE billing_customer c SET stale_seq = nextval('billing_stale_seq')
     FROM everybody e WHERE c.connection_id = $1 AND c.customer_id = e.customer_id`,
    [connectionId],
  );
}

/** What was told of a record about whose it is. */
export type Belonging = { kind: string; customerId: string | null; parentId: string | null };

/** The kinds that something is derived from. Others are kept, and make nobody stale. */
const DERIVED_FROM: ReadonlySet<string> = new Set([
  'customer',
  'customer_observation',
  'subscription',
  'observation',
  'invoice',
  'payment',
  'refund',
  'dispute',
]);

/**
 * Whose these are: who is named, else whoever the parent belongs to. A parent that is not here yet brings its own customer
 * along when it comes.
 */
export async function ownersOf(
  tx: Tx,
  connectionId: string,
  belongings: readonly Belonging[],
): Promise<Set<string>> {
  const owners = new Set<string>();
  const hung: { parentKind: string; parentId: string }[] = [];
  for (const { kind, customerId, parentId } of belongings) {
    if (!DERIVED_FROM.has(kind)) continue;
    if (customerId !== null) owners.add(customerId);
    else if (parentId !== null)
      hung.push({ parentKind: kind === 'observation' ? 'subscription' : 'payment', parentId });
  }
  if (hung.length === 0) return owners;
  const found = await tx.query<{ customer_id: string }>(
    `SELECT DISTINCT p.customer_id FROM unnest($2::text[], $3::text[]) AS h(kind, parent_id)
     CROSS JOIN LATERAL (
       SELECT customer_id FROM billing_record
       WHERE connection_id = $1 AND kind = h.kind AND record_id = h.parent_id
       UNION ALL
       -- A payment also goes by the name of its intent, which is its parent.
       SELECT customer_id FROM billing_record
       WHERE connection_id = $1 AND kind = 'payment' AND h.kind = 'payment' AND parent_id = h.parent_id
       OFFSET 0 -- by index, one at a time: a small batch must not read a big ledger from end to end
     ) p WHERE p.customer_id IS NOT NULL`,
    [connectionId, hung.map(({ parentKind }) => parentKind), hung.map(({ parentId }) => parentId)],
  );
  for (const { customer_id } of found.rows) owners.add(customer_id);
  return owners;
}
