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

/** Pays so much a month from a day on, in cents; `more` from a later day on. */
const subscription = (id: string, cents: number, from: number, more?: { cents: number; from: number }) => {
  const at = (days: number): string => `${day(days)}T08:00:00Z`;
  const segment = (unitAmount: number, since: number, to: string | null) => ({
    from: at(since),
    to,
    status: 'active',
    items: [{ unitAmount, quantity: 1, interval: 'month' }],
  });
  const segments =
    more === undefined
      ? [segment(cents, from, null)]
      : [segment(cents, from, at(more.from)), segment(more.cents, more.from, null)];
  return JSON.stringify({ id, customer_id: `cus_${id}`, currency: 'eur', segments });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-economics-'));
  server = await startTestServer();
  await tidemark('connection add records --key billing');
  // At the last close: 100.00 + 200.00 + 60.00 = 360.00 of three customers, so 120.00 each.
  const sent = file(
    'subscriptions.jsonl',
    [
      subscription('a', 8_000, -20, { cents: 10_000, from: -3 }),
      subscription('b', 20_000, -10),
      subscription('c', 6_000, -5),
    ].join('\n'),
  );
  await tidemark(`records push billing subscriptions ${sent} --through ${day(-1)}`);
  const inEuro = '--connection billing --param reportingCurrency=EUR';
  await tidemark(`metric add mrr --metric mrr ${inEuro}`);
  await tidemark(`metric add arpa --metric arpa ${inEuro}`);
  await tidemark(
    'metric add new_customers --connection billing --metric new_paying_customers --param window=day',
  );
  await sync();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { LANG: 'en_US.UTF-8', TIDEMARK_URL: server.api.url, TIDEMARK_TOKEN: server.api.localToken };
  const io = fakeIo({ env, now: () => new Date() });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}
/** A line as it is typed: words, or texts in double quotes. */
async function tidemark(line: string): Promise<string> {
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  const { code, err, out } = await run(argv);
  expect(code, `${line}\n${err}`).toBe(0);
  return out;
}
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
/** Works off every run that waits, as a worker does. */
async function sync(): Promise<void> {
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  for (const { id } of queued.rows) {
    const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
    await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
    expect((await server.ask('GET', `/api/v1/runs/${id}`)).json).toMatchObject({ status: 'succeeded' });
  }
}
async function valueOn(metric: string, on: string): Promise<string | null | undefined> {
  const data = await server.all(`/api/v1/metrics/${metric}/points`);
  return (data as { day: string; value: string | null }[]).find((point) => point.day === on)?.value;
}

it('works out gross margin and CAC payback from an uploaded cost series and the subscriptions', async () => {
  for (const key of ['spend', 'income', 'cogs'])
    await tidemark(`metric add ${key} --values --kind flow --unit money --currency EUR`);
  const week = [-7, -6, -5, -4, -3, -2, -1];
  const series = (name: string, cents: (days: number) => number) =>
    file(`${name}.csv`, `day,value\n${week.map((days) => `${day(days)},${cents(days)}`).join('\n')}\n`);
  // Cents: 4 days of 30.00 and 3 of 20.00 are 180.00.
  await tidemark(`upload spend ${series('spend', (days) => (days < -3 ? 3_000 : 2_000))}`);
  await tidemark(`upload income ${series('income', () => 10_000)}`);
  await tidemark(`upload cogs ${series('cogs', () => 2_500)}`);

  await tidemark('metric add gross_margin --formula "(income - cogs) / income"');
  // (100 - 25) / 100
  expect(Number(await valueOn('gross_margin', day(-1)))).toBe(0.75);

  // The commands of the README, over seven days instead of 28.
  const margin = '(rolling_sum(income, 7) - rolling_sum(cogs, 7)) / rolling_sum(income, 7)';
  const cac = 'rolling_sum(spend, 7) / rolling_sum(new_customers, 7)';
  await tidemark(`metric add cac --formula "${cac}"`);
  // One customer was won in those seven days: 180.00.
  expect(Number(await valueOn('cac', day(-1)))).toBe(18_000);
  await tidemark(`metric add cac_payback --unit custom:months --formula "${cac} / (arpa * ${margin})"`);
  // 180.00 / (120.00 × 0.75) = 2 months.
  expect(Number(await valueOn('cac_payback', day(-1)))).toBe(2);
});

