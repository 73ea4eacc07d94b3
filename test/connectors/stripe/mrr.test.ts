import { expect, it } from 'vitest';
import { stripe } from '../../../connectors/stripe/index.ts';
import { testContext } from '../support/context.ts';
import { at, coupon, discount, item, price, subscription } from './support/objects.ts';
import { KEY, readFrom, readOnce, utcWindow, valuesOf } from './support/read.ts';
import { type StripeData, startStripe } from './support/server.ts';

const today = { now: '2026-03-31T12:00:00Z', window: utcWindow('2026-03-31', '2026-04-01') };
const pro = price('price_pro', 10_000);
const seats = (id: string, more: Record<string, unknown> = {}) =>
  subscription(id, [item(`si_${id}`, pro, 1)], more);

async function mrrOf(data: StripeData, params: unknown = { currency: 'usd' }) {
  const reading = await readOnce(data, 'mrr', { ...today, params });
  return { ...reading, value: reading.points[0]?.value };
}
const yearly = (count: number) => ({ interval: 'year', interval_count: count, usage_type: 'licensed' });

it('adds thirds of a year up without losing a cent', async () => {
  const third = price('price_third', 10_000, {
    recurring: { interval: 'month', interval_count: 3, usage_type: 'licensed' },
  });
  // 100.00 every three months is 33.333… a month; three of them are 100.00.
  const subscriptions = ['a', 'b', 'c'].map((id) => subscription(id, [item(`si_${id}`, third, 1)]));
  expect((await mrrOf({ subscriptions })).value).toBe('10000');
  expect((await mrrOf({ subscriptions: subscriptions.slice(0, 1) })).value).toBe('3333.333333333333');
});

it.each([
  { interval: 'week', amount: 1_200, month: '5200', sum: '12.00 x 52 / 12' },
  { interval: 'day', amount: 120, month: '3650', sum: '1.20 x 365 / 12' },
  { interval: 'year', amount: 12_000, month: '1000', sum: '120.00 / 12' },
])('brings a $interval to a month: $sum', async ({ interval, amount, month }) => {
  const of = price('price_x', amount, { recurring: { interval, interval_count: 1, usage_type: 'licensed' } });
  expect((await mrrOf({ subscriptions: [subscription('s', [item('si', of, 1)])] })).value).toBe(month);
});

it('keeps fractions of a cent of a price that has no whole amount', async () => {
  const fine = price('price_fine', 0, { unit_amount: null, unit_amount_decimal: '0.05' });
  // 1,001 units at a twentieth of a cent are 50.05 cents.
  expect((await mrrOf({ subscriptions: [subscription('s', [item('si', fine, 1_001)])] })).value).toBe(
    '50.05',
  );
});

it('is zero, not missing, for an account without subscriptions', async () => {
  const reading = await mrrOf({ subscriptions: [] });
  expect(reading.value).toBe('0');
  expect(reading.completeness).toMatchObject({ pages: 1, items: 0, lastPageReached: true });
});

it('has no point for days before today, because Stripe keeps no history', async () => {
  const window = utcWindow('2026-03-01', '2026-03-31');
  const reading = await readOnce({ subscriptions: [seats('a')] }, 'mrr', { ...today, window });
  expect(reading.points).toEqual([]);
  expect(reading.asked).toEqual([]);
});

it('dates the point by the local day of the window’s zone', async () => {
  // 23:30 UTC on the 31st is 08:30 of 1 April in Tokyo.
  const window = { ...utcWindow('2026-03-31', '2026-04-02'), timeZone: 'Asia/Tokyo' };
  const reading = await readOnce({ subscriptions: [seats('a')] }, 'mrr', {
    now: '2026-03-31T23:30:00Z',
    window,
  });
  expect(valuesOf(reading)).toEqual({ '2026-04-01': '10000' });
});

it('takes a bare coupon id for what it is: 25 % off, looked up, and not gross', async () => {
  const quarter = coupon('QUARTER', { percent_off: 25 });
  const subscriptions = [seats('a', { discounts: [discount('di', 'QUARTER')] })];
  expect((await mrrOf({ subscriptions, coupons: [quarter] })).value).toBe('7500');
});

