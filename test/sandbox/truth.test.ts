import { expect, it } from 'vitest';
import { type Coupon, catalogOf, type Price } from '../../sandbox/model/catalog.ts';
import { ACME } from '../../sandbox/model/company.ts';
import type { Fact, Item } from '../../sandbox/model/facts.ts';
import type { Model } from '../../sandbox/model/model.ts';
import { dayStart } from '../../sandbox/model/time.ts';
import { mrrAt, netRevenueByDay, payingCustomersAt, toDecimal } from '../../sandbox/truth.ts';

const at = (instant: string) => Date.parse(instant) / 1_000;

function modelOf(facts: Fact[], prices: Price[] = [], coupons: Coupon[] = []): Model {
  const catalog = catalogOf([], prices, coupons);
  return { seed: 1, anchorDay: '2026-03-01', timeZone: 'UTC', company: ACME, catalog, facts, activity: [] };
}

function charge(chargeId: string, when: string, amountMinor: number, more: object = {}): Fact {
  const rest = {
    customerId: null,
    invoiceId: null,
    captured: true,
    status: 'succeeded',
    failureCode: null,
  } as const;
  const plain = { currency: 'usd', method: 'card', description: '' } as const;
  return { kind: 'charge_created', at: at(when), chargeId, amountMinor, ...rest, ...plain, ...more };
}

function refund(refundId: string, when: string, amountMinor: number, status: 'pending' | 'succeeded'): Fact {
  const plain = { chargeId: 'ch_1', currency: 'usd', reason: null } as const;
  return { kind: 'refund_created', at: at(when), refundId, amountMinor, status, ...plain };
}

function dispute(disputeId: string, when: string, amountMinor: number): Fact {
  const plain = {
    chargeId: 'ch_1',
    currency: 'usd',
    reason: 'fraudulent',
    status: 'needs_response',
  } as const;
  return { kind: 'dispute_opened', at: at(when), disputeId, amountMinor, ...plain };
}

const revenue = (facts: Fact[], now: string, timeZone = 'UTC', currency = 'usd') =>
  Object.fromEntries(netRevenueByDay(modelOf(facts), { timeZone, currency, now: new Date(now) }));

it('counts captured money on the day of the charge and refunds on their own day', () => {
  const facts = [
    charge('ch_1', '2026-03-01T10:00:00Z', 10_000),
    charge('ch_2', '2026-03-02T10:00:00Z', 5_000, { status: 'failed', captured: false }),
    refund('re_1', '2026-03-03T10:00:00Z', 2_500, 'succeeded'),
  ];
  expect(revenue(facts, '2026-03-03T12:00:00Z')).toEqual({
    '2026-03-01': 10_000,
    '2026-03-02': 0,
    '2026-03-03': -2_500,
  });
});

it('counts a refund only while it has succeeded: not while pending, not once it failed', () => {
  const facts: Fact[] = [
    refund('re_1', '2026-03-01T10:00:00Z', 700, 'pending'),
    refund('re_2', '2026-03-01T11:00:00Z', 300, 'succeeded'),
    { kind: 'refund_changed', at: at('2026-03-02T09:00:00Z'), refundId: 're_1', status: 'succeeded' },
    { kind: 'refund_changed', at: at('2026-03-03T09:00:00Z'), refundId: 're_2', status: 'failed' },
  ];
  expect(revenue(facts, '2026-03-01T23:00:00Z')['2026-03-01']).toBe(-300);
  expect(revenue(facts, '2026-03-02T23:00:00Z')['2026-03-01']).toBe(-1_000);
  expect(revenue(facts, '2026-03-03T23:00:00Z')['2026-03-01']).toBe(-700);
});

it('counts a hold for its own day once it is captured, and by what was captured', () => {
  const facts: Fact[] = [
    charge('ch_1', '2026-03-01T10:00:00Z', 6_000, { captured: false }),
    { kind: 'charge_captured', at: at('2026-03-03T10:00:00Z'), chargeId: 'ch_1', capturedMinor: 4_000 },
    { kind: 'charge_released', at: at('2026-03-08T10:00:00Z'), chargeId: 'ch_1' },
  ];
  expect(revenue(facts, '2026-03-02T10:00:00Z')['2026-03-01']).toBe(0);
  expect(revenue(facts, '2026-03-09T10:00:00Z')['2026-03-01']).toBe(4_000);
});

