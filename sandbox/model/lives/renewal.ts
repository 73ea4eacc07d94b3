import type { EpochSeconds } from '../time.ts';
import { periodOf } from './bill.ts';
import { linesOfPeriod, makeInvoice } from './invoice.ts';
import { endSubscription, isOver, newId, type Player, type Subscription, setStatus } from './player.ts';

/** The end of the shortest period that runs now: the next time something is to be billed. */
export function nextBoundary(player: Player, subscription: Subscription, at: EpochSeconds): EpochSeconds {
  const { trialEndAt, items, anchorAt } = subscription;
  if (trialEndAt !== null && at < trialEndAt) return trialEndAt;
  return Math.min(...items.map(({ priceId }) => periodOf(player.catalog, priceId, anchorAt, at).end));
}

/** Plans the next renewal, or the end of the trial, and forgets what was planned before. */
export function planRenewal(player: Player, subscription: Subscription, at: EpochSeconds): void {
  subscription.plans += 1;
  const { plans } = subscription;
  player.agenda.plan(nextBoundary(player, subscription, at), (then) => {
    if (subscription.plans === plans && !isOver(subscription)) renew(player, subscription, then);
  });
}

function renew(player: Player, subscription: Subscription, at: EpochSeconds): void {
  if (subscription.endsAt !== null && subscription.endsAt <= at) {
    return endSubscription(player, subscription, at, 'cancellation_requested');
  }
  // A subscription whose first payment never came expires within a day, before any renewal.
  if (subscription.status === 'incomplete') return;
  enterPhase(player, subscription, at);
  if (subscription.status === 'trialing') setStatus(player, subscription, 'active', at);
  const lines = [...subscription.pending, ...linesOfPeriod(player, subscription, at)];
  subscription.pending = [];
  makeInvoice(player, subscription, { reason: 'subscription_cycle', lines, at });
  if (!isOver(subscription)) planRenewal(player, subscription, at);
}

/** A schedule changes the items, and nothing is prorated; after its last phase it lets go. */
export function enterPhase(player: Player, subscription: Subscription, at: EpochSeconds): void {
  const { schedule, id: subscriptionId, anchorAt } = subscription;
  if (schedule === null || (schedule.phases[schedule.next]?.startAt ?? at) > at) return;
  const phase = schedule.phases[schedule.next];
  const { id: scheduleId } = schedule;
  if (phase === undefined) {
    const over = (schedule.phases.at(-1)?.endAt ?? at) <= at;
    if (!over) return;
    subscription.schedule = null;
    return player.emit({ kind: 'schedule_finished', at, subscriptionId, scheduleId, status: 'released' });
  }
  schedule.next += 1;
  subscription.items = phase.items.map(({ priceId, quantity }, index) => {
    const before = subscription.items[index];
    const id = before?.id ?? newId(player, 'si_');
    const { taxRateIds } = before ?? {};
    const kept = { createdAt: before?.createdAt ?? at, discounts: before?.discounts ?? [] };
    return { id, priceId, quantity, ...kept, ...(taxRateIds === undefined ? {} : { taxRateIds }) };
  });
  player.emit({ kind: 'schedule_advanced', at, subscriptionId, scheduleId });
  player.emit({
    kind: 'subscription_items_changed',
    at,
    subscriptionId,
    items: subscription.items,
    anchorAt,
  });
}
