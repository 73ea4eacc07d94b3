import { followUp } from './aftermath.ts';
import type { Simulation } from './context.ts';
import type { ChargeStatus, InvoiceDiscount, InvoiceFact, InvoiceLine, PaymentMethod } from './facts.ts';
import { idFor, type Random, random } from './random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from './time.ts';

export type Due = {
  at: EpochSeconds;
  customerId: string;
  subscriptionId: string;
  currency: string;
  reason: Extract<InvoiceFact, { kind: 'invoice_created' }>['reason'];
  lines: readonly InvoiceLine[];
  discounts: readonly InvoiceDiscount[];
  method: PaymentMethod;
  neverSucceeds: boolean;
  waived: boolean; // collection is paused: the invoice is made and voided
  testClockId: string | null;
};

/** When the money of one invoice came in, or when the first and the last attempt to get it failed. */
export type Collection = {
  paidAt: EpochSeconds | null;
  failedAt: EpochSeconds | null; // first failed attempt; null when the first one worked
  gaveUpAt: EpochSeconds | null;
};

// Days after the first attempt at which a failed card is tried again.
const RETRY_DAYS = [0, 3, 5, 7];

/** Writes an invoice and the attempts to collect it. */
export function collect(simulation: Simulation, due: Due): Collection {
  const { emit, seed } = simulation;
  const { at, subscriptionId, customerId, currency } = due;
  const invoiceId = idFor('in_', seed, subscriptionId, at, due.reason);
  const subtotal = due.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const discount = due.discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const totalMinor = Math.max(0, subtotal - discount);
  const number = `ACME-${invoiceId.slice(3, 9).toUpperCase()}-${at % 10_000}`;
  const { reason, lines, discounts, testClockId } = due;
  const head = { invoiceId, number, customerId, subscriptionId, currency, reason, lines, discounts };
  emit({ kind: 'invoice_created', at, ...head, totalMinor, testClockId });

  // A renewal stays a draft for about an hour; the first invoice and changes are collected at once.
  const finalizedAt = reason === 'subscription_cycle' ? at + HOUR_SECONDS + (at % 600) : at + 1;
  emit({ kind: 'invoice_finalized', at: finalizedAt, invoiceId });
  if (due.waived) {
    emit({ kind: 'invoice_closed', at: finalizedAt, invoiceId, status: 'void' });
    return { paidAt: finalizedAt, failedAt: null, gaveUpAt: null };
  }
  // Test-clock money is none: their invoices are settled without a charge.
  if (totalMinor === 0 || testClockId !== null) {
    emit({ kind: 'invoice_paid', at: finalizedAt, invoiceId, chargeId: null });
    return { paidAt: finalizedAt, failedAt: null, gaveUpAt: null };
  }
  const rng = random(seed, 'attempts', invoiceId);
  const attempt = { simulation, due, invoiceId, totalMinor, finalizedAt, rng };
  return due.method === 'card' ? collectByCard(attempt) : collectByBank(attempt);
}

type Attempt = {
  simulation: Simulation;
  due: Due;
  invoiceId: string;
  totalMinor: number;
  finalizedAt: EpochSeconds;
  rng: Random;
};

function collectByCard(attempt: Attempt): Collection {
  const { simulation, due, invoiceId, finalizedAt, rng } = attempt;
  let failedAt: EpochSeconds | null = null;
  for (const [index, days] of RETRY_DAYS.entries()) {
    const at = finalizedAt + days * DAY_SECONDS + 2;
    const failure = index === 0 ? simulation.company.failedPayments : 0.6;
    const declined = rng.chance(failure) || due.neverSucceeds;
    charge(attempt, index, at, declined ? 'failed' : 'succeeded');
    if (!declined) return { paidAt: at, failedAt, gaveUpAt: null };
    failedAt ??= at;
    if (due.reason !== 'subscription_cycle') break;
  }
  // First payments and mid-period changes are not retried: the invoice is voided a day later.
  const gaveUpAt = finalizedAt + (due.reason === 'subscription_cycle' ? 7 : 1) * DAY_SECONDS + 3;
  const status = due.reason === 'subscription_cycle' ? 'uncollectible' : 'void';
  simulation.emit({ kind: 'invoice_closed', at: gaveUpAt, invoiceId, status });
  return { paidAt: null, failedAt, gaveUpAt };
}

/** A bank debit is pending for days, then counts for the day it was made; a bounced one is paid by card. */
function collectByBank(attempt: Attempt): Collection {
  const { simulation, finalizedAt, rng } = attempt;
  const at = finalizedAt + 2;
  const settledAt = at + rng.int(3, 5) * DAY_SECONDS;
  const bounced = rng.chance(0.06);
  const chargeId = charge(attempt, 0, at, 'pending', bounced ? null : settledAt);
  simulation.emit({
    kind: 'charge_settled',
    at: settledAt,
    chargeId,
    status: bounced ? 'failed' : 'succeeded',
  });
  if (!bounced) return { paidAt: settledAt, failedAt: null, gaveUpAt: null };
  const paidAt = settledAt + DAY_SECONDS;
  charge({ ...attempt, due: { ...attempt.due, method: 'card' } }, 1, paidAt, 'succeeded');
  return { paidAt, failedAt: settledAt, gaveUpAt: null };
}

/** @param paidAt when the invoice counts as paid, for a charge that settles later; null for never */
function charge(
  attempt: Attempt,
  index: number,
  at: EpochSeconds,
  status: ChargeStatus,
  paidAt: EpochSeconds | null = status === 'succeeded' ? at : null,
): string {
  const { simulation, due, invoiceId, totalMinor, rng } = attempt;
  const chargeId = idFor('ch_', simulation.seed, invoiceId, index);
  const { customerId, currency, method } = due;
  simulation.emit({
    kind: 'charge_created',
    at,
    chargeId,
    customerId,
    invoiceId,
    currency,
    amountMinor: totalMinor,
    captured: status !== 'failed',
    status,
    failureCode: status === 'failed' ? rng.pick(['card_declined', 'expired_card', 'processing_error']) : null,
    method,
    description: due.reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
  });
  if (paidAt !== null) {
    simulation.emit({ kind: 'invoice_paid', at: paidAt, invoiceId, chargeId });
    followUp(simulation, { chargeId, currency, amountMinor: totalMinor, at: paidAt });
  }
  return chargeId;
}
