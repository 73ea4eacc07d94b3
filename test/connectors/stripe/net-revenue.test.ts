import { expect, it } from 'vitest';
import { startFake } from './mirror/fake.ts';
import { charge, dispute, refund, type Thing } from './support/objects.ts';
import { netRevenueOf, type ReadOptions, readFrom, readOnce, whole } from './support/read.ts';
import type { StripeData } from './support/server.ts';

const now = '2026-03-10T00:00:00Z';
const march1 = '2026-03-01T10:00:00Z';
const kinds = ['payment', 'refund', 'dispute'] as const;

const read = (data: StripeData, more: Partial<ReadOptions> & { pageSize?: number } = {}) =>
  readOnce(data, { now, kinds, ...more });

it('is money captured, less refunds and lost disputes, each on its own day', async () => {
  const data = {
    charges: [
      charge('ch_1', march1, 4_900),
      charge('ch_part', march1, 5_000, { amount_captured: 3_000 }),
      charge('ch_failed', march1, 9_999, { status: 'failed', captured: false, amount_captured: 0 }),
      charge('ch_held', march1, 9_999, { captured: false, amount_captured: 0 }),
    ],
    refunds: [
      refund('re_1', '2026-03-02T10:00:00Z', 400),
      refund('re_failed', '2026-03-02T10:00:00Z', 1_000, { status: 'failed' }),
      refund('re_pending', '2026-03-02T10:00:00Z', 1_000, { status: 'pending' }),
      refund('re_canceled', '2026-03-02T10:00:00Z', 1_000, { status: 'canceled' }),
    ],
    disputes: [
      dispute('dp_lost', '2026-03-03T10:00:00Z', 250),
      dispute('dp_won', '2026-03-03T10:00:00Z', 999, { status: 'won' }),
      dispute('dp_open', '2026-03-03T10:00:00Z', 999, { status: 'needs_response' }),
    ],
  };
  // 4900 + 3000; -400; -250
  expect(netRevenueOf(await read(data))).toEqual({
    '2026-03-01': 7_900,
    '2026-03-02': -400,
    '2026-03-03': -250,
  });
});

// 23:30 UTC on 4 March is 18:30 of that day in New York and 08:30 of the next in Tokyo.
it.each([
  { timeZone: 'UTC', day: '2026-03-04' },
  { timeZone: 'America/New_York', day: '2026-03-04' },
  { timeZone: 'Asia/Tokyo', day: '2026-03-05' },
])('cuts days in $timeZone', async ({ timeZone, day }) => {
  const found = await read({ refunds: [refund('re_1', '2026-03-04T23:30:00Z', 4_900)] });
  expect(netRevenueOf(found, 'USD', timeZone)).toEqual({ [day]: -4_900 });
});

it('keeps a payment of the first and last second of a day on that day', async () => {
  const charges = [
    charge('ch_next', '2026-03-02T00:00:00Z', 10),
    charge('ch_last', '2026-03-01T23:59:59Z', 200),
    charge('ch_first', '2026-03-01T00:00:00Z', 3_000),
  ];
  expect(netRevenueOf(await read({ charges }))).toEqual({ '2026-03-01': 3_200, '2026-03-02': 10 });
});

it('never adds currencies', async () => {
  const charges = [
    charge('ch_usd', march1, 100),
    charge('ch_jpy', march1, 1_200, { currency: 'jpy' }),
    charge('ch_eur', march1, 700, { currency: 'eur' }),
  ];
  const found = await read({ charges });
  expect(netRevenueOf(found)).toEqual({ '2026-03-01': 100 });
  expect(netRevenueOf(found, 'JPY')).toEqual({ '2026-03-01': 1_200 }); // whole yen, which have no cents
});

it('takes nothing off for an authorisation that was let go', async () => {
  const held = { captured: false, amount_captured: 0, refunded: true };
  const charges = [
    charge('ch_held', march1, 5_000, held),
    charge('ch_part', march1, 5_000, { amount_captured: 3_000 }),
    charge('ch_before', '2026-02-20T00:00:00Z', 800, held),
  ];
  const refunds = [
    refund('re_held', '2026-03-02T00:00:00Z', 5_000, { charge: 'ch_held', balance_transaction: null }),
    refund('re_part', '2026-03-02T00:00:00Z', 2_000, { charge: 'ch_part', balance_transaction: null }),
    refund('re_before', '2026-03-02T00:00:00Z', 800, { charge: 'ch_before', balance_transaction: null }),
    refund('re_real', '2026-03-02T00:00:00Z', 50, { charge: 'ch_part' }),
  ];
  expect(netRevenueOf(await read({ charges, refunds }))).toEqual({ '2026-03-01': 3_000, '2026-03-02': -50 });
});

