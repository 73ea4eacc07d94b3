import type { CatalogMeaning } from '../sdk/index.ts';
import type { LearningParams, RowCountParams, SurveyParams } from './params.ts';

/** What the metrics are in the catalogue's words. Its README says how each is computed. */

export const countMeaning: CatalogMeaning<RowCountParams> = {
  metric: 'activity_count',
  // The catalogue's entries have one label, and each is counted.
  define: ({ exceptColumn, idColumn, labels = [] }) =>
    exceptColumn !== undefined || idColumn !== undefined || labels.length > 1
      ? null
      : { params: labels[0] === undefined ? {} : { label: labels[0] }, window: { kind: 'day' } },
  suggest: ({ params: { label } }) => (typeof label === 'string' ? { labels: [label] } : {}),
};

function surveyMeaning(metric: 'nps' | 'nps_average'): CatalogMeaning<SurveyParams> {
  return {
    metric,
    define: ({ days, minResponses, respondentColumn }) => ({
      params: { dedupe: respondentColumn === undefined ? 'all' : 'latest_per_respondent', minResponses },
      window: { kind: 'trailing', days },
    }),
    suggest: ({ params: { minResponses }, window }) => ({
      minResponses,
      days: window.kind === 'trailing' ? window.days : undefined,
    }),
  };
}

export const npsMeaning = surveyMeaning('nps');
export const averageMeaning = surveyMeaning('nps_average');

export const learningMeaning: CatalogMeaning<LearningParams> = {
  metric: 'learning_time_share',
  define: () => ({ params: {}, window: { kind: 'day' } }),
};
