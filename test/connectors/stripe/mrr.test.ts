import { expect, it } from 'vitest';
import { startFake } from './mirror/fake.ts';
import { at, coupon, discount, item, price, subscription } from './support/objects.ts';
import { mrrOf, payersOf, problemsOf, type Read, readFrom, readOnce, whole } from './support/read.ts';
import type { StripeData } from './support/server.ts';

const now = '2026-03-31T12:00:00Z';
const today = '2026-03-31';
const pro = price('price_pro', 10_000);
const seats = (id: string, more: Record<string, unknown> = {}) =>
  subscription(id, [item(`si_${id}`, pro, 1)], more);
const yearly = (count: number) => ({ interval: 'year', interval_count: count, usage_type: 'licensed' });

async function mrr(data: StripeData, currency?: string): Promise<string> {
  return mrrOf(await readOnce(data, { now }), today, currency);
}

it('adds thirds of a year up without losing a cent', async () => {
  const third = price('price_third', 10_000, {
    recurring: { interval: 'month', interval_count: 3, usage_type: 'licensed' },
  });
  // 100.00 every three months is 33.333… a month; three of them are 100.00.
  const subscriptions = ['a', 'b', 'c'].map((id) => subscription(id, [item(`si_${id}`, third, 1)]));
  expect(await mrr({ subscriptions })).toBe('10000');
  expect(await mrr({ subscriptions: subscriptions.slice(0, 1) })).toBe('10000/3');
});

it.each([
  { interval: 'week', amount: 1_200, month: '5200', sum: '12.00 x 52 / 12' },
  { interval: 'day', amount: 120, month: '3650', sum: '1.20 x 365 / 12' },
  { interval: 'year', amount: 12_000, month: '1000', sum: '120.00 / 12' },
])('brings a $interval to a month: $sum', async ({ interval, amount, month }) => {
  const of = price('price_x', amount, { recurring: { interval, interval_count: 1, usage_type: 'licensed' } });
  expect(await mrr({ subscriptions: [subscription('s', [item('si', of, 1)])] })).toBe(month);
});

it('keeps fractions of a cent of a price that has no whole amount', async () => {
  const fine = price('price_fine', 0, { unit_amount: null, unit_amount_decimal: '0.05' });
  // 1,001 units at a twentieth of a cent are 50.05 cents.
  expect(await mrr({ subscriptions: [subscription('s', [item('si', fine, 1_001)])] })).toBe('1001/20');
});

it('an account without subscriptions is read to its end, and has no customers', async () => {
  const { customers, last } = await readOnce({}, { now });
  expect(customers).toEqual([]);
  expect(last).toMatchObject({ throughAt: new Date(now), gaps: [] });
});

it('knows what was so on days before the first reading', async () => {
  const read = await readOnce(
    { subscriptions: [seats('a', { created: at('2026-02-10T08:00:00Z') })] },
    { now },
  );
  expect(['2026-02-09', '2026-02-10', '2026-03-30'].map((day) => mrrOf(read, day))).toEqual([
    '0',
    '10000',
    '10000',
  ]);
});

it('dates what happens by the local day of the zone', async () => {
  // 23:30 UTC on the 30th is 08:30 of 31 March in Tokyo.
  const data = { subscriptions: [seats('a', { created: at('2026-03-30T23:30:00Z') })] };
  const read = await readOnce(data, { now, timeZone: 'Asia/Tokyo' });
  expect(['2026-03-30', '2026-03-31'].map((day) => mrrOf(read, day))).toEqual(['0', '10000']);
});

it('takes a bare coupon id for what it is: 25 % off, looked up, and not gross', async () => {
  const quarter = coupon('QUARTER', { percent_off: 25 });
  const subscriptions = [seats('a', { discounts: [discount('di', 'QUARTER')] })];
  expect(await mrr({ subscriptions, coupons: [quarter] })).toBe('7500');
});

it('finds a deleted coupon where it is still in use: on the item and on the customer', async () => {
  const half = coupon('HALF', { percent_off: 50 });
  const onItem = subscription('a', [item('si_a', pro, 1, { discounts: [discount('di_a', 'HALF')] })]);
  const customer = { id: 'cus_b', object: 'customer', discount: discount('di_b', 'GONE') };
  const data = {
    subscriptions: [onItem, seats('b', { customer: 'cus_b' })],
    customers: [customer],
    coupons: [],
  };
  const fake = await startFake(whole(data));
  fake.server.answer('/v1/subscription_items/si_a', () => ({
    body: item('si_a', pro, 1, { discounts: [discount('di_a', half)] }),
  }));
  fake.server.answer('/v1/customers/cus_b', () => ({
    body: {
      ...customer,
      created: at('2026-01-01T00:00:00Z'),
      livemode: false,
      discount: discount('di_b', coupon('GONE', { percent_off: 10 })),
    },
  }));
  try {
    // 100.00 x 0.5 + 100.00 x 0.9
    expect(mrrOf(await readFrom(fake, { now }), today)).toBe('14000');
  } finally {
    await fake.server.close();
  }
});

