import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QuotaStore } from '../../src/app/ports.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createQuotaStore } from '../../src/db/quota.ts';
import { sharedQuota } from '../../src/wiring/quota.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let quota: QuotaStore;
beforeEach(async () => {
  database = await freshDatabase();
  quota = createQuotaStore(database.pool);
});
afterEach(() => database.close());

const MINUTE_MS = 60_000;
const queries = { scope: 'mixpanel:query:us:1', perHour: 3, concurrent: 2 };

/** Takes a call and ends it at once. */
async function call(rule = queries): Promise<string> {
  const taken = await quota.take(rule);
  if (!taken.ok) return taken.code;
  await quota.done(taken.id);
  return 'made';
}

it('lets no more calls through in any hour than the rule allows, and says when the oldest stops counting', async () => {
  expect([await call(), await call(), await call()]).toEqual(['made', 'made', 'made']);
  await moveClock(database.pool, 59 * MINUTE_MS);
  const refused = await quota.take(queries);
  expect(refused).toMatchObject({ ok: false, code: 'quota_spent' });
  // 59 of 60 minutes have passed, and what the test itself took.
  expect(refused.ok ? 0 : refused.afterMs).toBeGreaterThan(MINUTE_MS - 10_000);
  expect(refused.ok ? 0 : refused.afterMs).toBeLessThanOrEqual(MINUTE_MS);
  await moveClock(database.pool, 60 * MINUTE_MS);
  expect(await call()).toBe('made');
});

it('is one budget for all workers, however hard they pull at the same moment', async () => {
  const others = [openDatabase(database.url), openDatabase(database.url), openDatabase(database.url)];
  const stores = others.map(({ pool }) => createQuotaStore(pool));
  const rule = { scope: 'mixpanel:query:us:2', perHour: 10, concurrent: 100 };
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, index) => (stores[index % 3] as QuotaStore).take(rule)),
  );
  await Promise.all(others.map((other) => other.close()));
  expect(taken.filter(({ ok }) => ok)).toHaveLength(10);
});

it('lets no more calls be under way at once than the rule allows, until one is done or its process is long dead', async () => {
  const [first, second] = [await quota.take(queries), await quota.take(queries)];
  expect(first.ok && second.ok).toBe(true);
  expect(await quota.take(queries)).toMatchObject({ ok: false, code: 'quota_busy' });
  if (first.ok) await quota.done(first.id);
  expect((await quota.take(queries)).ok).toBe(true);
  const roomy = { ...queries, perHour: 100 };
  expect(await quota.take(roomy)).toMatchObject({ ok: false, code: 'quota_busy' });
  await moveClock(database.pool, 3 * MINUTE_MS);
  expect((await quota.take(roomy)).ok).toBe(true);
});

it('counts the scopes apart', async () => {
  for (let made = 0; made < 3; made += 1) expect(await call()).toBe('made');
  expect(await call()).toBe('quota_spent');
  expect(await call({ ...queries, scope: 'mixpanel:query:eu:1' })).toBe('made');
});

it('keeps everybody away while the provider wants quiet, and a shorter pause does not end a longer one', async () => {
  await quota.pause(queries.scope, 10 * MINUTE_MS);
  await quota.pause(queries.scope, MINUTE_MS);
  await moveClock(database.pool, 9 * MINUTE_MS);
  const refused = await quota.take(queries);
  expect(refused).toMatchObject({ ok: false, code: 'quota_paused' });
  expect(refused.ok ? 0 : refused.afterMs).toBeLessThanOrEqual(MINUTE_MS);
  await moveClock(database.pool, 10 * MINUTE_MS);
  expect(await call()).toBe('made');
});

it('forgets calls that no longer count', async () => {
  await call();
  await moveClock(database.pool, 121 * MINUTE_MS);
  await call();
  const rows = await database.pool.query('SELECT 1 FROM quota_call');
  expect(rows.rowCount).toBe(1);
});

it('waits for a place among the calls under way, and tells a spent budget as a rate limit with its wait', async () => {
  const shared = sharedQuota(quota, new AbortController().signal);
  const one = { ...queries, concurrent: 1 };
  const order: string[] = [];
  let release = (): void => {};
  const first = shared.spend(one, async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    order.push('first');
  });
  const second = shared.spend(one, async () => {
    order.push('second');
  });
  release();
  // The first may not have begun when it is released: it is let go until both are through.
  const poke = setInterval(() => release(), 20);
  await Promise.all([first, second]);
  clearInterval(poke);
  expect(order).toEqual(['first', 'second']);
  await shared.spend(one, async () => {});
  await expect(shared.spend(one, async () => {})).rejects.toMatchObject({
    errorClass: 'rate_limited',
    code: 'quota_spent',
    remedy: { by: 'time' },
  });
});

it('counts a call that failed', async () => {
  const shared = sharedQuota(quota, new AbortController().signal);
  for (let made = 0; made < 3; made += 1) {
    await expect(shared.spend(queries, () => Promise.reject(new Error('500')))).rejects.toThrow('500');
  }
  await expect(shared.spend(queries, async () => {})).rejects.toMatchObject({ code: 'quota_spent' });
});

it('holds the place of a call that says it is still under way, and frees that of one whose process died', async () => {
  const exports = { scope: 'mixpanel:export:us:1', perHour: null, concurrent: 1 };
  const taken = await quota.take(exports);
  if (!taken.ok) throw new Error('refused');
  // A place is lent for 150 seconds.
  for (const minutes of [2, 4, 6]) {
    await moveClock(database.pool, minutes * MINUTE_MS);
    expect(await quota.take(exports)).toMatchObject({ ok: false, code: 'quota_busy' });
    await quota.renew(taken.id);
  }
  await moveClock(database.pool, 9 * MINUTE_MS);
  expect(await quota.take(exports)).toMatchObject({ ok: true });
});
