import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, eachDay } from '../../src/domain/day.ts';
import { formulaOf } from '../../src/domain/formula.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import type { MetricTraits } from '../../src/domain/metric.ts';
import { type EvaluationInput, type EvaluationPoint, evaluateKeyResult } from '../../src/domain/snapshot.ts';

// The third quarter of 2026 has 92 days; 15 August is day 46, half of them.
const cycle = { startDay: '2026-07-01', endDay: '2026-10-01', timeZone: 'UTC' };
const traits = (over: Partial<MetricTraits> = {}): MetricTraits => ({
  kind: 'flow',
  timeZone: 'UTC',
  settlesAfterHours: 0,
  staleAfterDays: 3,
  ...over,
});
const health = { paused: false, connectionState: 'active', everyMinutes: 60, lastFailure: null } as const;
const point = (day: string, value: number | null, revision = 1): EvaluationPoint => ({
  day,
  value,
  numerator: null,
  denominator: null,
  revision,
});
const daily = (startDay: string, endDay: string, value: number) =>
  eachDay(startDay, endDay).map((day) => point(day, value));
const accumulate: Goal = { kind: 'accumulate', targetValue: 920 };
const reach: Goal = { kind: 'reach', startValue: 70_000, targetValue: 110_000 };

/** At 10:00 on 16 August: 15 August is settled, the 16th is running. */
const now = new Date('2026-08-16T10:00:00Z');
const input = (over: Partial<EvaluationInput> = {}, metric: Partial<MetricTraits> = {}): EvaluationInput => ({
  goal: accumulate,
  unit: 'count',
  paceCurve: { kind: 'linear' },
  cycle,
  source: { traits: traits(metric), health: { ...health, fetchedAt: over.now ?? now } },
  points: daily('2026-07-01', '2026-08-17', 10),
  previous: null,
  now,
  ...over,
});

describe('an evaluation', () => {
  it('speaks for the last settled day, and leaves the running one out', () => {
    // 46 days of 10 out of 920: half, on the day that half of the cycle has passed.
    expect(evaluateKeyResult(input())).toMatchObject({
      asOfDay: '2026-08-15',
      dataThroughDay: '2026-08-15',
      currentValue: 460,
      startValue: 0,
      targetValue: 920,
      progress: 0.5,
      expected: 0.5,
      pace: 1,
      status: 'on_track',
      dataState: 'fresh',
      missingDays: [],
    });
  });

  it('C9: reads "today" in the cycle’s zone and settles days in the metric’s, wherever it runs', () => {
    // 03:30 UTC on 16 August is still 23:30 on the 15th in New York, whose 14th is settled.
    const newYork = { ...cycle, timeZone: 'America/New_York' };
    const late = new Date('2026-08-16T03:30:00Z');
    const evaluation = evaluateKeyResult(
      input({ cycle: newYork, now: late }, { timeZone: 'America/New_York' }),
    );
    expect(evaluation.asOfDay).toBe('2026-08-14');
  });

  it('gives the same answer for a past day whatever came later, and in any order', () => {
    const points = daily('2026-07-01', '2026-08-16', 10);
    const later = [point('2026-08-16', 500), point('2026-08-17', 900), point('2026-09-01', 900)];
    const before = evaluateKeyResult(input({ points }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(later),
        fc.shuffledSubarray(points, { minLength: points.length }),
        (some, all) => {
          expect(evaluateKeyResult(input({ points: [...some, ...all] }))).toEqual(before);
        },
      ),
    );
  });

  it('names each point it used, with its revision', () => {
    const points = [
      ...daily('2026-07-01', '2026-08-15', 10),
      point('2026-08-15', 10, 3),
      point('2026-08-16', 7),
    ];
    const { usedPoints } = evaluateKeyResult(input({ points }));
    expect(usedPoints).toHaveLength(46);
    expect(usedPoints.at(-1)).toEqual({ day: '2026-08-15', revision: 3 });
  });
});

it('C14: a restated day changes the status, on the same day and with the new revision', () => {
  const stock = { kind: 'stock' as const, settlesAfterHours: 24 };
  // On 16 August at 10:00 the newest day that is 24 hours past its end is the 14th (day 45 of 92).
  const evaluate = (value: number, revision: number) =>
    evaluateKeyResult(
      input({ goal: reach, unit: 'money', points: [point('2026-08-14', value, revision)] }, stock),
    );
  const [was, is] = [evaluate(88_000, 1), evaluate(71_000, 2)];
  expect(was).toMatchObject({ asOfDay: '2026-08-14', progress: 0.45, status: 'on_track' });
  // 1000 of 40000 is 0.025; expected 45/92 = 0.489: gap -0.464, ratio 0.05.
  expect(is).toMatchObject({ asOfDay: '2026-08-14', progress: 0.025, status: 'off_track' });
  expect(is.usedPoints).toEqual([{ day: '2026-08-14', revision: 2 }]);
});

