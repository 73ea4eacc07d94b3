import { entry } from './catalog.ts';
import type { Simulation } from './context.ts';
import type { Discount, InvoiceDiscount, InvoiceLine, Item } from './facts.ts';
import { couponsOf, lessCoupons, periodAmount } from './pricing.ts';
import { idFor, random } from './random.ts';
import { multiply, type Rational, rational, round } from './rational.ts';
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
    return line(simulation, item, { period, quantity, share: rational(1), proration: false, at });
  });
  return { lines, discounts: discountsOn(simulation, due, lines, discounts, at) };
}

/** Unused time of the old items given back, the rest of the period on the new ones asked for. */
export function billChange(
  simulation: Simulation,
  change: { from: readonly Item[]; to: readonly Item[]; anchorAt: EpochSeconds; newAnchorAt: EpochSeconds },
  discounts: readonly Discount[],
  at: EpochSeconds,
): Bill {
  const rest = (items: readonly Item[], anchorAt: EpochSeconds, sign: 1 | -1) =>
    items
      .filter((item) => item.quantity !== null)
      .map((item) => {
        const whole = periodOf(simulation, item.priceId, anchorAt, at);
        const share = rational(sign * (whole.end - at), whole.end - whole.start);
        const period = { start: at, end: whole.end };
        return line(simulation, item, { period, quantity: item.quantity ?? 0, share, proration: true, at });
      });
  const lines = [...rest(change.from, change.anchorAt, -1), ...rest(change.to, change.newAnchorAt, 1)];
  const percentOnly = discounts.filter(
    ({ couponId }) => entry(simulation.catalog.coupons, couponId).percentOff !== null,
  );
  return { lines, discounts: discountsOn(simulation, [], lines, percentOnly, at) };
}

function periodOf(simulation: Simulation, priceId: string, anchorAt: EpochSeconds, at: EpochSeconds): Period {
  const { recurring } = entry(simulation.catalog.prices, priceId);
  if (recurring === null) throw new RangeError(`${priceId} is sold once and cannot be subscribed to`);
  return periodAt(anchorAt, recurring, at);
}

type LineParts = { period: Period; quantity: number; share: Rational; proration: boolean; at: EpochSeconds };

function line(simulation: Simulation, item: Item, parts: LineParts): InvoiceLine {
  const price = entry(simulation.catalog.prices, item.priceId);
  const name = entry(simulation.catalog.products, price.productId).name;
  const { period, quantity, share, proration, at } = parts;
  const negative = share.numerator < 0n;
  return {
    id: idFor('il_', simulation.seed, item.id, at, item.priceId, negative ? 'credit' : 'debit'),
    itemId: item.id,
    priceId: item.priceId,
    description: proration ? `${negative ? 'Unused' : 'Remaining'} time on ${name}` : `${quantity} × ${name}`,
    amountMinor: round(multiply(periodAmount(price, quantity), share)),
    quantity,
    periodStart: period.start,
    periodEnd: period.end,
    proration,
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