it('refuses to report gross when a coupon cannot be found anywhere, and names it', async () => {
  const subscriptions = [subscription('a', [item('si_a', pro, 1, { discounts: [discount('di', 'LOST')] })])];
  const read = await readOnce({ subscriptions, coupons: [] }, { now });
  expect(problemsOf(read)).toEqual(['Coupon LOST of discount di is not known']);
  expect(read.customers[0]?.movements).toBeNull();
});

it('limits a coupon to its products', async () => {
  const other = price('price_addon', 5_000, { product: 'prod_addon' });
  const limited = coupon('ADDON', { percent_off: 20, applies_to: { products: ['prod_addon'] } });
  const subscriptions = [
    subscription('a', [item('si_1', pro, 1), item('si_2', other, 1)], {
      discounts: [discount('di', { ...limited, applies_to: undefined })],
    }),
  ];
  // 100.00 + 50.00 x 0.8
  expect(await mrr({ subscriptions, coupons: [limited] })).toBe('14000');
});

it.each([
  {
    why: 'several percentages multiply',
    coupons: [coupon('A', { percent_off: 10 }), coupon('B', { percent_off: 20 })],
    value: '7200',
  },
  {
    why: 'an amount off never goes below nothing',
    coupons: [coupon('A', { amount_off: 99_999, currency: 'usd' })],
    value: '0',
  },
  {
    why: 'discounts apply in their order',
    coupons: [coupon('A', { amount_off: 1_000, currency: 'usd' }), coupon('B', { percent_off: 50 })],
    value: '4500',
  },
  { why: 'a free subscription is no revenue', coupons: [coupon('A', { percent_off: 100 })], value: '0' },
])('discounts: $why', async ({ coupons, value }) => {
  const discounts = coupons.map((of, index) => discount(`di_${index}`, of));
  expect(await mrr({ subscriptions: [seats('a', { discounts })], coupons })).toBe(value);
});

it.each([
  { why: 'ended at this second', end: now, start: '2026-01-01T00:00:00Z', value: '10000' },
  // A day is judged at its close.
  { why: 'ends later today', end: '2026-03-31T23:00:00Z', start: '2026-01-01T00:00:00Z', value: '10000' },
  { why: 'ends tomorrow', end: '2026-04-01T00:00:01Z', start: '2026-01-01T00:00:00Z', value: '5000' },
  { why: 'has not begun', end: null, start: '2026-04-01T00:00:00Z', value: '10000' },
])('a discount that $why gives $value', async ({ start, end, value }) => {
  const half = coupon('HALF', { percent_off: 50, duration: 'repeating', duration_in_months: 3 });
  const discounts = [discount('di', half, { start: at(start), end: end === null ? null : at(end) })];
  expect(await mrr({ subscriptions: [seats('a', { discounts })], coupons: [half] })).toBe(value);
});

it('takes an amount off once per invoice, not once per line', async () => {
  const ten = coupon('TEN', { amount_off: 1_000, currency: 'usd' });
  const subscriptions = [
    subscription('a', [item('si_1', pro, 1), item('si_2', price('price_b', 5_000), 1)], {
      discounts: [discount('di', ten)],
    }),
  ];
  expect(await mrr({ subscriptions, coupons: [ten] })).toBe('14000');
});

it('takes an amount off the monthly invoice of a subscription that also has a yearly item', async () => {
  const ten = coupon('TEN', { amount_off: 1_000, currency: 'usd' });
  const annual = price('price_year', 12_000, { recurring: yearly(1) });
  const subscriptions = [
    subscription('a', [item('si_1', pro, 1), item('si_2', annual, 1)], { discounts: [discount('di', ten)] }),
  ];
  // 100.00 - 10.00 a month, and 120.00 / 12
  expect(await mrr({ subscriptions, coupons: [ten] })).toBe('10000');
});