describe('C13: a source that goes down', () => {
  const points = daily('2026-07-01', '2026-08-16', 10);
  const down = (day: string) => {
    const at = new Date(`${day}T10:00:00Z`);
    const lastFailure = { errorClass: 'transient' as const, since: new Date('2026-08-16T11:00:00Z') };
    const dead = { traits: traits(), health: { ...health, fetchedAt: now, lastFailure } };
    return evaluateKeyResult(
      input({
        points,
        now: at,
        source: dead,
        previous: { state: 'on_track', asOfDay: '2026-08-15', lastKnown: null },
      }),
    );
  };

  it('leaves status and date in place for three days', () => {
    expect(down('2026-08-18')).toMatchObject({
      status: 'on_track',
      asOfDay: '2026-08-15',
      dataState: 'failing',
    });
    expect(down('2026-08-19')).toMatchObject({ status: 'on_track', asOfDay: '2026-08-15', progress: 0.5 });
  });

  it('makes the status unknown on the fourth, shows the last one with its date, and keeps the value', () => {
    expect(down('2026-08-20')).toMatchObject({
      status: 'unknown',
      lastKnown: { state: 'on_track', asOfDay: '2026-08-15' },
      dataState: 'stale',
      progress: 0.5,
      currentValue: 460,
      dataThroughDay: '2026-08-15',
    });
  });
});

it('C5: no points are no data, and never a zero', () => {
  expect(evaluateKeyResult(input({ points: [] }))).toMatchObject({
    asOfDay: null,
    currentValue: null,
    progress: null,
    expected: null,
    pace: null,
    status: 'unknown',
    dataState: 'none',
    usedPoints: [],
  });
});

it('C4: days of zero are data, and bad news', () => {
  expect(evaluateKeyResult(input({ points: daily('2026-07-01', '2026-08-16', 0) }))).toMatchObject({
    currentValue: 0,
    progress: 0,
    status: 'off_track',
    dataState: 'fresh',
  });
});

it('does not turn red over days that nobody measured', () => {
  // Twenty of 46 days lack a value; the other 26 came to 260 of 920, and just that was expected of them.
  const points = [...daily('2026-07-01', '2026-07-27', 10), ...daily('2026-08-15', '2026-08-16', 10)];
  const evaluation = evaluateKeyResult(input({ points: points.slice(1) }));
  expect(evaluation).toMatchObject({ currentValue: 260, status: 'on_track', expected: 0.5 });
  expect(evaluation.missingDays).toHaveLength(20);
  expect(evaluation.statusReason.values).toMatchObject({ missingDays: 20 });
  expect(evaluation.statusReason.values.expected).toBeCloseTo(26 / 92, 9);
});

describe('the end of a cycle', () => {
  const september = (at: string, endDay: string) =>
    evaluateKeyResult(
      input(
        {
          now: new Date(at),
          points: daily('2026-07-01', endDay, 10),
          goal: { ...accumulate, targetValue: 900 },
          unit: 'money',
        },
        { settlesAfterHours: 48 },
      ),
    );

  it('is provisional until the last day has settled, then decided, and stays so', () => {
    // 30 September ends at 00:00 on 1 October and settles 48 hours later. 90 of 92 days come to 900.
    expect(september('2026-10-02T23:00:00Z', '2026-10-02')).toMatchObject({
      asOfDay: '2026-09-29',
      status: 'on_track',
      statusReason: { code: 'closing' },
    });
    expect(september('2026-10-03T00:00:00Z', '2026-10-03')).toMatchObject({
      asOfDay: '2026-09-30',
      status: 'achieved',
    });
    expect(september('2026-12-24T00:00:00Z', '2026-10-03')).toMatchObject({
      asOfDay: '2026-09-30',
      status: 'achieved',
      dataState: 'stale',
    });
  });

  it('is decided without its last day when the source has gone past it', () => {
    const points = [...daily('2026-07-01', '2026-09-30', 5), ...daily('2026-10-01', '2026-10-05', 5)];
    const evaluation = evaluateKeyResult(input({ now: new Date('2026-10-05T10:00:00Z'), points }));
    // 91 days of 5 out of 920 is far from it, with or without the missing one.
    expect(evaluation).toMatchObject({ asOfDay: '2026-09-29', status: 'missed', missingDays: [] });
  });
});

