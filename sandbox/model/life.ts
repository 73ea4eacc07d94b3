import type { Contract, Simulation } from './context.ts';
import type { Discount, Item, SubscriptionStatus } from './facts.ts';
import type { Random } from './random.ts';
import type { EpochSeconds } from './time.ts';

/** One subscription while it is played. Its decisions come from one stream, drawn in the order of time. */
export type Life = {
  simulation: Simulation;
  contract: Contract;
  rng: Random;
  items: readonly Item[];
  discounts: readonly Discount[];
  anchorAt: EpochSeconds;
  endsAt: EpochSeconds | null; // announced end
  arrearsUntil: EpochSeconds; // nobody upgrades while a payment is open
  pausedUntil: EpochSeconds; // invoices made before this are voided
  ended: boolean;
  invoiced: boolean; // here: founders were billed elsewhere before
  quantityFromNext: number | null; // seats from the next period on, where fewer were asked for
};

export function setStatus(life: Life, at: EpochSeconds, status: SubscriptionStatus): void {
  const { subscriptionId } = life.contract;
  life.simulation.emit({ kind: 'subscription_status_changed', at, subscriptionId, status });
}

export function end(life: Life, at: EpochSeconds, reason: 'cancellation_requested' | 'payment_failed'): void {
  const { subscriptionId } = life.contract;
  life.simulation.emit({ kind: 'subscription_ended', at, subscriptionId, reason });
  life.ended = true;
}
