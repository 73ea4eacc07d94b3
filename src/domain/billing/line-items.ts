import type { LedgerLine } from './ledger-records.ts';

/** A line that says of some item which price it has and how many. */
export type TellingLine = LedgerLine & { priceId: string; quantity: number };

/**
 * Which item each line is about. Lines of a change may not say it: a credit is about the item that had its price, and what
 * is charged at the same moment in its place is about the same one. Where nothing told of the old price before, it is the
 * item that has the new one. A line that fits none of them is about an item of its own, which has come and gone.
 *
 * @param bills the lines of each invoice of a subscription, oldest first
 * @param items what the subscription has in the end, without what is billed by usage
 */
export function itemsOfLines(
  bills: readonly (readonly TellingLine[])[],
  items: readonly { id: string; priceId: string }[],
): Map<TellingLine, string> {
  const known = [...items.map(({ id }) => id), ...bills.flat().map(({ itemId }) => itemId)];
  const ids = new Set(known.filter((id) => id !== null));
  const only = ids.size === 1 ? [...ids][0] : undefined;
  const changes = bills.map(changesIn);
  const later = toldLater(changes, items);
  const before = new Map<string, string>();
  const found = new Map<TellingLine, string>();
  for (const { charge, credit } of changes.flat()) {
    const told = credit === undefined ? undefined : before.get(credit.priceId);
    const next = [credit, charge].map((line) => (line === undefined ? undefined : later.get(line)));
    const isPair = credit !== undefined && charge !== undefined;
    const earlier = charge === undefined ? undefined : before.get(charge.priceId);
    const itemId =
      told ?? next[0] ?? next[1] ?? earlier ?? (isPair ? only : undefined) ?? ownItem(credit ?? charge);
    for (const line of [credit, charge]) {
      if (line === undefined) continue;
      found.set(line, line.itemId ?? itemId);
      before.set(line.priceId, line.itemId ?? itemId);
    }
  }
  return found;
}

/** What was charged, and what was given back for it; each may stand alone. */
type Change = { charge?: TellingLine; credit?: TellingLine };

/** The lines of one invoice in the order of what they tell of. */
function changesIn(lines: readonly TellingLine[]): Change[] {
  const moments = Map.groupBy(lines, ({ startAt }) => startAt.getTime());
  return [...moments].toSorted(([a], [b]) => a - b).flatMap(([, group]) => changesAt(group));
}
