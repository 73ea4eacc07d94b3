import { expect, it } from 'vitest';
import {
  checkWindowRule,
  definitionOf,
  findMetric,
  type MetricDefinition,
  maturedAt,
  maturityHours,
  type ParamValues,
  type WindowRule,
  windowFor,
} from '../../../src/domain/catalog/index.ts';

const later = new Date('2030-01-01T00:00:00Z');

function metricOf(key: string) {
  const metric = findMetric(key);
  if (metric === null) throw new Error(`no metric ${key}`);
  return metric;
}
function define(
  metric: string,
  window: WindowRule,
  params: ParamValues = {},
  timeZone = 'UTC',
): MetricDefinition {
  return definitionOf(metricOf(metric), params, window, timeZone);
}

it('stores with a series all that fixes its numbers', () => {
  expect(define('mrr', { kind: 'day' }, { discountPolicy: 'recurring' }, 'Europe/Berlin')).toEqual({
    metric: 'mrr',
    definitionVersion: 1,
    params: { discountPolicy: 'recurring' },
    window: { kind: 'day' },
    timeZone: 'Europe/Berlin',
  });
  expect(() => define('mrr', { kind: 'day' }, {}, 'Berlin')).toThrow('"Berlin" is not a time zone');
  expect(() => define('mrr', { kind: 'trailing', days: 28 })).toThrow('mrr has no window "trailing"');
});

it.each([
  { metric: 'nps', rule: { kind: 'trailing', days: 0 }, says: 'from 1 to 3660' },
  { metric: 'nps', rule: { kind: 'trailing', days: 1.5 }, says: '1.5 days' },
  { metric: 'nrr', rule: { kind: 'trailing_months', months: 1_000 }, says: 'from 1 to 120' },
  {
    metric: 'nps',
    rule: { kind: 'matured_cohort', days: 28 },
    says: 'use one of "day", "trailing", "month"',
  },
] as const)('refuses $rule for $metric', ({ metric, rule, says }) => {
  expect(checkWindowRule(metricOf(metric), rule)).toContain(says);
});

// 31 March and the 27 days before it begin on 4 March.
it('closes a trailing window with the day itself', () => {
  expect(windowFor(define('nps', { kind: 'trailing', days: 28 }), '2026-03-31', later)).toEqual({
    kind: 'period',
    startDay: '2026-03-04',
    endDay: '2026-04-01',
    timeZone: 'UTC',
  });
});

it('has a month on its last day only', () => {
  const definition = define('mrr_new', { kind: 'month' });
  expect(windowFor(definition, '2026-02-28', later)).toMatchObject({
    kind: 'period',
    startDay: '2026-02-01',
    endDay: '2026-03-01',
  });
  expect(windowFor(definition, '2028-02-28', later)).toBeNull(); // a leap year
  expect(windowFor(definition, '2026-02-27', later)).toBeNull();
  expect(windowFor(define('mrr', { kind: 'month' }), '2026-02-28', later)).toMatchObject({
    kind: 'snapshot',
    day: '2026-02-28',
  });
});

it('counts trailing months by the calendar, so that a year is a year', () => {
  const definition = define('nrr', { kind: 'trailing_months', months: 12 });
  expect(windowFor(definition, '2026-03-31', later)).toMatchObject({
    startDay: '2025-04-01',
    endDay: '2026-04-01',
  });
  expect(windowFor(definition, '2026-03-14', later)).toMatchObject({
    startDay: '2025-03-15',
    endDay: '2026-03-15',
  });
});

it('takes a day as a snapshot of a level and as a period of a flow', () => {
  expect(windowFor(define('mrr', { kind: 'day' }), '2026-03-31', later)).toMatchObject({ kind: 'snapshot' });
  expect(windowFor(define('new_users', { kind: 'day' }), '2026-03-31', later)).toMatchObject({
    kind: 'period',
    startDay: '2026-03-31',
    endDay: '2026-04-01',
  });
  expect(windowFor(define('cac', { kind: 'none' }), '2026-03-31', later)).toEqual({ kind: 'none' });
});

// 28 days up to 17 March begin on 18 February; fourteen days after the close of 17 March is the close of 31 March.
it('a cohort belongs to its last day of entries, and is judged when the last of its people is decided', () => {
  const definition = define(
    'activation_rate',
    { kind: 'matured_cohort', days: 28 },
    { withinDays: 14, clock: 'rolling' },
  );
  const decidedAt = new Date('2026-04-01T00:00:00Z');
  const window = {
    kind: 'cohort',
    startDay: '2026-02-18',
    endDay: '2026-03-18',
    timeZone: 'UTC',
    asOfAt: decidedAt,
  };
  expect(windowFor(definition, '2026-03-17', later)).toEqual(window);
  // At that very moment everybody is decided; a millisecond before somebody is not, and there is no point at all.
  expect(windowFor(definition, '2026-03-17', decidedAt)).toEqual(window);
  expect(windowFor(definition, '2026-03-17', new Date(decidedAt.getTime() - 1))).toBeNull();
});

