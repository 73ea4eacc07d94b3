import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createMetric } from '../../src/app/create-metric.ts';
import type { Actor } from '../../src/app/ports.ts';
import { updateConnection } from '../../src/app/update-connection.ts';
import { moveClock } from '../support/database.ts';
import { type StripeProxy, startStripeProxy } from '../support/stripe-proxy.ts';
import { openShop, type Shop } from './support/shop.ts';
import { buildOnce, loadWorker, type WorkerProcess } from './support/worker-process.ts';

const ROUNDS = Number(process.env.TIDEMARK_KILL_ROUNDS ?? 50);
/** The last fifth of the kills waits until everything is read, and hits the work on it. */
const DERIVE_ROUNDS = Math.ceil(ROUNDS / 5);
/** A start that has to come further is left alone until it has: the fifth that does not would be the run's last. */
const STARTS = 4;
const LEASE_MS = 45_000;
/** From the start of a run to a kill: a start asks the lists that are read for what is new, and then goes on with the others. */
const KILL_WITHIN_MS = 1_800;
const KILL_DERIVATION_WITHIN_MS = 500;
// The company stands still a minute before the first sync, so that all syncs see the same facts.
const companyNow = new Date('2026-04-15T05:59:00Z');
const appNow = new Date('2026-04-15T06:00:00Z');

let folder: string;
let sandbox: Sandbox;
let calm: Shop;
/** What a backfill comes to that nobody disturbs, read in the largest pages there are. */
let undisturbed: Awaited<ReturnType<typeof ledger>>;
const begun: WorkerProcess[] = [];