it('counts a bank debit for its own day once it has settled', () => {
  const facts: Fact[] = [
    charge('ch_1', '2026-03-01T10:00:00Z', 6_000, { status: 'pending' }),
    { kind: 'charge_settled', at: at('2026-03-05T10:00:00Z'), chargeId: 'ch_1', status: 'succeeded' },
  ];
  expect(revenue(facts, '2026-03-04T10:00:00Z')['2026-03-01']).toBe(0);
  expect(revenue(facts, '2026-03-05T10:00:00Z')['2026-03-01']).toBe(6_000);
});

it('takes a lost dispute off the day it was opened, and an open or won one off no day', () => {
  const facts: Fact[] = [
    dispute('du_lost', '2026-03-01T10:00:00Z', 900),
    dispute('du_won', '2026-03-01T11:00:00Z', 800),
    { kind: 'dispute_changed', at: at('2026-03-04T10:00:00Z'), disputeId: 'du_lost', status: 'lost' },
    { kind: 'dispute_changed', at: at('2026-03-04T10:00:00Z'), disputeId: 'du_won', status: 'won' },
  ];
  expect(revenue(facts, '2026-03-03T10:00:00Z')['2026-03-01']).toBe(0);
  expect(revenue(facts, '2026-03-04T10:00:00Z')['2026-03-01']).toBe(-900);
});

it('cuts days in the zone it is asked for and never adds currencies', () => {
  // 03:30 UTC on the 2nd is 22:30 on the 1st in New York (UTC-5 in early March).
  const facts = [
    charge('ch_1', '2026-03-02T03:30:00Z', 100),
    charge('ch_2', '2026-03-02T03:30:00Z', 9, { currency: 'eur' }),
  ];
  expect(revenue(facts, '2026-03-02T04:00:00Z', 'America/New_York')['2026-03-01']).toBe(100);
  expect(revenue(facts, '2026-03-02T04:00:00Z', 'UTC')['2026-03-02']).toBe(100);
  expect(revenue(facts, '2026-03-02T04:00:00Z', 'UTC', 'eur')['2026-03-02']).toBe(9);
});

const month = { interval: 'month', intervalCount: 1, usage: 'licensed' } as const;

function price(id: string, unitMinor: string | null, more: Partial<Price> = {}): Price {
  const plain = { productId: 'prod', currency: 'usd', nickname: '', active: true, recurring: month };
  return { id, unitMinor, tiersMode: null, tiers: [], divideBy: null, createdAt: 0, ...plain, ...more };
}

function coupon(id: string, more: Partial<Coupon>): Coupon {
  const plain = {
    percentOff: null,
    amountOffMinor: null,
    currency: null,
    durationInMonths: null,
    createdAt: 0,
  };
  return { id, name: id, duration: 'forever', ...plain, ...more };
}

function item(priceId: string, quantity: number | null, discounts: Item['discounts'] = []): Item {
  return { id: `si_${priceId}`, priceId, quantity, createdAt: 0, discounts };
}

function started(items: Item[], more: object = {}): Fact {
  const head = { subscriptionId: 'sub_1', customerId: 'cus_1', currency: 'usd', status: 'active' } as const;
  const rest = { discounts: [], startAt: dayStart('2026-03-01'), anchorAt: dayStart('2026-03-01') };
  const plain = { trialEndAt: null, testClockId: null };
  return {
    kind: 'subscription_started',
    at: dayStart('2026-03-01'),
    items,
    ...head,
    ...rest,
    ...plain,
    ...more,
  };
}

const discount = (couponId: string, endAt: number | null = null) => ({
  id: `di_${couponId}`,
  couponId,
  startAt: dayStart('2026-03-01'),
  endAt,
});

const tier = (upTo: number | null, unitMinor: string, flatMinor = 0) => ({ upTo, unitMinor, flatMinor });
const GRADUATED = {
  tiersMode: 'graduated',
  tiers: [tier(10, '500'), tier(50, '300'), tier(null, '100', 1_000)],
} as const;
const VOLUME = {
  tiersMode: 'volume',
  tiers: [tier(20, '8000'), tier(50, '7000'), tier(null, '6000', 10_000)],
} as const;
const per = (interval: 'day' | 'week' | 'month' | 'year', intervalCount = 1) => ({
  recurring: { interval, intervalCount, usage: 'licensed' as const },
});

