import type {
  LedgerCatalogue,
  LedgerPhase,
  LedgerSubscription,
  SubscriptionState,
} from './ledger-records.ts';
import type { ItemFact } from './line-facts.ts';

/** What all items billed ahead were from `atMs` on, as a phase of a schedule says. Milliseconds. */
export type PhaseFact = {
  atMs: number;
  items: readonly PhaseItem[];
};
/** `itemId`: the item that has this price on invoices or at the end; null where nothing says which it was. */
type PhaseItem = { itemId: string | null; priceId: string; quantity: number };

/**
 * The phases that had begun before `untilMs`, oldest first. What is yet to come may still be changed, and says nothing; nor
 * does a phase that was rewritten while it ran.
 */
export function phaseFacts(
  { phases = [], createdAt }: LedgerSubscription,
  facts: readonly ItemFact[],
  certain: SubscriptionState,
  untilMs: number,
  catalogue: LedgerCatalogue,
): PhaseFact[] {
  const begun = phases
    .filter(({ startAt, endAt }) => startAt.getTime() < untilMs && endAt > createdAt)
    .toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime());
  if (begun.length === 0) return [];
  const idOf = new Map(certain.items.map(({ id, priceId }) => [priceId, id]));
  for (const { itemId, priceId } of facts) idOf.set(priceId, itemId);
  const told = begun.map(({ startAt, items }) => ({
    atMs: Math.max(startAt.getTime(), createdAt.getTime()),
    items: billedAhead(items, catalogue).map((item) => ({ ...item, itemId: idOf.get(item.priceId) ?? null })),
  }));
  return told.filter((phase, index) => !isRewritten(phase, told[index + 1]?.atMs ?? Infinity, facts));
}

function billedAhead(items: LedgerPhase['items'], { prices }: LedgerCatalogue): Omit<PhaseItem, 'itemId'>[] {
  return items.flatMap(({ priceId, quantity }) =>
    quantity === null || prices.get(priceId)?.recurring?.usage === 'metered' ? [] : [{ priceId, quantity }],
  );
}

/** Whether the next thing that is credited, up to its end, is something that the phase no longer says. */
function isRewritten({ atMs, items }: PhaseFact, endMs: number, facts: readonly ItemFact[]): boolean {
  const later = facts.filter((fact) => fact.atMs > atMs && fact.atMs <= endMs);
  const nextMs = Math.min(...later.map((fact) => fact.atMs));
  return later.some(
    (fact) =>
      fact.kind === 'had' &&
      fact.atMs === nextMs &&
      !items.some(({ priceId, quantity }) => priceId === fact.priceId && quantity === fact.quantity),
  );
}
