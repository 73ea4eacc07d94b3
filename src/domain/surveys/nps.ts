import { noValue, quotient, sumOf } from '../activities/quotient.ts';
import type { CatalogMetric, MetricWindow, ParamValues } from '../catalog/types.ts';
import { answersIn, dedupeParam, minResponsesParam, tooFew } from './answers.ts';
import { meanInterval, netPromoterInterval } from './interval.ts';
import type { SurveyAnswer } from './records.ts';

const params = { dedupe: dedupeParam('latest_per_respondent'), minResponses: minResponsesParam };
/** Both scales are read from the same answers. */
const recommendation = {
  stage: 'satisfaction',
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 90 },
  params,
  records: ['responses'],
  sources: ['typeform', 'posthog', 'sheet', 'csv', 'sql', 'push'],
} as const satisfies Partial<CatalogMetric>;

/**
 * The net promoter score in points, -100 to 100: of a hundred answers, how many more are promoters (9 and 10) than
 * detractors (0 to 6). Numerator and denominator are such that days add up: hundred times the difference, and answers.
 */
export const nps: CatalogMetric = {
  key: 'nps',
  ...recommendation,
  kind: 'distribution',
  unit: { name: 'points', storedAs: 'score', storedPer: 1 },
  compute(values, window, { responses }) {
    if (responses === undefined) return noValue('no_observation');
    const scores = scoresIn(responses, window, values);
    const hidden = tooFew(scores.length, values.minResponses);
    if (hidden !== null) return hidden;
    const promoters = scores.filter((score) => score >= 9).length;
    const detractors = scores.filter((score) => score <= 6).length;
    return quotient(100 * (promoters - detractors), scores.length, {
      sampleSize: scores.length,
      parts: { promoters, passives: scores.length - promoters - detractors, detractors },
      ...netPromoterInterval(promoters, detractors, scores.length),
    });
  },
};

/**
 * The mean of the same answers, 0 to 10. Neither scale can be turned into the other: a mean of 8.0 fits any score from
 * 0 to about 78.
 */
export const npsAverage: CatalogMetric = {
  key: 'nps_average',
  ...recommendation,
  kind: 'ratio',
  unit: { name: 'score', storedAs: 'score', storedPer: 1 },
  compute(values, window, { responses }) {
    if (responses === undefined) return noValue('no_observation');
    const scores = scoresIn(responses, window, values);
    const hidden = tooFew(scores.length, values.minResponses);
    if (hidden !== null) return hidden;
    return quotient(sumOf(scores), scores.length, {
      sampleSize: scores.length,
      ...meanInterval(scores, { lowest: 0, highest: 10 }),
    });
  },
};

function scoresIn(
  responses: readonly SurveyAnswer[],
  window: MetricWindow,
  { dedupe }: ParamValues,
): number[] {
  return answersIn(responses, window, isScore, dedupe).map((answer) => Number(answer.score));
}

function isScore(score: SurveyAnswer['score']): boolean {
  return typeof score === 'number' && Number.isInteger(score) && score >= 0 && score <= 10;
}
