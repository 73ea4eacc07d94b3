import type { TrialFact } from './derived.ts';
import type { CustomerLedger } from './ledger-records.ts';

/**
 * A customer's first trial ever, and when the first money came in for it: by an invoice of its own subscription, or of one
 * that the customer began since, made after the trial began. An older subscription that goes on being paid says nothing
 * about the trial. Null where there was none; what is a test is nobody's trial.
 */
export function firstTrial(ledger: CustomerLedger): TrialFact | null {
  const subscriptions = ledger.subscriptions.filter(({ isTest }) => !isTest);
  let first: TrialFact | null = null;
  for (const { id, trialStartAt, trialEndAt } of subscriptions) {
    if (trialStartAt === null || (first !== null && first.startAt <= trialStartAt)) continue;
    first = { subscriptionId: id, startAt: trialStartAt, endAt: trialEndAt, paidAt: null };
  }
  if (first === null) return null;
  const { subscriptionId, startAt } = first;
  const counted = new Set(
    subscriptions
      .filter(({ id, createdAt }) => id === subscriptionId || createdAt >= startAt)
      .map(({ id }) => id),
  );
  const paidMs = ledger.invoices
    .filter(
      (invoice) =>
        !invoice.isTest &&
        invoice.paidMinor > 0 &&
        invoice.createdAt >= startAt &&
        invoice.subscriptionId !== null &&
        counted.has(invoice.subscriptionId),
    )
    .flatMap(({ paidAt }) => (paidAt === null ? [] : [paidAt.getTime()]));
  return { ...first, paidAt: paidMs.length === 0 ? null : new Date(Math.min(...paidMs)) };
}
