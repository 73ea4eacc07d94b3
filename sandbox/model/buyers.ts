import type { Fact } from './facts.ts';
import type { EpochSeconds } from './time.ts';

/** The person behind one of Stripe's customers: what billing knows of them. */
export type Buyer = {
  customerId: string;
  country: string;
  createdAt: EpochSeconds;
  startedAt: EpochSeconds; // of the subscription
  founder: boolean; // came along when billing moved here; signed up before history
  trialAt: EpochSeconds | null;
  trialEndAt: EpochSeconds | null;
  paidAt: EpochSeconds | null; // the first invoice above zero, or the start of history for a founder
  payment: FirstPayment | null; // what was paid then; null for a founder, whose first payment lies before history
  endedAt: EpochSeconds | null;
};

/** The first invoice above zero that was paid. */
export type FirstPayment = { invoiceId: string; amountMinor: number; currency: string };

/** Billing's customers, oldest first. @param facts oldest first */
export function buyersIn(facts: readonly Fact[]): Buyer[] {
  const buyers = new Map<string, Buyer>(); // by customer
  const bySubscription = new Map<string, Buyer>();
  const owing = new Map<string, { buyer: Buyer; payment: FirstPayment }>(); // invoices above zero, by id
  for (const fact of facts) {
    if (fact.kind === 'customer_created') {
      const { customerId, country, at } = fact;
      const open = { trialAt: null, trialEndAt: null, paidAt: null, payment: null, endedAt: null };
      buyers.set(customerId, { customerId, country, createdAt: at, startedAt: at, founder: false, ...open });
    } else if (fact.kind === 'subscription_started') {
      const buyer = buyers.get(fact.customerId);
      if (buyer === undefined) continue;
      bySubscription.set(fact.subscriptionId, buyer);
      buyer.startedAt = fact.at;
      buyer.founder = fact.startAt < buyer.createdAt;
      if (buyer.founder) buyer.paidAt = fact.at;
      if (fact.status === 'trialing') buyer.trialAt = fact.at;
      buyer.trialEndAt = fact.trialEndAt;
    } else if (fact.kind === 'subscription_ended') {
      const buyer = bySubscription.get(fact.subscriptionId);
      if (buyer !== undefined) buyer.endedAt = fact.at;
    } else if (fact.kind === 'invoice_created' && fact.totalMinor > 0) {
      const buyer = buyers.get(fact.customerId);
      const { invoiceId, totalMinor: amountMinor, currency } = fact;
      if (buyer !== undefined) owing.set(invoiceId, { buyer, payment: { invoiceId, amountMinor, currency } });
    } else if (fact.kind === 'invoice_paid') {
      const owed = owing.get(fact.invoiceId);
      if (owed === undefined || owed.buyer.paidAt !== null) continue;
      owed.buyer.paidAt = fact.at;
      owed.buyer.payment = owed.payment;
    }
  }
  return [...buyers.values()];
}

export type Plan = 'free' | 'trial' | 'paid';

/** The plan as it was at an instant. */
export function planAt(buyer: Buyer | null, at: EpochSeconds): Plan {
  if (buyer === null || (buyer.endedAt !== null && buyer.endedAt <= at)) return 'free';
  if (buyer.paidAt !== null && buyer.paidAt <= at) return 'paid';
  const { trialAt, trialEndAt } = buyer;
  const onTrial = trialAt !== null && trialAt <= at && (trialEndAt === null || at < trialEndAt);
  return onTrial ? 'trial' : 'free';
}
