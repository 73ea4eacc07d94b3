import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysOf } from '../../connectors/sdk/index.ts';
import { stripe } from '../../connectors/stripe/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { mrrAt, netRevenueByDay, payingCustomersAt, toNumber } from '../../sandbox/truth.ts';
import { openShop, type Shop } from './stripe/support/shop.ts';
import { testContext } from './support/context.ts';

const now = new Date('2026-04-15T15:30:00Z');

// The sandbox works its truth out from facts, with fractions and without a line of the connector.
describe.each([1, 2])('against the fake company of seed %i', (seed) => {
  let folder: string;
  let sandbox: Sandbox;
  let shop: Shop;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-stripe-'));
    // The company's own rate limit would only make this test slow.
    let passedMs = 0;
    sandbox = await startSandbox({
      statePath: join(folder, 'state.json'),
      port: 0,
      now: () => now,
      monotonicMs: () => (passedMs += 1_000),
      initial: { seed },
    });
    shop = await openShop(new URL(sandbox.url), sandbox.apiKey, () => now);
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  it('finds the account and every permission it needs', async () => {
    const { context } = testContext({ apiKey: sandbox.apiKey }, new URL(sandbox.url), now);
    const { account, warnings } = await stripe.check(context);
    expect(account).toContain('sandbox data');
    expect(warnings).toEqual([expect.stringContaining('test key')]);
  });

  it.each([
    { currency: 'usd', timeZone: 'UTC' },
    { currency: 'eur', timeZone: 'UTC' },
    { currency: 'usd', timeZone: 'America/New_York' },
    { currency: 'usd', timeZone: 'Australia/Lord_Howe' },
  ])('net_revenue in $currency is right on each of 137 days in $timeZone', async ({ currency, timeZone }) => {
    // Two days more than have begun: nothing is said about them.
    const days = { startDay: '2025-12-01', endDay: '2026-04-19', timeZone };
    const { points, completeness } = await shop.read('net_revenue', { currency, window: 'day' }, days);
    expect(completeness.lastPageReached).toBe(true);
    const truth = netRevenueByDay(sandbox.model(), { timeZone, currency, now });
    // 15:30 UTC is already the 16th on Lord Howe.
    const endDay = timeZone === 'Australia/Lord_Howe' ? '2026-04-17' : '2026-04-16';
    const expected = daysOf({ ...days, endDay }).map((day) => [day, truth.get(day)]);
    expect(points.map(({ day, value }) => [day, Number(value)])).toEqual(expected);
    expect(points.some(({ value }) => Number(value) !== 0)).toBe(true);
  });

  const today = { startDay: '2026-04-15', endDay: '2026-04-16', timeZone: 'UTC' };

  it.each(['usd', 'eur'])('mrr in %s is right to a thousandth of a cent', async (currency) => {
    const { points } = await shop.read('mrr', { currency }, today);
    const truth = toNumber(mrrAt(sandbox.model(), now, currency));
    expect(truth).toBeGreaterThan(0);
    expect(points.map(({ day }) => day)).toEqual(['2026-04-15']);
    expect(Number(points[0]?.value)).toBeCloseTo(truth, 3);
  });

  it.each([{}, { currency: 'usd' }, { currency: 'eur' }])(
    'paying_customers with %j is right',
    async (params: { currency?: string }) => {
      const { points } = await shop.read('paying_customers', params, today);
      const truth = payingCustomersAt(sandbox.model(), now, params.currency);
      expect(points.map(({ day, value }) => [day, Number(value)])).toEqual([['2026-04-15', truth]]);
    },
  );
});
