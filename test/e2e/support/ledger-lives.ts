import fc from 'fast-check';
import { type Fact, LIFE_CURRENCIES, type Life, type Step } from '../../../sandbox/index.ts';

/** Random lives for the ledger: every kind of price, discount, tax and step, at moments that matter to local days. */

export const ANCHOR_DAY = '2025-01-01';
export const START = Date.parse(`${ANCHOR_DAY}T00:00:00Z`) / 1_000;
export const DAY = 86_400;

export const PRICES = [
  'base_month',
  'plus_month',
  'seats_month',
  'seats_quarter',
  'base_year',
  'seats_year',
  'base_week',
  'base_two_weeks',
  'base_ten_days',
  'free_month',
  'packs_month',
  'fraction_month',
  'metered_month',
  'volume_month',
  'graduated_month',
];
/** Those that leave a line with an amount on an invoice, whatever becomes of them. */
const PLAIN_PRICES = ['base_month', 'plus_month', 'seats_month', 'seats_quarter', 'base_year', 'base_week'];
/** Shown on an invoice wherever they are given: what comes beside 100 % off has nothing to take, and leaves no trace. */
const PLAIN_COUPONS = [
  'LIFE_ONCE',
  'LIFE_THREE_MONTHS',
  'LIFE_TEN',
  'LIFE_TWELVE_AND_A_HALF',
  'LIFE_SEATS_ONLY',
];
export const COUPONS = [...PLAIN_COUPONS, 'LIFE_ALL'];
const TAXES = [[], [], ['txr_life_vat_inclusive'], ['txr_life_small_inclusive', 'txr_life_vat_inclusive']];

/** Any second of these days; one in three at or beside a midnight of UTC, St. John's or Apia. */
function momentIn(days: number): fc.Arbitrary<number> {
  const midnights = [0, 2.5 * 3_600, 3.5 * 3_600, 10 * 3_600, 11 * 3_600];
  const edge = fc
    .tuple(fc.integer({ min: 0, max: days - 1 }), fc.constantFrom(...midnights), fc.constantFrom(-1, 0, 1))
    .map(([day, ofDay, beside]) => Math.max(60, day * DAY + ofDay + beside));
  const any = fc.integer({ min: 60, max: days * DAY });
  return fc.oneof({ arbitrary: any, weight: 2 }, { arbitrary: edge, weight: 1 }).map((at) => START + at);
}

/** What lives are made of. */
type Range = { prices: readonly string[]; coupons: readonly string[]; leastQuantity: number };
const ANYTHING: Range = { prices: PRICES, coupons: COUPONS, leastQuantity: 0 };
const PLAIN: Range = { prices: PLAIN_PRICES, coupons: PLAIN_COUPONS, leastQuantity: 1 };

const couponIn = (currency: string, { coupons }: Range = ANYTHING) =>
  fc.constantFrom(...coupons, `LIFE_FIVE_OFF_${currency}`);

function itemIn(currency: string, range: Range) {
  const { leastQuantity: min, prices } = range;
  const price = fc.constantFrom(...prices).map((kind) => `life_${kind}_${currency}`);
  return fc.record(
    {
      price,
      quantity: fc.integer({ min, max: 25 }),
      coupon: fc.option(couponIn(currency, range), { nil: '', freq: 4 }),
      taxRates: fc.constantFrom(...TAXES, ['txr_life_sales']),
    },
    { requiredKeys: ['price', 'quantity'] },
  );
}

function subscribeIn(currency: string, range: Range) {
  return fc.record(
    {
      do: fc.constant('subscribe'),
      items: fc.array(itemIn(currency, range), { minLength: 1, maxLength: 4 }),
      trialDays: fc.constantFrom(0, 0, 0, 7, 14),
      coupon: couponIn(currency, range),
      promotionCode: fc.constantFrom('promo_life_friend', 'promo_life_spring'),
      taxRates: fc.constantFrom(...TAXES),
      payment: fc.constantFrom('works', 'works', 'works', 'works', 'fails'),
    },
    { requiredKeys: ['do', 'items'] },
  );
}