// Berlin loses an hour on 29 March: 14 x 24 hours after the close of 17 March it is 01:00 of 1 April.
it('waits for the people who are an hour short after a change of clocks', () => {
  const rule: WindowRule = { kind: 'matured_cohort', days: 7 };
  const rolling = define('activation_rate', rule, { withinDays: 14, clock: 'rolling' }, 'Europe/Berlin');
  expect(windowFor(rolling, '2026-03-17', later)).toMatchObject({ asOfAt: new Date('2026-03-31T23:00:00Z') });
  // On the calendar the own day of 18 March is the first of fourteen that end with 31 March.
  const calendar = define('activation_rate', rule, { withinDays: 14, clock: 'calendar' }, 'Europe/Berlin');
  expect(windowFor(calendar, '2026-03-18', later)).toMatchObject({
    asOfAt: new Date('2026-03-31T22:00:00Z'),
  });
});

// The facts: a goal from 1 April sees its first own cohort, that of April, at the end of June (30 April + 60 days).
it('a month of people has one point, on its last day, from the moment that all of them are decided', () => {
  const definition = define(
    'retention',
    { kind: 'month' },
    { criterion: 'bracket', bracketDays: [30, 59], clock: 'rolling' },
  );
  const decidedAt = new Date('2026-06-30T00:00:00Z');
  expect(windowFor(definition, '2026-04-30', decidedAt)).toMatchObject({
    kind: 'cohort',
    startDay: '2026-04-01',
    endDay: '2026-05-01',
    asOfAt: decidedAt,
  });
  expect(windowFor(definition, '2026-04-30', new Date('2026-06-29T23:59:59Z'))).toBeNull();
  expect(windowFor(definition, '2026-04-29', later)).toBeNull();
});

it.each([
  { metric: 'funnel_conversion', params: { withinHours: 168 }, hours: 168 },
  { metric: 'activation_rate', params: { withinDays: 14 }, hours: 336 },
  { metric: 'linked_bugs_per_feature', params: { matureDays: 30, findDays: 14 }, hours: 720 },
  { metric: 'retention', params: { criterion: 'bracket', bracketDays: [30, 59] as const }, hours: 1_440 },
  { metric: 'retention', params: { criterion: 'on', unit: 'day', n: 30 }, hours: 744 },
  { metric: 'retention', params: { criterion: 'on_or_after', unit: 'month', n: 1 }, hours: 1_440 },
  { metric: 'retention', params: { criterion: 'on', unit: 'month', n: 1, clock: 'calendar' }, hours: 1_488 },
  { metric: 'nps', params: {}, hours: 0 },
])('$metric of $params is decided after $hours hours at most', ({ hours, metric, params }) => {
  expect(maturityHours(metricOf(metric), params)).toBe(hours);
});

// Calendar weeks after the one of Wednesday 4 March: its Monday is the 2nd, its Sunday the 1st; week 1 ends 14 days on.
it.each([
  { params: { unit: 'week', n: 1, weekStart: 'monday' }, at: '2026-03-16T00:00:00.000Z' },
  { params: { unit: 'week', n: 1, weekStart: 'sunday' }, at: '2026-03-15T00:00:00.000Z' },
  { params: { unit: 'month', n: 1 }, at: '2026-05-01T00:00:00.000Z' },
  { params: { unit: 'day', n: 1 }, at: '2026-03-06T00:00:00.000Z' },
])('decides a calendar unit $params at its own end', ({ at, params }) => {
  const given = { criterion: 'on', clock: 'calendar', ...params };
  expect(maturedAt(metricOf('retention'), given, '2026-03-04', 'UTC').toISOString()).toBe(at);
});

/** Fits the cohort window to the metric's own rule: one person at the last instant of its last day is decided. */
it('agrees with the metric about who is decided', () => {
  const params = { signupEvent: 'sign_up', event: 'open', minCount: 1, withinDays: 14, clock: 'rolling' };
  const metric = metricOf('activation_rate');
  const window = windowFor(
    define('activation_rate', { kind: 'matured_cohort', days: 1 }, params),
    '2026-03-17',
    later,
  );
  const event = {
    id: null,
    userId: 'a',
    event: 'sign_up',
    at: new Date('2026-03-17T23:59:59.999Z'),
    properties: {},
  };
  if (window === null) throw new Error('no window');
  const full = { ...params, minCohort: 1 };
  expect(metric.compute(full, window, { events: [event] })).toMatchObject({ value: 0, denominator: 1 });
});