it('finds a deleted coupon where it is still in use: on the item and on the customer', async () => {
  const half = coupon('HALF', { percent_off: 50 });
  const onItem = subscription('a', [item('si_a', pro, 1, { discounts: [discount('di_a', 'HALF')] })]);
  const onCustomer = seats('b', { customer: 'cus_b' });
  const customers = [{ id: 'cus_b', discount: discount('di_b', 'GONE') }];
  const server = await startStripe({ subscriptions: [onItem, onCustomer], customers, coupons: [] });
  server.answer('/v1/subscription_items/si_a', () => ({
    body: item('si_a', pro, 1, { discounts: [discount('di_a', half)] }),
  }));
  server.answer('/v1/customers/cus_b', () => ({
    body: { id: 'cus_b', discount: discount('di_b', coupon('GONE', { percent_off: 10 })) },
  }));
  try {
    // 100.00 x 0.5 + 100.00 x 0.9
    expect(valuesOf(await readFrom(server, 'mrr', today))).toEqual({ '2026-03-31': '14000' });
  } finally {
    await server.close();
  }
});

it('refuses to report gross when a coupon cannot be found anywhere', async () => {
  const subscriptions = [subscription('a', [item('si_a', pro, 1, { discounts: [discount('di', 'LOST')] })])];
  await expect(mrrOf({ subscriptions, coupons: [] })).rejects.toMatchObject({
    code: 'bare_coupon',
    errorClass: 'schema_drift',
  });
});

it('reads coupons, prices and items only when the subscriptions need them', async () => {
  const { asked } = await mrrOf({ subscriptions: [seats('a')] });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain(
    '/v1/subscriptions?limit=100&created[lt]=1774958401&expand[0]=data.discounts.source.coupon',
  );
});

it('looks for the customer’s discount where a gateway leaves the customer folded', async () => {
  const subscriptions = [seats('a', { customer: 'cus_a' })];
  const loyal = coupon('LOYAL', { percent_off: 25 });
  const customers = [{ id: 'cus_a', object: 'customer', discount: discount('di', 'LOYAL') }];
  const server = await startStripe({ subscriptions, customers, coupons: [loyal] });
  server.answer('/v1/subscriptions', () => ({
    body: { object: 'list', data: subscriptions, has_more: false },
  }));
  try {
    expect(valuesOf(await readFrom(server, 'mrr', today))).toEqual({ '2026-03-31': '7500' });
  } finally {
    await server.close();
  }
});

it('shares one walk between MRR and paying customers of a run', async () => {
  const server = await startStripe({ subscriptions: [seats('a')] });
  const { context } = testContext({ apiKey: KEY }, server.endpoint, new Date(today.now));
  try {
    const usd = { currency: 'usd' };
    const [mrr, customers] = await Promise.all([
      stripe.metrics.mrr?.read(context, today.window, usd),
      stripe.metrics.paying_customers?.read(context, today.window, usd),
    ]);
    expect([mrr?.points[0]?.value, customers?.points[0]?.value]).toEqual(['10000', '1']);
    expect(server.requestCount()).toBe(1);
  } finally {
    await server.close();
  }
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
  expect((await mrrOf({ subscriptions, coupons: [limited] })).value).toBe('14000');
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
  expect((await mrrOf({ subscriptions: [seats('a', { discounts })], coupons })).value).toBe(value);
});

it.each([
  {
    why: 'ended at this second',
    end: at('2026-03-31T12:00:00Z'),
    start: at('2026-01-01T00:00:00Z'),
    value: '10000',
  },
  {
    why: 'runs one second more',
    end: at('2026-03-31T12:00:01Z'),
    start: at('2026-01-01T00:00:00Z'),
    value: '5000',
  },
  { why: 'has not begun', end: null, start: at('2026-04-01T00:00:00Z'), value: '10000' },
])('a discount that $why gives $value', async ({ start, end, value }) => {
  const half = coupon('HALF', { percent_off: 50, duration: 'repeating', duration_in_months: 3 });
  const discounts = [discount('di', half, { start, end })];
  expect((await mrrOf({ subscriptions: [seats('a', { discounts })], coupons: [half] })).value).toBe(value);
});

it('takes an amount off once per invoice, not once per line', async () => {
  const ten = coupon('TEN', { amount_off: 1_000, currency: 'usd' });
  const subscriptions = [
    subscription('a', [item('si_1', pro, 1), item('si_2', price('price_b', 5_000), 1)], {
      discounts: [discount('di', ten)],
    }),
  ];
  expect((await mrrOf({ subscriptions, coupons: [ten] })).value).toBe('14000');
});

it('takes an amount off the monthly invoice of a subscription that also has a yearly item', async () => {
  const ten = coupon('TEN', { amount_off: 1_000, currency: 'usd' });
  const annual = price('price_year', 12_000, { recurring: yearly(1) });
  const subscriptions = [
    subscription('a', [item('si_1', pro, 1), item('si_2', annual, 1)], { discounts: [discount('di', ten)] }),
  ];
  // 100.00 - 10.00 a month, and 120.00 / 12
  expect((await mrrOf({ subscriptions, coupons: [ten] })).value).toBe('10000');
});

