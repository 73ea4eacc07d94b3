import { noValue, quotient } from '../activities/quotient.ts';
import type { CatalogMetric, ParamValues } from '../catalog/types.ts';
import { answersIn, dedupeParam, minResponsesParam, tooFew } from './answers.ts';
import { shareInterval } from './interval.ts';
import type { SurveyAnswer } from './records.ts';

type Score = SurveyAnswer['score'];

/**
 * The share of positive answers: from `positiveFrom` up on a scale of 1 to `scaleMax`, or `good` among `good` and `bad`.
 * A survey that was offered and not answered says nothing. Everybody is asked after each contact, so by default every
 * answer counts and not only a person's latest.
 *
 * @throws RangeError when the first positive answer lies above the scale: nobody could ever be satisfied
 */
export const csat: CatalogMetric = {
  key: 'csat',
  stage: 'satisfaction',
  kind: 'ratio',
  unit: { name: 'ratio', storedAs: 'ratio', storedPer: 1 },
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 30 },
  params: {
    scale: { type: 'choice', of: ['numbers', 'good_bad'], default: 'numbers' },
    scaleMax: { type: 'whole', min: 2, max: 100, default: 5 },
    positiveFrom: { type: 'whole', min: 1, max: 100, default: 4 },
    dedupe: dedupeParam('all'),
    minResponses: minResponsesParam,
  },
  problemOf: ({ positiveFrom, scale, scaleMax }) =>
    scale === 'numbers' && Number(positiveFrom) > Number(scaleMax)
      ? `"positiveFrom" is ${String(positiveFrom)}, above the highest answer of ${String(scaleMax)}; lower it, or raise "scaleMax".`
      : null,
  records: ['responses'],
  sources: ['zendesk', 'intercom', 'typeform', 'posthog', 'sheet', 'csv', 'sql', 'push'],
  compute(params, window, { responses }) {
    const { isAnswer, isPositive } = scaleOf(params);
    if (responses === undefined) return noValue('no_observation');
    const answers = answersIn(responses, window, isAnswer, params.dedupe);
    const sampleSize = answers.length;
    const hidden = tooFew(sampleSize, params.minResponses);
    if (hidden !== null) return hidden;
    const positive = answers.filter((answer) => isPositive(answer.score)).length;
    return quotient(positive, sampleSize, { sampleSize, ...shareInterval(positive, sampleSize) });
  },
};

type Scale = { isAnswer: (score: Score) => boolean; isPositive: (score: Score) => boolean };

function scaleOf({ scale, scaleMax, positiveFrom }: ParamValues): Scale {
  if (scale === 'good_bad') {
    return {
      isAnswer: (score) => score === 'good' || score === 'bad',
      isPositive: (score) => score === 'good',
    };
  }
  const [highest, from] = [Number(scaleMax), Number(positiveFrom)];
  if (from > highest)
    throw new RangeError(`positive answers start at ${from}, above the scale of 1 to ${highest}`);
  return {
    isAnswer: (score) =>
      typeof score === 'number' && Number.isInteger(score) && score >= 1 && score <= highest,
    isPositive: (score) => typeof score === 'number' && score >= from,
  };
}
