import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysOf } from '../../../connectors/sdk/index.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { mrrAt, mrrByCustomer, toNumber, trialToPaidByDay } from '../../../sandbox/truth.ts';
import { addDays, dayEnd } from '../../../src/domain/day.ts';
import { openShop, type Shop } from './support/shop.ts';

const now = new Date('2026-04-15T15:30:00Z');
const days = { startDay: '2025-09-01', endDay: '2026-04-16' };
const today = { startDay: '2026-04-15', endDay: '2026-04-16' };

/** The close of each of these months is the opening of the next one's churn. */
const CLOSES = [
  '2025-09-30',
  '2025-10-31',
  '2025-11-30',
  '2025-12-31',
  '2026-01-31',
  '2026-02-28',
  '2026-03-31',
];

const DAY_MS = 86_400_000;
/** From before the first month that LTV looks at; Stripe tells of what happened for thirty days. */
const FIRST_READ_DAYS_BEFORE = 210;
const DAYS_BETWEEN_READS = 25;

// The sandbox tells its truth from what happened, one fact after the other, without an invoice list and without a line
// of the connector. Whoever first looks at the end cannot know when the collection of money went on that had been paused:
// no invoice and no object tells it. With seed 4 that changes no month's churn.
describe.each([
  { seed: 3, looked: 'ever since' },
  { seed: 4, looked: 'ever since' },
  { seed: 4, looked: 'at the end for the first time' },
])('against the fake company of seed $seed, looked at $looked', ({ seed, looked }) => {
  let folder: string;
  let sandbox: Sandbox;
  let shop: Shop;
  let clock = now;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-ltv-'));
    // The company's own rate limit would only make this test slow.
    let passedMs = 0;
    sandbox = await startSandbox({
      statePath: join(folder, 'state.json'),
      port: 0,
      now: () => clock,
      monotonicMs: () => (passedMs += 1_000),
      initial: { seed },
    });
    shop = await openShop(new URL(sandbox.url), sandbox.apiKey, () => clock);
    const firstDaysBefore = looked === 'ever since' ? FIRST_READ_DAYS_BEFORE : 0;
    for (let before = firstDaysBefore; before > 0; before -= DAYS_BETWEEN_READS) {
      clock = new Date(now.getTime() - before * DAY_MS);
      const startDay = clock.toISOString().slice(0, 10);
      const day = { startDay, endDay: addDays(startDay, 1), timeZone: 'UTC' };
      await shop.read('ltv', { currency: 'usd' }, day);
    }
    clock = now;
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  /** Of the last complete months: who paid as each opened, and how many of them did not as it closed. */
  function churnOf(timeZone: string, currency: string, months: number): ChurnMonth[] {
    const payers = CLOSES.slice(-1 - months).map((day) => {
      const lastSecond = new Date(dayEnd(day, timeZone).getTime() - 1_000);
      const known = mrrByCustomer(sandbox.model(), lastSecond);
      return new Set([...known].flatMap(([id, amounts]) => (amounts.has(currency) ? [id] : [])));
    });
    return payers.slice(1).map((closing, index) => {
      const opening = [...(payers[index] ?? [])];
      return { opening: opening.length, lost: opening.filter((id) => !closing.has(id)).length };
    });
  }

  /** MRR per paying customer of now, over the mean churn of the months. */
  function ltvOf(churn: ChurnMonth[], currency: string): number {
    const known = [...mrrByCustomer(sandbox.model(), now).values()];
    const payers = known.filter((amounts) => amounts.has(currency)).length;
    const mean = churn.reduce((sum, { opening, lost }) => sum + lost / opening, 0) / churn.length;
    return toNumber(mrrAt(sandbox.model(), now, currency)) / payers / mean;
  }

  it.each([
    { timeZone: 'UTC', graceDays: 7 },
    { timeZone: 'America/New_York', graceDays: 2 },
  ])('trial_to_paid is right on each of 227 days in $timeZone', async ({ timeZone, graceDays }) => {
    const { points } = await shop.read('trial_to_paid', { graceDays }, { ...days, timeZone });
    const truth = trialToPaidByDay(sandbox.model(), { timeZone, graceDays, now });
    const expected = daysOf({ ...days, timeZone }).flatMap((day) => {
      const { trials, mature, paid } = truth.get(day) ?? { trials: 0, mature: 0, paid: 0 };
      if (mature === 0 && (trials > 0 || day === '2026-04-15')) return [];
      return [{ day, numerator: String(paid), denominator: String(mature) }];
    });
    expect(points.map(({ day, numerator, denominator }) => ({ day, numerator, denominator }))).toEqual(
      expected,
    );
    for (const { value, reason, numerator, denominator } of points) {
      // Nobody began: no rate, which is not a rate of zero.
      if (denominator === '0') expect({ value, reason }).toEqual({ value: null, reason: 'zero_denominator' });
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
    const { points } = await shop.read('ltv', { currency }, { ...today, timeZone });
    const churn = churnOf(timeZone, currency, 6);
    const total = (part: 'opening' | 'lost') => churn.reduce((sum, month) => sum + month[part], 0);
    expect(total('lost')).toBeGreaterThan(0);
    expect(points[0]).toMatchObject({
      day: '2026-04-15',
      counts: { churnMonths: 6, openingCustomers: total('opening'), lostCustomers: total('lost') },
    });
    expect(Number(points[0]?.value)).toBeCloseTo(ltvOf(churn, currency), 3);
  });

  it('ltv over the churn of the last month alone is right', async () => {
    const params = { currency: 'usd', formula: 'arpa_over_churn' };
    const { points } = await shop.read('ltv', params, { ...today, timeZone: 'UTC' });
    expect(Number(points[0]?.value)).toBeCloseTo(ltvOf(churnOf('UTC', 'usd', 1), 'usd'), 3);
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

type ChurnMonth = { opening: number; lost: number };
type Amounts = { amount: number }[];
type Invoice = { total_discount_amounts: Amounts; lines: { data: { discount_amounts: Amounts }[] } };
