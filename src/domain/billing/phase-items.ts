import type { PastItem } from './item-history.ts';
import type { ItemFact } from './line-facts.ts';
import type { PhaseFact } from './phase-facts.ts';

/** Everything that no line of this moment is about becomes what the phase says. */
export function enterPhase(items: Map<string, PastItem>, phase: PhaseFact, group: readonly ItemFact[]): void {
  const told = new Set(group.map(({ itemId }) => itemId));
  const before = [...items.values()];
  const dueMs = Math.max(phase.atMs, ...before.map((item) => item.dueMs));
  const after = named(phase, before).map((item) => ({
    dueMs: items.get(item.itemId)?.dueMs ?? dueMs,
    ...item,
  }));
  for (const { itemId } of before) if (!told.has(itemId)) items.delete(itemId);
  for (const item of after) if (!told.has(item.itemId)) items.set(item.itemId, item);
}

/** A phase names no items: the same price is the same item, and what is left over takes the place of what went. */
function named({ items }: PhaseFact, before: readonly PastItem[]): Omit<PastItem, 'dueMs'>[] {
  const free = new Map(before.map((item) => [item.itemId, item]));
  const kept = items.map(({ priceId }) => before.find((item) => item.priceId === priceId)?.itemId ?? null);
  for (const itemId of kept) if (itemId !== null) free.delete(itemId);
  const taken = new Set(kept);
  return items.map(({ itemId: known, priceId, quantity }, index) => {
    const own = kept[index] ?? null;
    const fitting = own ?? (taken.has(known) ? null : known) ?? free.keys().next().value;
    const itemId = fitting ?? `price ${priceId}`;
    free.delete(itemId);
    taken.add(itemId);
    return { itemId, priceId, quantity };
  });
}
