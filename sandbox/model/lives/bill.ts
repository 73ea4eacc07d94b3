import { type Catalog, entry } from '../catalog.ts';
import type { Discount, InvoiceDiscount, InvoiceLine, Item, LineTax } from '../facts.ts';
import { isRunning, periodAmount } from '../pricing.ts';
import { idFor } from '../random.ts';
import { add, divide, fromDecimal, multiply, type Rational, rational, round, subtract } from '../rational.ts';
import { type EpochSeconds, type Period, periodAt } from '../time.ts';

const HUNDREDTH = rational(1, 100);
const ONE = rational(1);

/** Currencies with three decimals, whose last digit the provider keeps at 0. */
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

export function wholeMinor(currency: string, amount: Rational): number {
  if (!THREE_DECIMALS.has(currency)) return round(amount);
  return 10 * round(multiply(amount, rational(1, 10)));
}

export function periodOf(
  catalog: Catalog,
  priceId: string,
  anchorAt: EpochSeconds,
  at: EpochSeconds,
): Period {
  const { recurring } = entry(catalog.prices, priceId);
  if (recurring === null) throw new RangeError(`${priceId} is sold once and cannot be subscribed to`);
  return periodAt(anchorAt, recurring, at);
}

type LineParts = {
  seed: number;
  period: Period;
  amount: Rational;
  quantity: number;
  at: EpochSeconds;
  proration: 'credit' | 'debit' | null;
};

export function lineFor(catalog: Catalog, item: Item, parts: LineParts): InvoiceLine {
  const price = entry(catalog.prices, item.priceId);
  const name = entry(catalog.products, price.productId).name;
  const { seed, period, amount, quantity, at, proration } = parts;
  const what = `${quantity} × ${name}`;
  const after = `${what} after ${new Date(at * 1_000).toUTCString().slice(5, 16)}`;
  const told = { credit: `Unused time on ${after}`, debit: `Remaining time on ${after}` };
  return {
    id: idFor('il_', seed, item.id, at, item.priceId, quantity, period.start, proration ?? 'period'),
    itemId: item.id,
    priceId: item.priceId,
    description: proration === null ? what : told[proration],
    amountMinor: wholeMinor(price.currency, amount),
    quantity,
    periodStart: period.start,
    periodEnd: period.end,
    proration: proration !== null,
  };
}

/**
 * What is left of a period, at its price less the discounts that are percentages: they are within the amount, as the
 * provider does for subscriptions whose proration discounts are "included".
 */
export function prorated(
  catalog: Catalog,
  item: Item,
  terms: { discounts: readonly Discount[]; period: Period; at: EpochSeconds; sign: 1 | -1 },
): Rational {
  const { discounts, period, at, sign } = terms;
  const price = entry(catalog.prices, item.priceId);
  const whole = periodAmount(price, item.quantity ?? 0);
  const share = rational(sign * (period.end - at), period.end - period.start);
  let amount = multiply(whole, share);
  for (const discount of [...item.discounts, ...discounts]) {
    const coupon = entry(catalog.coupons, discount.couponId);
    if (coupon.percentOff === null || !isRunning(discount, at) || !covers(catalog, discount, item.priceId))
      continue;
    amount = multiply(amount, subtract(ONE, multiply(fromDecimal(coupon.percentOff), HUNDREDTH)));
  }
  return amount;
}

export type Terms = {
  catalog: Catalog;
  currency: string;
  items: readonly Item[];
  discounts: readonly Discount[]; // the subscription's, or the customer's where it has none
  taxRateIds: readonly string[];
  at: EpochSeconds;
};

