import type {
  LedgerCatalogue,
  LedgerInvoice,
  LedgerLine,
  LedgerPrice,
  SubscriptionState,
} from './ledger-records.ts';
import { itemsOfLines, type TellingLine } from './line-items.ts';
import { periodAmount } from './price.ts';

/**
 * What one line of an invoice says of an item: `has` this price and quantity from `atMs` on, `had` it until then.
 * `untilMs`: the end of the period that is billed. Milliseconds.
 */
export type ItemFact = {
  kind: 'has' | 'had';
  atMs: number;
  untilMs: number;
  itemId: string;
  priceId: string;
  quantity: number;
  amountMinor: number;
  isProration: boolean;
};

/** Whether a line tells which price an item has, and how many: it recurs, and is billed before its time, not by usage. */
export function tellsOfItem(line: LedgerLine, invoice: LedgerInvoice, { prices }: LedgerCatalogue): boolean {
  if (line.priceId === null || line.quantity === null) return false;
  const price = prices.get(line.priceId);
  if (price?.problem === null && price.recurring?.usage !== 'licensed') return false;
  return line.proration || !isInArrears(line, invoice);
}

/** Billed when its period is over, as usage is. */
export function isInArrears(line: LedgerLine, invoice: LedgerInvoice): boolean {
  return !line.proration && line.endAt <= invoice.createdAt;
}

/** Whether time is given back at the very moment from which a whole period is billed. */
function changesPeriod(subscriptionId: string, { lines }: LedgerInvoice): boolean {
  const own = lines.filter((line) => line.subscriptionId === subscriptionId);
  const givenBackMs = own
    .filter(({ amountMinor, proration }) => proration && amountMinor < 0)
    .map(({ startAt }) => startAt.getTime());
  return own.some(({ proration, startAt }) => !proration && givenBackMs.includes(startAt.getTime()));
}

/** What the lines of these invoices say, in the order of the invoices and their lines. */
export function itemFacts(
  subscriptionId: string,
  invoices: readonly LedgerInvoice[],
  certain: SubscriptionState,
  catalogue: LedgerCatalogue,
): ItemFact[] {
  const bills = invoices.map((invoice) => {
    const lines = invoice.lines.filter(
      (line) => line.subscriptionId === subscriptionId && tellsOfItem(line, invoice, catalogue),
    );
    return { invoice, lines, telling: tiersTogether(lines, invoice, catalogue) };
  });
  const licensed = certain.items.filter(
    ({ priceId }) => catalogue.prices.get(priceId)?.recurring?.usage !== 'metered',
  );
  const itemOf = itemsOfLines(
    bills.map(({ telling }) => telling),
    licensed,
  );
  const told = bills.map(({ invoice, lines, telling }) => {
    return {
      facts: telling.map((line) => factOf(line, itemOf.get(line) ?? `price ${line.priceId}`)),
      isDoubtful:
        invoice.status === 'void' &&
        (lines.every(({ proration }) => proration) || changesPeriod(subscriptionId, invoice)),
    };
  });
  const sure = told.filter(({ isDoubtful }) => !isDoubtful).flatMap(({ facts }) => facts);
  return told.flatMap(({ facts, isDoubtful }) =>
    isDoubtful && !isConfirmed(facts, sure, certain) ? [] : facts,
  );
}

/**
 * Whether a change happened whose invoice came to nothing. Some providers undo a change that is not paid for, others leave
 * it: what is told next of each item shows which it was. A renewal that came to nothing still tells what there was.
 */
function isConfirmed(
  facts: readonly ItemFact[],
  sure: readonly ItemFact[],
  { items }: SubscriptionState,
): boolean {
  return [...new Set(facts.map(({ itemId }) => itemId))].every((itemId) => {
    const own = facts.filter((fact) => fact.itemId === itemId);
    const became = own.find(({ kind }) => kind === 'has');
    const afterMs = Math.max(...own.map(({ atMs }) => atMs));
    const next = sure
      .filter((fact) => fact.itemId === itemId && fact.atMs > afterMs)
      .toSorted((a, b) => a.atMs - b.atMs)[0];
    const then = next ?? items.find(({ id }) => id === itemId);
    return became?.priceId === then?.priceId && became?.quantity === then?.quantity;
  });
}

function factOf(line: TellingLine, itemId: string): ItemFact {
  return {
    kind: line.proration && line.amountMinor < 0 ? 'had' : 'has',
    atMs: line.startAt.getTime(),
    untilMs: line.endAt.getTime(),
    itemId,
    priceId: line.priceId,
    quantity: line.quantity,
    amountMinor: line.amountMinor,
    isProration: line.proration,
  };
}

/** A tiered price may be billed in one line a tier. The quantity is then their sum; a line of a flat amount has none. */
function tiersTogether(
  lines: readonly LedgerLine[],
  invoice: LedgerInvoice,
  catalogue: LedgerCatalogue,
): TellingLine[] {
  const whole: TellingLine[] = [];
  const groups = new Map<string, TellingLine[]>();
  for (const line of lines) {
    const { priceId, quantity } = line;
    if (priceId === null || quantity === null) continue;
    const telling = { ...line, priceId, quantity };
    if ((catalogue.prices.get(priceId)?.scheme ?? 'per_unit') === 'per_unit') {
      whole.push(telling);
      continue;
    }
    const sign = line.proration ? (line.amountMinor < 0 ? 'credit' : 'charge') : 'renewal';
    const key = JSON.stringify([line.itemId, priceId, line.startAt.getTime(), line.endAt.getTime(), sign]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [telling]);
    else group.push(telling);
  }
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    whole.push(others.length === 0 ? first : joined([first, ...others], invoice, catalogue));
  }
  return whole;
}

function joined(
  lines: readonly [TellingLine, ...TellingLine[]],
  { currency }: LedgerInvoice,
  catalogue: LedgerCatalogue,
): TellingLine {
  const [first] = lines;
  const amountMinor = lines.reduce((total, line) => total + line.amountMinor, 0);
  const added = lines.reduce((total, { quantity }) => total + quantity, 0);
  const most = Math.max(...lines.map(({ quantity }) => quantity));
  const price = catalogue.prices.get(first.priceId);
  // Some tell the whole quantity on one line and the flat amount on another: the amount says which it is.
  const fits = price !== undefined && !first.proration && costs(price, most, currency) === amountMinor;
  return { ...first, amountMinor, quantity: fits ? most : added };
}

/** Null for a price that cannot be worked out: whoever needs its amount says so. */
function costs(price: LedgerPrice, quantity: number, currency: string): number | null {
  try {
    return Math.round(periodAmount(price, quantity, currency).valueOf());
  } catch {
    return null;
  }
}
