import { z } from 'zod';
import { captureBaseline } from '../../domain/baseline.ts';
import type { Observation } from '../../domain/metric.ts';
import type { Answer } from '../answer.ts';
import type { Vector } from '../vector-file.ts';

const head = { startDate: z.string() };
const value = z.number().nullable();
const inputSchema = z.discriminatedUnion('rule', [
  z.object({
    ...head,
    rule: z.literal('last_complete_period'),
    series: z.array(z.object({ start: z.string(), end: z.string(), value, complete: z.boolean() })),
  }),
  z.object({
    ...head,
    rule: z.literal('trailing_mean'),
    /** How many days before the start. */
    days: z.number().int().min(1).default(28),
    series: z.array(
      z.union([
        z.object({ date: z.string(), value }),
        z.object({ day: z.string(), value }).transform(({ day, value }) => ({ date: day, value })),
        z.object({ start: z.string(), value }).transform(({ start, value }) => ({ date: start, value })),
      ]),
    ),
  }),
]);

/** The baseline that a goal captures at its start, by the function that freezes every baseline. */
export function answerBaseline({ input, params }: Vector): Answer {
  const captured = capture(inputSchema.parse({ rule: 'last_complete_period', ...params, ...input }));
  if (captured === null) return { kind: 'nothing', reason: 'awaiting_baseline', unit: 'value' };
  return { kind: 'numbers', numbers: { value: captured.value, n: captured.used.length }, unit: 'value' };
}

function capture(given: z.infer<typeof inputSchema>) {
  if (given.rule === 'trailing_mean') {
    const points = given.series.map(({ date, value }) => point(date, value));
    const rule = { kind: given.rule, days: given.days };
    return captureBaseline(rule, points, 'stock', 'latest', given.startDate);
  }
  // A period is one point on its last day, where a metric of calendar months has it too, once it is complete.
  const points = given.series.filter(({ complete }) => complete).map(({ end, value }) => point(end, value));
  return captureBaseline({ kind: 'as_compared' }, points, 'stock', 'latest', given.startDate);
}

function point(day: string, value: number | null): Observation {
  return { day, value, numerator: null, denominator: null };
}
