import type { Model } from '../model/model.ts';
import { localDayOf, toEpochSeconds } from '../model/time.ts';
import type { Ga4Look } from './ga4-seen.ts';

export type Takings = { purchases: number; amountMinor: Record<string, number> }; // by currency

/**
 * What Acme's server reported to GA4 as purchases on each local day, told from billing alone: each customer's first
 * invoice above zero, when it was paid. Those who came along at the start had paid before.
 */
export function ga4PurchasesByDay(
  model: Pick<Model, 'facts'>,
  { timeZone, now }: Ga4Look,
): Map<string, Takings> {
  const dayOf = localDayOf(timeZone);
  const nowAt = toEpochSeconds(now);
  const owed = new Map<string, { customerId: string; amountMinor: number; currency: string }>();
  const served = new Set<string>(); // customers who have paid
  const born = new Map<string, number>();
  const days = new Map<string, Takings>();
  for (const fact of model.facts) {
    if (fact.at > nowAt) break;
    if (fact.kind === 'customer_created') born.set(fact.customerId, fact.at);
    if (fact.kind === 'subscription_started' && fact.startAt < (born.get(fact.customerId) ?? 0)) {
      served.add(fact.customerId);
    }
    if (fact.kind === 'invoice_created' && fact.totalMinor > 0) {
      const { customerId, totalMinor, currency } = fact;
      owed.set(fact.invoiceId, { customerId, amountMinor: totalMinor, currency });
    }
    if (fact.kind !== 'invoice_paid') continue;
    const bill = owed.get(fact.invoiceId);
    if (bill === undefined || served.has(bill.customerId)) continue;
    served.add(bill.customerId);
    const day = days.get(dayOf(fact.at)) ?? { purchases: 0, amountMinor: {} };
    day.purchases += 1;
    day.amountMinor[bill.currency] = (day.amountMinor[bill.currency] ?? 0) + bill.amountMinor;
    days.set(dayOf(fact.at), day);
  }
  return days;
}
