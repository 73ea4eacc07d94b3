import { entry } from '../catalog.ts';
import type { Discount, InvoiceFact, InvoiceLine, Item } from '../facts.ts';
import { isRunning, periodAmount } from '../pricing.ts';
import { random } from '../random.ts';
import { ZERO } from '../rational.ts';
import { type EpochSeconds, HOUR_SECONDS } from '../time.ts';
import { lineFor, periodOf, priced, prorated } from './bill.ts';
import { finalize } from './payment.ts';
import { type MadeInvoice, newId, type Player, type Subscription } from './player.ts';

type Reason = Extract<InvoiceFact, { kind: 'invoice_created' }>['reason'];

/** The subscription's own discounts that run, or the customer's where it has none. */
export function discountsFor(
  player: Player,
  subscription: Subscription,
  at: EpochSeconds,
): readonly Discount[] {
  const own = subscription.discounts.filter((discount) => isRunning(discount, at));
  if (own.length > 0) return own;
  return player.discount === null ? [] : [player.discount];
}

/** One line for each item whose period starts now; a metered one bills the period that ends. */
export function linesOfPeriod(player: Player, subscription: Subscription, at: EpochSeconds): InvoiceLine[] {
  const { catalog, seed } = player;
  return subscription.items.flatMap((item) => {
    const period = periodOf(catalog, item.priceId, subscription.anchorAt, at);
    if (period.start !== at) return [];
    const price = entry(catalog.prices, item.priceId);
    const parts = { seed, at, proration: null };
    if (item.quantity !== null) {
      const amount = periodAmount(price, item.quantity);
      return [lineFor(catalog, item, { ...parts, period, amount, quantity: item.quantity })];
    }
    if (item.createdAt >= at) return [];
    const before = periodOf(catalog, item.priceId, subscription.anchorAt, at - 1);
    const used = { start: Math.max(before.start, item.createdAt), end: before.end };
    const quantity = random(seed, 'usage', item.id, at).int(0, 9_000);
    return [
      lineFor(catalog, item, { ...parts, period: used, amount: periodAmount(price, quantity), quantity }),
    ];
  });
}

/** Nothing is paid for a trial, and the provider says so on an invoice. */
export function linesOfTrial(player: Player, subscription: Subscription, endAt: EpochSeconds): InvoiceLine[] {
  const { catalog, seed } = player;
  const { startedAt: at, items } = subscription;
  const period = { start: at, end: endAt };
  return items
    .filter(({ quantity }) => quantity !== null)
    .map((item) =>
      lineFor(catalog, item, {
        seed,
        at,
        period,
        amount: ZERO,
        quantity: item.quantity ?? 0,
        proration: null,
      }),
    );
}

/** What a change in mid-period gives back and asks for: two lines for each item that differs. */
export function prorationLines(
  player: Player,
  subscription: Subscription,
  change: { before: Item | null; after: Item | null },
  at: EpochSeconds,
): InvoiceLine[] {
  const { catalog, seed } = player;
  const discounts = discountsFor(player, subscription, at);
  const part = (item: Item | null, sign: 1 | -1): InvoiceLine[] => {
    if (item === null || item.quantity === null) return [];
    const whole = periodOf(catalog, item.priceId, subscription.anchorAt, at);
    const amount = prorated(catalog, item, { discounts, period: whole, at, sign });
    const period = { start: at, end: whole.end };
    const proration = sign < 0 ? 'credit' : 'debit';
    return [lineFor(catalog, item, { seed, period, amount, quantity: item.quantity, at, proration })];
  };
  return [...part(change.before, -1), ...part(change.after, 1)];
}

/** Makes an invoice of lines; a renewal stays a draft for an hour, anything else is collected on the spot. */
export function makeInvoice(
  player: Player,
  subscription: Subscription,
  made: { reason: Reason; lines: readonly InvoiceLine[]; at: EpochSeconds },
): void {
  const { catalog, life, customerId, testClockId } = player;
  const { reason, at } = made;
  if (made.lines.length === 0) return;
  const { items, taxRateIds } = subscription;
  const discounts = discountsFor(player, subscription, at);
  const terms = { catalog, currency: life.currency, items, discounts, taxRateIds, at };
  const bill = priced(made.lines, terms);
  const invoice: MadeInvoice = {
    id: newId(player, 'in_'),
    subscription,
    lines: bill.lines,
    totalMinor: bill.totalMinor,
    status: 'draft',
    dueMinor: 0,
    creditedMinor: 0,
    attempts: 0,
    paidBy: null,
  };
  player.invoices.push(invoice);
  player.emit({
    kind: 'invoice_created',
    at,
    invoiceId: invoice.id,
    number: `${customerId.slice(4, 12).toUpperCase()}-${String(player.invoices.length).padStart(4, '0')}`,
    customerId,
    subscriptionId: subscription.id,
    currency: life.currency,
    reason,
    ...bill,
    testClockId,
  });
  dropSpentDiscounts(player, subscription, bill, at);
  if (reason === 'subscription_cycle') {
    player.agenda.plan(at + HOUR_SECONDS, (later) => finalize(player, invoice, later));
  } else finalize(player, invoice, at);
}

/** The provider takes a discount off at the first invoice that finds it over, and one for once after the invoice that used it. */
function dropSpentDiscounts(
  player: Player,
  subscription: Subscription,
  bill: { discounts: readonly { discountId: string }[] },
  at: EpochSeconds,
): void {
  const used = new Set(bill.discounts.map(({ discountId }) => discountId));
  const stays = (discount: Discount) => {
    const { duration } = entry(player.catalog.coupons, discount.couponId);
    const over = discount.endAt !== null && discount.endAt <= at;
    return !over && !(duration === 'once' && used.has(discount.id) && isRunning(discount, at));
  };
  const { id: subscriptionId, anchorAt } = subscription;
  const left = subscription.discounts.filter(stays);
  if (left.length < subscription.discounts.length) {
    subscription.discounts = left;
    player.emit({ kind: 'subscription_discounts_changed', at, subscriptionId, discounts: left });
  }
  if (subscription.items.some((item) => !item.discounts.every(stays))) {
    const items = subscription.items.map((item) => ({ ...item, discounts: item.discounts.filter(stays) }));
    subscription.items = items;
    player.emit({ kind: 'subscription_items_changed', at, subscriptionId, items, anchorAt });
  }
  if (player.discount !== null && !stays(player.discount)) {
    player.discount = null;
    player.emit({ kind: 'customer_discount_changed', at, customerId: player.customerId, discount: null });
  }
}
