import type { ChargeState, DisputeState, RefundState } from '../model/account.ts';
import type { Fact } from '../model/facts.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from '../model/time.ts';
import type { World } from '../world.ts';
import { dollarsPer, inCents } from './rates.ts';
import { remembered, type Table } from './resource.ts';
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
const WEEK_SECONDS = 7 * DAY_SECONDS;
const FIRST_MONDAY = 4 * DAY_SECONDS + 6 * HOUR_SECONDS; // 1970-01-05 at 06:00, the hour of all payouts
const DISPUTE_FEE_MINOR = 1_500;

/** The ledger as far as history was read. Time mostly goes forward, and then only the news are added. */
type Books = {
  done: number; // facts
  nowAt: EpochSeconds;
  list: Entry[];
  positions: Map<string, number>;
  payoutAt: EpochSeconds | null; // the next one; null before there is any money
  counted: number; // entries that payouts have taken up
  waiting: number; // USD cents taken up and not yet paid out
};

const booksOf = remembered((_history: readonly Fact[]): { books: Books } => ({ books: newBooks() }));

/** Every movement of Acme's balance, oldest first: payments, refunds, disputes and a payout each Monday. */
export function ledgerOf(world: World): Table<Entry> {
  const kept = booksOf(world.history ?? world.facts, world);
  if (kept.books.done > world.facts.length || kept.books.nowAt > world.now) kept.books = newBooks();
  const { books } = kept;
  for (let fact = world.facts[books.done]; fact !== undefined; fact = world.facts[books.done]) {
    for (const entry of entriesOf(fact, world)) {
      payOut(books, entry.at - 1);
      add(books, entry);
    }
    books.done += 1;
  }
  payOut(books, world.now);
  books.nowAt = world.now;
  return { list: books.list, positionOf: (id) => books.positions.get(id) ?? null };
}

function newBooks(): Books {
  return { done: 0, nowAt: 0, list: [], positions: new Map(), payoutAt: null, counted: 0, waiting: 0 };
}

function add(books: Books, entry: Entry): void {
  if (books.positions.has(entry.id)) return; // two facts of one second tell the same movement
  books.payoutAt ??= FIRST_MONDAY + Math.ceil((entry.at - FIRST_MONDAY) / WEEK_SECONDS) * WEEK_SECONDS;
  books.positions.set(entry.id, books.list.length);
  books.list.push(entry);
}

/** What a fact moves on the balance. The object may have moved on since, so its other movements are left out. */
function entriesOf(fact: Fact, { account }: World): readonly Entry[] {
  const now = ({ at }: Entry) => at === fact.at;
  switch (fact.kind) {
    case 'charge_created':
    case 'charge_captured':
    case 'charge_settled':
      return entriesFor(account.charges.get(fact.chargeId), chargeEntries).filter(now);
    case 'refund_created':
    case 'refund_changed':
      return entriesFor(account.refunds.get(fact.refundId), refundEntries).filter(now);
    case 'dispute_opened':
    case 'dispute_changed':
      return entriesFor(account.disputes.get(fact.disputeId), disputeEntries).filter(now);
    default:
      return [];
  }
}

function entriesFor<Row>(row: Row | undefined, entries: (row: Row) => Entry[]): Entry[] {
  return row === undefined ? [] : entries(row);
}

/** Each Monday at 06:00 UTC the week's money that has become available goes to Acme's bank. */
function payOut(books: Books, untilAt: EpochSeconds): void {
  while (books.payoutAt !== null && books.payoutAt <= untilAt) {
    const at = books.payoutAt;
    books.payoutAt += WEEK_SECONDS;
    let line = books.list[books.counted];
    for (; line !== undefined && line.at <= at - SETTLE_SECONDS; line = books.list[books.counted]) {
      if (line.type !== 'payout') {
        books.waiting += inCents(line.amountMinor, line.currency, line.at) - line.feeMinor;
      }
      books.counted += 1;
    }
    if (books.waiting <= 0) continue;
    const day = at - 6 * HOUR_SECONDS;
    add(books, {
      id: `txn_po${day}`,
      at,
      type: 'payout',
      category: 'payout',
      source: `po_${day}`,
      currency: 'usd',
      amountMinor: -books.waiting,
      feeMinor: 0,
      availableAt: at,
    });
    books.waiting = 0;
  }
}

export function disputeTransactions(dispute: DisputeState, now: EpochSeconds): Wire[] {
  return disputeEntries(dispute).map((line) => renderEntry(line, now));
}

function chargeEntries(charge: ChargeState): Entry[] {
  const took = charge.capturedMinor > 0 || (charge.method === 'us_bank_account' && charge.invoiceId !== null);
  if (!took) return [];
  const bank = charge.method === 'us_bank_account';
  const reference = charge.chargeId.slice(3);
  const at = charge.capturedAt ?? charge.at;
  const amountMinor = bank ? charge.amountMinor : charge.capturedMinor;
  const made = {
    id: `txn_${reference}`,
    at,
    type: bank ? 'payment' : 'charge',
    category: 'charge',
    source: charge.chargeId,
    currency: charge.currency,
    amountMinor,
    feeMinor: bank ? 500 : Math.round(inCents(amountMinor, charge.currency, at) * 0.029) + 30,
    availableAt: at + (bank ? 5 * DAY_SECONDS : SETTLE_SECONDS),
  };
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