beforeAll(async () => {
  await buildOnce();
  folder = mkdtempSync(join(tmpdir(), 'tidemark-kill-backfill-'));
  const initial = { seed: 7, anchorDay: '2025-12-01', company: { customersAtStart: 450 } };
  sandbox = await startSandbox({
    statePath: join(folder, 'state.json'),
    port: 0,
    now: () => companyNow,
    initial,
  });
  calm = await openLedgerShop(sandbox.url, { requestsPerSecond: 20 });
  const worker = await load(calm);
  worker.go();
  await finished(calm);
  await worker.kill();
  undisturbed = await ledger(calm);
}, 180_000);
afterAll(async () => {
  await Promise.all(begun.map((worker) => worker.kill()));
  await calm.close();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

it(`ends in the same ledger when its worker is killed ${ROUNDS} times in the middle of the backfill`, {
  timeout: 180_000 + ROUNDS * 6_000,
}, async () => {
  const proxy = await startStripeProxy(sandbox.url, 10);
  const shop = await openLedgerShop(proxy.url, { requestsPerSecond: 20 });
  try {
    const hits = await killRounds(shop);
    (await load(shop)).go();
    await finished(shop);

    expect(differing(undisturbed, await ledger(shop))).toEqual([]);
    for (const what of ['record', 'customer', 'movement', 'cash', 'rate', 'point'])
      expect(undisturbed.filter((line) => line.startsWith(`${what} `)).length, what).toBeGreaterThan(0);
    expect(await staleIn(shop)).toBe(0);
    expect((await runsOf(shop)).filter(({ status }) => status !== 'succeeded')).toEqual([]);
    // Most kills have to hit a backfill that had begun and not ended, or nothing was tested.
    expect(hits.mirror).toBeGreaterThan(ROUNDS / 2);
    expect(hits.derivation).toBeGreaterThan(0);
  } finally {
    await shop.close();
    await proxy.close();
  }
});

it('goes on where a worker that was asked to stop has left the backfill', { timeout: 180_000 }, async () => {
  const proxy = await startStripeProxy(sandbox.url, 50);
  const shop = await openLedgerShop(proxy.url, { requestsPerSecond: 2 });
  try {
    const first = await load(shop);
    first.go();
    await until(async () => (await recordsIn(shop)) > 200, first);
    await first.stop();
    expect(await runsOf(shop)).toMatchObject([{ status: 'queued', starts: 0, error_class: null }]);
    expect((await placeOf(shop)).throughAt).toBeNull();

    const before = pagesOf(proxy);
    const key = 'shop';
    const config = { apiKey: sandbox.apiKey, requestsPerSecond: 20 };
    await updateConnection(shop.services.deps, actorOf(shop), key, { config });
    (await load(shop)).go();
    await finished(shop);
    // A page that was read is read no more, but for those that were on their way when the worker had to go.
    const again = pagesOf(proxy)
      .slice(before.length)
      .filter((page) => before.includes(page));
    expect(before.length).toBeGreaterThan(20);
    expect(again.length).toBeLessThan(10);
    expect(differing(undisturbed, await ledger(shop))).toEqual([]);
    expect(await runsOf(shop)).toMatchObject([{ status: 'succeeded' }]);
  } finally {
    await shop.close();
    await proxy.close();
  }
});

/** A shop whose metrics need every part of the ledger. */
async function openLedgerShop(url: string, settings: Record<string, unknown>): Promise<Shop> {
  const shop = await openShop({ url, apiKey: sandbox.apiKey }, appNow, null, settings);
  const inDollars = { reportingCurrency: 'USD', fx: 'daily', ratesFrom: 'provider' };
  const metrics = [
    { key: 'movements', metric: 'mrr_movements', params: { currency: 'usd', window: 'day' } },
    { key: 'all-revenue', metric: 'net_revenue', params: inDollars },
  ];
  for (const metric of metrics)
    await createMetric(shop.services.deps, actorOf(shop), { ...metric, connection: 'shop', historyDays: 45 });
  return shop;
}

const actorOf = (shop: Shop): Actor => ({
  workspace: shop.services.workspace,
  name: 'test',
  requestId: null,
});

async function load(shop: Shop): Promise<WorkerProcess> {
  const worker = await loadWorker(shop.env);
  begun.push(worker);
  return worker;
}

/** @returns how many kills hit a backfill that had begun and not ended, by what it was at */
async function killRounds(shop: Shop): Promise<{ mirror: number; derivation: number }> {
  const { database, deps, workspace } = shop.services;
  const random = seeded(20_260_415);
  const hits = { mirror: 0, derivation: 0 };
  let clockMs = appNow.getTime() - Date.now();
  let worker = await load(shop);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = load(shop); // loads while this one works
    const runs = await runsOf(shop);
    const live = runs.find(({ status }) => status === 'queued' || status === 'running');
    if (live === undefined) await deps.runs.request(workspace.id, shop.connectionId, 'manual');
    const before = { start: await lastStart(shop), version: (await placeOf(shop)).version };
    worker.go();
    await until(async () => (await lastStart(shop)) > before.start, worker);
    if ((live?.starts ?? 0) >= STARTS - 1)
      await until(async () => hasComeFurther(await runsOf(shop)), worker);
    const atDerivation = round >= ROUNDS - DERIVE_ROUNDS;
    if (atDerivation) await until(async () => isThrough(await placeOf(shop), before.version), worker);
    await delay(random() * (atDerivation ? KILL_DERIVATION_WITHIN_MS : KILL_WITHIN_MS));
    await worker.kill();
    const hit = (await runsOf(shop)).length === 1 && (await runsOf(shop))[0]?.status === 'running';
    if (hit && isThrough(await placeOf(shop), before.version)) hits.derivation += 1;
    else if (hit) hits.mirror += 1;
    clockMs += LEASE_MS + 1_000;
    await moveClock(database.pool, clockMs);
    worker = await next;
  }
  await worker.kill();
  return hits;
}

type Run = { status: string; starts: number; error_class: string | null };

const hasComeFurther = (runs: readonly Run[]): boolean =>
  runs.every(({ starts, status }) => starts <= 1 || (status !== 'queued' && status !== 'running'));

type Place = { version: number; note: string; throughAt: Date | null };

const isThrough = ({ note, version }: Place, before: number): boolean =>
  version > before && note.startsWith('all read');

async function placeOf(shop: Shop): Promise<Place> {
  const { version, note, throughAt } = await shop.services.deps.billing.position(shop.connectionId);
  return { version, note, throughAt };
}

/** Which pages of lists were asked for: where a page begins says which it is. */
const pagesOf = ({ asked }: StripeProxy): string[] =>
  asked
    .filter(({ searchParams }) => searchParams.has('starting_after'))
    .map(({ pathname, searchParams }) => `${pathname} after ${searchParams.get('starting_after')}`);

const rowsOf = async <Row>(shop: Shop, question: string): Promise<Row[]> =>
  (await shop.services.database.pool.query(question)).rows;

const runsOf = (shop: Shop): Promise<Run[]> =>
  rowsOf(shop, 'SELECT status, starts, error_class FROM sync_run ORDER BY slot');

async function count(shop: Shop, question: string): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(shop, question);
  return row?.count ?? 0;
}
const lastStart = (shop: Shop) => count(shop, 'SELECT COALESCE(max(run_seq), 0)::int AS count FROM sync_run');
const recordsIn = (shop: Shop) => count(shop, 'SELECT count(*)::int AS count FROM billing_record');
const staleIn = (shop: Shop) => count(shop, 'SELECT count(stale_seq)::int AS count FROM billing_customer');

