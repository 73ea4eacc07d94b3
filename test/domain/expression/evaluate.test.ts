import { describe, expect, it } from 'vitest';
import { addDays, eachDay } from '../../../src/domain/day.ts';
import { evaluateDay, evaluateDays, type SourcePoint } from '../../../src/domain/expression/index.ts';
import { combine } from '../../../src/domain/metric.ts';
import { checked, company, point, traits } from './support.ts';

const day = '2026-03-31';
const dayBefore = (days: number) => addDays(day, -days);

/** What the company measured on `day`, and for tickets on the six days before. */
const measured = new Map<string, SourcePoint[]>(
  Object.entries({
    // The newest seven days: 10, 20, 30, 40, 50, 60 and 46.
    tickets: [...[10, 20, 30, 40, 50, 60].map((value, i) => point(dayBefore(6 - i), value)), point(day, 46)],
    visits: [point(dayBefore(1), 100), point(day, 20)],
    'sign-ups': [point(dayBefore(1), 0), point(day, 5)],
    revenue: [point(dayBefore(1), -400), point(day, 10_000)],
    cogs: [point(day, 3_000)],
    mrr: [point(dayBefore(1), 80_000), point(day, 100_000)],
    customers: [point(day, 40)],
    trials: [point(day, 0)],
    cac: [point(day, 30_000, 300_000, 10)],
    arpa: [point(day, 5_000, 200_000, 40)],
    gross_margin: [point(day, 0.8, 8, 10)],
    churn: [point(dayBefore(1), 0.5, 1, 2), point(day, 0.02, 2, 100)],
    conversion: [point(dayBefore(1), null, 0, 0), point(day, 0.25)],
    dau: [point(dayBefore(1), 8), point(day, 10)],
    buyers: [point(day, 4)],
    'active-users-28': [point(day, 115)],
    wau: [point(dayBefore(7), 40), point(day, 50)],
    nps: [point(day, 40, 4_000, 100)],
    time: [point(day, null)],
    points: [{ ...point(day, null), reason: 'missing_rate' as const }],
  }),
);

const on = (text: string) => evaluateDay(checked(text), day, measured);

describe('a formula gives what a person gets with pencil and paper', () => {
  it.each([
    { text: 'tickets', value: 46 },
    { text: 'tickets + visits * 2', value: 86 }, // 46 + 40
    { text: '(tickets + visits) * 2', value: 132 }, // 66 × 2
    { text: 'tickets - visits - `sign-ups`', value: 21 }, // 46 - 20 - 5
    { text: '-tickets', value: -46 },
    { text: 'revenue - cogs', value: 7_000 },
    { text: 'mrr / customers', value: 2_500 },
    { text: 'cac / (arpa * gross_margin)', value: 7.5 }, // 30,000 / (5,000 × 0.8): the published payback of 7.5 months
    { text: 'arpa * gross_margin / churn', value: 200_000 }, // 4,000 / 0.02
    { text: '12 * mrr', value: 1_200_000 },
    { text: '0.1 * visits + 0.2 * visits', value: 6 }, // in doubles 0.1 + 0.2 is more than 0.3
    { text: 'min(tickets, visits, 30)', value: 20 },
    { text: 'max(tickets, visits, 30)', value: 46 },
    { text: 'abs(visits - tickets)', value: 26 },
    { text: 'round(tickets / 3)', value: 15 }, // 15.33
    { text: 'round(tickets / 3, 2)', value: 15.33 },
    { text: 'round(`sign-ups` / 2)', value: 3 }, // a half goes away from zero
    { text: 'round(-`sign-ups` / 2)', value: -3 },
    { text: 'ratio(buyers, dau)', value: 0.4 },
    { text: 'delta(tickets)', value: -14 }, // 46 - 60
    { text: 'delta(tickets, 6)', value: 36 }, // 46 - 10
    { text: 'delta(mrr)', value: 20_000 },
    { text: 'pct_change(mrr)', value: 0.25 }, // 20,000 / 80,000
    { text: 'pct_change(wau, 7)', value: 0.25 }, // 10 / 40
    { text: 'rolling_sum(tickets, 7)', value: 256 }, // 10 + 20 + 30 + 40 + 50 + 60 + 46
    { text: 'rolling_avg(tickets, 3)', value: 52 }, // (50 + 60 + 46) / 3
    { text: 'rolling_avg(mrr, 2)', value: 90_000 },
    { text: 'if(tickets > visits, 1, 0)', value: 1 },
    { text: 'if(tickets < visits, 1, 0)', value: 0 },
    { text: 'if(tickets >= 46, 1, 0)', value: 1 },
    { text: 'if(tickets <= 45, 1, 0)', value: 0 },
    { text: 'if(tickets = 46, 1, 0)', value: 1 },
    { text: 'if(tickets != 46, 1, 0)', value: 0 },
    { text: 'if(tickets / 3 * 3 = tickets, 1, 0)', value: 1 }, // a third is cut off somewhere, and still
    { text: 'trials * 5', value: 0 },
    { text: '-trials', value: 0 }, // and not -0
  ])('$text = $value', ({ text, value }) => {
    expect(on(text)).toMatchObject({ day, value });
  });
});

