import type { RevenueChange, RevenueReader, RevenueScope } from '../../../app/ports-billing.ts';
import type { Rate } from '../../../domain/billing/currency.ts';
import { type Fraction, sum, toNumber, wholeOver, zero } from '../../../domain/billing/exact.ts';
import { type Days, movementKinds } from '../../../domain/billing/movements.ts';
import { addDays } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { customerMovements } from './change-customers.ts';
import { readTurnovers } from './flows.ts';
import { rateOf } from './money.ts';
import { movementRows, statementValues } from './rows.ts';

/**
 * Why MRR is another at one close than at another: the totals of the whole, and the customers who moved it most; with a
 * referral rule, of those alone who were won by it. Drift of exchange rates is a total of its own, and nobody's doing.
 *
 * @throws RangeError when the closing day is not after the opening day, or opening and movements do not make the closing
 */
export async function readChange(
  database: Database,
  { openingDay, closingDay }: { openingDay: string; closingDay: string },
  scope: RevenueScope,
  limit: number,
): ReturnType<RevenueReader['change']> {
  if (closingDay <= openingDay) throw new RangeError(`${closingDay} does not come after ${openingDay}`);
  const rate = rateOf(scope);
  if (rate === null) throw new RangeError('a change of MRR was asked for without a currency to tell it in');
  const days = { startDay: addDays(openingDay, 1), endDay: addDays(closingDay, 1) };
  const [turnover] = await readTurnovers(database, { scope }, [days], scope.referral !== null);
  if (turnover === undefined || turnover === null) throw new RangeError('a change of MRR has no money');
  if ('currency' in turnover) return { missing: turnover };
  const movers = await moversOf(database, scope, days, rate);
  const totals = movementKinds.map((kind) => [kind, toNumber(turnover.moved[kind])] as const);
  const change: RevenueChange = {
    openingDay,
    closingDay,
    opening: toNumber(turnover.opening),
    closing: toNumber(turnover.closing),
    totals: { ...Object.fromEntries(totals), fx: toNumber(turnover.fx) },
    customers: await customerMovements(database, scope, days, rate, movers.slice(0, limit)),
    others: Math.max(0, movers.length - limit),
  };
  return change;
}

type Mover = {
  customer_id: string;
  currency: string;
  before_numerator: string;
  before_denominator: string;
  after_numerator: string;
  after_denominator: string;
};

/** Everybody with a movement, the largest difference first; equal ones by name, so that the list does not jump. */
async function moversOf({ pool }: Database, scope: RevenueScope, days: Days, rate: Rate): Promise<string[]> {
  const { values, put } = statementValues();
  const first = (column: string) => `(array_agg(m.${column} ORDER BY m.day))[1]::text AS ${column}`;
  const last = (column: string) => `(array_agg(m.${column} ORDER BY m.day DESC))[1]::text AS ${column}`;
  const found = await pool.query<Mover>(
    `SELECT m.customer_id, m.currency, ${first('before_numerator')}, ${first('before_denominator')},
       ${last('after_numerator')}, ${last('after_denominator')}
     ${movementRows(scope, { several: 'both', referredOnly: scope.referral !== null }, put)}
       AND m.day >= ${put(days.startDay)}::date AND m.day < ${put(days.endDay)}::date
     GROUP BY m.customer_id, m.currency`,
    values,
  );
  const parts = new Map<string, Fraction[]>();
  for (const row of found.rows) {
    const own = parts.get(row.customer_id) ?? [];
    own.push(differenceOf(row, days, rate));
    parts.set(row.customer_id, own);
  }
  return [...parts]
    .map(([customerId, own]) => ({ customerId, size: toNumber(sum(own).abs()) }))
    .toSorted((a, b) => b.size - a.size || (a.customerId < b.customerId ? -1 : 1))
    .map(({ customerId }) => customerId);
}

function differenceOf(row: Mover, { startDay, endDay }: Days, rate: Rate): Fraction {
  const before = wholeOver(BigInt(row.before_numerator), BigInt(row.before_denominator));
  const after = wholeOver(BigInt(row.after_numerator), BigInt(row.after_denominator));
  const at = (day: string) => rate(row.currency, day) ?? zero; // without one its amount is nothing, or there is no change
  return after.mul(at(addDays(endDay, -1))).sub(before.mul(at(addDays(startDay, -1))));
}
