import { expect, it } from 'vitest';
import { noiseOf } from '../../../src/domain/surveys/noise.ts';
import type { SurveyAnswer } from '../../../src/domain/surveys/records.ts';
import { march, measure } from './measure.ts';

const at = new Date('2026-03-10T12:00:00Z');
const crowd = (...groups: [count: number, score: number][]): SurveyAnswer[] =>
  groups.flatMap(([count, score]) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${score}-${index}`,
      respondentId: `${score}-${index}`,
      score,
      at,
    })),
  );

it('C19: from 8.0 to 9.5 NPS points cannot be seen with 400 answers', () => {
  const measured = measure('nps', {}, march, { responses: crowd([160, 9], [120, 8], [120, 3]) });
  expect(noiseOf(8, 9.5, measured)).toEqual({
    isWithinNoise: true,
    distance: 1.5,
    halfWidth: expect.closeTo(8.1, 1),
    level: 0.95,
  });
  expect(noiseOf(8, 20, measured)?.isWithinNoise).toBe(false);
  expect(noiseOf(20, 8, measured)?.isWithinNoise).toBe(false);
});

it('the same goal read as a mean of 0 to 10 can be seen with 400 answers', () => {
  // 200 answers of 9 and 200 of 7: standard deviation 1.0013, half-width about 0.098.
  const measured = measure('nps_average', {}, march, { responses: crowd([200, 9], [200, 7]) });
  expect(noiseOf(8, 9.5, measured)?.isWithinNoise).toBe(false);
  expect(noiseOf(8, 8.09, measured)?.isWithinNoise).toBe(true);
});

it('is not narrowed by the end of the scale', () => {
  // Three promoters: 56.6 points to each side, of which the interval -6.6 to 100 keeps 53.3.
  const measured = measure('nps', {}, march, { responses: crowd([3, 10]) });
  expect(noiseOf(45, 100, measured)?.isWithinNoise).toBe(true);
  expect(noiseOf(40, 100, measured)?.isWithinNoise).toBe(false);
});

it('takes half of any interval, the bounds of which are still noise', () => {
  const measured = { value: 5, interval: { lower: 4, upper: 6, level: 0.9 } };
  expect(noiseOf(5, 6, measured)).toEqual({ isWithinNoise: true, distance: 1, halfWidth: 1, level: 0.9 });
});

it('says nothing where nothing was sampled', () => {
  expect(noiseOf(1, 2, { value: 1 })).toBeNull();
  expect(noiseOf(1, 2, { value: null, reason: 'insufficient_sample' })).toBeNull();
});