const finished = (shop: Shop): Promise<void> =>
  until(async () => (await runsOf(shop)).every((run) => run.status !== 'queued' && run.status !== 'running'));

async function until(holds: () => Promise<boolean>, worker?: WorkerProcess): Promise<void> {
  const giveUpAt = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt)
      throw new Error(`nothing happened for 120 s. ${worker?.errors() ?? ''}`);
    await delay(10);
  }
}

/** Everything that two shops on the same company have to agree on, a line each. */
function ledger(shop: Shop): Promise<string[]> {
  const told = [
    `SELECT 'record', r.kind || ' ' || r.record_id, to_jsonb(r) - 'connection_id' - 'seen_at' #- '{payload,stateAt}'
     FROM billing_record r`,
    `SELECT 'customer', c.customer_id, to_jsonb(c) - 'connection_id' - 'stale_seq' FROM billing_customer c`,
    `SELECT 'movement', m.customer_id || m.currency || m.day,
       to_jsonb(m) - 'series_id' || jsonb_build_object('zone', s.time_zone, 'policy', s.discount_policy)
     FROM mrr_movement m JOIN mrr_series s ON s.id = m.series_id`,
    `SELECT 'cash', f.kind || ' ' || f.record_id, to_jsonb(f) - 'connection_id' FROM cash_flow f`,
    `SELECT 'rate', e.currency || e.from_day, jsonb_build_array(e.base, e.rate) FROM exchange_rate e`,
    `SELECT 'point', m.key || ' ' || p.day,
       jsonb_build_array(p.value, p.numerator, p.denominator, p.counts, p.reason, p.flags, p.revision)
     FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id`,
    `SELECT 'revision', '', to_jsonb(r) FROM metric_point_revision r`,
  ];
  return linesOf(shop, told.join(' UNION ALL '));
}

async function linesOf(shop: Shop, question: string): Promise<string[]> {
  const named = `SELECT what || ' ' || id || ': ' || fact AS line FROM (${question}) q(what, id, fact) ORDER BY 1`;
  return (await rowsOf<{ line: string }>(shop, named)).map(({ line }) => line);
}

/** What one has and the other has not. */
function differing(one: readonly string[], other: readonly string[]): string[] {
  const [left, right] = [new Set(one), new Set(other)];
  return [
    ...one.filter((line) => !right.has(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !left.has(line)).map((line) => `+ ${line}`),
  ];
}

/** Mulberry32: the same numbers in [0, 1) each time, so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
