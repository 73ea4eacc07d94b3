import type { Catalog } from '../catalog.ts';
import type { Discount, Fact, InvoiceLine, Item, Phase, SubscriptionStatus } from '../facts.ts';
import { idFor } from '../random.ts';
import type { EpochSeconds } from '../time.ts';
import type { Agenda } from './agenda.ts';
import type { CardFails, Life } from './script.ts';

/** A customer while their life is played. */
export type Player = {
  seed: number;
  catalog: Catalog;
  life: Life;
  customerId: string;
  testClockId: string | null;
  agenda: Agenda;
  emit: (fact: Fact) => void;
  discount: Discount | null;
  balanceMinor: number; // negative: credit
  deleted: boolean;
  subscriptions: Subscription[];
  charges: MadeCharge[];
  invoices: MadeInvoice[];
  made: number; // counts what was made, for ids
};

export type Subscription = {
  id: string;
  items: readonly Item[];
  discounts: readonly Discount[];
  taxRateIds: readonly string[];
  startedAt: EpochSeconds;
  anchorAt: EpochSeconds;
  trialEndAt: EpochSeconds | null;
  status: SubscriptionStatus;
  endsAt: EpochSeconds | null;
  paused: 'keep_as_draft' | 'mark_uncollectible' | 'void' | null;
  pauseMark: object | null; // of the pause that is to end by itself
  pending: readonly InvoiceLine[]; // prorations for the next invoice
  card: { plan: Omit<CardFails, 'do'>; since: EpochSeconds | null } | null; // null: payments work
  plans: number; // a renewal planned before the latest change of plan is void
  schedule: { id: string; phases: readonly Phase[]; next: number } | null;
};

export type MadeCharge = {
  id: string;
  at: EpochSeconds;
  amountMinor: number;
  refundedMinor: number;
  disputed: boolean;
};

export type MadeInvoice = {
  id: string;
  subscription: Subscription;
  lines: readonly InvoiceLine[];
  totalMinor: number;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  dueMinor: number; // known once it is finalized
  creditedMinor: number;
  attempts: number;
  paidBy: MadeCharge | null;
};

export function newId(player: Player, prefix: string): string {
  player.made += 1;
  return idFor(prefix, player.seed, player.customerId, player.made);
}

export function setStatus(
  player: Player,
  subscription: Subscription,
  status: SubscriptionStatus,
  at: EpochSeconds,
) {
  if (subscription.status === status) return;
  subscription.status = status;
  player.emit({ kind: 'subscription_status_changed', at, subscriptionId: subscription.id, status });
}

export function isOver({ status }: Subscription): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

export function endSubscription(
  player: Player,
  subscription: Subscription,
  at: EpochSeconds,
  reason: 'cancellation_requested' | 'payment_failed',
): void {
  const { id: subscriptionId, schedule } = subscription;
  subscription.status = 'canceled';
  subscription.pending = [];
  if (schedule !== null) {
    subscription.schedule = null;
    player.emit({
      kind: 'schedule_finished',
      at,
      subscriptionId,
      scheduleId: schedule.id,
      status: 'canceled',
    });
  }
  player.emit({ kind: 'subscription_ended', at, subscriptionId, reason });
}
