import type { LedgerLine } from './ledger-records.ts';

/** A line that says of some item which price it has, and how many. */
export type TellingLine = LedgerLine & { priceId: string; quantity: number };

/**
 * Which item each line is about. Lines of a change may not say it: a credit is about the item that had its price, and
 * what is charged in its place is about the same one. Where nothing told of the old price before, both are about the
 * item that has the new one later. A line that fits none is about an item of its own, which has come and gone.
 *
 * @param bills the lines of each invoice of one subscription, oldest first
 * @param items what the subscription has in the end, apart from what is billed by usage
 */
export function itemsOfLines(
  bills: readonly (readonly TellingLine[])[],
  items: readonly { id: string; priceId: string }[],
): Map<TellingLine, string> {
  const named = new Map(items.map(({ id, priceId }) => [priceId, id]));
  for (const { itemId, priceId } of bills.flat()) if (itemId !== null) named.set(priceId, itemId);
  const only = onlyItem(bills, items);
  const changes = bills.map((lines) => changesIn(lines, named));
  const later = toldLater(changes, items);
  const before = new Map<string, string>();
  const found = new Map<TellingLine, string>();
  for (const { charge, credit } of changes.flat()) {
    const had = credit && (before.get(credit.priceId) ?? later.get(credit));
    const has = charge && (later.get(charge) ?? before.get(charge.priceId));
    const told = [credit, charge].filter((line) => line !== undefined);
    const isItsOwn = told.length === 1 && told[0]?.amountMinor !== 0;
    const itemId = had ?? has ?? (isItsOwn ? null : only) ?? `price ${told[0]?.priceId}`;
    for (const line of told) {
      found.set(line, line.itemId ?? itemId);
      before.set(line.priceId, line.itemId ?? itemId);
    }
  }
  return found;
}

/** The one item of which anything is known; null where there is none, or more than one. */
function onlyItem(
  bills: readonly (readonly TellingLine[])[],
  items: readonly { id: string }[],
): string | null {
  const named = bills.flat().flatMap(({ itemId }) => (itemId === null ? [] : [itemId]));
  const [first, ...others] = new Set([...items.map(({ id }) => id), ...named]);
  return first === undefined || others.length > 0 ? null : first;
}

/** What was given back, and what was charged in its place. Either may stand alone. */
type Change = { credit?: TellingLine; charge?: TellingLine };

/** The lines of one invoice in the order of what they tell of. `named`: items by the prices that some line names. */
function changesIn(lines: readonly TellingLine[], named: ReadonlyMap<string, string>): Change[] {
  const moments = [...new Set(lines.map(({ startAt }) => startAt.getTime()))].toSorted((a, b) => a - b);
  return moments.flatMap((atMs) =>
    changesAt(
      lines.filter(({ startAt }) => startAt.getTime() === atMs),
      named,
    ),
  );
}

/** What names its item is the last to take a credit, for most of what it stands in the place of is known anyhow. */
function changesAt(lines: readonly TellingLine[], named: ReadonlyMap<string, string>): Change[] {
  const open = lines.filter(({ itemId }) => itemId === null);
  // Time that cost nothing is given back for nothing, which reads as a charge of nothing.
  const isGivenBack = ({ amountMinor, priceId, proration }: TellingLine) =>
    amountMinor < 0 || (amountMinor === 0 && proration && !named.has(priceId));
  const waiting = open.filter(isGivenBack);
  const charges = [
    ...open.filter((line) => !isGivenBack(line)),
    ...lines.filter(({ itemId }) => itemId !== null),
  ];
  const changes = charges.map((charge): Change => {
    const credit = creditFor(charge, waiting, named);
    if (credit === undefined) return { charge };
    waiting.splice(waiting.indexOf(credit), 1);
    return { credit, charge };
  });
  return [...waiting.map((credit) => ({ credit })), ...changes];
}

/** Of the same price in another quantity, of the same item, or for the same time; a whole period follows what ended there. */
function creditFor(
  charge: TellingLine,
  waiting: readonly TellingLine[],
  named: ReadonlyMap<string, string>,
): TellingLine | undefined {
  const near = waiting.filter(({ endAt }) => !charge.proration || endAt.getTime() === charge.endAt.getTime());
  const itemId = charge.itemId ?? named.get(charge.priceId);
  return (
    near.find(({ priceId, quantity }) => priceId === charge.priceId && quantity !== charge.quantity) ??
    near.find(({ priceId }) => itemId !== undefined && named.get(priceId) === itemId) ??
    near[0]
  );
}

/** From the end backwards: the item that a line's price is next said to belong to, or the price that it gave way to. */
function toldLater(
  changes: readonly (readonly Change[])[],
  items: readonly { id: string; priceId: string }[],
): Map<TellingLine, string> {
  const after = new Map(items.map(({ id, priceId }) => [priceId, id]));
  const found = new Map<TellingLine, string>();
  for (const { charge, credit } of changes.flat().toReversed()) {
    const has = charge && (charge.itemId ?? after.get(charge.priceId));
    const had = credit && (has ?? after.get(credit.priceId));
    if (charge !== undefined && has !== undefined) {
      found.set(charge, has);
      after.set(charge.priceId, has);
    }
    if (credit !== undefined && had !== undefined) {
      found.set(credit, had);
      after.set(credit.priceId, had);
    }
  }
  return found;
}
