import { afterEach, beforeEach, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { checkMoney } from '../../src/wiring/records-money.ts';
import { type Answer, startTestServer, type TestServer } from '../api/support/server.ts';

/** Revenue from billing records that were uploaded, by the run engine and on a real database. */
let server: TestServer;
const dayMs = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const at = (days: number): string => `${day(days)}T12:00:00Z`;
const log = { info() {}, warn() {}, error() {} };

beforeEach(async () => {
  server = await startTestServer();
  await made('/connections', { key: 'billing', connectorId: 'records', config: {} });
});
afterEach(() => server.close());

const send = (path: string, body: unknown): Promise<Answer> => server.ask('POST', `/api/v1${path}`, body);
async function made(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await send(path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
const push = (kind: string, records: unknown[], rest: Record<string, unknown> = {}) =>
  made('/connections/billing/records', { kind, records, ...rest });
const metric = (key: string, params: Record<string, unknown>) =>
  made('/metrics', { key, connection: 'billing', metric: key, params });

async function points(key: string): Promise<Map<string, string | null>> {
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  for (const { id } of queued.rows) {
    const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
    await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
  }
  const data = await server.all(`/api/v1/metrics/${key}/points`);
  return new Map((data as { day: string; value: string | null }[]).map((each) => [each.day, each.value]));
}

const item = { quantity: 1, interval: 'month', intervalCount: 1, usage: 'licensed' };
const subscription = (id: string, currency: string, unitAmount: number, from: number) => ({
  id,
  customerId: id,
  currency,
  segments: [{ from: at(from), to: null, status: 'active', items: [{ ...item, unitAmount }] }],
});

it('counts what recurs on every day since it began, in one currency at the rate of the definition', async () => {
  await push('subscriptions', [subscription('a', 'USD', 10_000, -40), subscription('b', 'EUR', 5_000, -10)]);
  const created = await metric('mrr', { reportingCurrency: 'usd', rates: ['EUR=1.1'] });
  expect(created).toMatchObject({ unit: 'money', currency: 'USD' });
  const mrr = await points('mrr');
  // Nothing, then 100.00, then 100.00 + 1.1 × 50.00.
  expect([mrr.get(day(-41)), mrr.get(day(-40)), mrr.get(day(-11)), mrr.get(day(-10))]).toEqual([
    '0',
    '10000',
    '10000',
    '15500',
  ]);
  // A subscription that is told later changes the past that it was part of.
  await push('subscriptions', [subscription('c', 'USD', 1_000, -30)]);
  expect((await points('mrr')).get(day(-20))).toBe('11000');
});

it('has no value where a rate is missing, and says so', async () => {
  await push('subscriptions', [subscription('b', 'EUR', 5_000, -3)]);
  await metric('mrr', { reportingCurrency: 'USD' });
  expect((await points('mrr')).get(day(-1))).toBeNull();
  const data = await server.all(`/api/v1/metrics/mrr/points?from=${day(-1)}`);
  expect(data).toMatchObject([{ value: null, reason: 'missing_rate' }, {}]);
});

it('knows what was collected for as long as it was told, with refunds and without disputes', async () => {
  const payment = { id: 'p', customerId: 'a', currency: 'USD', amount: 12_000, tax: 2_000, paidAt: at(-5) };
  await push('payments', [payment], { through: day(-2) });
  await push('refunds', [{ id: 'r', paymentId: 'p', amount: 3_000, refundedAt: at(-3) }], {
    through: day(-2),
  });
  await metric('net_revenue', { reportingCurrency: 'USD' });
  const collected = await points('net_revenue');
  expect([-6, -5, -4, -3, -2].map((days) => collected.get(day(days)))).toEqual([
    '0',
    '12000',
    '0',
    '-3000',
    '0',
  ]);
  expect(collected.has(day(-1))).toBe(false);
});

it.each([
  { params: {}, says: '"reportingCurrency" is missing' },
  { params: { reportingCurrency: 'dollars' }, says: '"reportingCurrency" is "dollars"' },
  { params: { reportingCurrency: 'USD', rates: ['EUR:1.1'] }, says: '"rates" is ["EUR:1.1"]' },
  { params: { reportingCurrency: 'USD', rates: ['EUR=0'] }, says: '"rates" is ["EUR=0"]' },
  { params: { reportingCurrency: 'USD', fx: 'hourly' }, says: '"fx" is "hourly"; write constant or daily' },
  { params: { reportingCurrency: 'USD', fx: 'daily', rates: ['EUR=1'] }, says: 'leave out rates' },
  {
    params: { reportingCurrency: 'USD', ratesFrom: 'table' },
    says: 'leave out ratesFrom, or write fx daily',
  },
  {
    params: { reportingCurrency: 'USD', fx: 'daily', ratesFrom: 'provider' },
    says: 'Nobody tells rates with records of your own; write ratesFrom table.',
  },
])('refuses $params with what to give', async ({ params, says }) => {
  const answer = await send('/metrics', { key: 'mrr', connection: 'billing', metric: 'mrr', params });
  expect([answer.status, answer.text]).toEqual([
    422,
    expect.stringContaining(JSON.stringify(says).slice(1, -1)),
  ]);
});

it('asks no metric for a currency that counts no money', () => {
  const metric = {
    records: ['responses'] as const,
    unit: { name: 'points', storedAs: 'score' as const, storedPer: 1 },
  };
  expect(checkMoney(metric, {})).toMatchObject({ ok: true, money: null, currency: null });
  expect(checkMoney(metric, { reportingCurrency: 'USD' })).toEqual({
    ok: false,
    problems: ['This metric counts no money; leave out reportingCurrency.'],
  });
});
