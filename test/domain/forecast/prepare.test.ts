import { expect, it } from 'vitest';
import { prepare } from '../../../src/domain/forecast/prepare.ts';
import { question } from './support/question.ts';

const week = [100, 100, 100, 100, 100, 50, 50];
const weeks = (count: number): number[] => Array.from({ length: count }, () => week).flat();

it('models only the weekdays that report, now and ahead', () => {
  const values = weeks(10).map((value) => (value === 50 ? null : value));
  const series = prepare(question({ values: values.slice(0, -2), remainingSteps: 9 }));
  expect(series.z).toHaveLength(50);
  expect(series.gaps).toBe(0);
  // The newest value is a Friday; two silent days, five working days, two silent days.
  expect([...series.aheadSteps]).toEqual([3, 4, 5, 6, 7]);
});

it('fills gaps on a straight line for the model, and counts none of them as an observation', () => {
  // Steps of a week have no season, and the root of 0, 1, 4, 9 is 0, 1, 2, 3: in the middle of 1 and 3 lies 2.
  const series = prepare(question({ step: 'week', values: [0, 1, null, 9] }));
  expect([...series.z]).toEqual([0, 1, 2, 3]);
  expect(series).toMatchObject({ observations: 3, gaps: 1, reportRate: 0.75 });
});

it('fills a missing Sunday as a Sunday, and takes it for no spike', () => {
  const values: (number | null)[] = weeks(10);
  values[34] = null; // the Sunday of the fifth week
  const series = prepare(question({ values }));
  expect(series.scale.back(series.z[34] ?? 0)).toBeCloseTo(50, 6);
  expect(series.outliers).toBe(0);
});

it('finds the weekly rhythm, whatever the level', () => {
  const { adjusted, profile } = prepare(question({ values: weeks(6) }));
  // In logarithms Saturday and Sunday lie ln 2 below the other days, and the profile adds up to nothing.
  expect((profile[0] ?? 0) - (profile[5] ?? 0)).toBeCloseTo(Math.LN2, 12);
  expect(profile.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  expect(Math.max(...adjusted) - Math.min(...adjusted)).toBeCloseTo(0, 12);
});

it('cuts a single spike for fitting only, and leaves a shift as it is', () => {
  const calm = Array.from({ length: 60 }, (_, day) => 100 + (day % 3));
  const spike = calm.map((value, day) => (day === 30 ? 100_000 : value));
  const spiky = prepare(question({ values: spike }));
  expect(spiky.outliers).toBe(1);
  expect(spiky.scale.back(spiky.z[30] ?? 0)).toBeLessThan(200);
  const shifted = prepare(question({ values: calm.map((value, day) => (day >= 30 ? 10 * value : value)) }));
  expect(shifted.outliers).toBe(0);
  expect(shifted.scale.back(shifted.z[30] ?? 0)).toBeCloseTo(1000, 6);
});

it.each([
  { values: [1, 2, 3], scale: 'log' },
  { values: [0, 2, 3], scale: 'root' },
  { values: [-1, 2, 3], scale: 'plain' },
])('models $values on the scale $scale', ({ scale, values }) => {
  expect(prepare(question({ values })).scale.name).toBe(scale);
});

it.each(['log', 'root', 'plain'])('comes back from the scale %s to where it was', (name) => {
  const values = { log: [1, 2, 300], root: [0, 2, 300], plain: [-1, 2, 300] }[name] ?? [];
  const { scale } = prepare(question({ values }));
  for (const value of values) expect(scale.back(scale.forward(value))).toBeCloseTo(value, 9);
});
