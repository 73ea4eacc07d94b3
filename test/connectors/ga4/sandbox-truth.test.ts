import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ga4Config } from '../../../connectors/ga4/config.ts';
import { ga4 } from '../../../connectors/ga4/index.ts';
import type { MetricReading } from '../../../connectors/sdk/index.ts';
import type { Model, Sandbox } from '../../../sandbox/index.ts';
import { GA4_NAMES } from '../../../sandbox/model/activity.ts';
import { ga4ActiveUsers, ga4ByDay, ga4Cohort, ga4Funnel, ga4PurchasesByDay } from '../../../sandbox/truth.ts';
import { addDays, dayStart, localDay } from '../../../src/domain/day.ts';
import { NOW, openSandbox } from '../../sandbox/support.ts';
import { testContext } from '../support/context.ts';

// Acme's property through this connector and the official client, against truths that are worked out another way. Its
// zone lies west of UTC, so that a day cut wrongly shows.
const TIME_ZONE = 'America/New_York';
const LOOK = { timeZone: TIME_ZONE, now: NOW };

/** What Acme itself calls the event that GA4 knows as sign_up. */
const signUp = Object.entries(GA4_NAMES).find(([, name]) => name === 'sign_up')?.[0];

let sandbox: Sandbox;
let truth: ReturnType<typeof truthOf>;
beforeAll(async () => {
  sandbox = await openSandbox({ timeZone: TIME_ZONE });
  const company = sandbox.model();
  // Worked out before anybody connects: an idle connection does not wait for seconds of counting.
  truth = truthOf(company);
}, 120_000);
afterAll(async () => {
  await sandbox.close();
});

function contextOver(transport: 'rest' | 'grpc') {
  const { clientEmail, privateKey, propertyId } = sandbox.state().ga4;
  const key = { type: 'service_account', client_email: clientEmail, private_key: privateKey };
  const config: Ga4Config = { propertyId, serviceAccountKey: JSON.stringify(key), transport };
  return testContext(config, new URL(sandbox.url), NOW).context;
}

async function read(
  transport: 'rest' | 'grpc',
  metric: string,
  params: object,
  startDay: string,
  endDay: string,
): Promise<MetricReading> {
  const definition = ga4.metrics[metric];
  const parsed: unknown = definition?.paramsSchema.parse(params);
  const window = {
    startDay,
    endDay,
    timeZone: TIME_ZONE,
    startAt: dayStart(startDay, TIME_ZONE),
    endAt: dayStart(endDay, TIME_ZONE),
  };
  const context = { ...contextOver(transport), reads: [{ metric, params: parsed, window }] };
  const reading = await definition?.read(context, window, parsed);
  if (reading === undefined) throw new Error(`no metric ${metric}`);
  return reading;
}

const parts = ({ points }: MetricReading) =>
  points.map(({ day, numerator, denominator }) => [day, Number(numerator), Number(denominator)]);
const days = (startDay: string, count: number) =>
  Array.from({ length: count }, (_, at) => addDays(startDay, at));

const KINDS = [
  { by: 'day', n: 7, startDay: '2026-10-05', endDay: '2026-10-05' },
  { by: 'week', n: 2, startDay: '2026-09-27', endDay: '2026-10-03' },
  { by: 'month', n: 1, startDay: '2026-08-01', endDay: '2026-08-31' },
] as const;

function truthOf(company: Model) {
  const byDay = ga4ByDay(company, LOOK);
  const people = (startDay: string, endDay: string) =>
    String(ga4ActiveUsers(company, { startDay, endDay }, LOOK));
  return {
    shares: days('2026-10-01', 14).map((day) => [day, String(byDay.get(day)?.events['share'] ?? 0)]),
    weeks: days('2026-10-01', 7).map((day) => [day, people(addDays(day, -6), day)]),
    october: people('2026-10-01', '2026-10-31'),
    cohorts: KINDS.map(({ by, endDay, n, startDay }) => {
      const asked = { by, startDay, endDay, periods: n + 1, throughDay: '2026-11-16' };
      const { active, total } = ga4Cohort(company, asked, LOOK);
      return [endDay, active[n], total] as const;
    }),
    funnels: funnelsOf(company),
    purchases: [...ga4PurchasesByDay(company, LOOK)].filter(
      ([day, { amountMinor }]) =>
        day >= '2026-09-01' && day < '2026-11-01' && Object.keys(amountMinor).join() === 'usd',
    ),
  };
}

