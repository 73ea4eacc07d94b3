import { entry } from './catalog.ts';
import type { Simulation } from './context.ts';
import type { Discount, InvoiceDiscount, InvoiceLine, Item } from './facts.ts';
import { prorated } from './lives/bill.ts';
import { couponsOf, lessCoupons, periodAmount } from './pricing.ts';
import { idFor, random } from './random.ts';
import { type Rational, rational, round } from './rational.ts';
import { type EpochSeconds, type Period, periodAt } from './time.ts';

export type Bill = { lines: InvoiceLine[]; discounts: InvoiceDiscount[] };

/** The end of the shortest period that runs at an instant: the next time something is to be billed. */
export function nextBoundary(
  simulation: Simulation,
  items: readonly Item[],
  anchorAt: EpochSeconds,
  at: EpochSeconds,
): EpochSeconds {
  const ends = items.map(({ priceId }) => periodOf(simulation, priceId, anchorAt, at).end);
  return Math.min(...ends);
}

/** One period in advance for each item whose period starts at this instant; metered items bill the last one. */
export function billPeriod(
  simulation: Simulation,
  items: readonly Item[],
  discounts: readonly Discount[],
  anchorAt: EpochSeconds,
  at: EpochSeconds,
): Bill {
  const due = items
    .filter(({ priceId }) => periodOf(simulation, priceId, anchorAt, at).start === at)
    .filter((item) => item.quantity !== null || item.createdAt < at);
  const lines = due.map((item) => {
    const metered = item.quantity === null;
    const period = periodOf(simulation, item.priceId, anchorAt, metered ? at - 1 : at);
    const quantity = item.quantity ?? random(simulation.seed, 'usage', item.id, at).int(20_000, 180_000);
    const amount = periodAmount(entry(simulation.catalog.prices, item.priceId), quantity);
    return line(simulation, item, { period, quantity, amount, proration: null, at });
  });
  return { lines, discounts: discountsOn(simulation, due, lines, discounts, at) };
}

/**
 * Unused time of the items that change given back, the rest of the period on what they become asked for; percentages that
 * come off are within both. A change that starts another rhythm asks for a whole period instead, discounted as usual.
 */
export function billChange(
  simulation: Simulation,
  change: { from: readonly Item[]; to: readonly Item[]; anchorAt: EpochSeconds; newAnchorAt: EpochSeconds },
  discounts: readonly Discount[],
  at: EpochSeconds,
): Bill {
  const { from, to, anchorAt, newAnchorAt } = change;
  const restarts = newAnchorAt !== anchorAt;
  const changed = (items: readonly Item[], others: readonly Item[]) =>
    items
      .filter(({ quantity }) => quantity !== null)
      .filter((item) => restarts || !others.some((other) => isSame(item, other)));
  const rest = (items: readonly Item[], sign: 1 | -1) =>
    items.map((item) => {
      const period = periodOf(simulation, item.priceId, anchorAt, at);
      const amount = prorated(simulation.catalog, item, { discounts, period, at, sign });
      const parts = { period: { start: at, end: period.end }, quantity: item.quantity ?? 0, amount, at };
      return line(simulation, item, { ...parts, proration: sign < 0 ? 'Unused' : 'Remaining' });
    });
  const unused = rest(changed(from, to), -1);
  if (!restarts) return { lines: [...unused, ...rest(changed(to, from), 1)], discounts: [] };
  const whole = billPeriod(simulation, changed(to, from), discounts, newAnchorAt, at);
  return { lines: [...unused, ...whole.lines], discounts: whole.discounts };
}

function isSame(one: Item, other: Item): boolean {
  return one.id === other.id && one.priceId === other.priceId && one.quantity === other.quantity;
}

function periodOf(simulation: Simulation, priceId: string, anchorAt: EpochSeconds, at: EpochSeconds): Period {
  const { recurring } = entry(simulation.catalog.prices, priceId);
  if (recurring === null) throw new RangeError(`${priceId} is sold once and cannot be subscribed to`);
  return periodAt(anchorAt, recurring, at);
}

type LineParts = {
  period: Period;
  quantity: number;
  amount: Rational;
  proration: 'Unused' | 'Remaining' | null;
  at: EpochSeconds;
};

function line(simulation: Simulation, item: Item, parts: LineParts): InvoiceLine {
  const price = entry(simulation.catalog.prices, item.priceId);
  const name = entry(simulation.catalog.products, price.productId).name;
  const { period, quantity, amount, proration, at } = parts;
  const side = proration === 'Unused' ? 'credit' : 'debit';
  return {
    id: idFor('il_', simulation.seed, item.id, at, item.priceId, side),
    itemId: item.id,
    priceId: item.priceId,
    description: proration === null ? `${quantity} × ${name}` : `${proration} time on ${name}`,
    amountMinor: round(amount),
    quantity,
    periodStart: period.start,
    periodEnd: period.end,
    proration: proration !== null,
  };
}

/** How much each discount takes off, in its order: the items' own first, then the subscription's. */
function discountsOn(
  simulation: Simulation,
  items: readonly Item[],
  lines: readonly InvoiceLine[],
  discounts: readonly Discount[],
  at: EpochSeconds,
): InvoiceDiscount[] {
  const taken: InvoiceDiscount[] = [];
  const takeOff = (amountMinor: number, list: readonly Discount[]): number => {
    let left = amountMinor;
    for (const discount of list) {
      const after = round(lessCoupons(rational(left), couponsOf(simulation.catalog, [discount], at)));
      if (after < left) taken.push({ discountId: discount.id, amountMinor: left - after });
      left = after;
    }
    return left;
  };
  const total = lines.reduce((sum, { itemId, amountMinor }) => {
    const own = items.find(({ id }) => id === itemId)?.discounts ?? [];
    return sum + takeOff(amountMinor, own);
  }, 0);
  // A change that credits more than it asks for leaves nothing to discount.
  if (total > 0) takeOff(total, discounts);
  return taken;
}
