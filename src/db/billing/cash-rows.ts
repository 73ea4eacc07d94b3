import type { CashFlow, DerivedCustomer } from '../../domain/billing/derived.ts';
import type { Tx } from '../database.ts';
import { numerator, type Written } from './movement-rows.ts';

type Given = CashFlow & { customerId: string };

/** Replaces what came in from these customers and went back to them; a row that is equal is not touched. */
export async function keepCash(
  tx: Tx,
  connectionId: string,
  customers: readonly DerivedCustomer[],
): Promise<Written> {
  const given = customers.flatMap(({ customerId, cash }) =>
    cash.map((flow): Given => ({ ...flow, customerId })),
  );
  const column = <T>(of: (flow: Given) => T): T[] => given.map(of);
  const written = await tx.query<{ rows: string; from_day: string | null }>(STATEMENT, [
    connectionId,
    customers.map(({ customerId }) => customerId),
    column(({ kind }) => kind),
    column(({ id }) => id),
    column(({ customerId }) => customerId),
    column(({ paymentId }) => paymentId),
    column(({ at }) => at),
    column(({ currency }) => currency),
    column(({ amountMinor }) => amountMinor),
    column(({ tax }) => numerator(tax)),
    column(({ tax }) => String(tax.d)),
  ]);
  const [row] = written.rows;
  return { rows: Number(row?.rows), fromDay: row?.from_day ?? null };
}

// A payment that turns out to be another customer's is found by its id, and is gone for nobody.
const VALUES = 'customer_id, payment_id, at, currency, amount_minor, tax_numerator, tax_denominator';
const STATEMENT = `
WITH given AS (
  SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::numeric[],
    $10::numeric[], $11::numeric[]) AS t(kind, record_id, ${VALUES})
), gone AS (
  SELECT o.* FROM cash_flow o WHERE o.connection_id = $1 AND o.customer_id = ANY($2)
    AND NOT EXISTS (SELECT 1 FROM given g WHERE g.kind = o.kind AND g.record_id = o.record_id)
), changed AS (
  SELECT g.*, o.at AS old_at FROM given g
  LEFT JOIN LATERAL (
    SELECT * FROM cash_flow c WHERE c.connection_id = $1 AND c.kind = g.kind AND c.record_id = g.record_id LIMIT 1
  ) o ON true
  WHERE o.record_id IS NULL OR ROW(${of('o')}) IS DISTINCT FROM ROW(${of('g')})
), removed AS (
  DELETE FROM cash_flow c USING gone g
  WHERE c.connection_id = $1 AND c.kind = g.kind AND c.record_id = g.record_id
), written AS (
  INSERT INTO cash_flow (connection_id, kind, record_id, ${VALUES})
  SELECT $1, kind, record_id, ${VALUES} FROM changed
  ON CONFLICT (connection_id, kind, record_id) DO UPDATE SET (${VALUES}) = ROW(${of('EXCLUDED')})
)
SELECT count(*) AS rows, (min(at) AT TIME ZONE 'UTC')::date AS from_day
FROM (SELECT at FROM gone UNION ALL SELECT LEAST(at, old_at) FROM changed) d`;

function of(table: string): string {
  return VALUES.split(', ')
    .map((name) => `${table}.${name}`)
    .join(', ');
}
