import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ga4Config } from '../../connectors/ga4/config.ts';
import { ga4 } from '../../connectors/ga4/index.ts';
import { tokenPools } from '../../connectors/ga4/pools.ts';
import { scopeOf } from '../../connectors/ga4/run-state.ts';
import { type MetricReading, memoryQuota, type PlannedRead, type Quota } from '../../connectors/sdk/index.ts';
import { type Sandbox, startSandbox, writeState } from '../../sandbox/index.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createQuotaStore } from '../../src/db/quota.ts';
import { windowOf } from '../../src/domain/day.ts';
import { sharedQuota } from '../../src/wiring/quota.ts';
import { testContext } from '../connectors/support/context.ts';
import { ANCHOR_DAY, temporaryStatePath } from '../sandbox/support.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';

// Several workers and one property, on one clock that the test moves. The sandbox counts for itself what was spent.
const START = new Date('2026-11-20T12:05:00Z');
/** A tenth of 40,000 tokens an hour. */
const HEADROOM = 4_000;

let now = START;
let statePath: string;
let sandbox: Sandbox;
let database: TestDatabase;
let opened: Array<{ close(): Promise<void> }> = [];
beforeAll(async () => {
  statePath = temporaryStatePath();
  sandbox = await startSandbox({
    statePath,
    port: 0,
    now: () => now,
    initial: { seed: 42, anchorDay: ANCHOR_DAY },
  });
  // The company's past is worked out at the first question, which nobody here should wait for.
  const { context } = workerOf(memoryQuota(() => now.getTime()));
  await ga4.check(context);
}, 120_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  opened = [];
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await database.close();
});

/** An hour of its own, of which other tools have left so many tokens above the headroom. */
async function open(hour: number, room: number): Promise<number> {
  usedByOthers(40_000 - HEADROOM - room);
  await moveTo(new Date(START.getTime() + hour * 3_600_000));
  return sandbox.usage().ga4.tokens;
}

function usedByOthers(hour: number): void {
  const state = sandbox.state();
  writeState(statePath, { ...state, ga4: { ...state.ga4, quirks: { usedByOthers: { hour } } } });
}

async function moveTo(at: Date): Promise<void> {
  now = at;
  await moveClock(database.pool, at.getTime() - Date.now());
}

type Outcome = { points: number } | { error: string };

const quotaOf = (pool: pg.Pool): Quota => sharedQuota(createQuotaStore(pool), new AbortController().signal);

function workerOf(quota: Quota) {
  const { clientEmail, privateKey, propertyId } = sandbox.state().ga4;
  const key = { type: 'service_account', client_email: clientEmail, private_key: privateKey };
  const config: Ga4Config = { propertyId, serviceAccountKey: JSON.stringify(key), transport: 'rest' };
  const { context, exchanges } = testContext(config, new URL(sandbox.url), now);
  return { context: { ...context, quota }, exchanges };
}

/** One run of a worker with connections of its own: six windows, which are two requests to Google. */
async function run(worker: number): Promise<{ outcomes: Outcome[]; statuses: Array<number | null> }> {
  const own = openDatabase(database.url, 4);
  opened.push(own);
  const { context, exchanges } = workerOf(quotaOf(own.pool));
  const { timeZone } = sandbox.state();
  const reads = Array.from({ length: 6 }, (_, at): PlannedRead => {
    // Of no other worker and of no other read, so that every one is asked for.
    const startDay = `2026-10-${String(1 + worker).padStart(2, '0')}`;
    const window = windowOf(startDay, `2026-10-${20 + at}`, timeZone);
    return { metric: 'sessions', params: ga4.metrics['sessions']?.paramsSchema.parse({}), window };
  });
  const outcomes: Outcome[] = [];
  for (const { metric, params, window } of reads) {
    const reading = ga4.metrics[metric]?.read({ ...context, reads }, window, params);
    outcomes.push(
      await (reading as Promise<MetricReading>).then(
        ({ points }) => ({ points: points.length }),
        (error: Error) => ({ error: error.message }),
      ),
    );
  }
  return { outcomes, statuses: exchanges.map(({ status }) => status) };
}

const errorsOf = ({ outcomes }: Awaited<ReturnType<typeof run>>) =>
  outcomes.flatMap((one) => ('error' in one ? [one.error] : []));

/** Which pool, how much is left of it, and until when. */
const WAITS =
  /has no room for this read: about \d+ tokens are needed, 40\d\d are left for the hour, and 4000 of them are kept for other tools(, and \d+ are set aside for reads under way)?\. It is read after 2026-11-20 1\d:\d\d UTC\./;

const together = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => run(at)));

describe.each([
  { count: 2, room: 20, hour: 1 },
  { count: 8, room: 60, hour: 3 },
])('$count workers that begin on one property in the same moment', ({ count, hour, room }) => {
  it('never go below the headroom and are never refused; what does not fit says so and is read in the next hour', async () => {
    // A report by date costs 2 in the sandbox (1, and 1 for its column): six of each worker cost 24 and 96 in all.
    const before = await open(hour, room);
    const first = await together(count);
    const spent = sandbox.usage().ga4.tokens - before;
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(room);
    const waiting = first.flatMap(errorsOf);
    expect(waiting.length).toBeGreaterThan(0);
    for (const message of waiting) expect(message).toMatch(WAITS);

    // The pool is filled at the full hour, and other tools have not begun to spend.
    await moveTo(new Date(START.getTime() + hour * 3_600_000 + 55 * 60_000 + 1_000));
    usedByOthers(0);
    const second = await together(count);
    expect(second.flatMap(errorsOf)).toEqual([]);
    expect(sandbox.usage().ga4.tokens - before - spent).toBe(12 * count);
    expect([...first, ...second].flatMap(({ statuses }) => statuses)).not.toContain(429);
  }, 120_000);
});

it('a worker that died with all the room set aside keeps nobody waiting for longer than a few minutes', async () => {
  await open(5, 60);
  const dying = openDatabase(database.url, 4);
  const { context } = workerOf(quotaOf(dying.pool));
  const { quota } = context;
  const pools = tokenPools('nobody').slice(0, 2);
  const looked = await quota.tokens.claim(scopeOf(context, 'core'), {
    pools,
    tokens: 0,
    kind: 'call',
    mayGoFirst: true,
  });
  if (!looked.ok) throw new Error('a look is always let through');
  const told = [{ name: 'hour', remaining: HEADROOM + 60, kept: HEADROOM }];
  await quota.tokens.settle(scopeOf(context, 'core'), looked.id, pools, { tokens: 0, told });
  const plan = await quota.tokens.claim(scopeOf(context, 'core'), {
    pools,
    tokens: 60,
    kind: 'plan',
    mayGoFirst: true,
  });
  expect(plan.ok).toBe(true);
  await dying.close();
  await moveTo(new Date(START.getTime() + 5 * 3_600_000 + 3 * 60_000));
  expect(errorsOf(await run(0))).toEqual([]);
}, 60_000);
