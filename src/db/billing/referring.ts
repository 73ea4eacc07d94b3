import type { Tx } from '../database.ts';

/** Who may come out differently with a price or a coupon. */

/** They may have been waiting for it. */
export async function customersWithProblem(tx: Tx, connectionId: string): Promise<string[]> {
  const found = await tx.query<{ customer_id: string }>(
    `SELECT customer_id FROM billing_customer
     WHERE connection_id = $1 AND problem IS NOT NULL AND stale_seq IS NULL`,
    [connectionId],
  );
  return found.rows.map(({ customer_id }) => customer_id);
}

/**
 * Those whose records name one of these ids, and who are not stale already. Prices and coupons hardly ever say something
 * else, so records are searched as text: about a second for 50,000 invoices, and longer than a statement may usually take for
 * millions.
 */
export async function referringTo(tx: Tx, connectionId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const quoted = ids.map((id) =>
    JSON.stringify(id)
      .slice(1, -1)
      .replace(/[^\w\u0080-\uffff]/g, String.raw`\$&`),
  );
  await tx.query(`SET LOCAL statement_timeout = '10min'`);
  const found = await tx.query<{ customer_id: string }>(
    `WITH naming AS (
       SELECT kind, customer_id, parent_id FROM billing_record
       WHERE connection_id = $1 AND kind IN ('customer', 'customer_observation', 'subscription', 'observation', 'invoice')
         AND payload::text ~ $2
         AND NOT EXISTS (SELECT 1 FROM billing_customer c WHERE c.connection_id = $1
           AND c.customer_id = billing_record.customer_id AND c.stale_seq IS NOT NULL)
     ), owner AS (
       SELECT customer_id FROM naming
       UNION
       SELECT s.customer_id FROM naming n
       JOIN billing_record s ON s.connection_id = $1 AND s.kind = 'subscription' AND s.record_id = n.parent_id
       WHERE n.kind = 'observation' AND n.customer_id IS NULL
     )
     SELECT customer_id FROM owner WHERE customer_id IS NOT NULL`,
    [connectionId, `"(${quoted.join('|')})"`],
  );
  await tx.query('SET LOCAL statement_timeout TO DEFAULT');
  return found.rows.map(({ customer_id }) => customer_id);
}