describe('a quotient keeps both sides where a longer window needs them', () => {
  it.each([
    { text: 'tickets / visits', value: 2.3, numerator: 46, denominator: 20 },
    { text: 'ratio(`sign-ups`, visits)', value: 0.25, numerator: 5, denominator: 20 },
    { text: '(revenue - cogs) / revenue', value: 0.7, numerator: 7_000, denominator: 10_000 },
    { text: '100 * `sign-ups` / visits', value: 25, numerator: 500, denominator: 20 },
    { text: '`sign-ups` / visits * 100', value: 25, numerator: 500, denominator: 20 },
    { text: '1 - `sign-ups` / visits', value: 0.75, numerator: 15, denominator: 20 },
    { text: '`sign-ups` / visits - 1', value: -0.75, numerator: -15, denominator: 20 },
    { text: '`sign-ups` / visits / 2', value: 0.125, numerator: 2.5, denominator: 20 },
    { text: '-(`sign-ups` / visits)', value: -0.25, numerator: -5, denominator: 20 },
    { text: '2 / (`sign-ups` / visits)', value: 8, numerator: 40, denominator: 5 },
    { text: '1 - churn', value: 0.98, numerator: 98, denominator: 100 },
    { text: 'nps', value: 40, numerator: 4_000, denominator: 100 },
    { text: 'mrr / customers', value: 2_500, numerator: 100_000, denominator: 40 },
    // (1 + 2) / (2 + 100), and not the mean of 0.5 and 0.02.
    { text: 'rolling_avg(churn, 2)', value: 3 / 102, numerator: 3, denominator: 102 },
  ])('$text', ({ text, ...sides }) => {
    expect(on(text)).toEqual({ day, ...sides });
  });

  it.each([
    'buyers / dau',
    'tickets / dau',
    'churn * gross_margin',
    'round(tickets / visits)',
    'tickets + visits',
    'dau',
  ])('%s has none, so that nobody adds them up', (text) => {
    expect(on(text)).toMatchObject({ numerator: null, denominator: null });
  });

  it('makes the month from its sides, and not from the mean of its days', () => {
    // 46 + 60 tickets over 20 + 100 visits; the mean of 2.3 and 0.6 would be 1.45.
    const days = evaluateDays(checked('tickets / visits'), [dayBefore(1), day], measured);
    expect(combine('ratio', days)).toEqual({ value: 106 / 120 });
  });

  it('keeps the tickets of a day without visits in the month', () => {
    const points = new Map([
      ['tickets', [point(dayBefore(1), 3), point(day, 1)]],
      ['visits', [point(dayBefore(1), 0), point(day, 8)]],
    ]);
    const days = evaluateDays(checked('tickets / visits'), [dayBefore(1), day], points);
    expect(days[0]).toEqual({
      day: dayBefore(1),
      value: null,
      reason: 'zero_denominator',
      numerator: 3,
      denominator: 0,
    });
    expect(combine('ratio', days)).toEqual({ value: 0.5 }); // (3 + 1) / (0 + 8)
  });

  it('pools a rolling rate over a day on which there was nobody', () => {
    const points = new Map([['churn', [point(dayBefore(1), null, 0, 0), point(day, 0.1, 1, 10)]]]);
    expect(evaluateDay(checked('rolling_avg(churn, 2)'), day, points)).toMatchObject({ value: 0.1 });
  });
});