it('takes a refund off once, on its own day, though its charge names it as well', async () => {
  const charges = [charge('ch_1', march1, 900, { amount_refunded: 200 })];
  const refunds = [refund('re_1', '2026-03-02T10:00:00Z', 200, { charge: 'ch_1' })];
  expect(netRevenueOf(await read({ charges, refunds }))).toEqual({ '2026-03-01': 900, '2026-03-02': -200 });
});

it.each(['warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented', 'under_review'])(
  'a dispute that is %s has cost nothing',
  async (status) => {
    expect(netRevenueOf(await read({ disputes: [dispute('dp_1', march1, 300, { status })] }))).toEqual({});
  },
);

// UGX has no usable decimals and is given ×100 all the same; BHD has three.
it.each([
  { code: 'UGX', amount: 50_000 },
  { code: 'BHD', amount: 1_230 },
])('keeps $code in the smallest unit that Stripe gives it in', async ({ code, amount }) => {
  const charges = [charge('ch_1', march1, amount, { currency: code.toLowerCase() })];
  expect(netRevenueOf(await read({ charges }), code)).toEqual({ '2026-03-01': amount });
});

it('walks every page and bounds the walk by the start of the run', async () => {
  const charges = Array.from({ length: 25 }, (_, index) => charge(`ch_${index}`, march1, 1));
  const found = await read({ charges }, { now: '2026-03-02T00:00:00Z', pageSize: 10 });
  expect(netRevenueOf(found)).toEqual({ '2026-03-01': 25 });
  // The second after 2026-03-02, midnight UTC.
  const created = 'created[lt]=1772409601';
  expect(found.asked.filter((path) => path.startsWith('/v1/charges'))).toEqual([
    `/v1/charges?limit=100&${created}`,
    `/v1/charges?limit=100&starting_after=ch_9&${created}`,
    `/v1/charges?limit=100&starting_after=ch_19&${created}`,
  ]);
});

it('bounds the walk by the start of the run, so that what comes meanwhile is left to the next', async () => {
  const charges = [charge('ch_after', '2026-03-02T00:00:01Z', 7), charge('ch_before', march1, 1)];
  const found = await read({ charges }, { now: '2026-03-02T00:00:00Z' });
  expect(netRevenueOf(found)).toEqual({ '2026-03-01': 1 });
});

it.each([
  { why: 'repeats a page for ever', code: 'repeated_page', data: [charge('ch_1', march1, 1)] },
  { why: 'promises more and sends nothing', code: 'empty_page', data: [] as Thing[] },
])('gives no number when Stripe $why', async ({ code, data }) => {
  const fake = await startFake({});
  fake.server.answer('/v1/charges', () => ({
    body: { object: 'list', data, has_more: true, url: '/v1/charges' },
  }));
  try {
    const reading = readFrom(fake, { now, kinds });
    await expect(reading).rejects.toMatchObject({ errorClass: 'bad_payload', code });
    expect(fake.server.asked.filter((path) => path.startsWith('/v1/charges')).length).toBeLessThan(4);
  } finally {
    await fake.server.close();
  }
});

it('C11: gives no number when the last of many pages fails', async () => {
  const charges = [charge('ch_2', march1, 1), charge('ch_1', march1, 1)];
  const fake = await startFake(whole({ charges }), 1);
  fake.server.answer('/v1/disputes', () => ({
    status: 500,
    body: { error: { type: 'api_error', message: 'down' } },
  }));
  try {
    const reading = readFrom(fake, { now, kinds });
    await expect(reading).rejects.toMatchObject({ errorClass: 'transient', code: 'http_500' });
  } finally {
    await fake.server.close();
  }
});

it('refuses a sum of live and test payments', async () => {
  const charges = [charge('ch_1', march1, 1), charge('ch_2', march1, 1, { livemode: true })];
  await expect(read({ charges })).rejects.toMatchObject({ code: 'mixed_livemode', remedy: { by: 'owner' } });
});

it('names the field that is gone', async () => {
  const { amount_captured: _, ...old } = charge('ch_1', march1, 1);
  await expect(read({ charges: [old] })).rejects.toMatchObject({
    errorClass: 'schema_drift',
    code: '/data/0/amount_captured',
  });
});
