import { afterAll, expect, it } from 'vitest';
import { judge } from '../../src/conformance/judge.ts';
import { openStoredEvents } from '../../src/conformance/stored-events.ts';

const stored = openStoredEvents();
afterAll(() => stored.close());

const asOf = (date: string, timeZone = 'UTC') => ({ type: 'asOf', date, timeZone });
const at = (day: string, value: number) => ({ time: `${day}T10:00:00Z`, value });
const seen = [at('2026-05-01', 12), at('2026-06-01', 18)];

type Asked = {
  metric?: string;
  keyResult?: unknown;
  observations?: unknown;
  input?: unknown;
  window?: unknown;
};
function ask(
  { input, keyResult, metric = 'kr_progress', observations = seen, window = asOf('2026-06-30') }: Asked,
  expected: unknown,
) {
  return judge(
    {
      id: 'V',
      description: 'd',
      metric,
      params: {},
      window,
      input: input ?? { keyResult, observations },
      expected,
    },
    0,
    stored,
  );
}
const about = (value: number) => ({ values: { raw: value }, tolerance: 1e-9 });

// What the facts page names beyond the vectors that come with it; the arithmetic stands beside each.
it.each([
  {
    keyResult: { type: 'from_to', start: 10, target: 20, aggregate: 'sum' },
    raw: 2,
    why: '(12 + 18 - 10) / 10',
  },
  {
    keyResult: { type: 'from_to', start: 10, target: 20, aggregate: 'mean' },
    raw: 0.5,
    why: '(15 - 10) / 10',
  },
  {
    keyResult: { type: 'relative', changePercent: 50, baseline: 10, aggregate: 'mean' },
    raw: 1,
    why: 'the mean of 15 is 50 % above 10',
  },
  { keyResult: { type: 'count_up', start: 20, target: 50 }, raw: 1, why: '12 + 18 of the 30 that were left' },
  { keyResult: { type: 'count_up', target: 60 }, raw: 0.5, why: '30 / 60' },
  {
    keyResult: { type: 'control', operator: 'at_least', threshold: 20, start: 10, method: 'distance' },
    raw: 0.8,
    why: '(18 - 10) / (20 - 10)',
  },
  {
    keyResult: { type: 'control', operator: 'at_least', threshold: 18 },
    raw: 0.5,
    why: 'one of two checks; shares of checks are the usual method',
  },
  {
    keyResult: { type: 'milestone', steps: [{ doneAt: '2026-05-01T00:00:00Z' }, {}] },
    raw: 0.5,
    why: 'equal weights',
  },
  { keyResult: { type: 'baseline', baseline: 3 }, raw: 1, why: 'captured' },
  { keyResult: { type: 'baseline_only', baseline: null }, raw: 0, why: 'not captured yet' },
  {
    keyResult: { type: 'recurring', perPeriod: 10, periodUnit: 'month', periods: 2, startDate: '2026-05-01' },
    raw: 1,
    why: 'min(12, 10) + min(18, 10) of 20',
  },
])('progress of $keyResult.type is $raw: $why', async ({ keyResult, raw }) => {
  expect(await ask({ keyResult }, about(raw))).toMatchObject({ passed: true });
});

it('goes by the latest entry of a goal that is done or not, whatever order the entries come in', async () => {
  const undone = [at('2026-06-02', 0), at('2026-06-01', 1)];
  expect(await ask({ keyResult: { type: 'binary' }, observations: undone }, about(0))).toMatchObject({
    passed: true,
  });
  const nothing = { value: null, reason: 'no_observation' };
  expect(await ask({ keyResult: { type: 'binary' }, observations: [] }, nothing)).toMatchObject({
    passed: true,
  });
});

it('judges at the close of the local day', async () => {
  const window = asOf('2026-06-30', 'Asia/Shanghai');
  const kr = { type: 'from_to', start: 0, target: 10 };
  const around = [
    { time: '2026-06-30T15:59:59Z', value: 5 },
    { time: '2026-06-30T16:00:00Z', value: 9 },
  ];
  expect(await ask({ keyResult: kr, observations: around, window }, about(0.5))).toMatchObject({
    passed: true,
  });
});

it('weighs Key Results and child objectives, each as one item', async () => {
  const input = { keyResults: [{ raw: 1 }, { raw: 0, weight: 2 }], childObjectives: [{ value: 1 }] };
  const expected = { values: { value: 0.5, coverage: 1 }, tolerance: 1e-9 };
  expect(await ask({ metric: 'objective_progress', input }, expected)).toMatchObject({ passed: true });
  const none = { value: null, reason: 'no_observation' };
  expect(
    await ask({ metric: 'objective_progress', input: { keyResults: [{ raw: null }] } }, none),
  ).toMatchObject({
    passed: true,
  });
});

