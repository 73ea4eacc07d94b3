import { afterEach, beforeEach, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { type Answer, startTestServer, type TestServer } from '../api/support/server.ts';

/** Subscriptions that were uploaded, counted at the daily rates of the workspace: by the run engine and on a real database. */
let server: TestServer;
const log = { info() {}, warn() {}, error() {} };
/** A day of the server's calendar, counted from today. */
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const DAILY = { reportingCurrency: 'USD', fx: 'daily' };

const item = { quantity: 1, interval: 'month', intervalCount: 1, usage: 'licensed' };
const subscription = (id: string, currency: string, unitAmount: number, from: number) => ({
  id,
  customerId: id,
  currency,
  segments: [
    { from: `${day(from)}T12:00:00Z`, to: null, status: 'active', items: [{ ...item, unitAmount }] },
  ],
});

/** Ada pays 100 dollars, and Bo 50 euros since ten days ago. */
beforeEach(async () => {
  server = await startTestServer();
  await made('/connections', { key: 'billing', connectorId: 'records', config: {} });
  await made('/connections/billing/records', {
    kind: 'subscriptions',
    records: [subscription('ada', 'USD', 10_000, -20), subscription('bo', 'EUR', 5_000, -10)],
  });
});
afterEach(() => server.close());

const send = (path: string, body: unknown): Promise<Answer> => server.ask('POST', `/api/v1${path}`, body);
async function made(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await send(path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
const measure = (metric: string, params: Record<string, unknown>) =>
  made('/metrics', { key: metric, connection: 'billing', metric, params });
async function upload(rates: { day: string; rate: string }[]): Promise<void> {
  const rows = rates.map((each) => ({ currency: 'EUR', ...each }));
  const answer = await server.ask('PUT', '/api/v1/rates/USD', { rates: rows });
  expect(answer.status, answer.text).toBeLessThan(300);
}

/** Works off what waits, and nothing that does not. */
async function sync(): Promise<number> {
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  for (const { id } of queued.rows) {
    const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
    await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
  }
  return queued.rows.length;
}
type Stored = { day: string; value: string | null; reason: string | null; flags: unknown; counts: unknown };
async function points(key: string): Promise<Map<string, Stored>> {
  const { rows } = await server.services.database.pool.query<Stored>(
    `SELECT p.day::text AS day, p.value::text AS value, p.reason, p.flags, p.counts FROM metric_point p
     JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id WHERE m.key = $1`,
    [key],
  );
  return new Map(rows.map((row) => [row.day, row]));
}
const valuesOf = async (key: string, days: number[]): Promise<(number | null | undefined)[]> => {
  const known = await points(key);
  return days.map((each) => {
    const value = known.get(day(each))?.value;
    return value === null || value === undefined ? value : Number(value);
  });
};

it('counts each day at its own rate, names what a change of rates brought, and counts again when the rates are told anew', async () => {
  await upload([
    { day: day(-15), rate: '1.1' },
    { day: day(-4), rate: '1.2' },
  ]);
  const created = await measure('mrr', DAILY);
  expect(created).toMatchObject({ currency: 'USD', params: { ...DAILY, ratesFrom: 'table' } });
  await measure('mrr_movements', { ...DAILY, window: 'day' });
  await sync();
  // 100.00 of Ada; with Bo 100.00 + 50.00 x 1.1 = 155.00, and from the fourth day before today on x 1.2 = 160.00.
  expect(await valuesOf('mrr', [-11, -10, -5, -4, -1])).toEqual([10_000, 15_500, 15_500, 16_000, 16_000]);
  const moved = await points('mrr_movements');
  const none = { new: 0, expansion: 0, reactivation: 0, contraction: 0, churn: 0, fx: 0 };
  // Bo's 50.00 x 1.1 are new; 50.00 x (1.2 - 1.1) = 5.00 are nobody's doing.
  expect(moved.get(day(-10))?.counts).toMatchObject({
    ...none,
    opening: 10_000,
    new: 5_500,
    closing: 15_500,
  });
  expect(moved.get(day(-4))?.counts).toMatchObject({ ...none, opening: 15_500, fx: 500, closing: 16_000 });
  expect(moved.get(day(-3))?.counts).toMatchObject({ ...none, opening: 16_000, closing: 16_000 });

  // Days long settled are read again without anybody asking for it.
  await upload([{ day: day(-8), rate: '1.3' }]);
  expect(await sync()).toBe(1);
  expect(await valuesOf('mrr', [-9, -8, -5, -4])).toEqual([15_500, 16_500, 16_500, 16_000]);
  const again = await points('mrr_movements');
  // 50.00 x (1.3 - 1.1) = 10.00, and 50.00 x (1.2 - 1.3) = -5.00.
  expect(again.get(day(-8))?.counts).toMatchObject({ ...none, fx: 1_000 });
  expect(again.get(day(-4))?.counts).toMatchObject({ ...none, fx: -500 });
});

it('explains a difference at the rates that the points were counted at', async () => {
  await upload([
    { day: day(-15), rate: '1.1' },
    { day: day(-4), rate: '1.2' },
  ]);
  await measure('mrr', DAILY);
  await sync();
  const path = `/api/v1/metrics/mrr/movements?from=${day(-11)}&to=${day(-1)}`;
  const { json, status, text } = await server.ask('GET', path);
  expect(status, text).toBe(200);
  expect(json).toMatchObject({ opening: 10_000, closing: 16_000, totals: { new: 5_500, fx: 500 } });
});

it('has no value on a day before the first rate, and names the currency and the day', async () => {
  await upload([{ day: day(-4), rate: '1.2' }]);
  await measure('mrr', DAILY);
  await sync();
  expect(await valuesOf('mrr', [-11, -10, -5, -4])).toEqual([10_000, null, null, 16_000]);
  expect((await points('mrr')).get(day(-9))).toMatchObject({
    reason: 'missing_rate',
    flags: { missingRate: 'EUR', missingRateDay: day(-9) },
  });
  const { rows } = await server.services.database.pool.query<{ notes: string[] }>(
    `SELECT completeness->'notes' AS notes FROM sync_evidence ORDER BY recorded_at DESC LIMIT 1`,
  );
  expect(rows[0]?.notes.filter((note) => note.startsWith('no rate'))).toEqual([
    expect.stringMatching(`^no rate of EUR into USD on ${day(-10)}, for .* of bo$`),
  ]);
});