function changesIn(currency: string) {
  const price = fc.constantFrom(...PRICES).map((kind) => `life_${kind}_${currency}`);
  const proration = fc.constantFrom('create_prorations', 'always_invoice', 'none');
  const at = fc.integer({ min: 0, max: 3 });
  const changeItem = fc.record(
    { do: fc.constant('change_item'), item: at, price, quantity: fc.integer({ min: 0, max: 25 }), proration },
    { requiredKeys: ['do', 'item', 'proration'] },
  );
  return [
    changeItem,
    changeItem,
    fc.record({ do: fc.constant('add_item'), add: itemIn(currency, ANYTHING), proration }),
    fc.record({ do: fc.constant('remove_item'), item: at, proration }),
    fc.record({ do: fc.constant('remove_item'), item: fc.constant(0), proration }),
    fc.record({ do: fc.constant('add_discount'), coupon: couponIn(currency) }),
    fc.record({ do: fc.constant('remove_discount') }),
    fc.record({ do: fc.constant('customer_discount'), coupon: fc.option(couponIn(currency)) }),
    fc.record({
      do: fc.constant('schedule'),
      phases: fc.array(
        fc.record({ items: fc.array(itemIn(currency, ANYTHING), { minLength: 1, maxLength: 2 }) }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  ];
}

const pauses = fc.record(
  {
    do: fc.constant('pause'),
    behavior: fc.constantFrom('void', 'keep_as_draft', 'mark_uncollectible'),
    days: fc.constantFrom(5, 40),
  },
  { requiredKeys: ['do', 'behavior'] },
);
const cardFails = fc.record({
  do: fc.constant('card_fails'),
  recoversAtRetry: fc.constantFrom(1, 2, 3, null, null),
  ends: fc.constantFrom('unpaid', 'canceled'),
});
const money = fc.constantFrom(
  { do: 'charge', amountMinor: 4_210 },
  { do: 'refund', share: 0.4 },
  { do: 'refund', share: 1, failsAfterDays: 9 },
  { do: 'dispute', outcome: 'lost', days: 12 },
  { do: 'dispute', outcome: 'won', days: 20 },
  { do: 'dispute', outcome: 'inquiry', days: 5 },
  { do: 'credit_note', share: 0.3 },
  { do: 'credit_note', share: 0.8 },
);
const ends = fc.constantFrom(
  { do: 'cancel', when: 'now' },
  { do: 'cancel', when: 'period_end' },
  { do: 'cancel', when: 'period_end' },
  { do: 'undo_cancel' },
);

/** A life within so many days in which anything may happen. */
export function anyLife(days: number): fc.Arbitrary<Life> {
  return lifeOf(days, ANYTHING, (currency) =>
    fc.oneof(
      { arbitrary: fc.oneof(...changesIn(currency)), weight: 10 },
      { arbitrary: subscribeIn(currency, ANYTHING), weight: 2 },
      { arbitrary: fc.oneof(pauses, fc.constant({ do: 'resume' })), weight: 3 },
      { arbitrary: cardFails, weight: 3 },
      { arbitrary: fc.constant({ do: 'recover' }), weight: 1 },
      { arbitrary: ends, weight: 3 },
      { arbitrary: money, weight: 3 },
      { arbitrary: fc.constant({ do: 'delete_customer' }), weight: 1 },
    ),
  );
}

/** A life of which everything that moves MRR is told by invoices, phases and ends: what a first sync can still find. */
export function traceableLife(days: number): fc.Arbitrary<Life> {
  return lifeOf(days, PLAIN, (currency) => {
    const price = fc.constantFrom(...PLAIN_PRICES).map((kind) => `life_${kind}_${currency}`);
    // What is to be billed with the next renewal is on no invoice until then, and never where the end comes first.
    const proration = fc.constant('always_invoice');
    const change = fc.record(
      {
        do: fc.constant('change_item'),
        item: fc.integer({ min: 0, max: 1 }),
        price,
        quantity: fc.integer({ min: 1, max: 25 }),
        proration,
      },
      { requiredKeys: ['do', 'item', 'proration'] },
    );
    return fc.oneof(
      { arbitrary: change, weight: 6 },
      { arbitrary: subscribeIn(currency, PLAIN), weight: 1 },
      { arbitrary: ends, weight: 1 },
      { arbitrary: money, weight: 1 },
    );
  }).map(withoutHidden);
}

/**
 * A subscription's own discount for once stands on its first invoice in the place of the customer's. Where the customer's ends
 * before the second, no invoice ever shows it.
 */
function withoutHidden(life: Life): Life {
  if (life.coupon !== 'LIFE_THREE_MONTHS') return life;
  const steps = life.steps.map((step): Step => {
    if (step.do !== 'subscribe' || step.coupon !== 'LIFE_ONCE') return step;
    const { coupon: _hidden, ...rest } = step;
    return rest;
  });
  return { ...life, steps };
}

function lifeOf(
  days: number,
  range: Range,
  actionIn: (currency: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<Life> {
  return fc.constantFrom(...Object.keys(LIFE_CURRENCIES)).chain((currency) => {
    const on = fc.constantFrom(undefined, undefined, undefined, 0, 1);
    const step = fc
      .tuple(momentIn(days), on, actionIn(currency))
      // The pieces fit the union of steps one by one; fast-check only cannot tell which belongs to which.
      .map(([at, subscription, action]) => stepOf(at, action, subscription));
    const first = fc
      .tuple(momentIn(Math.ceil(days / 3)), subscribeIn(currency, range))
      .map(([at, action]) => stepOf(at, action));
    return fc
      .record({
        first,
        steps: fc.array(step, { maxLength: 12 }),
        coupon: fc.option(couponIn(currency, range), { freq: 4 }),
        testClock: fc.constantFrom(...Array<boolean>(9).fill(false), true),
      })
      .map(({ coupon, first: begin, steps, testClock }) => ({
        at: START,
        currency,
        steps: [begin, ...steps.filter(({ at }) => at >= begin.at)],
        ...(coupon === null ? {} : { coupon }),
        ...(testClock ? { testClock } : {}),
      }));
  });
}

function stepOf(at: number, action: unknown, subscription?: number): Step {
  const { coupon, ...rest } = action as { coupon?: string };
  return {
    at,
    ...rest,
    ...(coupon === undefined || coupon === '' ? {} : { coupon }),
    ...(subscription === undefined ? {} : { subscription }),
  } as Step;
}

/** What really happened, counted, so that a test can say that it tested something. */
export function countHappened(counts: Map<string, number>, facts: readonly Fact[]): void {
  const add = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const status = new Map<string, string>();
  const items = new Map<string, number>();
  const announced = new Set<string>();
  const perCustomer = new Map<string, number>();
  for (const fact of facts) {
    add(fact.kind);
    switch (fact.kind) {
      case 'customer_created':
        if (fact.discount !== null) add('discount of a customer');
        if (fact.testClockId !== null) add('test clock');
        break;
      case 'subscription_started': {
        status.set(fact.subscriptionId, fact.status);
        items.set(fact.subscriptionId, fact.items.length);
        perCustomer.set(fact.customerId, (perCustomer.get(fact.customerId) ?? 0) + 1);
        if (perCustomer.get(fact.customerId) === 2) add('several subscriptions');
        if (fact.trialEndAt !== null) add('trial');
        if (fact.taxRateIds?.includes('txr_life_vat_inclusive')) add('tax within the price');
        add(`currency ${fact.currency}`);
        for (const { priceId, discounts } of fact.items) {
          add(`price ${priceId.slice(5, -4)}`);
          if (discounts.length > 0) add('discount of an item');
          for (const { couponId } of discounts) add(`coupon ${couponId.replace(/_(usd|eur|jpy|kwd)$/, '')}`);
        }
        for (const { couponId } of fact.discounts) {
          add('discount of a subscription');
          add(`coupon ${couponId.replace(/_(usd|eur|jpy|kwd)$/, '')}`);
        }
        break;
      }
      case 'subscription_items_changed': {
        const before = items.get(fact.subscriptionId) ?? 0;
        if (fact.items.length > before) add('item added');
        if (fact.items.length < before) add('item removed');
        items.set(fact.subscriptionId, fact.items.length);
        for (const { priceId } of fact.items) add(`price ${priceId.slice(5, -4)}`);
        break;
      }
      case 'subscription_status_changed':
        add(`${status.get(fact.subscriptionId)} to ${fact.status}`);
        status.set(fact.subscriptionId, fact.status);
        break;
      case 'subscription_cancel_requested':
        announced.add(fact.subscriptionId);
        break;
      case 'subscription_ended':
        add(`ended: ${announced.has(fact.subscriptionId) ? 'at its period’s end' : fact.reason}`);
        break;
      case 'collection_paused':
        add(`paused: ${fact.behavior}`);
        break;
      case 'invoice_closed':
        add(`invoice ${fact.status}`);
        break;
      case 'invoice_created':
        if (fact.lines.some(({ proration }) => proration)) add('proration');
        break;
      case 'refund_changed':
        add(`refund ${fact.status}`);
        break;
      case 'dispute_changed':
        add(`dispute ${fact.status}`);
        break;
      default:
    }
  }
}
