import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DayWindow, daysOf } from '../../connectors/sdk/index.ts';
import { stripe } from '../../connectors/stripe/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { mrrAt, netRevenueByDay, payingCustomersAt, toNumber } from '../../sandbox/truth.ts';
import { testContext } from './support/context.ts';

const now = new Date('2026-04-15T15:30:00Z');

// The sandbox works its truth out from facts, with fractions and without a line of the connector.
describe.each([1, 2])('against the fake company of seed %i', (seed) => {
  let folder: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-stripe-'));
    sandbox = await startSandbox({
      statePath: join(folder, 'state.json'),
      port: 0,
      now: () => now,
      initial: { seed },
    });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function read(metricId: string, params: unknown, window: DayWindow) {
    const { context } = testContext({ apiKey: sandbox.apiKey }, new URL(sandbox.url), now);
    const metric = stripe.metrics[metricId];
    const reading = await metric?.read(context, window, metric.paramsSchema.parse(params));
    expect(reading?.completeness.lastPageReached).toBe(true);
    return Object.fromEntries((reading?.points ?? []).map(({ day, value }) => [day, Number(value)]));
  }

  it('finds the account and every permission it needs', async () => {
    const { context } = testContext({ apiKey: sandbox.apiKey }, new URL(sandbox.url), now);
    const { account, warnings } = await stripe.check(context);
    expect(account).toContain('sandbox data');
    expect(warnings).toEqual([expect.stringContaining('test key')]);
  });

  it.each([
    { currency: 'usd', timeZone: 'UTC', startAt: '2025-12-01T00:00:00Z', endAt: '2026-04-16T00:00:00Z' },
    { currency: 'eur', timeZone: 'UTC', startAt: '2025-12-01T00:00:00Z', endAt: '2026-04-16T00:00:00Z' },
    {
      currency: 'usd',
      timeZone: 'America/New_York',
      startAt: '2025-12-01T05:00:00Z',
      endAt: '2026-04-16T04:00:00Z',
    },
    {
      currency: 'usd',
      timeZone: 'Australia/Lord_Howe',
      startAt: '2025-11-30T13:00:00Z',
      endAt: '2026-04-16T13:30:00Z',
    },
  ])(
    'net_revenue in $currency is right on each of 136 days in $timeZone',
    async ({ currency, timeZone, startAt, endAt }) => {
      const days = { startDay: '2025-12-01', endDay: '2026-04-16', timeZone };
      const values = await read(
        'net_revenue',
        { currency },
        { ...days, startAt: new Date(startAt), endAt: new Date(endAt) },
      );
      const truth = netRevenueByDay(sandbox.model(), { timeZone, currency, now });
      expect(values).toEqual(Object.fromEntries(daysOf(days).map((day) => [day, truth.get(day)])));
      expect(Object.values(values).some((value) => value !== 0)).toBe(true);
    },
  );

  const today = {
    startDay: '2026-04-15',
    endDay: '2026-04-16',
    timeZone: 'UTC',
    startAt: new Date('2026-04-15T00:00:00Z'),
    endAt: new Date('2026-04-16T00:00:00Z'),
  };

  it.each(['usd', 'eur'])('mrr in %s is right to a thousandth of a cent', async (currency) => {
    const values = await read('mrr', { currency }, today);
    const truth = toNumber(mrrAt(sandbox.model(), now, currency));
    expect(truth).toBeGreaterThan(0);
    expect(values['2026-04-15']).toBeCloseTo(truth, 3);
  });

  it.each([{}, { currency: 'usd' }, { currency: 'eur' }])(
    'paying_customers with %j is right',
    async (params: { currency?: string }) => {
      const values = await read('paying_customers', params, today);
      expect(values).toEqual({ '2026-04-15': payingCustomersAt(sandbox.model(), now, params.currency) });
    },
  );
});
