import { Fraction } from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { deriveCustomer, deriveTold } from '../../../src/domain/billing/derive.ts';
import type {
  CustomerLedger,
  LedgerDiscount,
  SubscriptionState,
} from '../../../src/domain/billing/ledger-records.ts';
import { assertRows, movementRowsOf } from '../../../src/domain/billing/movement-rows.ts';
import type { DiscountPolicy } from '../../../src/domain/billing/normalise.ts';
import { discount, stretch, subscription } from './support/billing.ts';
import {
  catalogueOf,
  couponOf,
  discountOf,
  invoiceOf,
  itemOf,
  ledgerWith,
  lineOf,
  priceOf,
  seen,
  stateOf,
  subscriptionOf,
} from './support/ledger.ts';

const every = (interval: 'month' | 'year', usage: 'licensed' | 'metered' = 'licensed') => ({
  recurring: { interval, intervalCount: 1, usage },
});
const catalogue = catalogueOf(
  [
    priceOf('small', '1000'),
    priceOf('big', '4000'),
    priceOf('year', '12000', every('year')),
    priceOf('usage', '7', every('month', 'metered')),
    priceOf('setup', '9900', { recurring: null }),
    priceOf('odd', '1', { problem: 'its scheme is auction' }),
  ],
  [
    couponOf('half', { percentOff: '50' }),
    couponOf('tenth', { percentOff: '10' }),
    couponOf('fifteen', { amountOff: { USD: 1_500 } }),
    couponOf('once', { percentOff: '50', duration: 'once' }),
    couponOf('big only', { percentOff: '50', productIds: ['product of big'] }),
  ],
);
const series = (discountPolicy: DiscountPolicy = 'recurring') => [{ timeZone: 'UTC', discountPolicy }];

function rowsOf(ledger: Partial<CustomerLedger>, policy?: DiscountPolicy) {
  const { movements, problem } = deriveCustomer(ledgerWith(ledger), catalogue, series(policy));
  expect(problem).toBeNull();
  return movements?.[0] ?? [];
}

/** Day, MRR and kind of every row. */
function moved(ledger: Partial<CustomerLedger>, policy?: DiscountPolicy) {
  return rowsOf(ledger, policy).map(({ day, after, kind }) => `${day} ${after.toFraction()} ${kind}`);
}

/** MRR from the beginning of a subscription that never changed. */
function mrrOf(state: SubscriptionState, policy?: DiscountPolicy): string {
  const fetchedAtOnce = subscriptionOf(state, { stateAt: new Date('2026-01-01') });
  return rowsOf({ subscriptions: [fetchedAtOnce] }, policy)[0]?.after.toFraction() ?? '0';
}

