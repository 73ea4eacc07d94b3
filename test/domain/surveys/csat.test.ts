import { expect, it } from 'vitest';
import type { SurveyAnswer } from '../../../src/domain/surveys/records.ts';
import { march, measure } from './measure.ts';

const answers = (...scores: (number | string)[]): SurveyAnswer[] =>
  scores.map((score, index) => ({
    id: String(index),
    respondentId: String(index),
    score,
    at: new Date('2026-03-10T12:00:00Z'),
  }));
const csat = (responses: SurveyAnswer[], params = {}) => measure('csat', params, march, { responses });

it('takes 4 and 5 of 5 as satisfied when nothing else is said, and knows how sure that is', () => {
  // Wilson for 3 of 5, as R gives it (prop.test without correction): 0.2307 to 0.8824.
  const found = csat(answers(5, 4, 4, 3, 2));
  expect(found).toMatchObject({ value: 0.6, numerator: 3, denominator: 5, sampleSize: 5 });
  expect(found.interval?.lower).toBeCloseTo(0.2307, 4);
  expect(found.interval?.upper).toBeCloseTo(0.8824, 4);
});

it('is not certain when everybody of ten is satisfied', () => {
  // Wilson for 10 of 10: 1/(1 + 1.96²/10) = 0.7225 to 1.
  const { interval } = csat(answers(...Array.from({ length: 10 }, () => 5)));
  expect(interval?.lower).toBeCloseTo(0.7225, 4);
  expect(interval?.upper).toBe(1);
});

it.each([0, 6, 4.5, 'good'])('does not take %s for an answer on 1 to 5', (score) => {
  expect(csat(answers(5, 1, score))).toMatchObject({ value: 0.5, denominator: 2 });
});

it('does not take a number for an answer on good and bad', () => {
  expect(csat(answers('good', 'bad', 5, 'offered'), { scale: 'good_bad' })).toMatchObject({ value: 0.5 });
});

it('counts each contact by default, and each person once when asked', () => {
  const [first, second] = answers(1, 5);
  if (first === undefined || second === undefined) throw new Error('two answers were made');
  const later = { ...second, respondentId: first.respondentId, at: new Date('2026-03-11T12:00:00Z') };
  expect(csat([first, later]).value).toBe(0.5);
  expect(csat([first, later], { dedupe: 'latest_per_respondent' }).value).toBe(1);
});

it('refuses a scale on which nobody could be satisfied, instead of telling that nobody is', () => {
  expect(() => csat(answers(5), { scaleMax: 5, positiveFrom: 6 })).toThrow(RangeError);
});

it('has no value without answers, and another reason when they were not read', () => {
  expect(csat(answers('offered'), { scale: 'good_bad' })).toMatchObject({ reason: 'zero_denominator' });
  expect(measure('csat', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
});