// 1 to 30 April with half the way planned for the 10th: the 5th is half of that, the 20th half of the rest.
it.each([
  { date: '2026-04-05', value: 0.25 },
  { date: '2026-04-10', value: 0.5 },
  { date: '2026-04-20', value: 0.75 },
])('expects $value of phased targets on $date', async ({ date, value }) => {
  const input = {
    startDate: '2026-04-01',
    endDate: '2026-04-30',
    start: 100,
    target: 200,
    phasedTargets: [{ date: '2026-04-10', value: 150 }],
  };
  const expected = { value, tolerance: 1e-9 };
  expect(await ask({ metric: 'expected_progress', input, window: asOf(date) }, expected)).toMatchObject({
    passed: true,
  });
});

const daily = [
  { date: '2026-04-07', value: 100 }, // too old
  { date: '2026-04-08', value: 10 },
  { date: '2026-04-09', value: null },
  { date: '2026-04-10', value: 30 }, // the start itself
];
it.each([
  {
    days: 1,
    series: daily,
    answer: { value: null, reason: 'awaiting_baseline' },
    why: 'a day without a value is left out',
  },
  { days: 2, series: daily, answer: { value: 10, tolerance: 0 }, why: 'the mean of one day' },
  { days: 3, series: daily, answer: { value: 55, tolerance: 0 }, why: '(100 + 10) / 2' },
])('captures a trailing mean of $days days: $why', async ({ answer, days, series }) => {
  const input = { rule: 'trailing_mean', days, series, startDate: '2026-04-10' };
  expect(await ask({ metric: 'baseline_capture', input }, answer)).toMatchObject({ passed: true });
});

const nps = (score: number) => ({
  metric: 'nps',
  window: { type: 'period', start: '2026-03-01', end: '2026-03-31', timeZone: 'UTC' },
  input: { responses: [{ id: '1', respondentId: 'a', score, time: '2026-03-31T23:59:59Z' }] },
});

it('takes the last day of a window as its own', async () => {
  expect(await ask(nps(9), { value: 100, tolerance: 0 })).toMatchObject({ passed: true, note: null });
});

it('fails a wrong number, a wrong reason, a zero in the place of no value, and a number that is not told', async () => {
  const failed = (expected: unknown) => ask(nps(9), expected);
  expect(await failed({ value: 99.99, tolerance: 0.001 })).toMatchObject({
    passed: false,
    expected: '99.99 (within 0.001)',
    got: '100',
  });
  expect(await failed({ value: null, reason: 'zero_denominator' })).toMatchObject({
    passed: false,
    got: '100',
  });
  expect(await failed({ values: { value: 100, ghosts: 1 }, tolerance: 0 })).toMatchObject({
    passed: false,
    got: '100, ghosts not told',
  });
  expect(await failed({ values: {}, tolerance: 0 })).toMatchObject({ passed: false });
  const empty = { ...nps(9), input: { responses: [] } };
  expect(await ask(empty, { value: 0, tolerance: 0 })).toMatchObject({
    passed: false,
    got: 'no value, zero_denominator',
  });
  expect(await ask(empty, { value: null, reason: 'no_observation' })).toMatchObject({ passed: false });
});

it('notes a unit by another name and does not fail for it', async () => {
  expect(await ask(nps(9), { value: 100, tolerance: 0, unit: 'percent' })).toMatchObject({
    passed: true,
    note: 'the vector counts in "percent", the catalogue in "points"',
  });
});

it.each([
  { asked: { metric: 'nothing_such', input: {} }, says: '"nothing_such" is no metric of the catalogue' },
  { asked: { ...nps(9), input: { responses: [{ id: '1' }] } }, says: 'input.responses.0.respondentId' },
  { asked: { keyResult: { type: 'other' } }, says: 'keyResult.type' },
  {
    asked: { keyResult: { type: 'binary' }, window: { type: 'none' } },
    says: 'needs a window of type "asOf"',
  },
])('fails what cannot be asked with its sentence: $says', async ({ asked, says }) => {
  const outcome = await ask(asked, { value: 1, tolerance: 0 });
  expect(outcome.passed).toBe(false);
  expect(outcome.got).toContain(says);
});

it('fails what is no vector, by its id or its place', async () => {
  expect(await judge({ id: 'X-1' }, 4, stored)).toMatchObject({ id: 'X-1', passed: false });
  expect(await judge(null, 4, stored)).toMatchObject({ id: '#5', passed: false });
});