describe('what was not measured is not zero', () => {
  it.each([
    { text: 'revenue + spend', reason: 'no_observation', why: 'a metric without points' },
    { text: 'time * 0', reason: 'no_observation', why: 'not even times zero' },
    { text: 'max(time, 0)', reason: 'no_observation', why: 'nor beside a number' },
    { text: 'points + 1', reason: 'missing_rate', why: 'the reason of the point is kept' },
    { text: 'mrr / trials', reason: 'zero_denominator', why: 'nothing to divide by' },
    { text: 'mrr / (customers - customers)', reason: 'zero_denominator', why: 'nothing left to divide by' },
    {
      text: 'mrr / (customers / 3 * 3 - customers)',
      reason: 'zero_denominator',
      why: 'nothing but what was cut off',
    },
    { text: 'mrr / (1 - 1)', reason: 'zero_denominator', why: 'a number that comes to zero' },
    { text: '1 / trials', reason: 'zero_denominator', why: 'one through nothing' },
    { text: 'delta(cogs)', reason: 'no_observation', why: 'no day before' },
    { text: 'pct_change(`sign-ups`)', reason: 'zero_denominator', why: 'growth from zero' },
    { text: 'pct_change(revenue)', reason: 'non_positive_baseline', why: 'growth from less than zero' },
    { text: 'rolling_sum(visits, 3)', reason: 'no_observation', why: 'a window with a missing day' },
    { text: 'rolling_avg(tickets, 8)', reason: 'no_observation', why: 'the eighth day is missing' },
    {
      text: 'rolling_avg(conversion, 2)',
      reason: 'not_combinable',
      why: 'a rate without its sides in the window',
    },
    { text: 'if(time > 0, visits, tickets)', reason: 'no_observation', why: 'a condition that is not known' },
    {
      text: 'if(visits > 0, cogs / revenue, time / time)',
      reason: null,
      why: 'but a branch not taken is not asked',
    },
    { text: 'if(trials > 0, mrr / trials, 0)', reason: null, why: 'so a condition can guard a division' },
  ])('$text: $why', ({ text, reason }) => {
    const found = on(text);
    if (reason === null) expect(found.value).not.toBeNull();
    else expect(found).toMatchObject({ value: null, reason });
  });

  it('says no value for what no number can hold, instead of infinity or a silent zero', () => {
    const huge = new Map([['mrr', [point(day, 1e300)]]]);
    const tiny = new Map([['mrr', [point(day, 1e-300)]]]);
    const square = checked('mrr * mrr');
    expect(evaluateDay(square, day, huge)).toMatchObject({ value: null, reason: 'no_observation' });
    expect(evaluateDay(square, day, tiny)).toMatchObject({ value: null, reason: 'no_observation' });
    expect(evaluateDay(checked('mrr * mrr / mrr'), day, huge)).toMatchObject({ value: 1e300 });
  });

  it('has no value where nothing was read at all', () => {
    expect(evaluateDays(checked('tickets / visits'), [day], new Map())).toEqual([
      { day, value: null, reason: 'no_observation', numerator: null, denominator: null },
    ]);
  });
});

it('gives every day asked for, in the order asked', () => {
  const days = eachDay(dayBefore(2), addDays(day, 1)).toReversed();
  const points = evaluateDays(checked('tickets'), days, measured);
  expect(points.map((found) => [found.day, found.value])).toEqual([
    [day, 46],
    [dayBefore(1), 60],
    [dayBefore(2), 50],
  ]);
});

it('looks back over the days on which clocks change as over all others', () => {
  // 29 March 2026 has 23 hours in Berlin and 25 October has 25: a day before is the calendar day before.
  const days = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'];
  const points = new Map([['tickets', days.map((name, index) => point(name, index + 1))]]);
  const found = evaluateDays(checked('delta(tickets)'), days, points);
  expect(found.map(({ value }) => value)).toEqual([null, 1, 1, null, 1, 1]);
});

it('counts in months where a metric has a point per month, by their last days', () => {
  const monthly = traits({ cadence: 'month', window: { kind: 'month' } });
  const metrics = new Map([...company, ['orders', monthly]]);
  const points = new Map([
    ['orders', [point('2024-01-31', 10), point('2024-02-29', 20), point('2024-03-31', 40)]],
  ]);
  const march = (text: string) => evaluateDay(checked(text, metrics), '2024-03-31', points).value;
  expect([march('delta(orders)'), march('pct_change(orders, 2)'), march('rolling_sum(orders, 3)')]).toEqual([
    20, 3, 70,
  ]);
  expect(march('rolling_avg(orders, 4)')).toBeNull();
});

it('evaluates a year of formulas that look years back within seconds', () => {
  const days = eachDay('2020-01-01', '2026-01-01');
  const points = new Map([['tickets', days.map((name, index) => point(name, index % 17))]]);
  const deep = checked('pct_change(delta(delta(rolling_sum(delta(delta(tickets, 366), 366), 366), 366), 7))');
  const startedMs = performance.now();
  evaluateDays(deep, eachDay('2025-01-01', '2026-01-01'), points);
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