/** The same lines with their discounts and taxes. Prorations carry theirs within their amounts and take no part. */
export function priced(
  lines: readonly InvoiceLine[],
  terms: Terms,
): { lines: InvoiceLine[]; discounts: InvoiceDiscount[]; totalMinor: number } {
  const taken = discountsOn(lines, terms);
  const all: InvoiceDiscount[] = [];
  for (const { discountId, amountMinor } of [...taken.values()].flat()) {
    const found = all.find((one) => one.discountId === discountId);
    if (found === undefined) all.push({ discountId, amountMinor });
    else found.amountMinor += amountMinor;
  }
  let totalMinor = 0;
  const whole = lines.map((line): InvoiceLine => {
    const discounts = taken.get(line.id) ?? [];
    const cost = line.amountMinor - discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const own = terms.items.find(({ id }) => id === line.itemId)?.taxRateIds;
    const taxes = taxesOn(cost, own ?? terms.taxRateIds, terms);
    totalMinor += cost + taxes.reduce((sum, tax) => sum + (tax.inclusive ? 0 : tax.amountMinor), 0);
    return { ...line, discounts, ...(taxes.length > 0 ? { taxes } : {}) };
  });
  return { lines: whole, discounts: all, totalMinor };
}

function discountsOn(lines: readonly InvoiceLine[], terms: Terms): Map<string, InvoiceDiscount[]> {
  const open = lines.filter(({ proration, amountMinor }) => !proration && amountMinor > 0);
  const left = new Map(open.map(({ id, amountMinor }) => [id, amountMinor]));
  const taken = new Map<string, InvoiceDiscount[]>();
  const take = (discount: Discount, among: readonly InvoiceLine[]) => {
    if (!isRunning(discount, terms.at)) return;
    const covered = among.filter(({ priceId }) => covers(terms.catalog, discount, priceId));
    for (const { id, amountMinor } of partsOf(discount, covered, left, terms)) {
      left.set(id, (left.get(id) ?? 0) - amountMinor);
      taken.set(id, [...(taken.get(id) ?? []), { discountId: discount.id, amountMinor }]);
    }
  };
  for (const line of open) {
    const own = terms.items.find(({ id }) => id === line.itemId)?.discounts ?? [];
    for (const discount of own) take(discount, [line]);
  }
  for (const discount of terms.discounts) take(discount, open);
  return taken;
}

/** A percentage comes off each line; an amount comes off once, shared in proportion to what the lines still cost. */
function partsOf(
  discount: Discount,
  lines: readonly InvoiceLine[],
  left: ReadonlyMap<string, number>,
  { catalog, currency }: Terms,
): { id: string; amountMinor: number }[] {
  const { percentOff, amountOffMinor } = entry(catalog.coupons, discount.couponId);
  const costOf = (id: string) => left.get(id) ?? 0;
  if (percentOff !== null) {
    const share = multiply(fromDecimal(percentOff), HUNDREDTH);
    return lines
      .map(({ id }) => ({ id, amountMinor: wholeMinor(currency, multiply(rational(costOf(id)), share)) }))
      .filter(({ amountMinor }) => amountMinor > 0);
  }
  let cost = lines.reduce((sum, { id }) => sum + costOf(id), 0);
  let due = Math.min(cost, amountOffMinor ?? 0);
  return lines.flatMap(({ id }) => {
    if (costOf(id) === 0 || due === 0) return [];
    // What is still due over what can still bear it: the last line takes exactly the rest.
    const shared = wholeMinor(currency, rational(due * costOf(id), cost));
    const amountMinor = cost === costOf(id) ? due : Math.min(costOf(id), shared);
    cost -= costOf(id);
    due -= amountMinor;
    return amountMinor === 0 ? [] : [{ id, amountMinor }];
  });
}

function taxesOn(costMinor: number, taxRateIds: readonly string[], terms: Terms): LineTax[] {
  const rates = taxRateIds.map((id) => entry(terms.catalog.taxRates, id));
  const share = (percentage: string) => multiply(fromDecimal(percentage), HUNDREDTH);
  const within = rates
    .filter(({ inclusive }) => inclusive)
    .reduce((sum, { percentage }) => add(sum, share(percentage)), ONE);
  const net = divide(rational(costMinor), within);
  return rates.map(({ id, inclusive, percentage }) => ({
    taxRateId: id,
    inclusive,
    amountMinor: wholeMinor(terms.currency, multiply(net, share(percentage))),
    taxableMinor: wholeMinor(terms.currency, net),
  }));
}

/** Whether a coupon is good for what a price sells. */
export function covers(catalog: Catalog, discount: Discount, priceId: string): boolean {
  const { productIds } = entry(catalog.coupons, discount.couponId);
  return productIds === undefined || productIds.includes(entry(catalog.prices, priceId).productId);
}
