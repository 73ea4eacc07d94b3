import { entry } from '../catalog.ts';
import type { Item } from '../facts.ts';
import { DAY_SECONDS, type EpochSeconds } from '../time.ts';
import { creditNote, dispute, refund } from './giving-back.ts';
import { linesOfPeriod, makeInvoice, prorationLines } from './invoice.ts';
import { charge, recover } from './payment.ts';
import { endSubscription, isOver, type Player, type Subscription } from './player.ts';
import { nextBoundary, planRenewal } from './renewal.ts';
import type { Proration, Step, StepAction } from './script.ts';
import { discountOf, itemOf, schedule, subscribe } from './subscribe.ts';

/** Does one thing that somebody asked for, or leaves it where the provider would refuse. */
export function take(player: Player, step: Step, at: EpochSeconds): void {
  if (step.do === 'refund') return refund(player, step, at);
  if (step.do === 'dispute') return dispute(player, step, at);
  if (player.deleted) return;
  switch (step.do) {
    case 'subscribe':
      return subscribe(player, step, at);
    case 'customer_discount':
      return changeCustomerDiscount(player, step.coupon, at);
    case 'delete_customer':
      return deleteCustomer(player, at);
    case 'charge':
      if (step.amountMinor > 0) charge(player, null, tens(player, step.amountMinor), false, at);
      return;
    case 'credit_note':
      return creditNote(player, step, at);
    default: {
      const chosen = player.subscriptions.at(step.subscription ?? -1);
      if (chosen !== undefined && !isOver(chosen)) takeOn(player, chosen, step, at);
    }
  }
}

type OnSubscription = Exclude<
  StepAction,
  {
    do:
      | 'subscribe'
      | 'customer_discount'
      | 'delete_customer'
      | 'charge'
      | 'credit_note'
      | 'refund'
      | 'dispute';
  }
>;

function takeOn(player: Player, subscription: Subscription, step: OnSubscription, at: EpochSeconds): void {
  const { id: subscriptionId, status } = subscription;
  switch (step.do) {
    case 'cancel':
      return cancel(player, subscription, step.when, at);
    case 'recover':
      if (status === 'unpaid' || status === 'past_due') recover(player, subscription, at);
      return;
    case 'remove_discount':
      if (subscription.discounts.length === 0) return;
      subscription.discounts = [];
      return player.emit({ kind: 'subscription_discounts_changed', at, subscriptionId, discounts: [] });
    case 'resume':
      return resume(player, subscription, at);
    default:
  }
  // The rest is for subscriptions in good standing: others are first paid or left.
  if (!['active', 'trialing', 'past_due'].includes(status)) return;
  switch (step.do) {
    case 'undo_cancel':
      if (subscription.endsAt === null) return;
      subscription.endsAt = null;
      return player.emit({ kind: 'subscription_cancel_undone', at, subscriptionId });
    case 'add_discount':
      return addDiscount(player, subscription, step, at);
    case 'pause':
      return pause(player, subscription, step, at);
    case 'card_fails':
      if (subscription.card !== null || status === 'past_due') return;
      subscription.card = { plan: step, since: null };
      return;
    case 'schedule':
      return schedule(player, subscription, step, at);
    case 'change_item':
      return changeItem(player, subscription, step, at);
    case 'add_item':
      return addItem(player, subscription, step, at);
    case 'remove_item':
      return removeItem(player, subscription, step, at);
    default:
  }
}

function cancel(
  player: Player,
  subscription: Subscription,
  when: 'now' | 'period_end',
  at: EpochSeconds,
): void {
  if (when === 'now') return endSubscription(player, subscription, at, 'cancellation_requested');
  const { status, endsAt, schedule: plan, id: subscriptionId } = subscription;
  if (endsAt !== null || plan !== null || status === 'incomplete') return;
  subscription.endsAt = nextBoundary(player, subscription, at);
  player.emit({ kind: 'subscription_cancel_requested', at, subscriptionId, endsAt: subscription.endsAt });
}

function addDiscount(
  player: Player,
  subscription: Subscription,
  step: Extract<StepAction, { do: 'add_discount' }>,
  at: EpochSeconds,
): void {
  const discount = discountOf(player, step, at);
  const twice = subscription.discounts.some(({ couponId }) => couponId === discount?.couponId);
  if (discount === null || twice || subscription.discounts.length >= 3) return;
  subscription.discounts = [...subscription.discounts, discount];
  const { id: subscriptionId, discounts } = subscription;
  player.emit({ kind: 'subscription_discounts_changed', at, subscriptionId, discounts });
}

function changeCustomerDiscount(player: Player, coupon: string | null, at: EpochSeconds): void {
  const discount = coupon === null ? null : discountOf(player, { coupon }, at);
  if (discount === null && (coupon !== null || player.discount === null)) return;
  player.discount = discount;
  player.emit({ kind: 'customer_discount_changed', at, customerId: player.customerId, discount });
}

function pause(
  player: Player,
  subscription: Subscription,
  step: Extract<StepAction, { do: 'pause' }>,
  at: EpochSeconds,
): void {
  if (subscription.paused !== null) return;
  const { behavior, days } = step;
  subscription.paused = behavior;
  const resumesAt = days === undefined ? null : at + Math.max(1, Math.trunc(days)) * DAY_SECONDS;
  const { id: subscriptionId } = subscription;
  player.emit({ kind: 'collection_paused', at, subscriptionId, behavior, resumesAt });
  if (resumesAt !== null) {
    const mark = { behavior };
    subscription.pauseMark = mark;
    player.agenda.plan(resumesAt, (then) => {
      if (subscription.pauseMark === mark && !isOver(subscription)) resume(player, subscription, then);
    });
  }
}