function funnelsOf(company: Model) {
  const steps = [{ event: 'sign_up' }, { event: 'project_created', withinSeconds: 7 * 86_400 }];
  // Looking for choices of events takes long over a year, and none lies outside these weeks.
  const [from = 0, to = 0] = ['2026-10-04', '2026-10-24'].map(
    (day) => dayStart(day, TIME_ZONE).getTime() / 1_000,
  );
  const around = company.activity.filter(({ at }) => at >= from && at < to);
  return days('2026-10-05', 7).map((day) => {
    // Only who signs up on the day may enter.
    const activity = around.filter(
      (entry) =>
        entry.kind !== 'event' ||
        entry.name !== signUp ||
        localDay(new Date(entry.at * 1_000), TIME_ZONE) === day,
    );
    const asked = { startDay: day, endDay: addDays(day, 9), steps };
    const [entered, finished] = ga4Funnel({ activity }, asked, LOOK);
    return [day, finished, entered];
  });
}

describe.each(['rest', 'grpc'] as const)('Acme over %s', (transport) => {
  it('has as many shares a day as there were', async () => {
    const params = { metric: 'eventCount', filter: 'eventName == share' };
    const { points } = await read(transport, 'report_total', params, '2026-10-01', '2026-10-15');
    expect(points.map(({ day, value }) => [day, value])).toEqual(truth.shares);
    expect(truth.shares.some(([, value]) => value !== '0')).toBe(true);
  });

  it('has as many different people in each week as there were', async () => {
    const { points } = await read(transport, 'users', { days: 7 }, '2026-10-01', '2026-10-08');
    expect(points.map(({ day, value }) => [day, value])).toEqual(truth.weeks);
  });

  it('has as many different people in October as there were', async () => {
    const { points } = await read(transport, 'users_of_month', {}, '2026-10-01', '2026-11-20');
    expect(points).toEqual([{ day: '2026-10-31', value: truth.october }]);
  });

  it('keeps people by day, week and month as it did', async () => {
    for (const [at, { by, endDay, n }] of KINDS.entries()) {
      const reading = await read(transport, 'retention', { cohort: by, n }, endDay, addDays(endDay, 1));
      expect(truth.cohorts[at]?.[2]).toBeGreaterThan(10);
      expect(parts(reading)).toEqual([truth.cohorts[at]]);
    }
  });

  it('takes people through a funnel as it did, by the day on which they entered', async () => {
    const params = { steps: ['sign_up', 'project_created'], withinHours: 7 * 24 };
    const reading = await read(transport, 'funnel_conversion', params, '2026-10-05', '2026-10-12');
    expect(parts(reading)).toEqual(truth.funnels);
    expect(truth.funnels.some(([, finished]) => Number(finished) > 0)).toBe(true);
  });

  it('earned what billing has, in whole cents, on days on which all paid in dollars', async () => {
    const params = { metric: 'purchaseRevenue', currency: 'USD', filter: 'customEvent:plan == paid' };
    const { points } = await read(transport, 'revenue', params, '2026-09-01', '2026-11-01');
    expect(truth.purchases.length).toBeGreaterThan(5);
    const told = new Map(points.map(({ day, value }) => [day, value]));
    for (const [day, { amountMinor }] of truth.purchases) {
      expect([day, told.get(day)]).toEqual([day, String(amountMinor['usd'])]);
    }
  });

  it('accepts what it can answer and refuses what it cannot, with its zone and currency', async () => {
    const accept = async (metric: string, params: object) => {
      const definition = ga4.metrics[metric];
      return definition?.accept?.(contextOver(transport), definition.paramsSchema.parse(params));
    };
    expect(await accept('report_total', { metric: 'eventCount', filter: 'eventName == share' })).toEqual({
      problems: [],
      warnings: [],
      timeZone: TIME_ZONE,
      currency: 'USD',
    });
    const funnel = await accept('funnel_conversion', { steps: ['sign_up', 'share'] });
    expect(funnel?.problems).toEqual([]);
    const misspelt = await accept('report_total', { metric: 'evntCount' });
    expect(misspelt?.problems.join()).toContain('Did you mean "eventCount"');
    const clash = await accept('report_total', { metric: 'eventCount', filter: 'itemName == Pro' });
    expect(clash?.problems.join()).toContain('Please remove itemName');
  });
});
