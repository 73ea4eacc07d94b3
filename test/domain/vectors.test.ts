import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { baselineOfLastPeriod } from '../../src/domain/baseline.ts';
import { addDays, localDay } from '../../src/domain/day.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import { expectedProgress } from '../../src/domain/pace.ts';
import { progressOf } from '../../src/domain/progress.ts';
import { clamped, objectiveProgress } from '../../src/domain/roll-up.ts';

/**
 * The progress vectors: published worked examples of other tools and hand calculations, each with its source and its
 * arithmetic in words. The code below only renames fields; the numbers come from the domain as they are.
 */
const observation = z.object({ time: z.string(), value: z.number() });
const keyResult = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('from_to'),
    start: z.number(),
    target: z.number(),
    aggregate: z.literal('mean').optional(),
  }),
  z.object({
    type: z.literal('relative'),
    changePercent: z.number(),
    baseline: z.number().nullable(),
    mode: z.enum(['relative', 'points']).default('relative'),
  }),
  z.object({ type: z.literal('count_up'), target: z.number() }),
  z.object({
    type: z.literal('control'),
    operator: z.enum(['at_least', 'at_most', 'between']),
    threshold: z.number().optional(),
    lower: z.number().optional(),
    upper: z.number().optional(),
    start: z.number().optional(),
    method: z.enum(['latest', 'share_of_checks', 'share_of_planned', 'distance']),
    checksPlanned: z.number().optional(),
  }),
  z.object({ type: z.literal('binary') }),
  z.object({
    type: z.literal('milestone'),
    steps: z.array(z.object({ name: z.string(), weight: z.number(), doneAt: z.string().nullable() })),
  }),
  z.object({
    type: z.literal('recurring'),
    perPeriod: z.number(),
    periodUnit: z.enum(['day', 'week', 'month', 'quarter']),
    periods: z.number(),
    startDate: z.string(),
    carryOver: z.boolean(),
  }),
]);
const expected = z.union([
  z.object({ values: z.record(z.string(), z.number()), tolerance: z.number() }),
  z.object({ value: z.number(), tolerance: z.number() }),
  z.object({ value: z.null(), reason: z.string() }),
]);
const head = { id: z.string(), description: z.string(), expected };
const asOfWindow = z.object({ date: z.string(), timeZone: z.string() });
const vector = z.discriminatedUnion('metric', [
  z.object({
    ...head,
    metric: z.literal('kr_progress'),
    window: asOfWindow,
    input: z.object({ keyResult, observations: z.array(observation) }),
  }),
  z.object({
    ...head,
    metric: z.literal('objective_progress'),
    input: z.object({ keyResults: z.array(z.object({ raw: z.number().nullable(), weight: z.number() })) }),
  }),
  z.object({
    ...head,
    metric: z.literal('expected_progress'),
    window: asOfWindow,
    input: z.object({ startDate: z.string(), endDate: z.string() }),
  }),
  z.object({
    ...head,
    metric: z.literal('baseline_capture'),
    input: z.object({
      startDate: z.string(),
      series: z.array(
        z.object({ start: z.string(), end: z.string(), value: z.number(), complete: z.boolean() }),
      ),
    }),
  }),
]);
const { vectors } = z
  .object({ vectors: z.array(vector) })
  .parse(JSON.parse(readFileSync(new URL('../vectors/progress.json', import.meta.url), 'utf8')));
type Vector = z.infer<typeof vector>;
type KeyResult = z.infer<typeof keyResult>;
type Entries = z.infer<typeof observation>[];

const day = (time: string, timeZone: string) => localDay(new Date(time), timeZone);

