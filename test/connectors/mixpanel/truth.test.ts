import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import type { MetricReading } from '../../../connectors/sdk/index.ts';
import { readCompanyFile, type Sandbox, type SandboxState } from '../../../sandbox/index.ts';
import { activeParts, type ByPeriod, countsBy, sumsBy } from '../../../sandbox/truth/mixpanel-counts.ts';
import { beginningOf, type Deed, deedsOf } from '../../../sandbox/truth/mixpanel-deeds.ts';
import { walkedBy } from '../../../sandbox/truth/mixpanel-funnel.ts';
import { type RetentionRule, retainedBy } from '../../../sandbox/truth/mixpanel-retention.ts';
import { windowOf } from '../../../src/domain/day.ts';
import { NOW, openSandbox } from '../../sandbox/support.ts';
import { testContext } from '../support/context.ts';
import { planned, readRun } from './support/read.ts';

// Mixpanel's answers about the fake company against what its people did, counted another way (`sandbox/truth`).

const NORTHWIND = new URL('../../../sandbox/companies/northwind.json', import.meta.url).pathname;
const VARIANTS: { name: string; initial: Partial<SandboxState> }[] = [
  { name: 'Acme with seed 42, in Berlin', initial: { seed: 42, timeZone: 'Europe/Berlin' } },
  { name: 'Acme with seed 7, in Tokyo', initial: { seed: 7, timeZone: 'Asia/Tokyo' } },
  { name: 'Northwind with seed 42', initial: { ...readCompanyFile(NORTHWIND), seed: 42 } },
];
/** In it the clocks change in Berlin (25 October) and New York (1 November). */
const [startDay, endDay] = ['2026-09-01', '2026-11-20'];

