import type { SeriesRecord } from '../../app/ports-billing.ts';
import type { DerivedCustomer, MovementCause, MovementRow } from '../../domain/billing/derived.ts';
import type { Tx } from '../database.ts';

/** What a write came to: how many rows, and the first day that reads differently now. */
export type Written = { rows: number; fromDay: string | null };

type Given = MovementRow & { seriesId: string; customerId: string };

/**
 * Replaces the movements of these customers in every series: what is gone is removed, what differs is written, and the rest
 * is not touched.
 */
export async function keepMovements(
  tx: Tx,
  series: readonly SeriesRecord[],
  customers: readonly DerivedCustomer[],
): Promise<Written> {
  const given = customers.flatMap(({ customerId, movements }) =>
    series.flatMap(({ id }, index) =>
      (movements?.[index] ?? []).map((row): Given => ({ ...row, seriesId: id, customerId })),
    ),
  );
  const column = <T>(of: (row: Given) => T): T[] => given.map(of);
  const written = await tx.query<{ rows: string; from_day: string | null }>(STATEMENT, [
    series.map(({ id }) => id),
    customers.map(({ customerId }) => customerId),
    column(({ seriesId }) => seriesId),
    column(({ customerId }) => customerId),
    column(({ day }) => day),
    column(({ currency }) => currency),
    column(({ kind }) => kind),
    column(({ heads }) => heads),
    column(({ before }) => numerator(before)),
    column(({ before }) => String(before.d)),
    column(({ after }) => numerator(after)),
    column(({ after }) => String(after.d)),
    column(({ basis }) => basis),
    column(({ causes }) => JSON.stringify(causes.map(storedCause))),
  ]);
  await refuseBrokenChains(
    tx,
    series,
    customers.map(({ customerId }) => customerId),
  );
  const [row] = written.rows;
  return { rows: Number(row?.rows), fromDay: row?.from_day ?? null };
}

/** Money as the domain gives it: exact. */
type Exact = MovementRow['before'];

export const numerator = (value: Exact): string => String(value.s * value.n);

/** Fractions as text, "1999/12", so that they stay what they are. */
function storedCause({ before, after, ...cause }: MovementCause): Record<string, unknown> {
  return { ...cause, before: before.toFraction(), after: after.toFraction() };
}

const VALUES = `kind, heads, before_numerator, before_denominator, after_numerator, after_denominator, basis, causes`;
const STATEMENT = `
WITH given AS (
  SELECT * FROM unnest($3::text[], $4::text[], $5::date[], $6::text[], $7::text[], $8::smallint[], $9::numeric[],
    $10::numeric[], $11::numeric[], $12::numeric[], $13::text[], $14::jsonb[])
    AS t(series_id, customer_id, day, currency, ${VALUES})
), old AS (
  SELECT * FROM mrr_movement WHERE series_id = ANY($1) AND customer_id = ANY($2)
), gone AS (
  SELECT o.* FROM old o LEFT JOIN given g USING (series_id, customer_id, day, currency) WHERE g.basis IS NULL
), changed AS (
  SELECT g.* FROM given g LEFT JOIN old o USING (series_id, customer_id, day, currency)
  WHERE o.basis IS NULL OR ROW(${of('o')}) IS DISTINCT FROM ROW(${of('g')})
), removed AS (
  DELETE FROM mrr_movement m USING gone g WHERE m.series_id = g.series_id AND m.customer_id = g.customer_id
    AND m.day = g.day AND m.currency = g.currency
), written AS (
  INSERT INTO mrr_movement (series_id, customer_id, day, currency, ${VALUES})
  SELECT series_id, customer_id, day, currency, ${VALUES} FROM changed
  ON CONFLICT (series_id, customer_id, day, currency) DO UPDATE
    SET (${VALUES}) = ROW(${of('EXCLUDED')})
)
SELECT count(*) AS rows, min(day) AS from_day FROM (SELECT day FROM gone UNION ALL SELECT day FROM changed) d`;

function of(table: string): string {
  return VALUES.split(', ')
    .map((name) => `${table}.${name}`)
    .join(', ');
}

/**
 * Opening + movements = closing holds for every span of days exactly when each row begins where the one before it ended, and
 * the first at nothing. Cross-multiplied, so that nothing is rounded.
 *
 * @throws RangeError naming customer, day and currency where it is not so
 */
async function refuseBrokenChains(
  tx: Tx,
  series: readonly SeriesRecord[],
  customerIds: readonly string[],
): Promise<void> {
  const broken = await tx.query<Record<'customer_id' | 'day' | 'currency' | 'before' | 'held', string>>(
    `SELECT customer_id, day, currency, trim_scale(before_numerator) || '/' || trim_scale(before_denominator) AS before,
       trim_scale(held_numerator) || '/' || trim_scale(held_denominator) AS held
     FROM (
       SELECT m.*, lag(after_numerator, 1, 0) OVER w AS held_numerator, lag(after_denominator, 1, 1) OVER w AS held_denominator
       FROM mrr_movement m WHERE series_id = ANY($1) AND customer_id = ANY($2)
       WINDOW w AS (PARTITION BY series_id, customer_id, currency ORDER BY day)
     ) chain
     WHERE before_numerator * held_denominator <> held_numerator * before_denominator
     ORDER BY customer_id, day, currency LIMIT 1`,
    [series.map(({ id }) => id), customerIds],
  );
  const [link] = broken.rows;
  if (link === undefined) return;
  throw new RangeError(
    `MRR of customer ${link.customer_id} in ${link.currency} begins ${link.day} at ${link.before}, but it was ${link.held} at the close before`,
  );
}
