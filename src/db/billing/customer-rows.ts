import type { CustomerTraits, DerivedCustomer } from '../../domain/billing/derived.ts';
import type { Tx } from '../database.ts';

/** The row that each customer has: whether it is stale, its traits, its trial and what is wrong with it. */

export type Held = { staleSeq: bigint | null; firstPaidAt: Date | null; traits: StoredTraits };
/** `frozen`: told how the customer was won at the first payment, and holds from then on. */
type StoredTraits = Partial<Omit<CustomerTraits, 'firstPaidAt'>> & { frozen?: boolean };

/** Locks the customers' rows, in order. */
export async function lockCustomers(
  tx: Tx,
  connectionId: string,
  customerIds: readonly string[],
): Promise<Map<string, Held>> {
  const found = await tx.query<{
    customer_id: string;
    stale_seq: string | null;
    first_paid_at: Date | null;
    traits: StoredTraits;
  }>(
    `SELECT customer_id, stale_seq, first_paid_at, traits FROM billing_customer
     WHERE connection_id = $1 AND customer_id = ANY($2) ORDER BY customer_id FOR UPDATE`,
    [connectionId, customerIds],
  );
  return new Map(
    found.rows.map((row) => [
      row.customer_id,
      {
        staleSeq: row.stale_seq === null ? null : BigInt(row.stale_seq),
        firstPaidAt: row.first_paid_at,
        traits: row.traits,
      },
    ]),
  );
}

/**
 * Whose traits are worth freezing once they have paid: their own record is here, and so is everything that was before. Of
 * records that people send none are: they tell how a customer was won in their own time, often after the payments.
 */
export async function freezable(
  tx: Tx,
  connectionId: string,
  customerIds: readonly string[],
): Promise<Set<string>> {
  const found = await tx.query<{ record_id: string }>(
    `SELECT r.record_id FROM billing_record r JOIN billing_mirror m USING (connection_id)
     WHERE r.connection_id = $1 AND r.kind = 'customer' AND r.record_id = ANY($2) AND m.through_at IS NOT NULL`,
    [connectionId, customerIds],
  );
  return new Set(found.rows.map(({ record_id }) => record_id));
}

/** Frozen traits stay, unless an even earlier payment came to be known, or none is known any more. */
export function traitsToStore(
  { traits: { firstPaidAt, ...traits } }: DerivedCustomer,
  held: Held,
  mayFreeze: boolean,
): StoredTraits {
  const stays =
    held.traits.frozen === true &&
    held.firstPaidAt !== null &&
    firstPaidAt !== null &&
    firstPaidAt >= held.firstPaidAt;
  if (stays) return held.traits;
  return mayFreeze && firstPaidAt !== null ? { ...traits, frozen: true } : traits;
}

export type CustomerWrite = { customer: DerivedCustomer; traits: StoredTraits };

/**
 * Writes the rows; they are stale no more.
 *
 * @returns the first day that may read differently because of them: cohorts of trials, and what counts those who were won in
 *   some way; null when there is none
 */
export async function keepCustomers(
  tx: Tx,
  connectionId: string,
  writes: readonly CustomerWrite[],
): Promise<string | null> {
  const column = <T>(of: (customer: DerivedCustomer) => T): T[] => writes.map(({ customer }) => of(customer));
  const written = await tx.query<{ from_day: string | null }>(STATEMENT, [
    connectionId,
    column(({ customerId }) => customerId),
    column(({ problem }) => (problem === null ? null : JSON.stringify(problem))),
    writes.map(({ traits }) => JSON.stringify(traits)),
    column(({ traits }) => traits.firstPaidAt),
    column(({ trial }) => trial?.startAt ?? null),
    column(({ trial }) => trial?.endAt ?? null),
    column(({ trial }) => trial?.paidAt ?? null),
    column(severalCurrencies),
    column(({ isTest }) => isTest),
  ]);
  return written.rows[0]?.from_day ?? null;
}

/** Null where the movements are not known: what is stored stays. */
function severalCurrencies({ movements }: DerivedCustomer): boolean | null {
  if (movements === null) return null;
  return movements.some((rows) => new Set(rows.map(({ currency }) => currency)).size > 1);
}

const STATEMENT = `
WITH given AS (
  SELECT * FROM unnest($2::text[], $3::jsonb[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[],
    $8::timestamptz[], $9::boolean[], $10::boolean[]) AS t(customer_id, problem, traits, first_paid_at, trial_started_at,
    trial_ends_at, trial_paid_at, several_currencies, is_test)
), differing AS (
  SELECT g.customer_id, LEAST(o.trial_started_at, g.trial_started_at) AS trial_at,
    ROW(o.trial_started_at, o.trial_ends_at, o.trial_paid_at)
      IS DISTINCT FROM ROW(g.trial_started_at, g.trial_ends_at, g.trial_paid_at) AS trial,
    ROW(o.traits - 'frozen', o.is_test) IS DISTINCT FROM ROW(g.traits - 'frozen', g.is_test) AS counted
  FROM given g JOIN billing_customer o ON o.connection_id = $1 AND o.customer_id = g.customer_id
), written AS (
  UPDATE billing_customer c SET stale_seq = NULL, problem = g.problem, traits = g.traits,
    first_paid_at = g.first_paid_at, trial_started_at = g.trial_started_at, trial_ends_at = g.trial_ends_at,
    trial_paid_at = g.trial_paid_at, is_test = g.is_test,
    several_currencies = COALESCE(g.several_currencies, c.several_currencies)
  FROM given g WHERE c.connection_id = $1 AND c.customer_id = g.customer_id
)
SELECT LEAST(
  (SELECT (min(trial_at) AT TIME ZONE 'UTC')::date FROM differing WHERE trial OR counted),
  (SELECT min(m.day) FROM differing d JOIN mrr_series s ON s.connection_id = $1
    JOIN mrr_movement m ON m.series_id = s.id AND m.customer_id = d.customer_id WHERE d.counted),
  (SELECT (min(f.at) AT TIME ZONE 'UTC')::date FROM differing d
    JOIN cash_flow f ON f.connection_id = $1 AND f.customer_id = d.customer_id WHERE d.counted)
) AS from_day`;