describe.each(VARIANTS)('$name', ({ initial }) => {
  let sandbox: Sandbox;
  let deeds: Deed[];
  let timeZone: string;
  beforeAll(async () => {
    sandbox = await openSandbox(initial);
    timeZone = sandbox.state().timeZone;
    deeds = deedsOf(sandbox.model().activity, { now: NOW, timeZone });
  });
  afterAll(() => sandbox.close());

  async function read(metric: string, params: unknown): Promise<MetricReading> {
    const { projectId, secret, username } = sandbox.state().mixpanel;
    const config = mixpanel.configSchema.parse({
      projectId,
      serviceAccount: username,
      serviceAccountSecret: secret,
    });
    const { context } = testContext(config, new URL(sandbox.url), NOW);
    const window = windowOf(startDay, endDay, timeZone);
    const [reading] = await readRun(context, [planned(metric, window, params)]);
    if (reading === undefined) throw new Error('nothing was read');
    return reading;
  }
  const valuesBy = ({ points }: MetricReading) =>
    Object.fromEntries(points.map(({ day, value }) => [day, Number(value)]));
  const sidesBy = ({ points }: MetricReading) =>
    Object.fromEntries(
      points.map(({ day, numerator, denominator }) => [day, [numerator, denominator].map(Number)]),
    );
  /** The truth on the days of the points, so that both say the same of quiet ones. */
  const onDaysOf = <Value, Told>(
    { points }: MetricReading,
    truth: ByPeriod<Value>,
    unit: 'day' | 'week' | 'month',
    told: (value: Value | undefined) => Told,
  ) => Object.fromEntries(points.map(({ day }) => [day, told(truth.get(beginningOf(day, unit)))]));
  // 80 days; the Sundays from 6 September to 15 November; the ends of September and October.
  const POINTS = { day: 80, week: 11, month: 2 };

  it.each(['day', 'week', 'month'] as const)('counts people by %s', async (unit) => {
    const reading = await read('unique_users', { event: 'Report Shared', unit });
    const truth = countsBy(deeds, 'Report Shared', unit);
    expect(reading.points).toHaveLength(POINTS[unit]);
    expect(valuesBy(reading)).toEqual(onDaysOf(reading, truth, unit, (count) => count?.people ?? 0));
    expect(Math.max(...Object.values(valuesBy(reading)))).toBeGreaterThan(0);
  });

  it('counts a month’s people not as the sum of its days, and events as exactly that', async () => {
    const days = countsBy(deeds, 'Page Viewed', 'day');
    const [october] = Object.entries(
      valuesBy(await read('unique_users', { event: 'Page Viewed', unit: 'month' })),
    )
      .filter(([day]) => day === '2026-10-31')
      .map(([, value]) => value);
    const ofDays = [...days].filter(([day]) => day.startsWith('2026-10'));
    expect(october).toBeLessThan(ofDays.reduce((sum, [, { people }]) => sum + people, 0));
    const perUser = await read('events_per_user', { event: 'Page Viewed', unit: 'month' });
    expect(sidesBy(perUser)['2026-10-31']).toEqual([
      ofDays.reduce((sum, [, { total }]) => sum + total, 0),
      october,
    ]);
  });

  it('divides the people of one event by those of another in the same week', async () => {
    const reading = await read('unique_ratio', {
      event: 'Report Shared',
      ofEvent: 'Page Viewed',
      unit: 'week',
    });
    const [shared, viewed] = ['Report Shared', 'Page Viewed'].map((name) => countsBy(deeds, name, 'week'));
    const truth = Object.fromEntries(
      reading.points.map(({ day }) => {
        const week = beginningOf(day, 'week');
        return [day, [shared?.get(week)?.people ?? 0, viewed?.get(week)?.people ?? 0]];
      }),
    );
    expect(reading.points).toHaveLength(POINTS.week);
    expect(sidesBy(reading)).toEqual(truth);
  });

  it('adds up a property, and averages it over the events that carry it', async () => {
    const params = { event: 'Survey Answered', property: 'score' };
    const truth = sumsBy(deeds, 'Survey Answered', 'score');
    const sums = await read('event_property_sum', params);
    expect(sums.points).toHaveLength(POINTS.day);
    expect(valuesBy(sums)).toEqual(onDaysOf(sums, truth, 'day', (told) => told?.sum ?? 0));
    const averages = await read('event_property_average', params);
    expect(sidesBy(averages)).toEqual(
      onDaysOf(averages, truth, 'day', (told) => [told?.sum ?? 0, told?.carriers ?? 0]),
    );
  });

  const rules: (RetentionRule & { points: number })[] = [
    // Of 80 days those that ended two days before noon of the 20th: up to the 17th.
    { bornEvent: 'Sign Up', returnEvent: 'Page Viewed', unit: 'day', n: 1, everyPeriod: false, points: 78 },
    { bornEvent: 'Sign Up', returnEvent: null, unit: 'day', n: 7, everyPeriod: false, points: 72 },
    // Weeks that end by 5 November, and by 29 October: up to 1 November, and up to 25 October.
    { bornEvent: 'Sign Up', returnEvent: 'Page Viewed', unit: 'week', n: 1, everyPeriod: false, points: 9 },
    {
      bornEvent: 'Page Viewed',
      returnEvent: 'Page Viewed',
      unit: 'week',
      n: 2,
      everyPeriod: true,
      points: 8,
    },
    // September ended 51 days ago, which is less than 60 and more than 30.
    {
      bornEvent: 'Page Viewed',
      returnEvent: 'Report Shared',
      unit: 'month',
      n: 0,
      everyPeriod: true,
      points: 1,
    },
  ];
  it.each(rules)('retains by $unit in interval $n (compounded: $everyPeriod)', async (rule) => {
    const { bornEvent, everyPeriod, n, returnEvent, unit } = rule;
    const reading = await read('retention', {
      retentionType: everyPeriod ? 'compounded' : 'birth',
      bornEvent,
      ...(returnEvent === null ? {} : { event: returnEvent }),
      unit,
      n,
    });
    const truth = retainedBy(deeds, rule);
    expect(reading.points).toHaveLength(rule.points);
    expect(sidesBy(reading)).toEqual(
      onDaysOf(reading, truth, unit, (told) => [told?.returned ?? 0, told?.entered ?? 0]),
    );
    expect(reading.points.some(({ numerator }) => Number(numerator) > 0)).toBe(true);
  });

  it.each([
    { unit: 'day', per: 'hour', atLeast: 2, event: 'Page Viewed' },
    { unit: 'week', per: 'day', atLeast: 3, event: null },
    { unit: 'month', per: 'day', atLeast: 8, event: null },
  ] as const)('tells who came $atLeast times a $unit', async ({ atLeast, event, per, unit }) => {
    const params = { unit, per, atLeast, ...(event === null ? {} : { event }) };
    const reading = await read('frequency', params);
    const truth = activeParts(deeds, { event, per, unit });
    expect(reading.points).toHaveLength(POINTS[unit]);
    expect(sidesBy(reading)).toEqual(
      onDaysOf(reading, truth, unit, (people) => {
        const all = [...(people ?? [])];
        const total = (least: number) =>
          all.filter(([count]) => count >= least).reduce((sum, [, who]) => sum + who, 0);
        return [total(atLeast), total(1)];
      }),
    );
  });

  it.each([
    { funnelId: 7509, steps: ['Sign Up', 'Project Created'], lengthDays: 7, points: 73 },
    {
      funnelId: 7510,
      steps: ['Sign Up', 'Trial Started', 'Subscription Started'],
      lengthDays: 30,
      points: 50,
    },
  ])('sends everybody through the funnel of $steps', async ({ funnelId, lengthDays, points, steps }) => {
    const reading = await read('funnel_conversion', { funnelId, lengthDays });
    const truth = walkedBy(deeds, steps, lengthDays);
    // 80 days but those of the last 7, or 30, and the running one, which the window leaves out already.
    expect(reading.points).toHaveLength(points);
    expect(sidesBy(reading)).toEqual(
      onDaysOf(reading, truth, 'day', (told) => [told?.through ?? 0, told?.entered ?? 0]),
    );
    expect(reading.points.some(({ numerator }) => Number(numerator) > 0)).toBe(true);
  });

  it('reads a saved funnel by the days whose people are through', async () => {
    const reading = await read('saved_funnel', { bookmarkId: 91, lengthDays: 7 });
    const truth = walkedBy(deeds, ['Sign Up', 'Project Created'], 7);
    // The report covers 60 days up to its own, the 20th of the project or, in the east, of the same day.
    expect(reading.points.at(0)?.day).toBe('2026-09-22');
    expect(reading.points.at(-1)?.day).toBe('2026-11-12');
    expect(sidesBy(reading)).toEqual(
      onDaysOf(reading, truth, 'day', (told) => [told?.through ?? 0, told?.entered ?? 0]),
    );
  });

  it.each([
    { bookmarkId: 79, unit: 'day', n: 3 },
    { bookmarkId: 78, unit: 'week', n: 1 },
  ] as const)('reads a saved retention by $unit, only of cohorts that are mature', async (given) => {
    const { n, unit } = given;
    const reading = await read('saved_retention', given);
    const rule = { bornEvent: 'Sign Up', returnEvent: 'Page Viewed', unit, n, everyPeriod: false };
    const truth = retainedBy(deeds, rule);
    expect(reading.points.length).toBeGreaterThan(4);
    expect(sidesBy(reading)).toEqual(
      onDaysOf(reading, truth, unit, (told) => [told?.returned ?? 0, told?.entered ?? 0]),
    );
  });
});
