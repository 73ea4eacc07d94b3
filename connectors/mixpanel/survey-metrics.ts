import { defineMetric } from '../sdk/index.ts';
import { acceptEvents } from './accept.ts';
import { averageMeaning, npsMeaning } from './catalog.ts';
import type { MixpanelContext } from './client.ts';
import type { MixpanelConfig } from './config.ts';
import { late } from './late.ts';
import { readSurvey, type SurveyParams, surveyParams } from './survey.ts';

const survey = {
  stage: 'referral',
  unit: 'score',
  kind: 'distinct',
  paramsSchema: surveyParams,
  ...late,
  history: 'backfill',
  accept: (context: MixpanelContext, { event, property }: SurveyParams) =>
    acceptEvents(context, [{ event, properties: [property] }]),
} as const;

export const nps = defineMetric<MixpanelConfig, SurveyParams>({
  ...survey,
  title: 'Net promoter score',
  description:
    'Share of answers 9 and 10 less share of answers 0 to 6, times 100, over the days that end with each day: -100 to 100.',
  catalog: npsMeaning,
  read: (context, window, params) => readSurvey(context, window, params, 'nps'),
});

export const npsAverage = defineMetric<MixpanelConfig, SurveyParams>({
  ...survey,
  title: 'Average survey score',
  description: 'Mean of the answers from 0 to 10 over the days that end with each day: 0 to 10.',
  catalog: averageMeaning,
  read: (context, window, params) => readSurvey(context, window, params, 'average'),
});
