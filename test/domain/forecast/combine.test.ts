import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Combination,
  combinedChance,
  combinedQuantiles,
  memberChance,
  trusted,
} from '../../../src/domain/forecast/combine.ts';

const even: Combination = {
  weights: { mstl_ets: 0.5, analogs: 0.5, last_year: 0, smoothing: 0 },
  held: 4,
  widening: 1,
};
const from = (...values: number[]) => Float64Array.from(values).toSorted();
const draws = (a: Float64Array, b: Float64Array) => ({ mstl_ets: a, analogs: b, last_year: b, smoothing: a });
const nine = from(1, 2, 3, 4, 5, 6, 7, 8, 9);

it('a member counts the futures on the right side, and is never certain', () => {
  // Three of nine reach 7: (3 + 0.5) / 10; seven stay at or below it: 1 - (2 + 0.5) / 10.
  expect(memberChance(nine, { atLeast: 7, atMost: null })).toBeCloseTo(0.35, 12);
  expect(memberChance(nine, { atLeast: null, atMost: 7 })).toBeCloseTo(0.75, 12);
  expect(memberChance(nine, { atLeast: 4, atMost: 6 })).toBeCloseTo(0.3, 12);
  expect(memberChance(nine, { atLeast: 100, atMost: null })).toBeCloseTo(0.05, 12);
});

it('members are weighed on the logit scale', () => {
  // Three of the one reach 7, (3 + 0.5) / 10; and eight of the other, (8 + 0.5) / 10.
  const other = from(3, 7, 8, 9, 10, 11, 12, 13, 14);
  const logit = (p: number) => Math.log(p / (1 - p));
  const expected = 1 / (1 + Math.exp(-(logit(0.35) + logit(0.85)) / 2));
  expect(combinedChance(draws(nine, other), { atLeast: 7, atMost: null }, even)).toBeCloseTo(expected, 12);
});

const someDraws = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 5, maxLength: 40 })
  .map((values) => from(...values));

it('an easier target never has the lower chance, and both sides of it add up to one', () => {
  fc.assert(
    fc.property(
      someDraws,
      someDraws,
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (a, b, target, less) => {
        const chance = (value: number) => combinedChance(draws(a, b), { atLeast: value, atMost: null }, even);
        expect(chance(target - less)).toBeGreaterThanOrEqual(chance(target));
        const beside = target + 0.123_456_7; // no draw lies there, or it would count on both sides
        const below = combinedChance(draws(a, b), { atLeast: null, atMost: beside }, even);
        if (![...a, ...b].includes(beside)) expect(chance(beside) + below).toBeCloseTo(1, 9);
      },
    ),
  );
});

it('quantiles are in order, and of members that agree they are theirs', () => {
  const same = from(...Array.from({ length: 101 }, (_, index) => index));
  const { p10, p50, p90 } = combinedQuantiles(draws(same, same), even);
  expect(Math.abs(p10 - 10)).toBeLessThanOrEqual(1);
  expect(Math.abs(p50 - 50)).toBeLessThanOrEqual(1);
  expect(Math.abs(p90 - 90)).toBeLessThanOrEqual(1);
  fc.assert(
    fc.property(someDraws, someDraws, (a, b) => {
      const found = combinedQuantiles(draws(a, b), even);
      expect(found.p10).toBeLessThanOrEqual(found.p50);
      expect(found.p50).toBeLessThanOrEqual(found.p90);
    }),
  );
});

it('little history for a long way leaves the chance near one half', () => {
  // 14 observations for 20 steps: 14 / (14 + 0.7 * 20) is one half.
  expect(trusted(even, 14, 20).weights.analogs).toBeCloseTo(0.25, 12);
  expect(trusted(even, 1400, 20).weights.analogs).toBeCloseTo(0.495, 3);
});
