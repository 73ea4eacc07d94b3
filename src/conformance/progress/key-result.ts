import { z } from 'zod';
import type { Aggregate } from '../../domain/aggregate.ts';
import { addDays, localDay, minDay } from '../../domain/day.ts';
import type { Goal } from '../../domain/key-result.ts';
import { progressOf } from '../../domain/progress.ts';
import { clamped } from '../../domain/roll-up.ts';
import type { Answer } from '../answer.ts';
import type { Vector } from '../vector-file.ts';
import { asOfDay } from './as-of.ts';

const startDate = z.string().optional();
const keyResultSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('from_to'),
    start: z.number().nullable(),
    target: z.number(),
    aggregate: z.enum(['latest', 'mean', 'sum']).default('latest'),
    startDate,
  }),
  z.object({
    type: z.literal('relative'),
    changePercent: z.number(),
    baseline: z.number().nullable(),
    mode: z.enum(['relative', 'points']).default('relative'),
    aggregate: z.enum(['latest', 'mean', 'sum']).default('latest'),
    startDate,
  }),
  z.object({ type: z.literal('count_up'), target: z.number(), start: z.number().default(0), startDate }),
  z.object({
    type: z.literal('control'),
    operator: z.enum(['at_least', 'at_most', 'between']),
    threshold: z.number().nullable().default(null),
    lower: z.number().nullable().default(null),
    upper: z.number().nullable().default(null),
    start: z.number().nullable().default(null),
    method: z.enum(['latest', 'share_of_checks', 'share_of_planned', 'distance']).default('share_of_checks'),
    checksPlanned: z.number().nullable().default(null),
    startDate,
  }),
  z.object({ type: z.literal('binary'), startDate }),
  z.object({
    type: z.literal('milestone'),
    steps: z.array(
      z.object({
        name: z.string().default(''),
        weight: z.number().default(1),
        doneAt: z.string().nullable().default(null),
      }),
    ),
    startDate,
  }),
  z.object({
    type: z.literal('recurring'),
    perPeriod: z.number(),
    periodUnit: z.enum(['day', 'week', 'month', 'quarter']),
    periods: z.number(),
    startDate: z.string(),
    carryOver: z.boolean().default(false),
  }),
  z.object({ type: z.enum(['baseline', 'baseline_only']), baseline: z.number().nullable(), startDate }),
]);
const inputSchema = z.object({
  keyResult: keyResultSchema,
  observations: z.array(z.object({ time: z.iso.datetime({ offset: true }), value: z.number() })).default([]),
});
type KeyResult = z.infer<typeof keyResultSchema>;

/** The progress of one Key Result at the close of a day, by the function that evaluates every Key Result. */
export function answerKeyResult(vector: Vector): Answer {
  const { day, timeZone } = asOfDay(vector);
  const { keyResult, observations } = inputSchema.parse(vector.input);
  const local = (time: string) => localDay(new Date(time), timeZone);
  const points = observations
    .toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))
    .map(({ time, value }) => ({ day: local(time), value, numerator: null, denominator: null }));
  // A vector without a start has no cycle of its own, and all that was observed belongs to it.
  const startDay = keyResult.startDate ?? minDay(points[0]?.day ?? day, day);
  const aggregate: Aggregate = 'aggregate' in keyResult ? keyResult.aggregate : 'latest';
  const adds = ['count_up', 'recurring'].includes(keyResult.type) || aggregate === 'sum';
  const reading = progressOf(
    goalOf(keyResult, day, local),
    points,
    day,
    { startDay, endDay: addDays(day, 1), timeZone },
    { kind: adds ? 'flow' : 'stock', aggregate, everyDayExpected: false },
  );
  if (reading.value === null) return { kind: 'nothing', reason: reading.reason, unit: 'ratio' };
  const raw = reading.value;
  return { kind: 'numbers', numbers: { value: raw, raw, clamped: clamped(raw) }, unit: 'ratio' };
}

/** The same promise in the domain's words. */
function goalOf(kr: KeyResult, asOf: string, local: (time: string) => string): Goal {
  switch (kr.type) {
    case 'from_to':
      return { kind: 'reach', startValue: kr.start, targetValue: kr.target };
    case 'relative':
      return { kind: 'change', percent: kr.changePercent, mode: kr.mode, baselineValue: kr.baseline };
    case 'count_up':
      // Entries count on from where the counter stood, and the way is what was left from there.
      return { kind: 'accumulate', targetValue: kr.target - kr.start };
    case 'control': {
      const { checksPlanned, lower, method, operator, start, threshold, upper } = kr;
      return {
        kind: 'guardrail',
        operator,
        lower: lower ?? (operator === 'at_least' ? threshold : null),
        upper: upper ?? (operator === 'at_most' ? threshold : null),
        method,
        checksPlanned,
        startValue: start,
      };
    }
    case 'binary':
      // Done or not by the latest entry, which is what a guardrail says of its latest value.
      return {
        kind: 'guardrail',
        operator: 'at_least',
        lower: 1,
        upper: null,
        method: 'latest',
        checksPlanned: null,
        startValue: null,
      };
    case 'milestone': {
      const steps = kr.steps.map(({ doneAt, name, weight }) => ({
        name,
        weight,
        doneOnDay: doneAt === null ? null : local(doneAt),
      }));
      return { kind: 'milestone', steps };
    }
    case 'baseline':
    case 'baseline_only': {
      const doneOnDay = kr.baseline === null ? null : asOf;
      return { kind: 'milestone', steps: [{ name: 'baseline', weight: 1, doneOnDay }] };
    }
    case 'recurring': {
      const { carryOver, periods, periodUnit, perPeriod } = kr;
      return { kind: 'recurring', carryOver, periods, periodUnit, perPeriod };
    }
  }
}