it('names who moved the MRR between two closes, and by how much', async () => {
  const out = await tidemark(`metric explain mrr --from ${day(-11)} --to ${day(-1)}`);
  // 80.00 before; b brought 200.00, c 60.00, and a pays 20.00 more: 360.00.
  expect(out).toContain(
    `MRR €80.00 (${day(-11)}) → €360.00 (${day(-1)}): +€280.00 = new €260.00 + expansion €20.00`,
  );
  expect(out).toMatch(/cus_b {2}\+€200\.00\n {4}new \+€200\.00 on /);
  expect(out).toMatch(/cus_a {2}\+€20\.00\n {4}expansion \+€20\.00 on /);
  const json = JSON.parse((await run(['metric', 'explain', 'mrr', '--from', day(-11), '--json'])).out);
  expect(json).toMatchObject({
    currency: 'EUR',
    opening: 8_000,
    closing: 36_000,
    totals: { new: 26_000, expansion: 2_000, contraction: 0, churn: 0, reactivation: 0, fx: 0 },
    identity: '8000 + new 26000 + expansion 2000 = 36000',
    others: 0,
  });
  const one = await tidemark(`metric explain mrr --from ${day(-11)} --to ${day(-1)} --limit 1`);
  expect(one).toContain('2 more customers moved it less.');
});

it('explains by itself the newest day of a metric, also of one that counts customers', async () => {
  const newest = await tidemark('metric explain mrr');
  expect(newest).toContain(`(${day(-2)}) → €360.00 (${day(-1)}): nothing changed`);
  const heads = JSON.parse(
    await tidemark(`metric explain new_customers --from ${day(-6)} --to ${day(-5)} --json`),
  );
  expect(heads).toMatchObject({ currency: 'EUR', customers: [{ id: 'cus_c', opening: 0, closing: 6_000 }] });
});

it('explains the metric of a Key Result between two days', async () => {
  await tidemark(`cycle add now --start ${day(-20)} --end ${day(20)}`);
  await tidemark('objective add growth --title Growth --cycle now');
  await tidemark(
    'kr add growth.mrr --objective growth --title "More MRR" --goal reach --from "80 EUR" --to "500 EUR" --metric mrr',
  );
  expect(await tidemark(`explain growth.mrr --from ${day(-6)} --to ${day(-1)}`)).toContain(
    '+€80.00 = new €60.00 + expansion €20.00',
  );
});

it('says in one sentence why a number cannot be explained so, and what to ask instead', async () => {
  expect(await run(['metric', 'explain', 'spend'])).toMatchObject({
    code: 6,
    err: expect.stringContaining('is not counted over subscriptions'),
  });
  expect(await run(['metric', 'explain', 'gross_margin'])).toMatchObject({
    code: 6,
    err: expect.stringContaining('is worked out from "income", "cogs"'),
  });
  expect(await run(['metric', 'explain', 'mrr', '--from', day(-1), '--to', day(-2)])).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not before'),
  });
  expect(await run(['metric', 'explain', 'mrr', '--to', day(3)])).toMatchObject({
    code: 2,
    err: expect.stringContaining('lies in the future'),
  });
  expect(await run(['metric', 'explain', 'nothing'])).toMatchObject({ code: 5 });
});

it('names the currency without a rate, what is billed in it, and how to give one', async () => {
  await tidemark('metric add mrr_usd --connection billing --metric mrr --param reportingCurrency=USD');
  expect(await run(['metric', 'explain', 'mrr_usd', '--from', day(-6), '--to', day(-1)])).toMatchObject({
    code: 6,
    err: expect.stringMatching(
      /There is no rate of EUR into USD for \d{4}-\d\d-\d\d \(\S+ is billed in it\)\.[^]*--param rates=EUR=RATE/,
    ),
  });
});
