import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Aggregate } from '../../src/domain/aggregate.ts';
import { addDays, eachDay } from '../../src/domain/day.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import type { MetricKind } from '../../src/domain/metric.ts';
import { type EvaluationInput, type EvaluationPoint, evaluateKeyResult } from '../../src/domain/snapshot.ts';

// A source that restates its last three days, as GA4 does: at 10:00 on 16 August the 12th is the last that stands, for
// the 13th ended 58 hours ago.
const cycle = { startDay: '2026-07-01', endDay: '2026-10-01', timeZone: 'UTC' };
const now = new Date('2026-08-16T10:00:00Z');
const LAST_SETTLED = '2026-08-12';
const health = { paused: false, connectionState: 'active', everyMinutes: 60, lastFailure: null } as const;

const atLeast40 = { operator: 'at_least', lower: 40, upper: null, checksPlanned: 92 } as const;
const goals: Record<string, Goal> = {
  reach: { kind: 'reach', startValue: 10, targetValue: 100 },
  'reach from a baseline': { kind: 'reach', startValue: null, targetValue: 100 },
  change: { kind: 'change', percent: 20, mode: 'relative', baselineValue: null },
  accumulate: { kind: 'accumulate', targetValue: 3_000 },
  'guardrail, latest': { kind: 'guardrail', method: 'latest', startValue: null, ...atLeast40 },
  'guardrail, checks made': { kind: 'guardrail', method: 'share_of_checks', startValue: null, ...atLeast40 },
  'guardrail, checks planned': {
    kind: 'guardrail',
    method: 'share_of_planned',
    startValue: null,
    ...atLeast40,
  },
  'guardrail, distance': { kind: 'guardrail', method: 'distance', startValue: null, ...atLeast40 },
  recurring: { kind: 'recurring', perPeriod: 200, periodUnit: 'week', periods: 13, carryOver: false },
};
const aggregates: Aggregate[] = ['latest', 'sum', 'mean', 'last_complete_month', { trailingDays: 7 }];
const kinds: MetricKind[] = ['flow', 'stock', 'ratio', 'distinct', 'distribution'];

const point = (day: string, value: number | null): EvaluationPoint => ({
  day,
  value,
  numerator: value,
  denominator: value === null ? null : 100,
  revision: 1,
});
const settled = eachDay('2026-05-01', addDays(LAST_SETTLED, 1)).map((day, index) =>
  point(day, 30 + (index % 40)),
);

function judged(goal: Goal, kind: MetricKind, rule: Aggregate, provisional: EvaluationPoint[]) {
  const traits = { kind, timeZone: 'UTC', settlesAfterHours: 72, staleAfterDays: 3 };
  const input: EvaluationInput = {
    goal,
    unit: 'count',
    paceCurve: { kind: 'linear' },
    cycle,
    source: { traits, health: { ...health, fetchedAt: now } },
    aggregate: rule,
    points: [...settled, ...provisional],
    previous: null,
    now,
  };
  return evaluateKeyResult(input);
}

const cases = Object.entries(goals).flatMap(([name, goal]) =>
  kinds.flatMap((kind) => aggregates.map((rule) => ({ name, goal, kind, rule, over: JSON.stringify(rule) }))),
);

it.each(cases)('a provisional day moves nothing: $name of a $kind over $over', ({ goal, kind, rule }) => {
  const without = judged(goal, kind, rule, []);
  expect(without.dataThroughDay).toBe(LAST_SETTLED);
  const days = eachDay('2026-08-13', '2026-08-18');
  const values = fc.array(fc.option(fc.constantFrom(0, 1e6, -1e6, 41)), {
    minLength: days.length,
    maxLength: days.length,
  });
  fc.assert(
    fc.property(values, (given) => {
      const provisional = days.map((day, index) => point(day, given[index] ?? null));
      expect(judged(goal, kind, rule, provisional)).toEqual(without);
    }),
    { numRuns: 15 },
  );
});