const HALF = coupon('HALF', { percentOff: '50' });
const TENTH = coupon('TENTH', { percentOff: '10' });
const LESS30 = coupon('LESS30', {
  amountOffMinor: 3_000,
  currency: 'usd',
  duration: 'repeating',
  durationInMonths: 1,
});
const ONCE = coupon('ONCE', { percentOff: '20', duration: 'once' });

it.each([
  { why: 'seats times price', prices: [price('a', '4900')], items: [item('a', 3)], minor: '14700.000000' },
  {
    why: 'a year is twelve months',
    prices: [price('a', '120000', per('year'))],
    items: [item('a', 1)],
    minor: '10000.000000',
  },
  // 3900 x 52 / 12 = 16900
  {
    why: 'a week is 52/12 of a month',
    prices: [price('a', '3900', per('week'))],
    items: [item('a', 1)],
    minor: '16900.000000',
  },
  // 1200 x 365 / 12 = 36500
  {
    why: 'a day is 365/12 of a month',
    prices: [price('a', '1200', per('day'))],
    items: [item('a', 1)],
    minor: '36500.000000',
  },
  {
    why: 'three months are divided by three',
    prices: [price('a', '30000', per('month', 3))],
    items: [item('a', 1)],
    minor: '10000.000000',
  },
  // 1.25 x 5003 = 6253.75
  {
    why: 'fractions of a cent are kept',
    prices: [price('a', '1.25')],
    items: [item('a', 5_003)],
    minor: '6253.750000',
  },
  // 10 x 500 + 13 x 300 = 8900
  {
    why: 'graduated tiers',
    prices: [price('a', null, GRADUATED)],
    items: [item('a', 23)],
    minor: '8900.000000',
  },
  // 10 x 500 + 40 x 300 + 14 x 100 + 1000 flat = 19400
  {
    why: 'a tier entered adds its flat amount',
    prices: [price('a', null, GRADUATED)],
    items: [item('a', 64)],
    minor: '19400.000000',
  },
  // 60 x 6000 + 10000 flat = 370000
  { why: 'volume tiers', prices: [price('a', null, VOLUME)], items: [item('a', 60)], minor: '370000.000000' },
  // 4300 contacts are 5 packs of 1000
  {
    why: 'packs are rounded up',
    prices: [price('a', '2000', { divideBy: 1_000 })],
    items: [item('a', 4_300)],
    minor: '10000.000000',
  },
  {
    why: 'metered items are left out',
    prices: [price('a', '4900'), price('m', '5', { recurring: { ...month, usage: 'metered' } })],
    items: [item('a', 1), item('m', null)],
    minor: '4900.000000',
  },
  // (100 x 50 % + 50) x 90 % = 90
  {
    why: 'the item discount comes first, then the subscription discount',
    prices: [price('a', '10000'), price('b', '5000')],
    items: [item('a', 1, [discount('HALF')]), item('b', 1)],
    discounts: [discount('TENTH')],
    minor: '9000.000000',
  },
  {
    why: 'an amount off a yearly invoice is spread over the year',
    prices: [price('a', '120000', per('year'))],
    items: [item('a', 1)],
    discounts: [discount('LESS30')],
    minor: '9750.000000', // (1200 - 30) / 12
  },
  {
    why: 'a discount that has ended is back in the price',
    prices: [price('a', '10000')],
    items: [item('a', 1)],
    discounts: [discount('LESS30', at('2026-03-15T00:00:00Z'))],
    minor: '10000.000000',
  },
  {
    why: 'a once coupon is no recurring reduction',
    prices: [price('a', '10000')],
    items: [item('a', 1)],
    discounts: [discount('ONCE')],
    minor: '10000.000000',
  },
])('MRR: $why', ({ prices, items, discounts = [], minor }) => {
  const model = modelOf([started(items, { discounts })], prices, [HALF, TENTH, LESS30, ONCE]);
  expect(toDecimal(mrrAt(model, new Date('2026-03-31T23:59:59Z'), 'usd'))).toBe(minor);
});

it.each(['incomplete', 'incomplete_expired', 'trialing', 'unpaid', 'paused', 'canceled'] as const)(
  'MRR: a subscription that is %s brings nothing and makes nobody a paying customer',
  (status) => {
    const model = modelOf([started([item('a', 1)], { status })], [price('a', '4900')]);
    expect(toDecimal(mrrAt(model, new Date('2026-03-02T00:00:00Z'), 'usd'), 0)).toBe('0');
    expect(payingCustomersAt(model, new Date('2026-03-02T00:00:00Z'))).toBe(0);
  },
);

