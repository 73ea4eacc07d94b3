import type { Bill } from './bills.ts';
import { inOrder } from './chain.ts';
import type {
  CustomerObservation,
  LedgerCatalogue,
  LedgerCustomer,
  LedgerDiscount,
  LedgerInvoice,
  SubscriptionState,
} from './ledger-records.ts';

/** Discounts of the past by what they were given to, each cut where it is known to have gone. */
export type PastDiscounts = {
  own: readonly LedgerDiscount[];
  byItem: ReadonlyMap<string, readonly LedgerDiscount[]>;
};

/**
 * The discounts of a subscription from its invoices and from what it is known to have had afterwards. Each counts from its
 * own start; one that a renewal no longer shows ended at that renewal at the latest.
 */
export function pastDiscounts(
  bills: readonly Bill[],
  certain: SubscriptionState,
  catalogue: LedgerCatalogue,
): PastDiscounts {
  const certainOfItems = certain.items.flatMap((item) =>
    item.discounts.map((discount) => ({ ...discount, itemId: item.id })),
  );
  const known = new Map([...certain.discounts, ...certainOfItems].map((discount) => [discount.id, discount]));
  const isCertain = new Set(known.keys());
  for (const { invoice } of bills) {
    for (const discount of invoice.discounts) {
      if (isOfSubscription(discount) && !isCertain.has(discount.id)) known.set(discount.id, discount);
    }
  }
  if (known.size === 0) return { own: [], byItem: new Map() };
  const goneAt = lastShowings(bills, known, catalogue);
  const cut = [...known.values()].map((discount) =>
    isCertain.has(discount.id) ? discount : endedBy(discount, goneAt.get(discount.id) ?? null),
  );
  const byItem = new Map<string, LedgerDiscount[]>();
  for (const discount of cut) {
    if (discount.itemId === null) continue;
    byItem.set(discount.itemId, [...(byItem.get(discount.itemId) ?? []), discount]);
  }
  return { own: cut.filter(({ itemId }) => itemId === null), byItem };
}

/**
 * A customer's own discounts, one after the other: as they were observed; before that what is known now, and what
 * invoices show of earlier ones.
 */
export function customerDiscounts(
  customer: LedgerCustomer | null,
  observations: readonly CustomerObservation[],
  invoices: readonly LedgerInvoice[],
  catalogue: LedgerCatalogue,
): LedgerDiscount[] {
  const seen = inOrder(
    observations.map((value) => ({
      at: value.at,
      from: value.before?.id ?? null,
      to: value.discount?.id ?? null,
      value,
    })),
  );
  const first = seen[0];
  const last = seen.at(-1);
  const held: LedgerDiscount[] = [];
  const earliest = first === undefined ? (customer?.discount ?? null) : first.before;
  if (earliest !== null) held.push(endedBy(earliest, first?.at ?? null));
  for (const [index, { at, discount }] of seen.entries()) {
    if (discount === null) continue;
    // A fetch is whole where an event may be cut short.
    const same = discount === last?.discount && customer?.discount?.id === discount.id;
    const whole = same ? (customer?.discount ?? discount) : discount;
    const startAt = whole.startAt > at ? whole.startAt : at;
    held.push(endedBy({ ...whole, startAt }, seen[index + 1]?.at ?? null));
  }
  const known = new Set(held.map(({ id }) => id));
  const certainFromMs = Math.min(
    ...held.map(({ startAt }) => startAt.getTime()),
    first?.at.getTime() ?? Infinity,
  );
  const before = shownBefore(invoices, known, certainFromMs, catalogue);
  return [...before, ...held].filter(({ startAt, endAt }) => endAt === null || startAt < endAt);
}

