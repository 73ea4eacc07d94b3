import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Quota, TokenClaim, TokenPool } from '../../connectors/sdk/index.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createQuotaStore } from '../../src/db/quota.ts';
import { sharedQuota } from '../../src/wiring/quota.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let opened: Array<{ close(): Promise<void> }> = [];
beforeEach(async () => {
  database = await freshDatabase();
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await database.close();
});

/** A worker with connections of its own. */
function worker(): Quota {
  const own = openDatabase(database.url, 4);
  opened.push(own);
  return sharedQuota(createQuotaStore(own.pool), new AbortController().signal);
}

const SCOPE = 'ga4:1';
const MINUTE_MS = 60_000;
// Pools that are not filled while a test lasts.
const pools: TokenPool[] = ['day', 'hour'].map((name) => ({ name, refillMs: () => 600 * MINUTE_MS }));
const call = (tokens: number): TokenClaim => ({ pools, tokens, kind: 'call', mayGoFirst: true });

async function told(quota: Quota, remaining: number): Promise<void> {
  const looked = await quota.tokens.claim(SCOPE, call(0));
  if (!looked.ok) throw new Error('a look is always let through');
  const left = pools.map(({ name }) => ({ name, remaining, kept: 100 }));
  await quota.tokens.settle(SCOPE, looked.id, pools, { tokens: 0, told: left });
}

it('lets all workers together set no more aside than there is, however hard they pull at the same moment', async () => {
  const workers = [worker(), worker(), worker()];
  await told(worker(), 1_000);
  // 900 are free: of forty claims of 50 that hold on to their tokens eighteen fit.
  const claims = Array.from({ length: 40 }, (_, at) =>
    (workers[at % 3] as Quota).tokens.claim(SCOPE, call(50)),
  );
  const results = await Promise.all(claims);
  expect(results.filter((result) => result.ok)).toHaveLength(18);
  const refused = results.find((result) => !result.ok);
  expect(refused).toMatchObject({ reason: 'set_aside', left: 1_000, kept: 100, setAside: 900 });
}, 60_000);

it('gives back what a worker that died had set aside, and counts what it may have asked as spent', async () => {
  await told(worker(), 1_000);
  const dying = openDatabase(database.url, 4);
  const lost = sharedQuota(createQuotaStore(dying.pool), new AbortController().signal);
  const plan = await lost.tokens.claim(SCOPE, { ...call(900), kind: 'plan' });
  if (!plan.ok) throw new Error('there was room for all');
  expect(await lost.tokens.claim(SCOPE, { ...call(100), plan: plan.id })).toMatchObject({ ok: true });
  await dying.close();
  // Minutes later 100 may have been spent, and nothing is set aside any more.
  await moveClock(database.pool, 3 * MINUTE_MS);
  const other = worker();
  expect(await other.tokens.claim(SCOPE, call(801))).toMatchObject({
    reason: 'short',
    left: 900,
    setAside: 0,
  });
  expect(await other.tokens.claim(SCOPE, call(800))).toMatchObject({ ok: true });
});

it('what a question has cost is known to every worker, for the two hundred asked last', async () => {
  const [one, other] = [worker(), worker()];
  await one.tokens.learn(SCOPE, 'first', 3);
  await one.tokens.learn(SCOPE, 'first', 7);
  expect(await other.tokens.learned(SCOPE)).toEqual({ first: 7 });
  await database.pool.query(
    `INSERT INTO quota_cost (scope, shape, tokens, seen_at)
     SELECT $1, 'shape' || n, n, app_now() - make_interval(secs => n) FROM generate_series(1, 250) n`,
    [SCOPE],
  );
  await other.tokens.learn(SCOPE, 'last', 9);
  const known = await one.tokens.learned(SCOPE);
  expect(Object.keys(known)).toHaveLength(200);
  expect(known).toMatchObject({ last: 9, first: 7, shape1: 1 });
  expect(known).not.toHaveProperty('shape250');
  expect(await one.tokens.learned('ga4:2')).toEqual({});
});
