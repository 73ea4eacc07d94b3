import { billsOf, renewalsOf } from './bills.ts';
import { itemMarks, type PastItem } from './item-history.ts';
import type {
  LedgerCatalogue,
  LedgerInvoice,
  LedgerItem,
  LedgerSubscription,
  SubscriptionState,
} from './ledger-records.ts';
import { itemFacts } from './line-facts.ts';
import { type PastDiscounts, pastDiscounts } from './past-discounts.ts';
import { phaseFacts } from './phase-facts.ts';
import { pastStanding } from './standing.ts';
import { stateKey } from './state-key.ts';

export type Reconstruction = {
  /** What the subscription was from when on, the first mark at its creation; empty where nothing is to be worked out. */
  marks: { atMs: number; state: SubscriptionState }[];
  /** The last moment before the end of which an invoice or a phase says what the items were. */
  provenMs: number;
};

/**
 * The past of a subscription up to `untilAt`, worked out from the lines of its invoices, its trial and its schedule's phases. `certain` is what
 * it is known to have been at the end. Items that neither ever told of are not invented backwards: where what was
 * worked out and what is certain differ, the change is as late as it can have been. Only a subscription without any
 * of them has always been what it is.
 */
export function reconstruct(
  subscription: LedgerSubscription,
  invoices: readonly LedgerInvoice[],
  certain: SubscriptionState,
  untilAt: Date,
  catalogue: LedgerCatalogue,
): Reconstruction {
  const createdMs = subscription.createdAt.getTime();
  const untilMs = Math.min(untilAt.getTime(), subscription.endedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  if (untilMs <= createdMs) return { marks: [], provenMs: createdMs };
  const bills = billsOf(subscription.id, invoices, catalogue);
  const whole = bills.map(({ invoice }) => invoice);
  const facts = itemFacts(subscription.id, whole, certain, catalogue);
  const phases = phaseFacts(subscription, facts, certain, untilMs, catalogue);
  const isTold = facts.length > 0 || phases.length > 0;
  const known = isTold ? itemMarks(facts, renewalsOf(bills), createdMs, phases) : [];
  const standing = pastStanding(subscription, bills, certain, untilMs);
  const discounts = pastDiscounts(bills, certain, catalogue);
  const moments = [createdMs, ...known.map(({ atMs }) => atMs), ...standing.turnsMs];
  const marks: Reconstruction['marks'] = [];
  let lastKey = '';
  let mark = 0;
  for (const atMs of [...new Set(moments)].toSorted((a, b) => a - b)) {
    if (atMs < createdMs || atMs >= untilMs) continue;
    while ((known[mark + 1]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs) mark += 1;
    const items = known[mark]?.items;
    const state: SubscriptionState = {
      ...standing.at(atMs),
      items: items === undefined ? certain.items : ledgerItems(items, certain, discounts, catalogue),
      discounts: discounts.own,
      inclusiveTaxPercent: certain.inclusiveTaxPercent,
    };
    const key = stateKey(state);
    if (key !== lastKey) marks.push({ atMs, state });
    lastKey = key;
  }
  const proven = [...facts, ...phases].map(({ atMs }) => atMs).filter((atMs) => atMs < untilMs);
  return { marks, provenMs: Math.max(createdMs, ...proven) };
}

/** Metered items have no lines that tell of them ahead, and no MRR: they are taken to have been there all along. */
function ledgerItems(
  items: readonly PastItem[],
  certain: SubscriptionState,
  discounts: PastDiscounts,
  catalogue: LedgerCatalogue,
): LedgerItem[] {
  const byId = new Map(certain.items.map((item) => [item.id, item]));
  const metered = certain.items.filter(
    ({ priceId, quantity }) =>
      quantity === null || catalogue.prices.get(priceId)?.recurring?.usage === 'metered',
  );
  return [
    ...items.map(({ itemId, priceId, quantity }) => ({
      id: itemId,
      priceId,
      quantity,
      discounts: discounts.byItem.get(itemId) ?? [],
      trial: byId.get(itemId)?.trial ?? null,
      inclusiveTaxPercent: byId.get(itemId)?.inclusiveTaxPercent ?? null,
    })),
    ...metered.filter(({ id }) => !items.some(({ itemId }) => itemId === id)),
  ];
}
