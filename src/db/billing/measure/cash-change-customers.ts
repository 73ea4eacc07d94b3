import type { CustomerMovement, RevenueScope } from '../../../app/ports-billing.ts';
import { dayFinder } from '../../../domain/billing/alive.ts';
import { type Fraction, sum, toNumber, zero } from '../../../domain/billing/exact.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import { dayStart } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { guestOf } from '../stale.ts';
import { type CashPair, countedOf } from './cash-pair.ts';
import { namesOf } from './change-customers.ts';
import { cashRows, statementValues } from './rows.ts';

type Movement = CustomerMovement['movements'][number];
type Row = {
  customer_id: string;
  kind: string;
  record_id: string;
  payment_id: string;
  at: Date;
  currency: string;
  amount: string;
  tax_numerator: string;
  tax_denominator: string;
  mirrored: boolean;
};
/** Money that moved, with what the metric counts of it. */
type Flow = { row: Row; day: string; native: Fraction; value: Fraction };

/** What these customers brought in each of two windows, and the flows that only one of them has, in the order given. */
export async function cashCustomers(
  { pool }: Database,
  scope: RevenueScope,
  pair: CashPair,
  customerIds: readonly string[],
): Promise<CustomerMovement[]> {
  if (customerIds.length === 0) return [];
  const rows = await pool.query<Row>(statementOf(scope, pair, customerIds));
  const names = await namesOf(pool, scope.connectionId, customerIds);
  const dayOf = dayFinder(pair.timeZone);
  const flows = rows.rows.map((row) => flowOf(row, dayOf(row.at), pair));
  return customerIds.map((customerId) => {
    const own = flows.filter(({ row }) => row.customer_id === customerId);
    const within = (days: Days) =>
      toNumber(sum(own.filter(({ day }) => isIn(days, day)).map(({ value }) => value)));
    const guest = own.find(({ row }) => guestOf(row.payment_id) === customerId);
    return {
      customerId,
      name: names.get(customerId) ?? null,
      ...(guest === undefined ? {} : { guestPaymentId: guest.row.payment_id }),
      opening: within(pair.opening),
      closing: within(pair.closing),
      movements: own.flatMap((flow) => movementOf(flow, pair)),
    };
  });
}

function statementOf(
  scope: RevenueScope,
  { cash, closing, opening, timeZone }: CashPair,
  customerIds: readonly string[],
) {
  const { values, put } = statementValues();
  const span = { fromAt: dayStart(opening.startDay, timeZone), toAt: dayStart(closing.endDay, timeZone) };
  const text = `SELECT f.customer_id, f.kind, f.record_id, f.payment_id, f.at, f.currency, f.amount_minor::text AS amount,
      f.tax_numerator::text AS tax_numerator, f.tax_denominator::text AS tax_denominator,
      EXISTS (SELECT 1 FROM billing_record r WHERE r.connection_id = f.connection_id AND r.kind = f.kind
        AND r.record_id = f.record_id) AS mirrored
    ${cashRows(scope, cash.referredOnly, span, put)} ${cash.givenBackOnly ? `AND f.kind <> 'payment'` : ''}
      AND f.customer_id = ANY(${put(customerIds)}::text[])
    ORDER BY f.at, f.kind, f.record_id`;
  return { text, values };
}

function flowOf(row: Row, day: string, { cash, rate }: CashPair): Flow {
  const native = countedOf(cash, row.amount, row.tax_numerator, row.tax_denominator);
  return { row, day, native, value: native.mul(rate(row.currency, day) ?? zero) };
}

/** Nothing for what both windows have, or neither. */
function movementOf({ day, native, row, value }: Flow, { closing, opening }: CashPair): Movement[] {
  const entered = isIn(closing, day);
  if (entered === isIn(opening, day)) return [];
  const counted = toNumber(native);
  return [
    {
      day,
      kind: row.kind,
      amountMinor: toNumber(entered ? value : value.neg()),
      currency: row.currency,
      native: entered ? { before: 0, after: counted } : { before: counted, after: 0 },
      basis: row.mirrored ? 'observed' : 'told',
      causes: [],
      record: { id: row.record_id, paymentId: row.payment_id },
    },
  ];
}

function isIn({ endDay, startDay }: Days, day: string): boolean {
  return day >= startDay && day < endDay;
}
