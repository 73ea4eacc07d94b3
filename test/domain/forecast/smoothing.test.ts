import { expect, it } from 'vitest';
import { prepare } from '../../../src/domain/forecast/prepare.ts';
import { bitsFrom } from '../../../src/domain/forecast/random.ts';
import { fitSmoothing, smoothingPaths } from '../../../src/domain/forecast/smoothing.ts';
import { question } from './support/question.ts';

const alternating = Float64Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 1 : -1));
const stairs = Float64Array.from({ length: 100 }, (_, index) => Math.floor(index / 10));

it('noise around a level moves the level as little as possible', () => {
  const { alpha, level } = fitSmoothing(alternating);
  expect(alpha).toBe(0.02);
  expect(Math.abs(level)).toBeLessThan(0.1);
});

it('a level that stays where it goes is followed at once', () => {
  expect(fitSmoothing(stairs)).toMatchObject({ alpha: 1, level: 9 });
});

it('futures of what follows every piece of news spread like a random walk, with the root of time', () => {
  // Steps of +1 and -1 in an order without rhythm, of weeks (no season), with negative values (no transformation).
  let value = 0;
  const bits = bitsFrom(11);
  const values = Array.from({ length: 300 }, () => (value += bits() % 2 === 0 ? 1 : -1));
  values[0] = -1;
  const series = prepare(question({ step: 'week', values, remainingSteps: 16 }));
  const { draws, steps, values: futures } = smoothingPaths(series, 20_000, bitsFrom(5));
  const varianceAt = (step: number): number => {
    const all = Array.from({ length: draws }, (_, draw) => futures[draw * steps + step - 1] ?? 0);
    const mean = all.reduce((sum, at) => sum + at, 0) / draws;
    return all.reduce((sum, at) => sum + (at - mean) ** 2, 0) / draws;
  };
  expect(fitSmoothing(series.adjusted).alpha).toBe(1);
  // Each step adds the same variance; five standard errors of a ratio of variances are 5 * 2 / sqrt(20000) = 7 %.
  expect(varianceAt(16) / varianceAt(1)).toBeGreaterThan(16 * 0.93);
  expect(varianceAt(16) / varianceAt(1)).toBeLessThan(16 * 1.07);
});
