import type { Model } from '../../../../sandbox/index.ts';
import { utcDay } from '../../../../sandbox/model/time.ts';
import type { Work } from '../../../../sandbox/model/work/work.ts';
import { customersWithCoupon, revenueOf } from '../../../../sandbox/truth/referred.ts';
import { movements, mrrByDay, retention, toNumber, trialToPaidByDay } from '../../../../sandbox/truth.ts';
import { addDays, addMonths, monthStart } from '../../../../src/domain/day.ts';

/** What is true of money, by the last day that it is about. */

const usd = { timeZone: 'UTC', currency: 'usd' } as const;

export const trialsPaid = (model: Model, now: Date, asOfDay: string): number => {
  let [paid, mature] = [0, 0];
  for (const [day, counts] of trialToPaidByDay(model, { timeZone: 'UTC', graceDays: 7, now })) {
    if (day > asOfDay || day <= addDays(asOfDay, -91)) continue;
    paid += counts.paid;
    mature += counts.mature;
  }
  return paid / mature;
};

export const referralRevenue = (model: Model, now: Date, asOfDay: string): number => {
  const days = revenueOf(model, customersWithCoupon(model, 'WELCOME20'), { ...usd, now });
  const inside = [...days].filter(([day]) => day <= asOfDay && day > addDays(asOfDay, -91));
  return inside.reduce((sum, [, minor]) => sum + minor, 0);
};

/** Of the calendar month that ends with the day. */
export function movedInMonth(
  model: Model,
  now: Date,
  asOfDay: string,
  kind: 'new' | 'expansion' | 'contraction',
  customers: ReadonlySet<string> | null = null,
): number {
  const found = movements(model, { timeZone: 'UTC', now }).filter(
    (each) =>
      each.kind === kind &&
      each.currency === 'usd' &&
      each.day >= monthStart(asOfDay) &&
      each.day <= asOfDay &&
      (customers === null || customers.has(each.customerId)),
  );
  return Math.abs(found.reduce((sum, { after, before }) => sum + toNumber(after) - toNumber(before), 0));
}

export const referredByMetadata = ({ facts }: Model): ReadonlySet<string> =>
  new Set(
    facts.flatMap((fact) =>
      fact.kind === 'customer_created' && fact.metadata?.['source'] === 'referral' ? [fact.customerId] : [],
    ),
  );

export const netRetention = (model: Model, now: Date, asOfDay: string): number => {
  const openingDay = addDays(addMonths(addDays(asOfDay, 1), -12), -1);
  const { nrr } = retention(model, { ...usd, now, openingDay, closingDay: asOfDay });
  return nrr === null ? Number.NaN : toNumber(nrr);
};

export function churned(model: Model, now: Date, asOfDay: string): number {
  const openingDay = addDays(monthStart(asOfDay), -1);
  let opening: ReadonlySet<string> = new Set();
  let closing: ReadonlySet<string> = new Set();
  for (const { byCustomer, day } of mrrByDay(model, { timeZone: 'UTC', now })) {
    if (day === openingDay) opening = new Set(byCustomer.keys());
    if (day === asOfDay) closing = new Set(byCustomer.keys());
  }
  return [...opening].filter((customer) => !closing.has(customer)).length / opening.size;
}

/** Months: what was spent in 91 days, by the gross profit that new customers of these days bring in a month. */
export function payback(model: Model, { spend }: Work, now: Date, asOfDay: string): number {
  const fromDay = addDays(asOfDay, -90);
  const spent = spend
    .filter(({ dayAt }) => utcDay(dayAt) >= fromDay && utcDay(dayAt) <= asOfDay)
    .reduce((sum, { minor }) => sum + minor, 0);
  const won = movements(model, { timeZone: 'UTC', now })
    .filter(
      ({ currency, day, kind }) => kind === 'new' && currency === 'usd' && day >= fromDay && day <= asOfDay,
    )
    .reduce((sum, { after, before }) => sum + toNumber(after) - toNumber(before), 0);
  return spent / (won * 0.73);
}