describe('MRR of a subscription', () => {
  const both = [itemOf('small'), itemOf('big', 1, { id: 'i2' })];
  const with2 = (...discounts: LedgerDiscount[]) => stateOf(both, { discounts });
  const onBig = itemOf('big', 1, { id: 'i2', discounts: [discountOf('half', { itemId: 'i2' })] });
  const trial = { startAt: new Date('2026-01-01'), endAt: new Date('2027-01-01') };

  it.each<{ why: string; state: SubscriptionState; mrr: string; policy?: DiscountPolicy }>([
    { why: 'items add up', state: stateOf(both), mrr: '5000' },
    { why: 'past due counts', state: stateOf(both, { status: 'past_due' }), mrr: '5000' },
    { why: 'an unknown status does not', state: stateOf(both, { status: 'dreaming' }), mrr: '0' },
    { why: 'usage does not', state: stateOf([...both, itemOf('usage', null, { id: 'i3' })]), mrr: '5000' },
    {
      why: 'what is sold once does not',
      state: stateOf([...both, itemOf('setup', 1, { id: 'i3' })]),
      mrr: '5000',
    },
    {
      why: 'an item on its own trial does not',
      state: stateOf([itemOf('small'), itemOf('big', 1, { id: 'i2', trial })]),
      mrr: '1000',
    },
    // (10.00 + 40.00 x 0.5) x 0.9
    {
      why: 'item discounts come off first',
      state: stateOf([itemOf('small'), onBig], { discounts: [discountOf('tenth')] }),
      mrr: '2700',
    },
    // 50.00 x 0.9 - 15.00, and (50.00 - 15.00) x 0.9
    {
      why: 'then the others in order',
      state: with2(discountOf('tenth'), discountOf('fifteen')),
      mrr: '3000',
    },
    { why: 'in their order', state: with2(discountOf('fifteen'), discountOf('tenth')), mrr: '3150' },
    { why: 'only on their products', state: with2(discountOf('big only')), mrr: '3000' },
    {
      why: 'an amount off is never more than there is',
      state: stateOf([itemOf('small')], { discounts: [discountOf('fifteen')] }),
      mrr: '0',
    },
    // 15.00 comes off the monthly 40.00; the yearly 120.00 stays 10.00 a month.
    {
      why: 'from the most frequent interval',
      state: stateOf([itemOf('year'), itemOf('big', 1, { id: 'i2' })], {
        discounts: [discountOf('fifteen')],
      }),
      mrr: '3500',
    },
    { why: 'once is no recurring reduction', state: with2(discountOf('once')), mrr: '5000' },
    { why: 'but counts when all do', state: with2(discountOf('once')), mrr: '2500', policy: 'all' },
    { why: 'and nothing when none do', state: with2(discountOf('half')), mrr: '5000', policy: 'none' },
    {
      why: 'what one invoice was given does not count',
      state: with2(discountOf('half', { invoiceId: 'in' })),
      mrr: '5000',
    },
    // 50.00 x 0.5 / 1.25
    {
      why: 'included tax divides after discounts',
      state: stateOf(both, { discounts: [discountOf('half')], inclusiveTaxPercent: '25' }),
      mrr: '2000',
    },
    {
      why: 'an item has its own tax',
      state: stateOf([itemOf('small', 1, { inclusiveTaxPercent: '0' })], { inclusiveTaxPercent: '25' }),
      mrr: '1000',
    },
  ])('$why', ({ state, mrr, policy }) => {
    expect(mrrOf(state, policy)).toBe(mrr);
  });

  it('takes the coupon of the catalogue rather than the one that came along', () => {
    const cut = discountOf('big only', { coupon: couponOf('big only', { percentOff: '50' }) });
    expect(mrrOf(with2(cut))).toBe('3000');
  });

  it('takes the discount of the customer only while the subscription has none', () => {
    const discountOfCustomer = discountOf('half', { id: 'wide', subscriptionId: null });
    const customer = {
      id: 'c1',
      name: null,
      createdAt: new Date(0),
      isTest: false,
      discount: discountOfCustomer,
      metadata: {},
    };
    const state = stateOf(both, {
      discounts: [discountOf('tenth', { endAt: new Date('2026-03-05T10:00:00Z') })],
    });
    expect(moved({ customer, subscriptions: [subscriptionOf(state)] })).toEqual([
      '2026-01-01 4500 new',
      '2026-03-05 2500 contraction',
    ]);
  });

  it('counts nothing while collection is paused, until it resumes, and a discount up to the day it ends on', () => {
    const paused = stateOf(both, {
      collectionPaused: { behavior: 'void', resumesAt: new Date('2026-02-10') },
    });
    expect(moved({ subscriptions: [subscriptionOf(paused, { stateAt: new Date('2026-01-01') })] })).toEqual([
      '2026-02-10 5000 new',
    ]);
    const off = with2(discountOf('half', { endAt: new Date('2026-02-10') }));
    expect(moved({ subscriptions: [subscriptionOf(off)] })).toEqual([
      '2026-01-01 2500 new',
      '2026-02-10 5000 expansion',
    ]);
  });
});

