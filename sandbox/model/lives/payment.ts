import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from '../time.ts';
import {
  endSubscription,
  isOver,
  type MadeCharge,
  type MadeInvoice,
  newId,
  type Player,
  type Subscription,
  setStatus,
} from './player.ts';

/** Days after the first attempt at which a failed card is tried again. */
const RETRY_DAYS = [3, 5, 7];

/** Makes a draft final: credit on the customer's balance pays first, then the card. */
export function finalize(player: Player, invoice: MadeInvoice, at: EpochSeconds): void {
  const { subscription } = invoice;
  if (invoice.status !== 'draft') return;
  // Nothing touches the drafts of those who owe already, or whose collection is paused to keep drafts.
  if (subscription.status === 'unpaid' || subscription.paused === 'keep_as_draft' || player.deleted) return;
  const startingMinor = player.balanceMinor;
  const waived = subscription.paused !== null;
  const left = waived ? invoice.totalMinor : invoice.totalMinor + startingMinor;
  invoice.dueMinor = Math.max(0, left);
  player.balanceMinor = waived ? startingMinor : Math.min(0, left);
  invoice.status = 'open';
  const balance = { startingMinor, endingMinor: player.balanceMinor };
  player.emit({ kind: 'invoice_finalized', at, invoiceId: invoice.id, balance });
  if (waived) return close(player, invoice, subscription.paused === 'void' ? 'void' : 'uncollectible', at);
  if (invoice.dueMinor === 0 || player.testClockId !== null) return settle(player, invoice, null, at);
  attempt(player, invoice, at);
}

export function close(
  player: Player,
  invoice: MadeInvoice,
  status: 'void' | 'uncollectible',
  at: EpochSeconds,
): void {
  invoice.status = status;
  player.emit({ kind: 'invoice_closed', at, invoiceId: invoice.id, status });
}

export function charge(
  player: Player,
  invoice: MadeInvoice | null,
  amountMinor: number,
  failed: boolean,
  at: EpochSeconds,
): MadeCharge {
  const made = { id: newId(player, 'ch_'), at, amountMinor, refundedMinor: 0, disputed: false };
  player.emit({
    kind: 'charge_created',
    at,
    chargeId: made.id,
    customerId: player.customerId,
    invoiceId: invoice?.id ?? null,
    currency: player.life.currency,
    amountMinor,
    captured: !failed,
    status: failed ? 'failed' : 'succeeded',
    failureCode: failed ? 'card_declined' : null,
    method: 'card',
    description: invoice === null ? 'One-off sale' : 'Subscription payment',
  });
  if (!failed) player.charges.push(made);
  return made;
}

export function settle(
  player: Player,
  invoice: MadeInvoice,
  paidBy: MadeCharge | null,
  at: EpochSeconds,
): void {
  invoice.status = 'paid';
  invoice.paidBy = paidBy;
  player.emit({ kind: 'invoice_paid', at, invoiceId: invoice.id, chargeId: paidBy?.id ?? null });
}

function attempt(player: Player, invoice: MadeInvoice, at: EpochSeconds): void {
  const { subscription } = invoice;
  if (invoice.status !== 'open' || player.deleted) return;
  const { card } = subscription;
  const made = charge(player, invoice, invoice.dueMinor, card !== null, at);
  invoice.attempts += 1;
  if (card === null) return settle(player, invoice, made, at);
  if (isOver(subscription)) return;
  if (subscription.status === 'incomplete') return expireLater(player, invoice, at);
  setStatus(player, subscription, 'past_due', at);
  if (card.since === null) {
    card.since = at;
    planRetries(player, subscription, at);
  }
}

function expireLater(player: Player, invoice: MadeInvoice, at: EpochSeconds): void {
  const { subscription } = invoice;
  player.agenda.plan(at + 23 * HOUR_SECONDS, (later) => {
    if (subscription.status !== 'incomplete') return;
    setStatus(player, subscription, 'incomplete_expired', later);
    if (invoice.status === 'open') close(player, invoice, 'void', later);
  });
}

function planRetries(player: Player, subscription: Subscription, firstAt: EpochSeconds): void {
  for (const [index, days] of RETRY_DAYS.entries()) {
    player.agenda.plan(firstAt + days * DAY_SECONDS, (at) => {
      const { card, status } = subscription;
      if (card === null || card.since !== firstAt || status !== 'past_due' || player.deleted) return;
      if (card.plan.recoversAtRetry === index + 1) return recover(player, subscription, at);
      for (const invoice of openOf(player, subscription)) {
        charge(player, invoice, invoice.dueMinor, true, at);
        invoice.attempts += 1;
      }
      if (index === RETRY_DAYS.length - 1) giveUp(player, subscription, card.plan.ends, at);
    });
  }
}

/** Everything owed is paid, given-up invoices and kept drafts included, and the card works from now on. */
export function recover(player: Player, subscription: Subscription, at: EpochSeconds): void {
  subscription.card = null;
  for (const invoice of openOf(player, subscription)) {
    settle(player, invoice, charge(player, invoice, invoice.dueMinor, false, at), at);
  }
  setStatus(player, subscription, 'active', at);
}

function giveUp(
  player: Player,
  subscription: Subscription,
  ends: 'unpaid' | 'canceled',
  at: EpochSeconds,
): void {
  for (const invoice of openOf(player, subscription)) {
    if (invoice.status === 'open') close(player, invoice, 'uncollectible', at);
  }
  if (ends === 'canceled') endSubscription(player, subscription, at, 'payment_failed');
  else setStatus(player, subscription, 'unpaid', at);
}

function openOf(player: Player, subscription: Subscription): MadeInvoice[] {
  return player.invoices.filter(
    (invoice) =>
      invoice.subscription === subscription &&
      invoice.dueMinor > 0 &&
      (invoice.status === 'open' || invoice.status === 'uncollectible'),
  );
}