it.each([
  {
    why: 'paused collection',
    more: { pause_collection: { behavior: 'void', resumes_at: null } },
    note: 'paused',
  },
  { why: 'a test clock', more: { test_clock: 'clock_1' }, note: 'test clock' },
  { why: 'a status from the future', more: { status: 'hibernating' }, note: 'unknown status hibernating' },
])('counts nothing for $why, and says so', async ({ more, note }) => {
  const reading = await mrrOf({ subscriptions: [seats('a'), seats('b', more)] });
  expect(reading.value).toBe('10000');
  expect(reading.completeness.notes.join()).toContain(note);
});

it('takes tax out of a price that contains it', async () => {
  const rates = [{ id: 'txr', inclusive: true, percentage: 19 }];
  const gross = price('price_gross', 11_900);
  const subscriptions = [subscription('a', [item('si', gross, 1)], { default_tax_rates: rates })];
  expect((await mrrOf({ subscriptions })).value).toBe('10000');
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
  expect((await mrrOf({ subscriptions: [subscription('a', items)] })).value).toBe('10000');
});

it('reads the tiers of a tiered price from the price list', async () => {
  const tiered = price('price_tiered', 0, {
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    unit_amount: null,
    unit_amount_decimal: null,
    tiers: [
      {
        up_to: 10,
        unit_amount: 500,
        unit_amount_decimal: '500',
        flat_amount: null,
        flat_amount_decimal: null,
      },
      {
        up_to: null,
        unit_amount: 300,
        unit_amount_decimal: '300',
        flat_amount: 1_000,
        flat_amount_decimal: '1000',
      },
    ],
  });
  const shown = { ...tiered, tiers: undefined };
  const data = { subscriptions: [subscription('a', [item('si', shown, 12)])], prices: [tiered] };
  // 10 x 5.00 + 2 x 3.00 + 10.00 for the second tier
  expect((await mrrOf(data)).value).toBe('6600');
});

it('uses the amount that a price has in the subscription’s currency', async () => {
  const option = { unit_amount: 9_000, unit_amount_decimal: '9000' };
  const data = {
    subscriptions: [seats('a', { currency: 'eur' })],
    prices: [{ ...pro, currency_options: { eur: option, usd: option } }],
  };
  expect((await mrrOf(data, { currency: 'EUR' })).value).toBe('9000');
});

it('never adds currencies, and says what it left out', async () => {
  const yen = price('price_yen', 1_000, { currency: 'jpy' });
  const data = {
    subscriptions: [seats('a'), subscription('b', [item('si_b', yen, 1)], { currency: 'jpy' })],
  };
  const inUsd = await mrrOf(data);
  expect(inUsd.value).toBe('10000');
  expect(inUsd.points[0]?.flags).toEqual({ otherCurrencies: 'jpy: 1' });
  expect(inUsd.completeness.notes).toContain('1 paying subscriptions in jpy left out of usd');
  expect((await mrrOf(data, { currency: 'jpy' })).value).toBe('1000'); // whole yen
});

it('counts customers, not subscriptions, and free ones not at all', async () => {
  const free = price('price_free', 0);
  const data = {
    subscriptions: [
      seats('a', { customer: 'cus_1' }),
      seats('b', { customer: 'cus_1' }),
      seats('c', { customer: 'cus_2', currency: 'usd' }),
      subscription('d', [item('si_d', free, 1)], { customer: 'cus_3' }),
      subscription('e', [item('si_e', price('price_yen', 1_000, { currency: 'jpy' }), 1)], {
        customer: 'cus_4',
        currency: 'jpy',
      }),
    ],
  };
  const counted = async (params: unknown) =>
    valuesOf(await readOnce(data, 'paying_customers', { ...today, params }));
  expect(await counted({})).toEqual({ '2026-03-31': '3' });
  expect(await counted({ currency: 'usd' })).toEqual({ '2026-03-31': '2' });
});

it.each([
  { why: 'a price without an amount', of: price('p', 0, { unit_amount: null, unit_amount_decimal: null }) },
  {
    why: 'an interval nobody knows',
    of: price('p', 100, { recurring: { interval: 'moon', interval_count: 1, usage_type: 'licensed' } }),
  },
  { why: 'a billing scheme nobody knows', of: price('p', 100, { billing_scheme: 'auction' }) },
])('asks the maintainer about $why instead of guessing', async ({ of }) => {
  const reading = mrrOf({ subscriptions: [subscription('a', [item('si', of, 1)])] });
  await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift', remedy: { by: 'maintainer' } });
});
