import { z } from 'zod';
import { addDays } from '../../domain/day.ts';
import type { PaceCurve } from '../../domain/key-result.ts';
import { expectedProgress } from '../../domain/pace.ts';
import { progressOf } from '../../domain/progress.ts';
import type { Answer } from '../answer.ts';
import type { Vector } from '../vector-file.ts';
import { asOfDay } from './as-of.ts';

const inputSchema = z.object({
  startDate: z.string(),
  endDate: z.string(),
  /** Values on the way: in the metric's unit beside a start and a target, else fractions of the way. */
  phasedTargets: z.array(z.object({ date: z.string(), value: z.number() })).optional(),
  start: z.number().optional(),
  target: z.number().optional(),
});
type Input = z.infer<typeof inputSchema>;

export function answerExpected(vector: Vector): Answer {
  const { day, timeZone } = asOfDay(vector);
  const input = inputSchema.parse(vector.input);
  const cycle = { startDay: input.startDate, endDay: addDays(input.endDate, 1), timeZone };
  return { kind: 'numbers', numbers: { value: expectedProgress(curveOf(input), cycle, day) }, unit: 'ratio' };
}

function curveOf({ phasedTargets, start, target }: Input): PaceCurve {
  if (phasedTargets === undefined) return { kind: 'linear' };
  const points = phasedTargets.map(({ date, value }) => ({
    day: date,
    progress: start === undefined || target === undefined ? value : wayTo(value, start, target, date),
  }));
  return { kind: 'phased', points };
}

/** How much of the way a value is, as it will be for the Key Result itself on that day. */
function wayTo(value: number, startValue: number, targetValue: number, day: string): number {
  const points = [{ day, value, numerator: null, denominator: null }];
  const cycle = { startDay: day, endDay: addDays(day, 1), timeZone: 'UTC' };
  const traits = { kind: 'stock', everyDayExpected: false } as const;
  const { value: way } = progressOf({ kind: 'reach', startValue, targetValue }, points, day, cycle, traits);
  if (way === null) throw new RangeError(`there is no way from ${startValue} to ${targetValue}`);
  return way;
}