it.each([
  { why: 'paused collection', more: { pause_collection: { behavior: 'void', resumes_at: null } } },
  { why: 'a test clock', more: { test_clock: 'clock_1' } },
  { why: 'a status from the future', more: { status: 'hibernating' } },
])('counts nothing for $why', async ({ more }) => {
  const read = await readOnce({ subscriptions: [seats('a'), seats('b', more)] }, { now });
  expect(mrrOf(read, today)).toBe('10000');
  expect(payersOf(read, today)).toEqual(['cus_a']);
});

it('takes tax out of a price that contains it', async () => {
  const rates = [{ id: 'txr', inclusive: true, percentage: 19 }];
  const gross = price('price_gross', 11_900);
  const subscriptions = [subscription('a', [item('si', gross, 1)], { default_tax_rates: rates })];
  expect(await mrr({ subscriptions })).toBe('10000');
});

it('leaves out items that are on trial, metered or paid once', async () => {
  const trial = { start_date: at('2026-03-01T00:00:00Z'), end_date: at('2026-04-15T00:00:00Z') };
  const metered = price('price_use', 2, {
    recurring: { interval: 'month', interval_count: 1, usage_type: 'metered' },
  });
  const setUp = price('price_once', 50_000, { recurring: null, type: 'one_time' });
  const items = [
    item('si_1', pro, 1),
    item('si_2', pro, 5, { current_trial: trial }),
    item('si_3', metered, undefined),
    item('si_4', setUp, 1),
  ];
  expect(await mrr({ subscriptions: [subscription('a', items)] })).toBe('10000');
});

it('reads the tiers of a tiered price from the price list', async () => {
  const tier = (upTo: number | null, unit: number, flat: number | null) => ({
    up_to: upTo,
    unit_amount: unit,
    unit_amount_decimal: String(unit),
    flat_amount: flat,
    flat_amount_decimal: flat === null ? null : String(flat),
  });
  const tiered = price('price_tiered', 0, {
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    unit_amount: null,
    unit_amount_decimal: null,
    tiers: [tier(10, 500, null), tier(null, 300, 1_000)],
  });
  const shown = { ...tiered, tiers: undefined };
  const data = { subscriptions: [subscription('a', [item('si', shown, 12)])], prices: [tiered] };
  // 10 x 5.00 + 2 x 3.00 + 10.00 for the second tier
  expect(await mrr(data)).toBe('6600');
});

it('uses the amount that a price has in the subscription’s currency', async () => {
  const option = { unit_amount: 9_000, unit_amount_decimal: '9000' };
  const data = {
    subscriptions: [seats('a', { currency: 'eur' })],
    prices: [{ ...pro, currency_options: { eur: option, usd: option } }],
  };
  expect(await mrr(data, 'EUR')).toBe('9000');
});

it('never adds currencies', async () => {
  const yen = price('price_yen', 1_000, { currency: 'jpy' });
  const subscriptions = [seats('a'), subscription('b', [item('si_b', yen, 1)], { currency: 'jpy' })];
  const read = await readOnce({ subscriptions }, { now });
  expect(mrrOf(read, today)).toBe('10000');
  expect(mrrOf(read, today, 'JPY')).toBe('1000'); // whole yen
});

it('counts customers, not subscriptions, and free ones not at all', async () => {
  const free = price('price_free', 0);
  const yen = price('price_yen', 1_000, { currency: 'jpy' });
  const subscriptions = [
    seats('a', { customer: 'cus_1' }),
    seats('b', { customer: 'cus_1' }),
    seats('c', { customer: 'cus_2' }),
    subscription('d', [item('si_d', free, 1)], { customer: 'cus_3' }),
    subscription('e', [item('si_e', yen, 1)], { customer: 'cus_4', currency: 'jpy' }),
  ];
  const read: Read = await readOnce({ subscriptions }, { now });
  expect(payersOf(read, today)).toEqual(['cus_1', 'cus_2', 'cus_4']);
  expect(payersOf(read, today, 'USD')).toEqual(['cus_1', 'cus_2']);
});

it.each([
  { why: 'a price without an amount', of: price('p', 0, { unit_amount: null, unit_amount_decimal: null }) },
  {
    why: 'an interval nobody knows',
    of: price('p', 100, { recurring: { interval: 'moon', interval_count: 1, usage_type: 'licensed' } }),
  },
  { why: 'a billing scheme nobody knows', of: price('p', 100, { billing_scheme: 'auction' }) },
])('names $why instead of guessing, and goes on with everybody else', async ({ of }) => {
  const subscriptions = [subscription('a', [item('si', of, 1)]), seats('b')];
  const read = await readOnce({ subscriptions }, { now });
  expect(problemsOf(read)).toEqual([expect.stringContaining('Price p ')]);
  expect(mrrOf(read, today)).toBe('10000');
});
