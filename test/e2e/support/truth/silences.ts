import type { Fact, Model } from '../../../../sandbox/index.ts';
import { addDays, localDay } from '../../../../src/domain/day.ts';

/** Days on which nothing at the provider tells what a customer paid: one of the amounts of these days, and not which. */
export type Silence = { customer: string; days: readonly string[] };

/** Stripe tells every change of the last thirty days, less an hour. */
const TOLD_SECONDS = 30 * 86_400 - 3_600;

/**
 * What happened before that and left no document: fewer seats without an invoice, collection paused or resumed. From the day
 * before until the next invoice that stands, or until events tell, it may have been so or as it was before.
 */
export function silences(model: Pick<Model, 'facts'>, now: Date, timeZone: string): Silence[] {
  const toldFrom = now.getTime() / 1_000 - TOLD_SECONDS;
  const owners = new Map<string, string>();
  const invoices = new Map<string, { subscription: string; at: number; stands: boolean; reason: string }>();
  for (const fact of model.facts) {
    if (fact.kind === 'subscription_started') owners.set(fact.subscriptionId, fact.customerId);
    if (fact.kind === 'invoice_created')
      invoices.set(fact.invoiceId, {
        subscription: fact.subscriptionId,
        at: fact.at,
        stands: true,
        reason: fact.reason,
      });
    const closed = fact.kind === 'invoice_closed' ? invoices.get(fact.invoiceId) : undefined;
    if (closed !== undefined) closed.stands = false;
  }
  const all = [...invoices.values()];
  const isBilled = (subscription: string, at: number) =>
    all.some((invoice) => invoice.subscription === subscription && invoice.at === at);
  return model.facts.flatMap((fact) => {
    if (fact.at >= toldFrom || !isSilent(fact, isBilled)) return [];
    const after = all.filter(
      ({ subscription, at, stands }) => subscription === fact.subscriptionId && stands && at > fact.at,
    );
    const endAt = Math.min(toldFrom, ...after.map(({ at }) => at));
    const days: string[] = [];
    const last = localDay(new Date(endAt * 1_000), timeZone);
    for (
      let day = addDays(localDay(new Date(fact.at * 1_000), timeZone), -1);
      day <= last;
      day = addDays(day, 1)
    )
      days.push(day);
    return [{ customer: owners.get(fact.subscriptionId) ?? '', days }];
  });
}

type OfSubscription = Extract<Fact, { subscriptionId: string }>;

function isSilent(
  fact: Fact,
  isBilled: (subscription: string, at: number) => boolean,
): fact is OfSubscription {
  if (fact.kind === 'collection_paused' || fact.kind === 'collection_resumed') return true;
  return fact.kind === 'subscription_items_changed' && !isBilled(fact.subscriptionId, fact.at);
}
