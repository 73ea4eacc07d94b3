import type { RevenueScope } from '../../../app/ports-billing.ts';
import { type Fraction, wholeOver, zero } from '../../../domain/billing/exact.ts';
import type { Step, Timeline } from '../../../domain/billing/timeline.ts';
import type { Database } from '../../database.ts';
import { movementRows, statementValues } from './rows.ts';

type StoredStep = {
  customer_id: string;
  day: string;
  currency: string;
  after_numerator: string;
  after_denominator: string;
};

/**
 * The timelines of customers who pay in several currencies. Whether a day of theirs was an expansion depends on exchange
 * rates, so the domain's functions measure them. Of a scope with one currency they hold that one alone.
 */
export async function severalTimelines(
  { pool }: Database,
  scope: RevenueScope,
  referredOnly: boolean,
): Promise<Timeline[]> {
  const { values, put } = statementValues();
  const rows = await pool.query<StoredStep>(
    `SELECT m.customer_id, m.day, m.currency, m.after_numerator, m.after_denominator
     ${movementRows(scope, { several: true, referredOnly }, put)}
     ORDER BY m.customer_id, m.day, m.currency`,
    values,
  );
  return timelinesOfRows(rows.rows);
}

/** Timelines as the domain has them, from rows that are ordered by customer and day. */
export function timelinesOfRows(rows: readonly StoredStep[]): Timeline[] {
  const timelines: { customerId: string; steps: Step[] }[] = [];
  for (const row of rows) {
    let timeline = timelines.at(-1);
    if (timeline?.customerId !== row.customer_id) {
      timeline = { customerId: row.customer_id, steps: [] };
      timelines.push(timeline);
    }
    const last = timeline.steps.at(-1);
    const mrr = new Map<string, Fraction>(last?.mrr);
    const after = wholeOver(BigInt(row.after_numerator), BigInt(row.after_denominator));
    if (after.equals(zero)) mrr.delete(row.currency.toUpperCase());
    else mrr.set(row.currency.toUpperCase(), after);
    if (last?.day === row.day) timeline.steps.splice(-1);
    timeline.steps.push({ day: row.day, mrr });
  }
  return timelines;
}