describe('the evidence of a rate over several days', () => {
  const rate = (day: string, numerator: number, denominator: number): EvaluationPoint => ({
    ...point(day, denominator === 0 ? null : numerator / denominator),
    numerator,
    denominator,
  });

  it('names the day on which nobody was measured too, because its parts are in the sums', () => {
    // (6 + 5 + 1) ÷ (12 + 0 + 4) = 0.75.
    const points = [rate('2026-08-13', 6, 12), rate('2026-08-14', 5, 0), rate('2026-08-15', 1, 4)];
    const goal: Goal = { kind: 'reach', startValue: 0, targetValue: 1 };
    const evaluation = evaluateKeyResult(
      input({ goal, unit: 'ratio', aggregate: { trailingDays: 3 }, points }, { kind: 'ratio' }),
    );
    expect(evaluation.currentValue).toBe(0.75);
    expect(evaluation.usedPoints.map(({ day }) => day)).toEqual(['2026-08-13', '2026-08-14', '2026-08-15']);
  });
});

describe('Key Results that people keep by hand', () => {
  it('C28: stand at the last check-in, and one that is two weeks old asks for a new one without turning the status', () => {
    // 20 July is 27 days before 16 August; after 14 days a check-in is due.
    const evaluation = evaluateKeyResult(
      input({ goal: reach, unit: 'money', source: null, points: [point('2026-07-20', 100_000)] }),
    );
    expect(evaluation).toMatchObject({
      asOfDay: '2026-08-16',
      progress: 0.75,
      status: 'on_track',
      dataState: 'late',
      dataReason: { code: 'data_check_in_due', values: { days: 27, throughDay: '2026-07-20' } },
    });
  });

  it('need no points when they have steps', () => {
    const steps = ['2026-07-10', null].map((doneOnDay, i) => ({ name: `${i}`, weight: 1, doneOnDay }));
    const evaluation = evaluateKeyResult(
      input({ goal: { kind: 'milestone', steps }, source: null, points: [] }),
    );
    // Day 47 of 92: the line is past one half, so one of two steps is expected, and one is done.
    expect(evaluation).toMatchObject({
      progress: 0.5,
      expected: 0.5,
      status: 'on_track',
      currentValue: 1,
      targetValue: 2,
    });
  });

  it('are unknown before the first check-in', () => {
    const evaluation = evaluateKeyResult(input({ goal: reach, source: null, points: [] }));
    expect(evaluation).toMatchObject({
      status: 'unknown',
      dataState: 'none',
      dataReason: { code: 'data_unbound' },
    });
  });

  it('count on the day they are entered', () => {
    const evaluation = evaluateKeyResult(input({ source: null, points: [point('2026-08-16', 3)] }));
    expect(evaluation).toMatchObject({ currentValue: 3, missingDays: [] });
  });
});

it('lets a live reading of a stock count today', () => {
  const live = { kind: 'stock' as const };
  const points = [point('2026-08-15', 88_000), point('2026-08-16', 90_000)];
  expect(evaluateKeyResult(input({ goal: reach, unit: 'money', points }, live))).toMatchObject({
    asOfDay: '2026-08-16',
    currentValue: 90_000,
    progress: 0.5,
  });
});

it('has not started, yet shows where it stands', () => {
  const points = [point('2026-06-15', 74_000)];
  const before = evaluateKeyResult(
    input({ goal: reach, unit: 'money', points, now: new Date('2026-06-16T10:00:00Z') }, { kind: 'stock' }),
  );
  expect(before).toMatchObject({ status: 'not_started', currentValue: 74_000, progress: 0.1, expected: 0 });
});

it('never uses a point after the day it speaks for, whatever the points', () => {
  const value = fc.option(fc.integer({ min: 0, max: 1000 }));
  const points = fc
    .array(value, { maxLength: 120 })
    .map((values) => values.map((found, i) => point(addDays('2026-06-15', i), found)));
  const kind = fc.constantFrom('flow' as const, 'stock' as const);
  const goal = fc.constantFrom<Goal>(accumulate, reach);
  const late: string[] = [];
  fc.assert(
    fc.property(points, kind, goal, (all, which, wanted) => {
      const { asOfDay, usedPoints } = evaluateKeyResult(
        input({ points: all, goal: wanted }, { kind: which }),
      );
      const limit = asOfDay ?? '';
      late.push(...usedPoints.map(({ day }) => day).filter((day) => day > limit));
      if (limit > '2026-08-16') late.push(limit);
    }),
  );
  expect(late).toEqual([]);
});

