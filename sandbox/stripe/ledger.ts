import type { ChargeState, DisputeState, RefundState } from '../model/account.ts';
import type { Fact } from '../model/facts.ts';
import { DAY_SECONDS, type EpochSeconds, weekday } from '../model/time.ts';
import type { World } from '../world.ts';
import { dollarsPer, inCents } from './rates.ts';
import { remembered, type Table, tableOf } from './resource.ts';
import type { Wire } from './wire.ts';

export type Entry = {
  id: string;
  at: EpochSeconds;
  type: string;
  category: string;
  source: string;
  currency: string; // of the payment; the ledger itself is in USD
  amountMinor: number; // in that currency, signed
  feeMinor: number; // in USD
  availableAt: EpochSeconds;
};

const SETTLE_SECONDS = 2 * DAY_SECONDS;
const DISPUTE_FEE_MINOR = 1_500;

/** Every movement of Acme's balance, oldest first: payments, refunds, disputes and a payout each Monday. */
export function ledgerOf(world: World): Table<Entry> {
  const known = books(world.facts, world);
  const day = Math.floor(world.now / DAY_SECONDS);
  // A payout comes in the morning though nothing else may have happened.
  if (known.day !== day || day % 7 === 4) {
    Object.assign(known, { day, table: withPayouts(known.movements, world.now) });
  }
  return known.table;
}

const books = remembered((_facts: readonly Fact[], world: World) => {
  const { charges, refunds, disputes } = world.account;
  const movements = [
    ...charges.list.flatMap((charge) => chargeEntries(charge)),
    ...refunds.list.flatMap((refund) => refundEntries(refund)),
    ...disputes.list.flatMap((dispute) => disputeEntries(dispute)),
  ]
    .filter(({ at }) => at <= world.now)
    .toSorted((a, b) => a.at - b.at);
  const day = Math.floor(world.now / DAY_SECONDS);
  return { movements, day, table: withPayouts(movements, world.now) };
});

function withPayouts(movements: readonly Entry[], now: EpochSeconds): Table<Entry> {
  const all = [...movements, ...payouts(movements, now)];
  return tableOf(
    all,
    ({ id }) => id,
    ({ at }) => at,
  );
}

export function disputeTransactions(dispute: DisputeState, now: EpochSeconds): Wire[] {
  return disputeEntries(dispute).map((line) => renderEntry(line, now));
}

function chargeEntries(charge: ChargeState): Entry[] {
  const took = charge.capturedMinor > 0 || (charge.method === 'us_bank_account' && charge.invoiceId !== null);
  if (!took) return [];
  const bank = charge.method === 'us_bank_account';
  const reference = charge.chargeId.slice(3);
  const base = { source: charge.chargeId, currency: charge.currency, category: 'charge' };
  const at = charge.capturedAt ?? charge.at;
  const amountMinor = bank ? charge.amountMinor : charge.capturedMinor;
  const feeMinor = bank ? 500 : Math.round(inCents(amountMinor, charge.currency, at) * 0.029) + 30;
  const availableAt = at + (bank ? 5 * DAY_SECONDS : SETTLE_SECONDS);
  const type = bank ? 'payment' : 'charge';
  const made = { ...base, id: `txn_${reference}`, at, type, amountMinor, feeMinor, availableAt };
  if (charge.status !== 'failed' || charge.settledAt === null) return [made];
  const back = {
    at: charge.settledAt,
    availableAt: charge.settledAt,
    amountMinor: -amountMinor,
    feeMinor: 0,
  };
  return [
    made,
    { ...made, ...back, id: `txn_f${reference}`, type: 'payment_failure_refund', category: 'charge_failure' },
  ];
}

function refundEntries(refund: RefundState): Entry[] {
  const reference = refund.refundId.slice(3);
  const { at, currency, amountMinor } = refund;
  const base = { source: refund.refundId, currency, feeMinor: 0 };
  const kind = { type: 'refund', category: 'refund' };
  const out = { ...base, ...kind, id: `txn_${reference}`, at, amountMinor: -amountMinor, availableAt: at };
  if (refund.status !== 'failed' && refund.status !== 'canceled') return [out];
  const backAt = refund.changedAt ?? at;
  const back = { type: 'refund_failure', category: 'refund_failure', at: backAt, availableAt: backAt };
  return [out, { ...out, ...back, id: `txn_f${reference}`, amountMinor }];
}

function disputeEntries(dispute: DisputeState): Entry[] {
  if (dispute.status.startsWith('warning')) return [];
  const reference = dispute.disputeId.slice(3);
  const { at, currency, amountMinor } = dispute;
  const base = { source: dispute.disputeId, currency, type: 'adjustment' };
  const fee = { feeMinor: DISPUTE_FEE_MINOR, category: 'dispute' };
  const out = { ...base, ...fee, id: `txn_${reference}`, at, amountMinor: -amountMinor, availableAt: at };
  if (dispute.status !== 'won') return [out];
  const wonAt = dispute.changedAt ?? at;
  const back = { category: 'dispute_reversal', feeMinor: -DISPUTE_FEE_MINOR, at: wonAt, availableAt: wonAt };
  return [out, { ...out, ...back, id: `txn_w${reference}`, amountMinor }];
}

export function renderEntry(line: Entry, now: EpochSeconds): Wire {
  const amount = inCents(line.amountMinor, line.currency, line.at);
  const fee = line.feeMinor;
  const detail = {
    amount: fee,
    application: null,
    currency: 'usd',
    description: 'Processing fees',
    type: 'stripe_fee',
  };
  return {
    id: line.id,
    object: 'balance_transaction',
    amount,
    available_on: line.availableAt,
    balance_type: 'payments',
    created: line.at,
    currency: 'usd',
    description: null,
    exchange_rate: line.currency === 'usd' ? null : dollarsPer(line.currency, line.at),
    fee,
    fee_details: fee === 0 ? [] : [detail],
    net: amount - fee,
    reporting_category: line.category,
    source: line.source,
    status: line.availableAt <= now ? 'available' : 'pending',
    type: line.type,
  };
}

/** Each Monday at 06:00 UTC the week's money that has become available goes to Acme's bank. */
function payouts(movements: readonly Entry[], now: EpochSeconds): Entry[] {
  const found: Entry[] = [];
  const first = movements[0]?.at;
  if (first === undefined) return found;
  let waiting = 0;
  let next = 0;
  for (let dayAt = first - (first % DAY_SECONDS); dayAt + 21_600 <= now; dayAt += DAY_SECONDS) {
    if (weekday(dayAt) !== 1) continue;
    const at = dayAt + 21_600;
    for (; (movements[next]?.at ?? Infinity) <= at - SETTLE_SECONDS; next += 1) {
      const line = movements[next];
      if (line !== undefined) waiting += inCents(line.amountMinor, line.currency, line.at) - line.feeMinor;
    }
    if (waiting <= 0) continue;
    const id = `po_${dayAt}`;
    const entry = {
      id: `txn_po${dayAt}`,
      at,
      type: 'payout',
      category: 'payout',
      source: id,
      currency: 'usd',
    };
    found.push({ ...entry, amountMinor: -waiting, feeMinor: 0, availableAt: at });
    waiting = 0;
  }
  return found;
}
