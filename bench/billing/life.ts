import { bill, periodStart } from './bills.ts';
import { addMonths, chance, chooseFrom, DAY_SECONDS } from './chance.ts';
import {
  COUPONS,
  type Coupon,
  CURRENCIES,
  type Currency,
  type Interval,
  type Price,
  priceOf,
} from './plans.ts';

/** Instants are whole seconds. Everything here is worked out again each time it is asked for, and kept nowhere. */
export type Phase = { at: number; price: Price; quantity: number };
export type Line = {
  price: Price;
  quantity: number;
  amountMinor: number;
  discountMinor: number;
  startAt: number;
  endAt: number;
  proration: boolean;
};
export type Invoice = {
  /** Counts the invoices of one subscription. */
  seq: number;
  at: number;
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  lines: Line[];
  subtotalMinor: number;
  discountMinor: number;
  totalMinor: number;
  finalizedAt: number;
  /** Null while it is open. */
  paidAt: number | null;
  /** The first attempt to collect, where it did not work. */
  failedAt: number | null;
  refund: { at: number; amountMinor: number } | null;
  disputedAt: number | null;
};
export type Life = {
  index: number;
  customer: number;
  customerAt: number;
  currency: Currency;
  interval: Interval;
  startAt: number;
  trialEndAt: number | null;
  anchorAt: number;
  /** The first is how it began. */
  phases: Phase[];
  discount: { coupon: Coupon; startAt: number; endAt: number | null } | null;
  /** When the end was asked for, and when it comes; the second may lie ahead. */
  cancelAskedAt: number | null;
  endAt: number | null;
  invoices: Invoice[];
  /** Starts of the periods that were billed. */
  renewals: number[];
};

/** What the hour of changes does to one subscription. */
export type Fate = {
  startAt?: number;
  endAt?: number;
  change?: { at: number; kind: 'more_seats' | 'fewer_seats' | 'other_plan' };
};
export type Span = { firstAt: number; lastAt: number };

const Q = {
  start: 1,
  base: 2,
  interval: 3,
  plan: 4,
  seats: 5,
  currency: 6,
  trial: 7,
  converts: 8,
  churn: 9,
} as const;
const CHANGES = 20;
const DISCOUNT = 40;

/** Every twentieth subscription is the second one of the customer before. */
export function customerOf(index: number): number {
  return index % 20 === 19 ? index - 1 : index;
}

export function lifeOf(index: number, span: Span, fate: Fate = {}): Life {
  const customer = customerOf(index);
  const startAt = fate.startAt ?? startOf(index, span);
  const own = chance(index, Q.currency + 100) < 0.1 ? index : customer;
  const currency = chooseFrom([...CURRENCIES, 'usd', 'usd', 'eur'] as const, own, Q.currency);
  const interval: Interval = chance(index, Q.interval) < 0.2 ? 'year' : 'month';
  const trial = fate.startAt === undefined && chance(index, Q.trial) < 0.15;
  const trialEndAt = trial ? startAt + 14 * DAY_SECONDS : null;
  const plan = Math.floor(chance(index, Q.plan) * 3);
  const life: Life = {
    index,
    customer,
    customerAt: fate.startAt ?? customerStart(customer, span),
    currency,
    interval,
    startAt,
    trialEndAt,
    anchorAt: trialEndAt ?? startAt,
    phases: [{ at: startAt, price: priceOf(plan, interval, currency), quantity: seatsOf(index, plan) }],
    discount: discountOf(index, startAt),
    cancelAskedAt: null,
    endAt: null,
    invoices: [],
    renewals: [],
  };
  end(life, span);
  change(life, span, fate);
  endNow(life, fate);
  bill(life, fate.startAt ?? span.lastAt, fate);
  return life;
}

function customerStart(customer: number, span: Span): number {
  const own = startOf(customer, span);
  return customer % 20 === 18 ? Math.min(own, startOf(customer + 1, span)) : own;
}