function resume(player: Player, subscription: Subscription, at: EpochSeconds): void {
  if (subscription.paused === null) return;
  subscription.paused = null;
  subscription.pauseMark = null;
  player.emit({ kind: 'collection_resumed', at, subscriptionId: subscription.id });
}

function changeItem(
  player: Player,
  subscription: Subscription,
  step: Extract<StepAction, { do: 'change_item' }>,
  at: EpochSeconds,
): void {
  const { catalog } = player;
  const before = subscription.items[step.item];
  if (before === undefined || before.quantity === null || subscription.schedule !== null) return;
  const price =
    step.price === undefined ? entry(catalog.prices, before.priceId) : catalog.prices.get(step.price);
  if (price?.recurring == null || price.currency !== player.life.currency) return;
  if (price.recurring.usage === 'metered') return;
  if (subscription.items.some((item) => item !== before && item.priceId === price.id)) return;
  const quantity = Math.max(0, Math.trunc(step.quantity ?? before.quantity));
  if (price.id === before.priceId && quantity === before.quantity) return;
  const after: Item = { ...before, priceId: price.id, quantity };
  const rhythm = entry(catalog.prices, before.priceId).recurring;
  const moves =
    rhythm?.interval !== price.recurring.interval || rhythm.intervalCount !== price.recurring.intervalCount;
  // Another rhythm starts a period on the spot; with several items it would tear the others' periods apart.
  if (moves && (subscription.items.length > 1 || subscription.endsAt !== null)) return;
  const items = subscription.items.map((item) => (item === before ? after : item));
  if (moves && subscription.status !== 'trialing')
    return restart(player, subscription, { before, items, proration: step.proration }, at);
  applyChange(player, subscription, { items, before, after, proration: step.proration }, at);
}

function addItem(
  player: Player,
  subscription: Subscription,
  step: Extract<StepAction, { do: 'add_item' }>,
  at: EpochSeconds,
): void {
  const after = itemOf(player, step.add, at);
  if (after === null || subscription.items.some(({ priceId }) => priceId === after.priceId)) return;
  if (subscription.items.length >= 20 || subscription.schedule !== null || subscription.endsAt !== null)
    return;
  const items = [...subscription.items, after];
  applyChange(player, subscription, { items, before: null, after, proration: step.proration }, at);
}

function removeItem(
  player: Player,
  subscription: Subscription,
  step: Extract<StepAction, { do: 'remove_item' }>,
  at: EpochSeconds,
): void {
  const before = subscription.items[step.item];
  if (before === undefined || subscription.items.length === 1) return;
  if (subscription.schedule !== null || subscription.endsAt !== null) return;
  const items = subscription.items.filter((item) => item !== before);
  applyChange(player, subscription, { items, before, after: null, proration: step.proration }, at);
}

type Change = { items: readonly Item[]; before: Item | null; after: Item | null; proration: Proration };

function applyChange(player: Player, subscription: Subscription, change: Change, at: EpochSeconds): void {
  const free = change.proration === 'none' || subscription.status === 'trialing';
  const lines = free ? [] : prorationLines(player, subscription, change, at);
  subscription.items = change.items;
  const { id: subscriptionId, items, anchorAt } = subscription;
  player.emit({ kind: 'subscription_items_changed', at, subscriptionId, items, anchorAt });
  if (change.proration === 'always_invoice') {
    const all = [...subscription.pending, ...lines];
    subscription.pending = [];
    makeInvoice(player, subscription, { reason: 'subscription_update', lines: all, at });
  } else {
    subscription.pending = [...subscription.pending, ...lines];
  }
  if (!isOver(subscription)) planRenewal(player, subscription, at);
}

/** The old period is given back, a new one is billed in full, at once. */
function restart(
  player: Player,
  subscription: Subscription,
  change: { before: Item; items: readonly Item[]; proration: Proration },
  at: EpochSeconds,
): void {
  const given = { before: change.before, after: null };
  const credit = change.proration === 'none' ? [] : prorationLines(player, subscription, given, at);
  subscription.items = change.items;
  subscription.anchorAt = at;
  const { id: subscriptionId, items } = subscription;
  player.emit({ kind: 'subscription_items_changed', at, subscriptionId, items, anchorAt: at });
  const lines = [...subscription.pending, ...credit, ...linesOfPeriod(player, subscription, at)];
  subscription.pending = [];
  makeInvoice(player, subscription, { reason: 'subscription_update', lines, at });
  if (!isOver(subscription)) planRenewal(player, subscription, at);
}

function deleteCustomer(player: Player, at: EpochSeconds): void {
  for (const subscription of player.subscriptions) {
    if (!isOver(subscription)) endSubscription(player, subscription, at, 'cancellation_requested');
  }
  player.deleted = true;
  player.emit({ kind: 'customer_deleted', at, customerId: player.customerId });
}

const tens = (player: Player, amountMinor: number): number =>
  player.life.currency === 'kwd' ? 10 * Math.ceil(amountMinor / 10) : Math.trunc(amountMinor);
