import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DayWindow, daysOf, type PointReading } from '../../../connectors/sdk/index.ts';
import { stripe } from '../../../connectors/stripe/index.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { customerChurn } from '../../../sandbox/truth/customer-churn.ts';
import { ltvAt } from '../../../sandbox/truth/ltv.ts';
import { trialToPaidByDay } from '../../../sandbox/truth/trial-to-paid.ts';
import { testContext } from '../support/context.ts';

const now = new Date('2026-04-15T15:30:00Z');
// Midnights of these zones on 2025-09-01 and 2026-04-16; New York changed its clocks twice between them.
const spans: Record<string, [string, string]> = {
  UTC: ['2025-09-01T00:00:00Z', '2026-04-16T00:00:00Z'],
  'America/New_York': ['2025-09-01T04:00:00Z', '2026-04-16T04:00:00Z'],
};

// The sandbox tells its truth from what happened, one fact after the other, without an invoice list and without a line
// of the connector.
describe.each([3, 4])('against the fake company of seed %i', (seed) => {
  let folder: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-ltv-'));
    const statePath = join(folder, 'state.json');
    // The company's own rate limit would only make this test slow.
    let passedMs = 0;
    const monotonicMs = () => (passedMs += 1_000);
    sandbox = await startSandbox({ statePath, port: 0, now: () => now, monotonicMs, initial: { seed } });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  function windowIn(timeZone: string): DayWindow {
    const [startAt, endAt] = (spans[timeZone] ?? []).map((instant) => new Date(instant));
    if (startAt === undefined || endAt === undefined) throw new Error(`no span for ${timeZone}`);
    return { startDay: '2025-09-01', endDay: '2026-04-16', timeZone, startAt, endAt };
  }

  async function read(metricId: string, given: unknown, window: DayWindow): Promise<PointReading[]> {
    const { context } = testContext({ apiKey: sandbox.apiKey }, new URL(sandbox.url), now);
    const metric = stripe.metrics[metricId];
    const params: unknown = metric?.paramsSchema.parse(given);
    const reading = await metric?.read(
      { ...context, reads: [{ metric: metricId, params, window }] },
      window,
      params,
    );
    expect(reading?.completeness.lastPageReached).toBe(true);
    return reading?.points ?? [];
  }

  it.each([
    { timeZone: 'UTC', graceDays: 7 },
    { timeZone: 'America/New_York', graceDays: 2 },
  ])('trial_to_paid is right on each of 227 days in $timeZone', async ({ timeZone, graceDays }) => {
    const points = await read('trial_to_paid', { graceDays }, windowIn(timeZone));
    const truth = trialToPaidByDay(sandbox.model(), { timeZone, graceDays, now });
    const expected = daysOf(windowIn(timeZone)).flatMap((day) => {
      const { trials, mature, paid } = truth.get(day) ?? { trials: 0, mature: 0, paid: 0 };
      if (mature === 0 && (trials > 0 || day === '2026-04-15')) return [];
      return [{ day, numerator: String(paid), denominator: String(mature) }];
    });
    expect(points.map(({ day, numerator, denominator }) => ({ day, numerator, denominator }))).toEqual(
      expected,
    );
    for (const { value, numerator, denominator } of points) {
      if (denominator === '0') expect(value).toBeNull();
      else expect(Number(value)).toBeCloseTo(Number(numerator) / Number(denominator), 12);
    }
    const rate = (part: 'numerator' | 'denominator') =>
      points.reduce((sum, point) => sum + Number(point[part]), 0);
    expect(rate('numerator')).toBeGreaterThan(10);
    expect(rate('numerator')).toBeLessThan(rate('denominator'));
  });

  it.each([
    { currency: 'usd', timeZone: 'UTC' },
    { currency: 'usd', timeZone: 'America/New_York' },
    { currency: 'eur', timeZone: 'UTC' },
  ])('ltv in $currency, cut in months of $timeZone, is right', async ({ currency, timeZone }) => {
    const [point] = await read('ltv', { currency }, windowIn(timeZone));
    const churn = customerChurn(sandbox.model(), { timeZone, currency, now, months: 6 });
    expect(churn.map(({ month }) => month)).toEqual([
      '2025-10',
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
      '2026-03',
    ]);
    const total = (part: 'opening' | 'lost') => churn.reduce((sum, month) => sum + month[part], 0);
    expect(total('lost')).toBeGreaterThan(0);
    expect(point).toMatchObject({
      day: '2026-04-15',
      counts: { churnMonths: 6, openingCustomers: total('opening'), lostCustomers: total('lost') },
    });
    const truth = ltvAt(sandbox.model(), { timeZone, currency, now, months: 6 });
    expect(Number(point?.value)).toBeCloseTo(truth ?? Number.NaN, 3);
  });

  it('ltv over the churn of the last month alone is right', async () => {
    const [point] = await read('ltv', { currency: 'usd', formula: 'arpa_over_churn' }, windowIn('UTC'));
    const truth = ltvAt(sandbox.model(), { timeZone: 'UTC', currency: 'usd', now, months: 1 });
    expect(Number(point?.value)).toBeCloseTo(truth ?? Number.NaN, 3);
  });

  it('is fed invoices whose lines carry what the invoice took off', async () => {
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const answer = await fetch(`${sandbox.url}/v1/invoices?limit=100`, { headers });
    const invoices = ((await answer.json()) as { data: Invoice[] }).data;
    const total = (amounts: { amount: number }[]) => amounts.reduce((sum, { amount }) => sum + amount, 0);
    const taken = invoices.map((invoice) => total(invoice.total_discount_amounts));
    expect(taken.some((amount) => amount > 0)).toBe(true);
    const onLines = invoices.map(({ lines }) => total(lines.data.flatMap((line) => line.discount_amounts)));
    expect(onLines).toEqual(taken);
  });
});

type Amounts = { amount: number }[];
type Invoice = { total_discount_amounts: Amounts; lines: { data: { discount_amounts: Amounts }[] } };