describe('the past from invoices', () => {
  const month = (n: number) => `2026-0${n}-01`;
  const renewal = (n: number, priceId: string, quantity = 1) =>
    invoiceOf(month(n), [lineOf(month(n), month(n + 1), priceId, { quantity })]);
  const bigNow = [subscriptionOf(stateOf([itemOf('big')]))];

  it('moves on the day of a change that is billed later, also where its lines name no item', () => {
    // The upgrade of 16 February: credit for the rest of small, charge for the rest of big, then March in full.
    const lines = [
      lineOf('2026-02-16', month(3), 'small', { itemId: null, amountMinor: -500, proration: true }),
      lineOf('2026-02-16', month(3), 'big', { itemId: null, amountMinor: 2_000, proration: true }),
      lineOf(month(3), month(4), 'big'),
    ];
    const invoices = [renewal(1, 'small'), renewal(2, 'small'), invoiceOf(month(3), lines)];
    const rows = rowsOf({ subscriptions: bigNow, invoices });
    expect(rows.map(({ day, after, basis }) => [day, after.toFraction(), basis])).toEqual([
      ['2026-01-01', '1000', 'reconstructed'],
      ['2026-02-16', '4000', 'reconstructed'],
    ]);
    expect(rows[1]?.causes).toMatchObject([{ subscriptionId: 's1', what: 'plan', from: 'small', to: 'big' }]);
  });

  it('shows a change that was not prorated from the next renewal on', () => {
    const invoices = [renewal(1, 'small'), renewal(2, 'small', 3), renewal(3, 'big')];
    expect(moved({ subscriptions: bigNow, invoices })).toEqual([
      '2026-01-01 1000 new',
      '2026-02-01 3000 expansion',
      '2026-03-01 4000 expansion',
    ]);
  });

  it('dates a change that no invoice shows as late as it can have been', () => {
    expect(moved({ subscriptions: bigNow, invoices: [renewal(1, 'small')] })).toEqual([
      '2026-01-01 1000 new',
      '2026-07-01 4000 expansion',
    ]);
  });

  it('is not fooled by usage, and takes what a renewal no longer bills for removed', () => {
    const usage = (n: number) =>
      lineOf(month(n - 1), month(n), 'usage', {
        id: `u${n}`,
        itemId: 'i9',
        quantity: 5_000,
        amountMinor: 35_000,
      });
    const invoices = [
      invoiceOf(month(1), [
        lineOf(month(1), month(2), 'big'),
        lineOf(month(1), month(2), 'small', { itemId: 'i2' }),
      ]),
      invoiceOf(month(2), [usage(2), lineOf(month(2), month(3), 'big')]),
    ];
    const items = [itemOf('big'), itemOf('usage', null, { id: 'i9' })];
    expect(moved({ subscriptions: [subscriptionOf(stateOf(items))], invoices })).toEqual([
      '2026-01-01 5000 new',
      '2026-02-01 4000 contraction',
    ]);
  });

  it('adds the lines of a tiered price up to one quantity', () => {
    const graduated = priceOf('seats', '0', {
      scheme: 'graduated',
      amounts: {
        USD: {
          unitAmount: null,
          tiers: [
            { upTo: 10, unitAmount: '500', flatAmount: '0' },
            { upTo: null, unitAmount: '300', flatAmount: '0' },
          ],
        },
      },
    });
    const lines = [
      lineOf(month(1), month(2), 'seats', { quantity: 10, amountMinor: 5_000 }),
      lineOf(month(1), month(2), 'seats', { quantity: 13, amountMinor: 3_900 }),
    ];
    const ledger = ledgerWith({
      subscriptions: [subscriptionOf(stateOf([itemOf('seats', 23)]))],
      invoices: [invoiceOf(month(1), lines)],
    });
    const { movements } = deriveCustomer(ledger, catalogueOf([graduated]), series());
    expect(movements?.[0]?.map(({ day, after }) => [day, after.toFraction()])).toEqual([
      ['2026-01-01', '8900'],
    ]);
  });

  it('ends a discount at the first renewal that no longer shows it', () => {
    const shown = { discounts: [discountOf('half')] };
    const invoices = [1, 2, 3].map((n) => ({ ...renewal(n, 'big'), ...(n < 3 ? shown : {}) }));
    expect(moved({ subscriptions: bigNow, invoices })).toEqual([
      '2026-01-01 2000 new',
      '2026-03-01 4000 expansion',
    ]);
  });

  it('counts nothing before the end of a trial, nor before the first payment, nor once it is unpaid', () => {
    const trial = { trialStartAt: new Date('2026-01-01'), trialEndAt: new Date('2026-01-15') };
    expect(moved({ subscriptions: [subscriptionOf(stateOf([itemOf('big')]), trial)] })).toEqual([
      '2026-01-15 4000 new',
    ]);
    const late = { ...renewal(1, 'big'), paidAt: new Date('2026-01-01T20:00:00Z') };
    expect(moved({ subscriptions: bigNow, invoices: [late] })).toEqual(['2026-01-01 4000 new']);
    const unpaid = subscriptionOf(stateOf([itemOf('big')], { status: 'unpaid' }));
    const lost = {
      ...renewal(2, 'big'),
      status: 'uncollectible' as const,
      paidAt: null,
      uncollectibleAt: new Date('2026-02-20'),
    };
    expect(moved({ subscriptions: [unpaid], invoices: [renewal(1, 'big'), lost] })).toEqual([
      '2026-01-01 4000 new',
      '2026-02-20 0 churn',
    ]);
  });

  it('lets a change of plan with a new billing anchor be one change', () => {
    const lines = [
      lineOf('2026-01-20', month(2), 'small', { amountMinor: -387, proration: true }),
      lineOf('2026-01-20', '2027-01-20', 'year', { quantity: 2 }),
    ];
    const subscriptions = [subscriptionOf(stateOf([itemOf('year', 2)]))];
    expect(moved({ subscriptions, invoices: [renewal(1, 'small'), invoiceOf('2026-01-20', lines)] })).toEqual(
      ['2026-01-01 1000 new', '2026-01-20 2000 expansion'],
    );
  });
});