describe('a guardrail', () => {
  const held: Goal = {
    kind: 'guardrail',
    operator: 'at_most',
    lower: null,
    upper: 300,
    method: 'share_of_checks',
    checksPlanned: null,
    startValue: null,
  };
  const points = [point('2026-08-14', 262), point('2026-08-15', 262)];
  const stock = { kind: 'stock' as const };

  it('is held from the first day on, so no pace is expected of it', () => {
    expect(evaluateKeyResult(input({ goal: held, points }, stock))).toMatchObject({
      progress: 1,
      expected: null,
      pace: null,
      status: 'on_track',
    });
  });

  it('with planned checks grows with the days, and shows what was expected of it', () => {
    const goal: Goal = { ...held, method: 'share_of_planned', checksPlanned: 4 };
    // Two of four checks kept, on day 46 of 92.
    expect(evaluateKeyResult(input({ goal, points }, stock))).toMatchObject({
      progress: 0.5,
      expected: 0.5,
      pace: 1,
    });
  });
});

describe('the formula, with the real numbers', () => {
  const evaluationOf = (goal: Goal, points: EvaluationPoint[], metric: Partial<MetricTraits> = {}) =>
    evaluateKeyResult(input({ goal, points }, metric));
  it.each([
    {
      goal: reach,
      points: [point('2026-08-15', 84_200)],
      // 14200 / 40000
      numbers: '(84200 − 70000) ÷ (110000 − 70000) = 0.355',
    },
    {
      goal: { kind: 'change', percent: -10, mode: 'relative', baselineValue: 0.2 },
      points: [point('2026-08-15', 0.19)],
      numbers: '(0.19 − 0.2) ÷ (0.18 − 0.2) = 0.5; target = 0.2 × (1 − 10 %) = 0.18',
    },
    {
      goal: { kind: 'reach', startValue: -5, targetValue: 5 },
      points: [point('2026-08-15', -7)],
      numbers: '((−7) − (−5)) ÷ (5 − (−5)) = −0.2',
    },
  ] satisfies { goal: Goal; points: EvaluationPoint[]; numbers: string }[])(
    '$numbers',
    ({ goal, numbers, points }) => {
      expect(formulaOf(evaluationOf(goal, points, { kind: 'stock' }), goal).numbers).toBe(numbers);
    },
  );

  it('of a total', () => {
    const { numbers, rule } = formulaOf(evaluateKeyResult(input()), accumulate);
    expect([rule, numbers]).toEqual(['total ÷ target', '460 ÷ 920 = 0.5']);
  });

  it('of a promise kept on some days', () => {
    const goal: Goal = {
      kind: 'guardrail',
      operator: 'at_most',
      lower: null,
      upper: 300,
      method: 'share_of_checks',
      checksPlanned: null,
      startValue: null,
    };
    const points = [
      point('2026-08-14', 262),
      point('2026-08-15', 301),
      point('2026-08-13', 300),
      point('2026-08-12', 12),
    ];
    expect(formulaOf(evaluationOf(goal, points, { kind: 'distribution' }), goal)).toEqual({
      rule: 'checks inside ÷ checks made',
      numbers: '3 ÷ 4 = 0.75',
    });
  });

  it('says why there are none', () => {
    const goal: Goal = { kind: 'reach', startValue: null, targetValue: 5 };
    expect(formulaOf(evaluationOf(goal, [point('2026-08-15', 3)], { kind: 'stock' }), goal).numbers).toBe(
      'no value: awaiting_baseline',
    );
  });

  it('writes values as it is told', () => {
    const evaluation = evaluationOf(reach, [point('2026-08-15', 84_200)], { kind: 'stock' });
    const { numbers } = formulaOf(evaluation, reach, (cents) => `$${cents / 100}`);
    expect(numbers).toBe('($842 − $700) ÷ ($1100 − $700) = 0.355');
  });
});

describe('a rate with days on which there was nobody to measure', () => {
  const rate = (day: string, numerator: number, denominator: number): EvaluationPoint => ({
    day,
    value: denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator,
    revision: 1,
  });
  const trials = [
    rate('2026-08-01', 1, 2),
    ...eachDay('2026-08-02', '2026-08-16').map((day) => rate(day, 0, 0)),
  ];
  const trialsToPaid = input(
    {
      goal: { kind: 'reach', startValue: 0.25, targetValue: 0.75 },
      unit: 'ratio',
      aggregate: { trailingDays: 28 },
      points: trials,
    },
    { kind: 'ratio' },
  );

  it('is as fresh as the last day that the source has told about', () => {
    // One of two on 1 August, and nobody since: 50 % over the 28 days up to the 15th, the last settled one.
    expect(evaluateKeyResult(trialsToPaid)).toMatchObject({
      asOfDay: '2026-08-15',
      dataThroughDay: '2026-08-15',
      dataState: 'fresh',
      currentValue: 0.5,
      progress: 0.5,
    });
  });

  it('is stale when days have no point at all: silence is not an empty day', () => {
    const silent = { ...trialsToPaid, points: trials.slice(0, 3) };
    expect(evaluateKeyResult(silent)).toMatchObject({ dataThroughDay: '2026-08-03', dataState: 'stale' });
  });
});
