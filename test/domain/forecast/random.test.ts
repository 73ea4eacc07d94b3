import { expect, it } from 'vitest';
import { below, bitsFrom, normal, normalQuantile, seedOf } from '../../../src/domain/forecast/random.ts';
import { question } from './support/question.ts';

// Oracle: the tables of the standard normal distribution.
it.each([
  { p: 0.5, z: 0 },
  { p: 0.9, z: 1.2815516 },
  { p: 0.975, z: 1.959964 },
  { p: 0.001, z: -3.0902323 },
])('the normal quantile of $p is the one of the tables', ({ p, z }) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 6);
});

it('normal draws have mean 0 and deviation 1', () => {
  const bits = bitsFrom(7);
  const draws = Array.from({ length: 100_000 }, () => normal(bits));
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  // Three standard errors: 3 / sqrt(100000), and 3 * sqrt(2 / 100000).
  expect(Math.abs(mean)).toBeLessThan(0.0095);
  expect(Math.abs(variance - 1)).toBeLessThan(0.0135);
});

it('every place below a limit comes up about equally often', () => {
  const bits = bitsFrom(1);
  const counts = [0, 0, 0, 0, 0];
  for (let draw = 0; draw < 50_000; draw++) {
    const place = below(bits, 5);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  // 10,000 expected, deviation sqrt(50000 * 0.2 * 0.8) = 89.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * 89);
});

it('the same seed gives the same draws, another seed others', () => {
  const of = (seed: number) => Array.from({ length: 4 }, bitsFrom(seed));
  expect(of(5)).toEqual(of(5));
  expect(of(5)).not.toEqual(of(6));
});

it('the seed depends on the series and its date, and not on the target', () => {
  const asked = question({ values: [1, 2, null, 4] });
  expect(seedOf({ ...asked, hit: { atLeast: 99, atMost: null } })).toBe(seedOf(asked));
  expect(seedOf({ ...asked, values: [1, 2, null, 5] })).not.toBe(seedOf(asked));
  expect(seedOf({ ...asked, values: [1, 2, 0, 4] })).not.toBe(seedOf(asked));
  expect(seedOf({ ...asked, start: '2026-01-06' })).not.toBe(seedOf(asked));
});