it('follows a subscription through its life, second by second', () => {
  const subscriptionId = 'sub_1';
  const facts: Fact[] = [
    started([item('a', 1)]),
    {
      kind: 'subscription_items_changed',
      at: at('2026-03-05T12:00:00Z'),
      subscriptionId,
      items: [item('a', 2)],
      anchorAt: 0,
    },
    {
      kind: 'subscription_status_changed',
      at: at('2026-03-06T12:00:00Z'),
      subscriptionId,
      status: 'past_due',
    },
    { kind: 'subscription_status_changed', at: at('2026-03-07T12:00:00Z'), subscriptionId, status: 'active' },
    {
      kind: 'collection_paused',
      at: at('2026-03-08T12:00:00Z'),
      subscriptionId,
      behavior: 'void',
      resumesAt: null,
    },
    { kind: 'collection_resumed', at: at('2026-03-09T12:00:00Z'), subscriptionId },
    {
      kind: 'subscription_cancel_requested',
      at: at('2026-03-10T12:00:00Z'),
      subscriptionId,
      endsAt: at('2026-04-01T00:00:00Z'),
    },
    {
      kind: 'subscription_ended',
      at: at('2026-04-01T00:00:00Z'),
      subscriptionId,
      reason: 'cancellation_requested',
    },
  ];
  const model = modelOf(facts, [price('a', '4900')]);
  const mrr = (instant: string) => toDecimal(mrrAt(model, new Date(instant), 'usd'), 0);
  expect(mrr('2026-02-28T23:59:59Z')).toBe('0');
  expect(mrr('2026-03-01T00:00:00Z')).toBe('4900');
  expect(mrr('2026-03-05T12:00:00Z')).toBe('9800');
  expect(mrr('2026-03-06T23:59:59Z')).toBe('9800'); // past due still counts
  expect(mrr('2026-03-08T23:59:59Z')).toBe('0'); // collection paused
  expect(mrr('2026-03-31T23:59:59Z')).toBe('9800'); // announced, but paid for until the end
  expect(mrr('2026-04-01T00:00:00Z')).toBe('0');
});

it('uses a discount on the customer only where the subscription has none', () => {
  const customer: Fact = {
    kind: 'customer_created',
    at: 0,
    customerId: 'cus_1',
    name: 'One',
    email: 'one@one.example',
    country: 'US',
    currency: 'usd',
    discount: discount('HALF'),
    testClockId: null,
  };
  const mrr = (discounts: object[]) => {
    const facts = [customer, started([item('a', 1)], { discounts })];
    const model = modelOf(facts, [price('a', '10000')], [HALF, TENTH]);
    return toDecimal(mrrAt(model, new Date('2026-03-02T00:00:00Z'), 'usd'), 0);
  };
  expect(mrr([])).toBe('5000');
  expect(mrr([discount('TENTH')])).toBe('9000');
});

it('counts customers, not subscriptions, and nobody on a test clock, for free or fully discounted', () => {
  const prices = [price('a', '4900'), price('free', '0'), price('e', '4500', { currency: 'eur' })];
  const free = coupon('FREE', { percentOff: '100' });
  const facts = [
    started([item('a', 1)]),
    started([item('a', 2)], { subscriptionId: 'sub_2' }),
    started([item('e', 1)], { subscriptionId: 'sub_3', customerId: 'cus_2', currency: 'eur' }),
    started([item('free', 1)], { subscriptionId: 'sub_4', customerId: 'cus_3' }),
    started([item('a', 1)], { subscriptionId: 'sub_5', customerId: 'cus_4', discounts: [discount('FREE')] }),
    started([item('a', 1)], { subscriptionId: 'sub_6', customerId: 'cus_5', testClockId: 'clock_1' }),
  ];
  const model = modelOf(facts, prices, [free]);
  const instant = new Date('2026-03-02T00:00:00Z');
  expect(payingCustomersAt(model, instant)).toBe(2);
  expect(payingCustomersAt(model, instant, 'usd')).toBe(1);
  expect(toDecimal(mrrAt(model, instant, 'usd'), 0)).toBe('14700'); // 49 + 2 x 49
  expect(toDecimal(mrrAt(model, instant, 'eur'), 0)).toBe('4500');
});