/** Customer-wide discounts that only invoices still show: until the first later invoice that shows another, or none. */
function shownBefore(
  invoices: readonly LedgerInvoice[],
  known: ReadonlySet<string>,
  untilMs: number,
  catalogue: LedgerCatalogue,
): LedgerDiscount[] {
  const found = new Map<string, { discount: LedgerDiscount; goneAt: Date | null }>();
  const dated = invoices.filter(({ discounts }) => discounts.some(isOfCustomer));
  if (dated.length === 0) return [];
  for (const invoice of invoices.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    if (invoice.isTest || invoice.subscriptionId === null) continue;
    // An invoice with discounts of its whole subscription says nothing of the customer's: they do not come together.
    if (invoice.discounts.some((own) => own.itemId === null && isOfSubscription(own))) continue;
    const shown = invoice.discounts.find(isOfCustomer);
    for (const entry of found.values()) {
      if (entry.discount.id === shown?.id || !wouldShow(invoice, entry.discount, catalogue)) continue;
      entry.goneAt ??= invoice.createdAt;
    }
    if (shown === undefined || known.has(shown.id)) continue;
    const goneAt = isOnce(shown, catalogue) ? invoice.createdAt : null;
    found.set(shown.id, { discount: shown, goneAt });
  }
  const until = Number.isFinite(untilMs) ? new Date(untilMs) : null;
  return [...found.values()].map(({ discount, goneAt }) => endedBy(endedBy(discount, goneAt), until));
}

/**
 * For each discount the first renewal after the last invoice that shows it, of those that would have shown it; absent when
 * there is none.
 */
function lastShowings(
  bills: readonly Bill[],
  known: ReadonlyMap<string, LedgerDiscount>,
  catalogue: LedgerCatalogue,
): Map<string, Date> {
  const lastMs = new Map<string, number>();
  const dated = bills.map((bill) => ({ ...bill, atMs: momentOf(bill) }));
  for (const { atMs, invoice } of dated) {
    const shown = [
      ...invoice.discounts.map(({ id }) => id),
      ...invoice.lines.flatMap(({ discounts }) => discounts.map(({ discountId }) => discountId)),
    ];
    for (const id of shown) if (known.has(id)) lastMs.set(id, Math.max(lastMs.get(id) ?? 0, atMs));
  }
  const gone = new Map<string, Date>();
  for (const [id, shownMs] of lastMs) {
    const discount = known.get(id);
    if (discount === undefined) continue;
    if (isOnce(discount, catalogue)) {
      gone.set(id, new Date(shownMs));
      continue;
    }
    const later = dated.filter(
      ({ atMs, invoice }) => atMs > shownMs && wouldShow(invoice, discount, catalogue),
    );
    if (later.length > 0) gone.set(id, new Date(Math.min(...later.map(({ atMs }) => atMs))));
  }
  return gone;
}

/** Taken off once, it is over with the invoice that it was taken off on. */
function isOnce({ coupon, couponId }: LedgerDiscount, { coupons }: LedgerCatalogue): boolean {
  return (coupons.get(couponId) ?? coupon)?.duration === 'once';
}

/** When the period began, or the usage was over, that an invoice is about; an invoice of changes alone: when it was made. */
function momentOf({ arrearsMs, invoice, periods }: Bill): number {
  return Math.max(invoice.createdAt.getTime(), ...periods.map(({ fromMs }) => fromMs), ...arrearsMs);
}

/**
 * Whether a discount would be on an invoice if it still ran: something that it is good for costs something there. What
 * remains of a period is told with its discounts taken off, and shows none.
 */
function wouldShow({ lines }: LedgerInvoice, discount: LedgerDiscount, catalogue: LedgerCatalogue): boolean {
  const products = (catalogue.coupons.get(discount.couponId) ?? discount.coupon)?.productIds ?? null;
  return lines.some(({ amountMinor, discounts, itemId, priceId, proration, subscriptionId }) => {
    if (proration || (discount.itemId !== null && itemId !== discount.itemId)) return false;
    if (discount.subscriptionId !== null && subscriptionId !== discount.subscriptionId) return false;
    const product = catalogue.prices.get(priceId ?? '')?.productId ?? '';
    if (products !== null && !products.includes(product)) return false;
    return amountMinor > discounts.reduce((sum, taken) => sum + taken.amountMinor, 0);
  });
}

function endedBy(discount: LedgerDiscount, at: Date | null): LedgerDiscount {
  if (at === null || (discount.endAt !== null && discount.endAt <= at)) return discount;
  return { ...discount, endAt: at };
}

function isOfCustomer({ customerId, subscriptionId, itemId, invoiceId }: LedgerDiscount): boolean {
  return customerId !== null && subscriptionId === null && itemId === null && invoiceId === null;
}

/** Given to a subscription or one of its items; where nothing is said, it is taken for the subscription's. */
function isOfSubscription(discount: LedgerDiscount): boolean {
  return discount.invoiceId === null && !isOfCustomer(discount);
}
