import type { ItemFact } from './line-facts.ts';
import type { PhaseFact } from './phase-facts.ts';
import { enterPhase } from './phase-items.ts';

/** An item as invoices and phases tell it. `dueMs`: up to when it has been billed. Milliseconds. */
export type PastItem = { itemId: string; priceId: string; quantity: number; dueMs: number };
export type ItemsMark = { atMs: number; items: readonly PastItem[] };

/**
 * Which items a subscription had from when on, the first mark at its creation. `renewals` are the moments at which a
 * period began: an item whose time was up then and that is not billed anew was removed. Where an invoice and a phase speak
 * of one item at the same moment, the invoice is believed.
 */
export function itemMarks(
  facts: readonly ItemFact[],
  renewals: readonly number[],
  createdMs: number,
  phases: readonly PhaseFact[] = [],
): ItemsMark[] {
  const byMoment = new Map<number, ItemFact[]>();
  for (const fact of facts) {
    const atMs = Math.max(fact.atMs, createdMs); // a start that is dated back begins when it was made
    const group = byMoment.get(atMs);
    if (group === undefined) byMoment.set(atMs, [fact]);
    else group.push(fact);
  }
  const quiet = [...renewals.filter((atMs) => atMs > createdMs), ...phases.map(({ atMs }) => atMs)];
  for (const atMs of quiet) if (!byMoment.has(atMs)) byMoment.set(atMs, []);
  const begins = new Map(phases.map((phase) => [phase.atMs, phase]));
  const items = firstItems(byMoment, createdMs);
  const [first] = phases;
  if (facts.length === 0 && first !== undefined) enterPhase(items, first, []);
  const marks: ItemsMark[] = [{ atMs: createdMs, items: [...items.values()] }];
  const renewed = new Set(renewals);
  for (const [atMs, group] of [...byMoment].toSorted(([a], [b]) => a - b)) {
    const phase = begins.get(atMs);
    if (phase !== undefined) enterPhase(items, phase, group);
    applyMoment(items, group);
    if (renewed.has(atMs)) dropUnbilled(items, group, atMs);
    const after = [...items.values()];
    if (!areSame(after, marks.at(-1)?.items ?? [])) marks.push({ atMs, items: after });
  }
  return marks;
}

/**
 * What was there from the beginning: what the first bill is for, be it made later because somebody had paid elsewhere,
 * and what was credited before anything else was said of it.
 */
function firstItems(byMoment: ReadonlyMap<number, ItemFact[]>, createdMs: number): Map<string, PastItem> {
  const moments = [...byMoment].toSorted(([a], [b]) => a - b);
  const firstBilledMs = moments.find(([, group]) => group.some(({ isProration }) => !isProration))?.[0];
  const items = new Map<string, PastItem>();
  const met = new Set<string>();
  for (const [atMs, group] of moments) {
    for (const [itemId, own] of byItem(group)) {
      if (met.has(itemId)) continue;
      met.add(itemId);
      const had = own.find(({ kind }) => kind === 'had');
      const isFirstBill = atMs === firstBilledMs && own.some(({ isProration }) => !isProration);
      const fact = had ?? (isFirstBill || atMs <= createdMs ? saidLast(own, undefined) : undefined);
      if (fact !== undefined) items.set(itemId, itemFrom(fact));
    }
  }
  return items;
}

function applyMoment(items: Map<string, PastItem>, group: readonly ItemFact[]): void {
  for (const [itemId, own] of byItem(group)) {
    const fact = saidLast(own, items.get(itemId));
    if (fact === undefined) items.delete(itemId);
    else items.set(itemId, itemFrom(fact));
  }
}

/**
 * What an item has after one moment, of all that is said of that moment; undefined when it is gone. Whatever was charged
 * and credited up to the same day did not last. A full new period goes before the rest of one; of several charges the one
 * that differs from before is the change.
 */
function saidLast(own: readonly ItemFact[], before: PastItem | undefined): ItemFact | undefined {
  const has = own.filter(({ kind }) => kind === 'has');
  const credits = own.filter((fact) => fact.kind === 'had' || isCreditOfNothing(fact, has, before));
  const standing = has.filter((fact) => !credits.includes(fact));
  for (const credit of credits) {
    const charged = standing.findIndex((fact) => isSamePeriod(fact, credit));
    if (charged !== -1) standing.splice(charged, 1); // each credit takes back one charge, not all that look like it
  }
  return (
    standing.findLast(({ isProration }) => !isProration) ??
    standing.findLast((fact) => before === undefined || !isSame(fact, before)) ??
    standing.at(-1)
  );
}

/** Time of a free price, or within a trial, is given back for nothing, which reads as a charge of nothing. */
function isCreditOfNothing(fact: ItemFact, has: readonly ItemFact[], before: PastItem | undefined): boolean {
  if (!fact.isProration || fact.amountMinor !== 0) return false;
  if (before !== undefined && isSame(fact, before) && fact.untilMs === before.dueMs) return true;
  return has.some((other) => !other.isProration && isSamePeriod(fact, other));
}

function dropUnbilled(items: Map<string, PastItem>, group: readonly ItemFact[], atMs: number): void {
  const billed = new Set(group.filter(({ kind }) => kind === 'has').map(({ itemId }) => itemId));
  for (const [itemId, { dueMs }] of items) if (dueMs <= atMs && !billed.has(itemId)) items.delete(itemId);
}

function byItem(group: readonly ItemFact[]): Map<string, ItemFact[]> {
  const found = new Map<string, ItemFact[]>();
  for (const fact of group) {
    const own = found.get(fact.itemId);
    if (own === undefined) found.set(fact.itemId, [fact]);
    else own.push(fact);
  }
  return found;
}

function itemFrom({ itemId, priceId, quantity, untilMs }: ItemFact): PastItem {
  return { itemId, priceId, quantity, dueMs: untilMs };
}

function isSame(a: { priceId: string; quantity: number }, b: { priceId: string; quantity: number }): boolean {
  return a.priceId === b.priceId && a.quantity === b.quantity;
}

function isSamePeriod(a: ItemFact, b: ItemFact): boolean {
  return isSame(a, b) && a.untilMs === b.untilMs;
}

/** Most renewals change nothing, and cost nothing further then. */
function areSame(a: readonly PastItem[], b: readonly PastItem[]): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => {
      const other = b[index];
      return other !== undefined && item.itemId === other.itemId && isSame(item, other);
    })
  );
}
