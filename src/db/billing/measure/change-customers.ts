import type { CustomerMovement, RevenueScope } from '../../../app/ports-billing.ts';
import type { Rate } from '../../../domain/billing/currency.ts';
import { toNumber, wholeOver, zero } from '../../../domain/billing/exact.ts';
import { type Days, type Ledger, ledgerOf } from '../../../domain/billing/movements.ts';
import type { Database } from '../../database.ts';
import { movementRows, statementValues } from './rows.ts';
import { timelinesOfRows } from './several.ts';

type Movement = CustomerMovement['movements'][number];
type Row = {
  customer_id: string;
  day: string;
  currency: string;
  before_numerator: string;
  before_denominator: string;
  after_numerator: string;
  after_denominator: string;
  basis: Movement['basis'];
  causes: Movement['causes'];
};

/** What these customers paid at both ends of a period and what happened in between, in the order given. */
export async function customerMovements(
  { pool }: Database,
  scope: RevenueScope,
  days: Days,
  rate: Rate,
  customerIds: readonly string[],
): Promise<CustomerMovement[]> {
  const { values, put } = statementValues();
  const rows = await pool.query<Row>(
    `SELECT m.customer_id, m.day, m.currency, m.before_numerator, m.before_denominator, m.after_numerator,
       m.after_denominator, m.basis, m.causes
     ${movementRows(scope, { several: 'both', referredOnly: scope.referral !== null }, put)}
       AND m.customer_id = ANY(${put(customerIds)}::text[]) AND m.day < ${put(days.endDay)}::date
     ORDER BY m.customer_id, m.day, m.currency`,
    values,
  );
  const names = await namesOf(pool, scope.connectionId, customerIds);
  const timelines = new Map(timelinesOfRows(rows.rows).map((timeline) => [timeline.customerId, timeline]));
  return customerIds.flatMap((customerId) => {
    const timeline = timelines.get(customerId);
    const ledger = timeline === undefined ? null : ledgerOf(timeline, days, rate);
    if (ledger === null) return [];
    const own = rows.rows.filter((row) => row.customer_id === customerId && row.day >= days.startDay);
    return [
      {
        customerId,
        name: names.get(customerId) ?? null,
        opening: toNumber(ledger.opening),
        closing: toNumber(ledger.closing),
        movements: own.map((row) => movementOf(row, ledger, rate)),
      },
    ];
  });
}

/**
 * One row of a movement. Where a customer has several currencies the rows of one day are parts of one movement: a part that
 * goes against it is negative, and they add up to it.
 */
function movementOf(row: Row, ledger: Ledger, rate: Rate): Movement {
  const before = wholeOver(BigInt(row.before_numerator), BigInt(row.before_denominator));
  const after = wholeOver(BigInt(row.after_numerator), BigInt(row.after_denominator));
  const ofDay = ledger.movements.find(({ day, kind }) => day === row.day && kind !== 'fx')?.kind;
  const kind = ofDay ?? (after.gt(before) ? 'expansion' : 'contraction'); // parts that come to nothing together
  const rose = after.sub(before).mul(rate(row.currency, row.day) ?? zero);
  return {
    day: row.day,
    kind,
    amountMinor: toNumber(kind === 'churn' || kind === 'contraction' ? rose.neg() : rose),
    currency: row.currency,
    native: { before: toNumber(before), after: toNumber(after) },
    basis: row.basis,
    causes: row.causes.map(({ subscriptionId, what, from, to }) => ({ subscriptionId, what, from, to })),
  };
}

export async function namesOf(
  pool: Database['pool'],
  connectionId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await pool.query<{ record_id: string; name: string | null }>(
    `SELECT record_id, payload->>'name' AS name FROM billing_record
     WHERE connection_id = $1 AND kind = 'customer' AND record_id = ANY($2)`,
    [connectionId, customerIds],
  );
  return new Map(rows.rows.map((row) => [row.record_id, row.name]));
}
