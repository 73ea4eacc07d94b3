import { expect, it } from 'vitest';
import { intervalPaths } from '../../../src/domain/forecast/interval-paths.ts';
import { prepare } from '../../../src/domain/forecast/prepare.ts';
import { bitsFrom } from '../../../src/domain/forecast/random.ts';
import { question } from './support/question.ts';

// On the plain scale (one value is negative), so that what goes in is what comes out.
const series = prepare(question({ step: 'week', values: [-1, 1, 0], remainingSteps: 3 }));
const deviations = [1, 1.5, 2];
const z80 = 1.2815516;
const draws = 40_000;
const paths = intervalPaths(
  series,
  { point: [10, 20, 30], halfWidth: deviations.map((deviation) => deviation * z80), level: 0.8 },
  draws,
  bitsFrom(3),
);
const at = (draw: number, step: number): number => paths.values[draw * 3 + step] ?? 0;

function momentsOf(of: (draw: number) => number): { mean: number; deviation: number } {
  const all = Array.from({ length: draws }, (_, draw) => of(draw));
  const mean = all.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws) };
}

it.each([0, 1, 2])('step %i keeps the point and the spread of its interval', (step) => {
  const { deviation, mean } = momentsOf((draw) => at(draw, step));
  expect(mean).toBeCloseTo([10, 20, 30][step] ?? 0, 1);
  expect(deviation / (deviations[step] ?? 1)).toBeCloseTo(1, 1);
});

it('a total spreads as a level that walks does: more than independent steps, less than equal ones', () => {
  const { deviation } = momentsOf((draw) => at(draw, 0) + at(draw, 1) + at(draw, 2));
  // Noise: 3 * 1. The walk moves by 1.5^2 - 1 = 1.25 before step 2 (two steps carry it) and 2^2 - 1.5^2 = 1.75 before
  // step 3: 4 * 1.25 + 1.75. Together 9.75; independent steps would give 1 + 2.25 + 4 = 7.25, equal ones 4.5^2.
  expect(deviation).toBeCloseTo(Math.sqrt(9.75), 1);
});
