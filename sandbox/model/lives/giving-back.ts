import { rational } from '../rational.ts';
import { DAY_SECONDS, type EpochSeconds } from '../time.ts';
import { wholeMinor } from './bill.ts';
import { settle } from './payment.ts';
import { type MadeCharge, newId, type Player } from './player.ts';
import type { StepAction } from './script.ts';

type Of<Do> = Extract<StepAction, { do: Do }>;

/** A share of an amount in whole minor units; 0 where there is nothing to take. */
function shareOf(player: Player, amountMinor: number, share: number): number {
  const thousandths = Math.min(1_000, Math.max(0, Math.round(share * 1_000)));
  return Math.min(amountMinor, wholeMinor(player.life.currency, rational(amountMinor * thousandths, 1_000)));
}

/** Gives back a share of what is left of the latest charge that can bear it; a failing one comes back later. */
export function refund(player: Player, step: Of<'refund'>, at: EpochSeconds): void {
  const charge = player.charges.findLast((made) => !made.disputed && made.refundedMinor < made.amountMinor);
  if (charge === undefined) return;
  const amountMinor = shareOf(player, charge.amountMinor - charge.refundedMinor, step.share);
  if (amountMinor === 0) return;
  const refundId = giveBack(player, charge, amountMinor, at);
  if (step.failsAfterDays === undefined) return;
  player.agenda.plan(at + Math.max(1, Math.trunc(step.failsAfterDays)) * DAY_SECONDS, (then) => {
    charge.refundedMinor -= amountMinor;
    player.emit({ kind: 'refund_changed', at: then, refundId, status: 'failed' });
  });
}

function giveBack(player: Player, charge: MadeCharge, amountMinor: number, at: EpochSeconds): string {
  const refundId = newId(player, 're_');
  charge.refundedMinor += amountMinor;
  player.emit({
    kind: 'refund_created',
    at,
    refundId,
    chargeId: charge.id,
    currency: player.life.currency,
    amountMinor,
    status: 'succeeded',
    reason: 'requested_by_customer',
  });
  return refundId;
}

export function dispute(player: Player, step: Of<'dispute'>, at: EpochSeconds): void {
  const charge = player.charges.findLast((made) => !made.disputed && made.refundedMinor === 0);
  if (charge === undefined) return;
  charge.disputed = true;
  const disputeId = newId(player, 'du_');
  const { currency } = player.life;
  const opened = { kind: 'dispute_opened', at, disputeId, chargeId: charge.id, currency } as const;
  const inquiry = step.outcome === 'inquiry';
  player.emit({
    ...opened,
    amountMinor: charge.amountMinor,
    reason: 'fraudulent',
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  });
  const days = Math.max(1, Math.trunc(step.days));
  player.agenda.plan(at + days * DAY_SECONDS, (then) => {
    const status = step.outcome === 'inquiry' ? 'warning_closed' : step.outcome;
    player.emit({ kind: 'dispute_changed', at: then, disputeId, status });
  });
}

/** Takes back a share of the latest invoice's largest line: less is due where it is open, money returns where it is paid. */
export function creditNote(player: Player, step: Of<'credit_note'>, at: EpochSeconds): void {
  const invoice = player.invoices.findLast(({ status }) => status === 'open' || status === 'paid');
  const line = invoice?.lines.toSorted((a, b) => b.amountMinor - a.amountMinor)[0];
  if (invoice === undefined || line === undefined) return;
  const { paidBy } = invoice;
  const bearable =
    invoice.status === 'open'
      ? invoice.dueMinor
      : paidBy === null || paidBy.disputed
        ? 0
        : paidBy.amountMinor - paidBy.refundedMinor;
  const amountMinor = shareOf(player, Math.min(bearable, Math.max(0, line.amountMinor)), step.share);
  if (amountMinor === 0) return;
  const refundId =
    invoice.status === 'paid' && paidBy !== null ? giveBack(player, paidBy, amountMinor, at) : null;
  invoice.creditedMinor += amountMinor;
  player.emit({
    kind: 'credit_note_created',
    at,
    creditNoteId: newId(player, 'cn_'),
    number: `CN-${player.made}`,
    invoiceId: invoice.id,
    lineId: line.id,
    amountMinor,
    type: refundId === null ? 'pre_payment' : 'post_payment',
    reason: 'order_change',
    refundId,
  });
  if (refundId !== null) return;
  invoice.dueMinor -= amountMinor;
  if (invoice.dueMinor === 0) settle(player, invoice, null, at);
}
