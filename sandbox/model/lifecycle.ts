import { entry } from './catalog.ts';
import { type Collection, collect } from './collection.ts';
import type { Contract, Simulation } from './context.ts';
import { changeOfMind } from './decisions.ts';
import { billPeriod, nextBoundary } from './invoicing.ts';
import { end, type Life, setStatus } from './life.ts';
import { isRunning } from './pricing.ts';
import { random } from './random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from './time.ts';

/**
 * Plays a subscription from its start until the simulation's end or its own. How far it is played never
 * changes what has already happened: every draw comes before the draws of later time.
 */
export function live(simulation: Simulation, contract: Contract, testClockId: string | null): void {
  const life = begin(simulation, contract, testClockId);
  let cursor = contract.createdAt;
  if (contract.trialEndAt !== null) cursor = throughTrial(life, contract.trialEndAt, testClockId);
  else if (contract.firstPayment !== 'at_anchor') firstPayment(life, testClockId);

  while (!life.ended && cursor <= simulation.untilAt) {
    const boundary = nextBoundary(simulation, life.items, life.anchorAt, cursor);
    const movedTo = contract.quiet ? null : changeOfMind(life, cursor, boundary);
    if (life.ended) return;
    cursor = movedTo ?? boundary;
    if (movedTo === null) renew(life, boundary, testClockId);
  }
}

function begin(simulation: Simulation, contract: Contract, testClockId: string | null): Life {
  const { subscriptionId, customerId, currency, items, discounts, startAt, anchorAt, trialEndAt } = contract;
  const status = contract.firstPayment === 'at_anchor' ? 'active' : 'incomplete';
  simulation.emit({
    kind: 'subscription_started',
    at: contract.createdAt,
    subscriptionId,
    customerId,
    currency,
    status: trialEndAt === null ? status : 'trialing',
    items,
    discounts,
    startAt,
    anchorAt,
    trialEndAt,
    testClockId,
  });
  const rng = random(simulation.seed, 'life', subscriptionId);
  const open = {
    endsAt: null,
    arrearsUntil: 0,
    pausedUntil: 0,
    ended: false,
    quantityFromNext: null,
    invoiced: false,
  };
  return { simulation, contract, rng, items, discounts, anchorAt, ...open };
}

function throughTrial(life: Life, trialEndAt: EpochSeconds, testClockId: string | null): EpochSeconds {
  const { contract, simulation, rng } = life;
  const { subscriptionId } = contract;
  if (!contract.trialConverts) {
    const at = contract.createdAt + Math.floor((0.2 + 0.6 * rng.next()) * (trialEndAt - contract.createdAt));
    simulation.emit({ kind: 'subscription_cancel_requested', at, subscriptionId, endsAt: trialEndAt });
    end(life, trialEndAt, 'cancellation_requested');
  } else {
    setStatus(life, trialEndAt, 'active');
    renew(life, trialEndAt, testClockId);
  }
  return trialEndAt;
}

function firstPayment(life: Life, testClockId: string | null): void {
  const { createdAt, method } = life.contract;
  const { paidAt } = charge(life, createdAt, 'subscription_create', testClockId);
  dropSpentDiscounts(life, createdAt);
  // A bank debit takes days, and the subscription does not wait for it.
  if (paidAt !== null) return setStatus(life, method === 'card' ? paidAt + 1 : createdAt + 3, 'active');
  setStatus(life, createdAt + 23 * HOUR_SECONDS, 'incomplete_expired');
  life.ended = true;
}

/** A period is over: leave as announced, or bill the next one and live with how that goes. */
function renew(life: Life, at: EpochSeconds, testClockId: string | null): void {
  if (life.endsAt !== null && life.endsAt <= at) return end(life, at, 'cancellation_requested');
  takeLess(life, at);
  const { paidAt, failedAt, gaveUpAt } = charge(life, at, 'subscription_cycle', testClockId);
  dropSpentDiscounts(life, at);
  if (failedAt === null) return;
  setStatus(life, failedAt + 1, 'past_due');
  if (paidAt !== null) {
    life.arrearsUntil = paidAt;
    return setStatus(life, paidAt + 1, 'active');
  }
  if (gaveUpAt === null) return;
  if (life.rng.chance(0.5)) return end(life, gaveUpAt + 1, 'payment_failed');
  setStatus(life, gaveUpAt + 1, 'unpaid');
  if (life.rng.chance(0.6)) end(life, gaveUpAt + 30 * DAY_SECONDS, 'payment_failed');
  life.ended = true;
}

/** What was given back in the middle of a period counts from the next one on. */
function takeLess(life: Life, at: EpochSeconds): void {
  const [first, ...others] = life.items;
  if (life.quantityFromNext === null || !life.invoiced || first === undefined) return;
  life.items = [{ ...first, quantity: life.quantityFromNext }, ...others];
  life.quantityFromNext = null;
  const { anchorAt, contract, items, simulation } = life;
  const { subscriptionId } = contract;
  simulation.emit({ kind: 'subscription_items_changed', at, subscriptionId, items, anchorAt });
}

function charge(
  life: Life,
  at: EpochSeconds,
  reason: 'subscription_create' | 'subscription_cycle',
  testClockId: string | null,
): Collection {
  const { simulation, contract } = life;
  const { customerId, subscriptionId, currency, method, firstPayment: first } = contract;
  const { customerDiscount } = contract;
  const fallback = customerDiscount === null ? [] : [customerDiscount];
  const discounts = life.discounts.length === 0 ? fallback : life.discounts;
  const bill = billPeriod(simulation, life.items, discounts, life.anchorAt, at);
  const neverSucceeds = first === 'never_succeeds';
  life.invoiced = true;
  return collect(simulation, {
    at,
    customerId,
    subscriptionId,
    currency,
    reason,
    method,
    neverSucceeds,
    waived: at < life.pausedUntil,
    testClockId,
    ...bill,
  });
}

/** Stripe takes a discount off the subscription at the first invoice after it is used up, not before. */
function dropSpentDiscounts(life: Life, at: EpochSeconds): void {
  const { coupons } = life.simulation.catalog;
  const left = life.discounts.filter(
    (discount) => isRunning(discount, at) && entry(coupons, discount.couponId).duration !== 'once',
  );
  if (left.length === life.discounts.length) return;
  life.discounts = left;
  const { subscriptionId } = life.contract;
  life.simulation.emit({
    kind: 'subscription_discounts_changed',
    at: at + 2,
    subscriptionId,
    discounts: left,
  });
}