/** A base that is there from the first month on, and a growth that is faster later. */
function startOf(index: number, { firstAt, lastAt }: Span): number {
  const when = chance(index, Q.start);
  const base = chance(index, Q.base) < 0.4;
  const share = base ? when / 24 : Math.sqrt(when);
  return firstAt + Math.floor(share * (lastAt - firstAt));
}

function seatsOf(index: number, plan: number): number {
  if (plan === 0) return 1;
  return plan === 1
    ? 1 + Math.floor(chance(index, Q.seats) * 10)
    : 3 + Math.floor(chance(index, Q.seats) * 38);
}

function discountOf(index: number, startAt: number): Life['discount'] {
  const coupon =
    chance(index, DISCOUNT) < 0.25 ? COUPONS[chance(index, DISCOUNT + 1) < 0.8 ? 0 : 1] : undefined;
  if (coupon === undefined) return null;
  return { coupon, startAt, endAt: coupon.months === null ? null : addMonths(startAt, coupon.months) };
}

/** Trials that do not convert end with the trial; others end with some period, asked for ten days before. */
function end(life: Life, span: Span): void {
  const { index, trialEndAt, interval, anchorAt } = life;
  if (trialEndAt !== null && chance(index, Q.converts) < 0.4) {
    life.endAt = trialEndAt;
    life.cancelAskedAt = Math.min(trialEndAt, life.startAt + 3 * DAY_SECONDS);
  } else {
    const leaves = interval === 'month' ? 0.02 : 0.15;
    const periods = 2 + Math.floor(Math.log(1 - chance(index, Q.churn)) / Math.log(1 - leaves));
    if (periods > 30) return;
    life.endAt = periodStart(anchorAt, interval, periods);
    life.cancelAskedAt = life.endAt - 10 * DAY_SECONDS;
  }
  // Nobody has asked yet.
  if (life.cancelAskedAt > span.lastAt) {
    life.endAt = null;
    life.cancelAskedAt = null;
  }
}

function endNow(life: Life, { endAt }: Fate): void {
  if (endAt === undefined) return;
  life.endAt = endAt;
  life.cancelAskedAt = endAt;
}

/** Seats and plans change within a period, never in the last one, so that what is due for it is billed. */
function change(life: Life, span: Span, fate: Fate): void {
  const { index, anchorAt, interval } = life;
  const times = fate.startAt === undefined && chance(index, CHANGES) < 0.3 ? 1 + (index % 2) : 0;
  let period = 0;
  for (let n = 0; n < times; n += 1) {
    period += 1 + Math.floor(chance(index, CHANGES + 1 + n) * 5);
    const startAt = periodStart(anchorAt, interval, interval === 'year' ? n : period);
    const endAt = periodStart(anchorAt, interval, (interval === 'year' ? n : period) + 1);
    const at = startAt + Math.floor((0.1 + 0.8 * chance(index, CHANGES + 10 + n)) * (endAt - startAt));
    if (at >= span.lastAt || endAt >= (life.endAt ?? Number.POSITIVE_INFINITY)) break;
    const kinds = ['more_seats', 'more_seats', 'fewer_seats', 'other_plan'] as const;
    push(life, at, interval === 'year' ? 'more_seats' : chooseFrom(kinds, index, CHANGES + 15 + n));
  }
  if (fate.change !== undefined) push(life, fate.change.at, fate.change.kind);
}

function push(life: Life, at: number, kind: NonNullable<Fate['change']>['kind']): void {
  const { price, quantity } = life.phases.at(-1) as Phase; // there is always the first
  const plan = Number(price.productId.at(-1));
  const other = priceOf((plan + 1) % 3, life.interval, life.currency);
  const seats = kind === 'fewer_seats' && quantity > 1 ? quantity - 1 : quantity + 1 + (life.index % 3);
  life.phases.push(kind === 'other_plan' ? { at, price: other, quantity } : { at, price, quantity: seats });
}
