import { describe, expect, it } from 'vitest';
import type { PointReading } from '../../../connectors/sdk/index.ts';
import {
  averagePoint,
  DEDUPES,
  npsPoint,
  type SurveyAnswer,
  type SurveyRule,
  sharePoint,
} from '../../../connectors/sdk/survey.ts';
import type { Measurement } from '../../../src/domain/catalog/types.ts';
import { csat } from '../../../src/domain/surveys/csat.ts';
import { nps, npsAverage } from '../../../src/domain/surveys/nps.ts';

const DAY = '2026-03-10';
const ALL: SurveyRule = { dedupe: 'all', minResponses: 1 };
const scored = (...scores: number[]): SurveyAnswer<number>[] =>
  scores.map((score, index) => ({ id: String(index), respondent: null, atMs: index, score }));

describe('a survey', () => {
  it('is 100 times promoters less detractors by answers, with the interval of so small a sample', () => {
    // 5 promoters, 2 passives, 3 detractors: 100 x (5 - 3) / 10. Of three promoters alone B. Rocks' adjusted Wald begins at
    // p = 3.75/6, d = 0.75/6: 100 x (0.5 - 1.959964 x sqrt((0.75 - 0.25)/6)) = -6.579.
    expect(npsPoint(DAY, scored(9, 9, 9, 10, 10, 7, 8, 6, 3, 0), ALL)).toMatchObject({
      value: '20',
      numerator: '200',
      denominator: '10',
      counts: { promoters: 5, passives: 2, detractors: 3 },
    });
    const { sample } = npsPoint(DAY, scored(10, 10, 10), ALL);
    expect(sample).toMatchObject({ size: 3, upper: 100, level: 0.95 });
    expect(sample?.lower).toBeCloseTo(-6.579, 3);
  });

  it('is a mean on the other scale, and one answer has no interval', () => {
    expect(averagePoint(DAY, scored(8, 9, 9), ALL)).toMatchObject({
      value: '8.666666666667',
      numerator: '26',
      denominator: '3',
    });
    expect(averagePoint(DAY, scored(8), ALL).sample).toEqual({
      size: 1,
      lower: null,
      upper: null,
      level: null,
    });
  });

  it('is a share of what is positive', () => {
    const point = sharePoint(DAY, scored(5, 4, 4, 3, 2), ALL, (score) => score >= 4);
    // Wilson for 3 of 5: 0.2307 to 0.8824.
    expect(point).toMatchObject({ value: '0.6', numerator: '3', denominator: '5', sample: { size: 5 } });
    expect(point.sample?.lower).toBeCloseTo(0.2307, 4);
    expect(point.sample?.upper).toBeCloseTo(0.8824, 4);
  });

  it('without an answer has no value, which is not zero', () => {
    expect(npsPoint(DAY, [], ALL)).toEqual({
      day: DAY,
      value: null,
      reason: 'zero_denominator',
      numerator: '0',
      denominator: '0',
    });
  });

  it('of too few answers tells their number and nothing of what they say', () => {
    const guarded = { ...ALL, minResponses: 3 };
    const hidden = {
      day: DAY,
      value: null,
      reason: 'insufficient_sample',
      sample: { size: 2, lower: null, upper: null, level: null },
    };
    expect(npsPoint(DAY, scored(10, 0), guarded)).toEqual(hidden);
    expect(averagePoint(DAY, scored(10, 0), guarded)).toEqual(hidden);
    expect(sharePoint(DAY, scored(10, 0), guarded, () => true)).toEqual(hidden);
  });

  it('takes the latest of each person, in whatever order they come, and leaves nobody’s answers alone', () => {
    const answers: SurveyAnswer<number>[] = [
      { id: 'c', respondent: 'ann', atMs: 2, score: 10 },
      { id: 'a', respondent: 'ann', atMs: 1, score: 0 },
      { id: 'b', respondent: 'ann', atMs: 2, score: 0 }, // the same instant: the greater id stands
      { id: 'd', respondent: null, atMs: 1, score: 9 },
      { id: 'e', respondent: null, atMs: 1, score: 9 },
    ];
    const latest = { dedupe: 'latest_per_respondent', minResponses: 1 } as const;
    for (const given of [answers, answers.toReversed()]) {
      expect(npsPoint(DAY, given, latest).counts).toEqual({ promoters: 3, passives: 0, detractors: 0 });
      expect(npsPoint(DAY, given, ALL).counts).toEqual({ promoters: 3, passives: 0, detractors: 2 });
    }
  });
});

// The catalogue's own functions are the oracle: connectors may not import them, so theirs must not drift away from them.
describe.each(DEDUPES)('the catalogue says the same, with dedupe %s', (dedupe) => {
  /** A small generator with a seed, so that a failure can be looked at again. */
  let state = 20_261_123;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const march = { kind: 'period', startDay: '2026-03-01', endDay: '2026-04-01', timeZone: 'UTC' } as const;
  const startMs = Date.parse('2026-03-01T00:00:00Z');
  const crowds = Array.from({ length: 60 }, (_, size) =>
    Array.from({ length: size }, (__, index): SurveyAnswer<number> => {
      const respondent = below(5) === 0 ? null : `person ${below(20)}`;
      return {
        id: String(index).padStart(2, '0'),
        respondent,
        atMs: startMs + below(1_000) * 3_600_000 * 0.7,
        score: below(11),
      };
    }),
  );

  function expectSame(point: PointReading, measured: Measurement) {
    expect(point.value === null ? null : Number(point.value)).toEqual(
      measured.value === null ? null : expect.closeTo(measured.value, 9),
    );
    if (measured.value === null) expect(point.reason).toBe(measured.reason);
    expect(point.sample?.size ?? 0).toBe(measured.sampleSize ?? 0);
    const { interval } = measured;
    const bounds = interval === undefined ? [null, null] : [interval.lower, interval.upper];
    expect([point.sample?.lower ?? null, point.sample?.upper ?? null]).toEqual(
      bounds.map((bound) => (bound === null ? null : expect.closeTo(bound, 9))),
    );
  }

  it.each([1, 5])('and at least %i answers', (minResponses) => {
    const rule = { dedupe, minResponses };
    for (const answers of crowds) {
      const responses = answers.map(({ atMs, id, respondent, score }) => ({
        id,
        respondentId: respondent ?? `nobody ${id}`,
        score,
        at: new Date(atMs),
      }));
      const shares = responses.filter(({ score }) => score >= 1 && score <= 5);
      expectSame(npsPoint(DAY, answers, rule), nps.compute(rule, march, { responses }));
      expectSame(averagePoint(DAY, answers, rule), npsAverage.compute(rule, march, { responses }));
      expectSame(
        sharePoint(
          DAY,
          answers.filter(({ score }) => score >= 1 && score <= 5),
          rule,
          (score) => score >= 4,
        ),
        csat.compute({ ...rule, scale: 'numbers', scaleMax: 5, positiveFrom: 4 }, march, {
          responses: shares,
        }),
      );
    }
  });
});