describe('what is stored of a customer', () => {
  const small = stateOf([itemOf('small')]);
  const big = stateOf([itemOf('big')]);

  it('is observed from the first observation on, and marked reconstructed before', () => {
    const ledger = { subscriptions: [subscriptionOf(big)], observations: [seen('2026-03-03', small, big)] };
    expect(rowsOf(ledger).map(({ day, basis }) => [day, basis])).toEqual([
      ['2026-01-01', 'reconstructed'],
      ['2026-03-03', 'observed'],
    ]);
  });

  it('follows observations of one second by what was before each, in whatever order they came', () => {
    const mid = stateOf([itemOf('small', 2)]);
    const told = [
      { ...seen('2026-03-03', mid, big), id: 'a' },
      { ...seen('2026-03-03', small, mid), id: 'b' },
    ];
    expect(moved({ subscriptions: [subscriptionOf(big)], observations: told })).toEqual([
      '2026-01-01 1000 new',
      '2026-03-03 4000 expansion',
    ]);
  });

  it('nets leaving and coming back within a day, and calls a later return a reactivation', () => {
    const first = subscriptionOf(small, { endedAt: new Date('2026-02-02T09:00:00Z') });
    const second = (day: string) => subscriptionOf(big, { id: 's2', createdAt: new Date(day) });
    expect(moved({ subscriptions: [first, second('2026-02-02T11:00:00Z')] })).toEqual([
      '2026-01-01 1000 new',
      '2026-02-02 4000 expansion',
    ]);
    expect(moved({ subscriptions: [first, second('2026-02-05')] })).toEqual([
      '2026-01-01 1000 new',
      '2026-02-02 0 churn',
      '2026-02-05 4000 reactivation',
    ]);
  });

  it('leaves open whether a day was up or down where one currency rises and another falls', () => {
    const told = [
      subscription('c1', [stretch('2026-01-01', '2026-02-01', 1_000)], 'usd'),
      subscription('c1', [stretch('2026-02-01', null, 900)], 'EUR'),
    ];
    const facts = {
      customerId: 'c1',
      subscriptions: told,
      payments: [],
      refunds: [],
      disputes: [],
      channel: null,
    };
    const rows = deriveTold(facts, series()).movements?.[0] ?? [];
    expect(rows.map(({ day, currency, kind, heads }) => [day, currency, kind, heads])).toEqual([
      ['2026-01-01', 'USD', 'new', 1],
      ['2026-02-01', 'EUR', null, 0],
      ['2026-02-01', 'USD', null, 0],
    ]);
  });

  it('says what ended when a told discount does', () => {
    const half = discount({ percentOff: 50, endAt: new Date('2026-02-01') });
    const told = [subscription('c1', [stretch('2026-01-01', null, 1_000, { discounts: [half] })])];
    const facts = {
      customerId: 'c1',
      subscriptions: told,
      payments: [],
      refunds: [],
      disputes: [],
      channel: null,
    };
    const rows = deriveTold(facts, series()).movements?.[0] ?? [];
    expect(rows[1]).toMatchObject({
      day: '2026-02-01',
      kind: 'expansion',
      basis: 'told',
      causes: [{ what: 'discount_ended', from: '50 %' }],
    });
  });

  it('names a price that cannot be worked out, and goes on with everything else', () => {
    const payments = [
      {
        id: 'p1',
        customerId: 'c1',
        intentId: null,
        currency: 'usd',
        status: 'succeeded' as const,
        amountMinor: 500,
        capturedMinor: 500,
        createdAt: new Date('2026-01-02'),
      },
    ];
    const ledger = ledgerWith({ subscriptions: [subscriptionOf(stateOf([itemOf('odd')]))], payments });
    const derived = deriveCustomer(ledger, catalogue, series());
    expect(derived.movements).toBeNull();
    expect(derived.problem).toEqual({
      object: 'odd',
      message: 'Price odd cannot be worked out: its scheme is auction',
    });
    expect(derived.cash.map(({ amountMinor }) => amountMinor)).toEqual([500]);
  });

  it('counts nobody who is a test', () => {
    const customer = {
      id: 'c1',
      name: null,
      createdAt: new Date(0),
      isTest: true,
      discount: null,
      metadata: {},
    };
    const derived = deriveCustomer(
      ledgerWith({ customer, subscriptions: [subscriptionOf(big)] }),
      catalogue,
      series(),
    );
    expect(derived).toMatchObject({ isTest: true, movements: [[]], cash: [], problem: null });
  });

  it('stops when a movement was changed, and names the customer and the day', () => {
    const look = () => ({
      status: 'active',
      isPaused: false,
      items: new Map(),
      discounts: new Map(),
      tax: null,
    });
    const piece = { subscriptionId: 's1', currency: 'USD', basis: 'told', endBasis: 'told', look } as const;
    const pieces = [
      { ...piece, span: { fromDay: '2026-01-01', toDay: '2026-02-01' }, amount: new Fraction(1, 3) },
      { ...piece, span: { fromDay: '2026-02-01', toDay: null }, amount: new Fraction(2, 3) },
    ];
    const [first, second] = movementRowsOf('ann', pieces);
    if (first === undefined || second === undefined) throw new Error('two rows were expected');
    const spoilt = { ...second, after: second.after.add(new Fraction(1, 1_000_000)) };
    expect(() => assertRows('ann', [first, spoilt], pieces)).toThrow(
      /customer ann at the close of 2026-02-01/,
    );
    expect(() => assertRows('ann', [first], pieces)).toThrow(RangeError);
    expect(() => assertRows('ann', [first, second], pieces)).not.toThrow();
  });
});