function goalOf(kr: KeyResult, entries: Entries, timeZone: string): Goal {
  switch (kr.type) {
    case 'from_to':
      return { kind: 'reach', startValue: kr.start, targetValue: kr.target };
    case 'relative':
      return { kind: 'change', percent: kr.changePercent, mode: kr.mode, baselineValue: kr.baseline };
    case 'count_up':
      return { kind: 'accumulate', targetValue: kr.target };
    case 'control':
      return {
        kind: 'guardrail',
        operator: kr.operator,
        lower: kr.lower ?? (kr.operator === 'at_least' ? (kr.threshold ?? null) : null),
        upper: kr.upper ?? (kr.operator === 'at_most' ? (kr.threshold ?? null) : null),
        method: kr.method,
        checksPlanned: kr.checksPlanned ?? null,
        startValue: kr.start ?? null,
      };
    case 'binary': {
      const done = entries.find((entry) => entry.value === 1);
      const doneOnDay = done === undefined ? null : day(done.time, timeZone);
      return { kind: 'milestone', steps: [{ name: 'done', weight: 1, doneOnDay }] };
    }
    case 'milestone': {
      const steps = kr.steps.map(({ doneAt, name, weight }) => ({
        name,
        weight,
        doneOnDay: doneAt === null ? null : day(doneAt, timeZone),
      }));
      return { kind: 'milestone', steps };
    }
    case 'recurring': {
      const { carryOver, periods, periodUnit, perPeriod } = kr;
      return { kind: 'recurring', carryOver, periods, periodUnit, perPeriod };
    }
  }
}

function keyResultAnswer(found: Extract<Vector, { metric: 'kr_progress' }>): Record<string, unknown> {
  const { keyResult: kr, observations } = found.input;
  const { date, timeZone } = found.window;
  const startDay = kr.type === 'recurring' ? kr.startDate : '2026-04-01';
  const points = observations.map(({ time, value }) => ({
    day: day(time, timeZone),
    value,
    numerator: null,
    denominator: null,
  }));
  const reading = progressOf(
    goalOf(kr, observations, timeZone),
    points,
    date,
    { startDay, endDay: '2026-07-01', timeZone },
    {
      kind: kr.type === 'count_up' || kr.type === 'recurring' ? 'flow' : 'stock',
      everyDayExpected: false,
      ...(kr.type === 'from_to' && kr.aggregate !== undefined ? { aggregate: kr.aggregate } : {}),
    },
  );
  if (reading.value === null) return { value: null, reason: reading.reason };
  return { raw: reading.value, clamped: clamped(reading.value) };
}

function answer(found: Vector): Record<string, unknown> {
  switch (found.metric) {
    case 'kr_progress':
      return keyResultAnswer(found);
    case 'objective_progress':
      return objectiveProgress(found.input.keyResults.map(({ raw, weight }) => ({ progress: raw, weight })));
    case 'expected_progress': {
      const { endDate, startDate } = found.input;
      const { date, timeZone } = found.window;
      const cycle = { startDay: startDate, endDay: addDays(endDate, 1), timeZone };
      return { value: expectedProgress({ kind: 'linear' }, cycle, date) };
    }
    case 'baseline_capture': {
      const periods = found.input.series.map(({ complete, end, start, value }) => ({
        startDay: start,
        endDay: addDays(end, 1),
        value,
        complete,
      }));
      return { ...baselineOfLastPeriod(periods, found.input.startDate) };
    }
  }
}

it('reads every vector of the file', () => {
  expect(vectors).toHaveLength(40);
});

/** Each named number less what it should be; a name that the domain did not answer is not a number. */
function differences(found: Vector): number[] {
  const actual = answer(found);
  const wanted = found.expected;
  if ('reason' in wanted) return [];
  const numbers = 'values' in wanted ? wanted.values : { value: wanted.value };
  return Object.entries(numbers).map(([name, value]) => Math.abs(Number(actual[name]) - value));
}
const isRefusal = ({ expected: wanted }: Vector) => 'reason' in wanted;

it.each(vectors.filter((found) => !isRefusal(found)))('$id: $description', (found) => {
  const off = differences(found);
  expect(off.length).toBeGreaterThan(0);
  // All vectors ask for the same tolerance, of a millionth.
  expect(off.every((difference) => difference <= 1e-6)).toBe(true);
});

it.each(vectors.filter(isRefusal))('$id: $description', (found) => {
  expect(answer(found)).toMatchObject(found.expected);
});
