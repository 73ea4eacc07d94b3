import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyAnswer } from '../../../src/domain/surveys/records.ts';
import { march, measure, period } from './measure.ts';

const noon = new Date('2026-03-10T12:00:00Z');
const answered = (id: string, score: number | string, at = noon, respondentId = id): SurveyAnswer => ({
  id,
  respondentId,
  score,
  at,
});
/** So many answers of each score. */
const crowd = (...groups: [count: number, score: number | string][]): SurveyAnswer[] =>
  groups.flatMap(([count, score]) =>
    Array.from({ length: count }, (_, index) => answered(`${score}-${index}`, score)),
  );
const nps = (responses: SurveyAnswer[], params = {}) => measure('nps', params, march, { responses });
const average = (responses: SurveyAnswer[], params = {}) =>
  measure('nps_average', params, march, { responses });

describe('net promoter score', () => {
  it('keeps the classes and both sides of the quotient, so that days can be added up', () => {
    // 5 promoters, 2 passives, 3 detractors: 100 x (5 - 3) / 10.
    const found = nps(crowd([5, 9], [2, 7], [3, 6]));
    expect(found).toMatchObject({ value: 20, numerator: 200, denominator: 10, sampleSize: 10 });
    expect(found.parts).toEqual({ promoters: 5, passives: 2, detractors: 3 });
  });

  it.each([
    { score: 10, value: 100 },
    { score: 9, value: 100 },
    { score: 8, value: 0 },
    { score: 7, value: 0 },
    { score: 6, value: -100 },
    { score: 0, value: -100 },
  ])('an answer of $score alone is a score of $value', ({ score, value }) => {
    expect(nps([answered('a', score)]).value).toBe(value);
  });

  it.each([11, -1, 7.5, Number.NaN, '10', 'offered'])('does not take %s for an answer', (score) => {
    expect(nps([answered('a', 10), answered('b', score)])).toMatchObject({ value: 100, denominator: 1 });
  });

  it('counts the latest answer inside the window, not one given after it', () => {
    const april = new Date('2026-04-01T00:00:00Z');
    const responses = [answered('1', 10, noon, 'ann'), answered('2', 0, april, 'ann')];
    expect(nps(responses).value).toBe(100);
  });

  it('keeps what a person said when a later form of theirs holds no answer', () => {
    const later = new Date('2026-03-20T12:00:00Z');
    expect(nps([answered('1', 10, noon, 'ann'), answered('2', 42, later, 'ann')]).value).toBe(100);
  });

  it('takes the greater id of two answers of one instant, in whatever order they come', () => {
    const twice = [answered('1', 0, noon, 'ann'), answered('2', 10, noon, 'ann')];
    expect([nps(twice).value, nps(twice.toReversed()).value]).toEqual([100, 100]);
  });

  it('has no value when the answers were not read, which is another thing than nobody answering', () => {
    expect(measure('nps', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
    expect(nps([])).toEqual({ value: null, reason: 'zero_denominator', numerator: 0, denominator: 0 });
  });
});

describe('the interval', () => {
  it('is about 8.1 points to each side for 400 answers with 40 % promoters and 30 % detractors', () => {
    // p = 160.75/403 = 0.39888, d = 120.75/403 = 0.29963; p + d - (p - d)² = 0.68866;
    // 1.96 x √(0.68866/403) = 0.08102. Without the three made-up answers it would be 8.14 points.
    const found = nps(crowd([160, 9], [120, 8], [120, 3]));
    expect(found.value).toBe(10);
    expect(found.beside?.halfWidth).toBeCloseTo(8.102, 3);
    expect(found.interval?.lower).toBeCloseTo(1.823, 3);
    expect(found.interval?.upper).toBeCloseTo(18.028, 3);
    expect(found.interval?.level).toBe(0.95);
  });

  it('does not claim certainty when three people are all promoters', () => {
    // p = 3.75/6, d = 0.75/6: centre 50, √((0.75 - 0.25)/6) = 0.28868, x 195.9964 = 56.579; cut off at 100.
    const { interval } = nps(crowd([3, 10]));
    expect(interval?.lower).toBeCloseTo(-6.579, 3);
    expect(interval?.upper).toBe(100);
  });

  it("of a mean comes from the sample's spread by Student's t", () => {
    // SAT-002: mean 7.6, squares 626 - 10 x 7.6² = 48.4; √(48.4/9/10) = 0.73333; t of 9 degrees 2.262: ±1.65880.
    const scores = [10, 9, 9, 8, 7, 6, 3, 10, 9, 5];
    const found = average(scores.map((score, index) => answered(String(index), score)));
    expect(found).toMatchObject({ numerator: 76, denominator: 10, sampleSize: 10 });
    expect(found.beside?.halfWidth).toBeCloseTo(1.6588, 4);
    expect(found.interval?.lower).toBeCloseTo(5.9412, 4);
    expect(found.interval?.upper).toBeCloseTo(9.2588, 4);
  });

  it.each([
    { n: 32, points: 2.04, df: 31 },
    { n: 41, points: 2.021, df: 40 },
    { n: 61, points: 2, df: 60 },
    { n: 101, points: 1.984, df: 100 },
  ])('uses the published point of t for $df degrees of freedom', ({ n, points }) => {
    // One answer of 10 and n - 1 of 0: mean 10/n, squares 100 (1 - 1/n), standard error 10/n.
    const found = average(crowd([1, 10], [n - 1, 0]));
    expect(((found.beside?.halfWidth ?? 0) * n) / 10).toBeCloseTo(points, 3);
  });

  it.each([{ scores: [8] }, { scores: [8, 8, 8] }])(
    'of a mean is not given for $scores, which says nothing about the spread',
    ({ scores }) => {
      const found = average(scores.map((score, index) => answered(String(index), score)));
      expect(found).toMatchObject({ value: 8, sampleSize: scores.length });
      expect(found.interval).toBeUndefined();
    },
  );

  it('of a mean ends where the scale ends', () => {
    // 10 and 9: mean 9.5, t of 1 degree 12.706 x 0.5 = 6.353.
    expect(average(crowd([1, 10], [1, 9])).interval).toEqual({
      lower: expect.closeTo(3.147, 3),
      upper: 10,
      level: 0.95,
    });
  });
});

describe('fewer answers than asked for', () => {
  it.each(['nps', 'nps_average', 'csat'])(
    'hide %s and everything said, so that nobody can be guessed',
    (key) => {
      const four = crowd([4, 5]);
      const guarded = (responses: SurveyAnswer[]) => measure(key, { minResponses: 5 }, march, { responses });
      expect(guarded(four)).toEqual({ value: null, reason: 'insufficient_sample', sampleSize: 4 });
      expect(guarded(crowd([5, 5])).value).not.toBeNull();
    },
  );

  it('counts people and not forms, once each person counts once', () => {
    const late = Array.from({ length: 6 }, (_, index) => answered(String(index), 9, noon, 'ann'));
    expect(nps(late, { minResponses: 5 })).toMatchObject({ reason: 'insufficient_sample', sampleSize: 1 });
  });
});

describe('whatever people answer', () => {
  const days = fc.integer({ min: 0, max: 40 }).map((day) => new Date(Date.UTC(2026, 1, 25 + day, 9)));
  const answer = fc.record({
    id: fc.uuid(),
    respondentId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    score: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.double(), fc.constantFrom('good', 'bad', 'offered')),
    at: days,
  });
  const answers = fc.uniqueArray(answer, { selector: ({ id }) => id, maxLength: 60 });

  it('stays on its scale and inside its interval', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom('latest_per_respondent', 'all'), (responses, dedupe) => {
        for (const [key, lowest, highest] of [
          ['nps', -100, 100],
          ['nps_average', 0, 10],
          ['csat', 0, 1],
        ] as const) {
          const { value, interval } = measure(key, { dedupe }, march, { responses });
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(lowest);
          expect(value).toBeLessThanOrEqual(highest);
          expect(interval?.lower ?? value).toBeLessThanOrEqual(value);
          expect(interval?.upper ?? value).toBeGreaterThanOrEqual(value);
          expect(interval?.lower ?? lowest).toBeGreaterThanOrEqual(lowest);
          expect(interval?.upper ?? highest).toBeLessThanOrEqual(highest);
        }
      }),
    );
  });

  it('does not depend on the order in which answers arrive', () => {
    fc.assert(
      fc.property(
        answers,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (responses, keys) => {
          const shuffled = responses
            .map((response) => ({ response, key: Number(keys.next().value) }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ response }) => response);
          for (const key of ['nps', 'nps_average', 'csat']) {
            const dedupe = 'latest_per_respondent';
            expect(measure(key, { dedupe }, march, { responses: shuffled })).toEqual(
              measure(key, { dedupe }, march, { responses }),
            );
          }
        },
      ),
    );
  });

  it('adds up over split windows, every answer counted', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 2, max: 30 }), (responses, day) => {
        const cut = `2026-03-${String(day).padStart(2, '0')}`;
        const whole = measure('nps', { dedupe: 'all' }, march, { responses });
        const halves = [period('2026-03-01', cut), period(cut, '2026-04-01')].map((window) =>
          measure('nps', { dedupe: 'all' }, window, { responses }),
        );
        for (const side of ['numerator', 'denominator'] as const)
          expect(halves.reduce((sum, half) => sum + (half[side] ?? Number.NaN), 0)).toBe(whole[side]);
      }),
    );
  });
});
