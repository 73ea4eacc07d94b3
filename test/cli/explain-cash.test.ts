import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { main } from '../../src/cli/main.ts';
import { startTestServer, type TestServer } from '../api/support/server.ts';
import { fakeIo } from './support/fake-io.ts';

let server: TestServer;
let folder: string;
const log = { info() {}, warn() {}, error() {} };
/** A day of the server's calendar, counted from today. */
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const noon = (days: number): string => `${day(days)}T12:00:00Z`;

/**
 * In euros. Three days ago ann pays 100.00; the day after, bob pays 250.00 with 50.00 of tax, and ann is given back 24.00
 * of her payment.
 */
const payments = [
  { id: 'ch_1', customer_id: 'ann', currency: 'eur', amount: 10_000, tax: 0, paid_at: noon(-3) },
  { id: 'ch_2', customer_id: 'bob', currency: 'eur', amount: 25_000, tax: 5_000, paid_at: noon(-2) },
];
const refunds = [
  { id: 're_1', payment_id: 'ch_1', amount: 2_400, refunded_at: noon(-2), status: 'succeeded' },
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-cash-'));
  server = await startTestServer();
  await tidemark('connection add records --key billing');
  for (const [kind, rows] of Object.entries({ payments, refunds })) {
    const path = join(folder, `${kind}.jsonl`);
    writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\n'));
    await tidemark(`records push billing ${kind} ${path} --through ${day(-2)}`);
  }
  const inEuro = '--connection billing --param reportingCurrency=EUR';
  await tidemark(`metric add net --metric net_revenue ${inEuro} --param excludeTax=true`);
  await tidemark(`metric add monthly --metric net_revenue ${inEuro} --param window=month`);
  await sync();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  const env = { LANG: 'en_US.UTF-8', TIDEMARK_URL: server.api.url, TIDEMARK_TOKEN: server.api.localToken };
  const io = fakeIo({ env, now: () => new Date() });
  const code = await main(line.split(' '), io);
  return { code, out: io.out(), err: io.err() };
}
async function tidemark(line: string): Promise<string> {
  const { code, err, out } = await run(line);
  expect(code, `${line}\n${err}`).toBe(0);
  return out;
}
/** Works off every run that waits, as a worker does. */
async function sync(): Promise<void> {
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  for (const { id } of queued.rows) {
    const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
    await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
  }
}

it('names who moved net revenue between the newest day and the one before, and by which payments', async () => {
  const out = await tidemark('metric explain net');
  // 100.00; 200.00 after tax - 24.00. What ann paid before is not paid again.
  expect(out).toContain(
    `Net revenue €100.00 (${day(-3)}) → €176.00 (${day(-2)}): +€76.00 = payments €100.00 − refunds €24.00`,
  );
  expect(out).toContain(`bob  +€200.00\n    payment +€200.00 on ${day(-2)}: ch_2`);
  expect(out).toContain(
    [
      'ann  −€124.00',
      `    payment −€100.00 on ${day(-3)}: ch_1; only in the earlier days`,
      `    refund −€24.00 on ${day(-2)}: re_1 of payment ch_1`,
    ].join('\n'),
  );
});

it('answers so by the API, with the days of both windows and the identity', async () => {
  const path = `/api/v1/metrics/net/movements?from=${day(-4)}&to=${day(-3)}`;
  expect((await server.ask('GET', path)).json).toMatchObject({
    measure: 'net_revenue',
    currency: 'EUR',
    windows: {
      opening: { startDay: day(-4), endDay: day(-3) },
      closing: { startDay: day(-3), endDay: day(-2) },
    },
    opening: 0,
    closing: 10_000,
    totals: { payment: 10_000, refund: 0, dispute: 0, new: 0, fx: 0 },
    identity: '0 + payment 10000 = 10000',
    customers: [
      { id: 'ann', opening: 0, closing: 10_000, movements: [{ record: { id: 'ch_1', paymentId: 'ch_1' } }] },
    ],
    others: 0,
  });
});

it('says that a number counted by the month has no value on a day in its middle', async () => {
  // The 10th and the 11th of last month end no month.
  const [year = 0, month = 0] = day(0).split('-').map(Number);
  const past = (date: number) => new Date(Date.UTC(year, month - 2, date)).toISOString().slice(0, 10);
  expect(await run(`metric explain monthly --from ${past(10)} --to ${past(11)}`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('is counted by the month, and none ends on that day'),
  });
});

it('names the currency without a rate', async () => {
  await tidemark('metric add in_usd --connection billing --metric net_revenue --param reportingCurrency=USD');
  expect(await run(`metric explain in_usd --from ${day(-3)} --to ${day(-2)}`)).toMatchObject({
    code: 6,
    err: expect.stringContaining(`There is no rate of EUR into USD for ${day(-3)}`),
  });
});
