import type { Simulation } from './context.ts';
import { idFor, type Random, random } from './random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from './time.ts';

export type PaidCharge = { chargeId: string; currency: string; amountMinor: number; at: EpochSeconds };

/**
 * What may follow a paid charge: money given back, or taken back by the cardholder's bank. All of it is over
 * within 35 days of the refund or dispute, the span that a reader of revenue has to re-read.
 */
export function followUp(simulation: Simulation, charge: PaidCharge): void {
  const rng = random(simulation.seed, 'after', charge.chargeId);
  const { refunds, disputes } = simulation.company;
  const draw = rng.next();
  if (draw < refunds) refund(simulation, charge, rng);
  else if (draw < refunds + disputes) dispute(simulation, charge, rng);
}

function refund(simulation: Simulation, charge: PaidCharge, rng: Random): void {
  const { emit, seed } = simulation;
  const at = charge.at + rng.int(2 * HOUR_SECONDS, 20 * DAY_SECONDS);
  const share = rng.chance(0.55) ? 1 : rng.pick([0.1, 0.25, 0.5]);
  const amountMinor = Math.max(1, Math.round(charge.amountMinor * share));
  const pending = rng.chance(0.2);
  const { chargeId, currency } = charge;
  const write = (index: number, minor: number, createdAt: EpochSeconds) => {
    const refundId = idFor('re_', seed, chargeId, index);
    const reason = rng.weighted([
      ['requested_by_customer', 7],
      ['duplicate', 2],
      [null, 1],
    ] as const);
    const status = pending ? 'pending' : 'succeeded';
    emit({
      kind: 'refund_created',
      at: createdAt,
      refundId,
      chargeId,
      currency,
      amountMinor: minor,
      status,
      reason,
    });
    return refundId;
  };
  const refundId = write(0, amountMinor, at);
  let lastAt = at;
  if (pending) {
    lastAt = at + rng.int(1, 4) * DAY_SECONDS;
    const status = rng.weighted([
      ['succeeded', 8],
      ['canceled', 2],
    ] as const);
    emit({ kind: 'refund_changed', at: lastAt, refundId, status });
    if (status === 'canceled') return;
  }
  // The card was closed meanwhile: the money comes back to Acme, weeks after it left.
  if (rng.chance(0.12)) {
    emit({ kind: 'refund_changed', at: lastAt + rng.int(5, 20) * DAY_SECONDS, refundId, status: 'failed' });
  } else if (share < 1 && !pending && rng.chance(0.25)) {
    write(1, Math.round(amountMinor / 2), at + rng.int(1, 6) * DAY_SECONDS);
  }
}

function dispute(simulation: Simulation, charge: PaidCharge, rng: Random): void {
  const { emit, seed } = simulation;
  const disputeId = idFor('du_', seed, charge.chargeId);
  const at = charge.at + rng.int(5 * DAY_SECONDS, 30 * DAY_SECONDS);
  const { chargeId, currency, amountMinor } = charge;
  const reason = rng.pick(['fraudulent', 'product_not_received', 'subscription_canceled', 'unrecognized']);
  const opened = { kind: 'dispute_opened', at, disputeId, chargeId, currency, amountMinor, reason } as const;
  // An inquiry asks for papers and takes no money.
  if (rng.chance(0.2)) {
    emit({ ...opened, status: 'warning_needs_response' });
    emit({ kind: 'dispute_changed', at: at + 12 * DAY_SECONDS, disputeId, status: 'warning_closed' });
    return;
  }
  emit({ ...opened, status: 'needs_response' });
  emit({ kind: 'dispute_changed', at: at + 4 * DAY_SECONDS, disputeId, status: 'under_review' });
  const decidedAt = at + rng.int(10 * DAY_SECONDS, 30 * DAY_SECONDS);
  emit({ kind: 'dispute_changed', at: decidedAt, disputeId, status: rng.chance(0.6) ? 'lost' : 'won' });
}
