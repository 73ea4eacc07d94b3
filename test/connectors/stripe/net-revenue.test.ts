import { expect, it } from 'vitest';
import { stripe } from '../../../connectors/stripe/index.ts';
import { charge, dispute, refund, type Thing } from './support/objects.ts';
import { readFrom, readOnce, utcWindow, valuesOf } from './support/read.ts';
import { startStripe } from './support/server.ts';

const window = utcWindow('2026-03-01', '2026-03-04');
const now = '2026-03-10T00:00:00Z';
const march1 = '2026-03-01T10:00:00Z';

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
  const reading = await readOnce(data, 'net_revenue', { now, window });
  // 4900 + 3000; -400; -250
  expect(valuesOf(reading)).toEqual({ '2026-03-01': '7900', '2026-03-02': '-400', '2026-03-03': '-250' });
  expect(reading.points[0]?.counts).toEqual({ charges: 2, refunds: 0, disputes: 0 });
});

it('calls a day without payments zero once every list was read to its end', async () => {
  const reading = await readOnce({}, 'net_revenue', { now, window });
  expect(valuesOf(reading)).toEqual({ '2026-03-01': '0', '2026-03-02': '0', '2026-03-03': '0' });
  expect(reading.completeness).toMatchObject({ pages: 3, lastPageReached: true });
});

it('says nothing about days to come', async () => {
  const reading = await readOnce({}, 'net_revenue', { now: '2026-03-02T09:00:00Z', window });
  expect(Object.keys(valuesOf(reading))).toEqual(['2026-03-01', '2026-03-02']);
  const ahead = await readOnce({}, 'net_revenue', { now: '2026-02-01T00:00:00Z', window });
  expect(ahead.points).toEqual([]);
});

// 23:30 UTC on 4 March is 18:30 of that day in New York and 08:30 of the next in Tokyo.
it.each([
  {
    timeZone: 'UTC',
    startAt: '2026-03-04T00:00:00Z',
    endAt: '2026-03-06T00:00:00Z',
    refundDay: '2026-03-04',
  },
  {
    timeZone: 'America/New_York',
    startAt: '2026-03-04T05:00:00Z',
    endAt: '2026-03-06T05:00:00Z',
    refundDay: '2026-03-04',
  },
  {
    timeZone: 'Asia/Tokyo',
    startAt: '2026-03-03T15:00:00Z',
    endAt: '2026-03-05T15:00:00Z',
    refundDay: '2026-03-05',
  },
])('cuts days in $timeZone', async ({ timeZone, startAt, endAt, refundDay }) => {
  const data = { refunds: [refund('re_1', '2026-03-04T23:30:00Z', 4_900)] };
  const local = {
    startDay: '2026-03-04',
    endDay: '2026-03-06',
    timeZone,
    startAt: new Date(startAt),
    endAt: new Date(endAt),
  };
  const values = valuesOf(await readOnce(data, 'net_revenue', { now, window: local }));
  expect(values).toEqual({ '2026-03-04': '0', '2026-03-05': '0', [refundDay]: '-4900' });
});

it('keeps a payment of the first and last second of a day on that day', async () => {
  const charges = [
    charge('ch_next', '2026-03-02T00:00:00Z', 10),
    charge('ch_last', '2026-03-01T23:59:59Z', 200),
    charge('ch_first', '2026-03-01T00:00:00Z', 3_000),
  ];
  const reading = await readOnce({ charges }, 'net_revenue', { now, window });
  expect(valuesOf(reading)).toMatchObject({ '2026-03-01': '3200', '2026-03-02': '10' });
});

it('never adds currencies, and says what it left out', async () => {
  const charges = [
    charge('ch_usd', march1, 100),
    charge('ch_jpy', march1, 1_200, { currency: 'jpy' }),
    charge('ch_eur', march1, 700, { currency: 'eur' }),
  ];
  const usd = await readOnce({ charges }, 'net_revenue', { now, window });
  expect(usd.points[0]).toMatchObject({ value: '100', flags: { otherCurrencies: 'eur: 1, jpy: 1' } });
  expect(usd.completeness.notes).toHaveLength(2);
  const jpy = await readOnce({ charges }, 'net_revenue', { now, window, params: { currency: ' JPY ' } });
  expect(jpy.points[0]?.value).toBe('1200'); // whole yen, which have no cents
});

it('asks for a currency in words an owner understands', () => {
  const answer = stripe.metrics.net_revenue?.paramsSchema.safeParse({});
  expect(answer?.error?.issues[0]?.message).toBe('Name the currency with three letters, for example eur');
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
  const reading = await readOnce({ charges, refunds }, 'net_revenue', { now, window });
  expect(valuesOf(reading)).toEqual({ '2026-03-01': '3000', '2026-03-02': '-50', '2026-03-03': '0' });
  expect(reading.asked).toContain('/v1/charges/ch_before');
});

it('walks every page and bounds the walk by the window and the start of the run', async () => {
  const charges = Array.from({ length: 25 }, (_, index) => charge(`ch_${index}`, march1, 1));
  const reading = await readOnce({ charges }, 'net_revenue', {
    now: '2026-03-02T00:00:00Z',
    window,
    pageSize: 10,
  });
  expect(reading.points[0]?.value).toBe('25');
  // 2026-03-01 and 2026-03-02, midnight UTC
  const created = 'created[gte]=1772323200&created[lt]=1772409600';
  expect(reading.asked.slice(0, 3)).toEqual([
    `/v1/charges?limit=100&${created}`,
    `/v1/charges?limit=100&starting_after=ch_9&${created}`,
    `/v1/charges?limit=100&starting_after=ch_19&${created}`,
  ]);
});

it.each([
  { why: 'repeats a page for ever', code: 'repeated_page', data: [charge('ch_1', march1, 1)] },
  { why: 'promises more and sends nothing', code: 'empty_page', data: [] as Thing[] },
])('gives no number when Stripe $why', async ({ code, data }) => {
  const server = await startStripe({});
  server.answer('/v1/charges', () => ({
    body: { object: 'list', data, has_more: true, url: '/v1/charges' },
  }));
  try {
    const reading = readFrom(server, 'net_revenue', { now, window });
    await expect(reading).rejects.toMatchObject({ errorClass: 'bad_payload', code });
    expect(server.requestCount()).toBeLessThan(4);
  } finally {
    await server.close();
  }
});

it('C11: gives no number when the last of many pages fails', async () => {
  const charges = [charge('ch_2', march1, 1), charge('ch_1', march1, 1)];
  const server = await startStripe({ charges }, 1);
  server.answer('/v1/disputes', () => ({
    status: 500,
    body: { error: { type: 'api_error', message: 'down' } },
  }));
  try {
    const reading = readFrom(server, 'net_revenue', { now, window });
    await expect(reading).rejects.toMatchObject({ errorClass: 'transient', code: 'http_500' });
  } finally {
    await server.close();
  }
});

it('refuses a sum of live and test payments', async () => {
  const charges = [charge('ch_1', march1, 1), charge('ch_2', march1, 1, { livemode: true })];
  const reading = readOnce({ charges }, 'net_revenue', { now, window });
  await expect(reading).rejects.toMatchObject({ code: 'mixed_livemode', remedy: { by: 'owner' } });
});

it('names the field that is gone', async () => {
  const { amount_captured: _, ...old } = charge('ch_1', march1, 1);
  const reading = readOnce({ charges: [old] }, 'net_revenue', { now, window });
  await expect(reading).rejects.toMatchObject({
    errorClass: 'schema_drift',
    code: '/data/0/amount_captured',
  });
});
