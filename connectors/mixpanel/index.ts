import { defineConnector, defineMetric } from '../sdk/index.ts';
import { averageMeaning, funnelMeaning, npsMeaning, peopleMeaning, retentionMeaning } from './catalog.ts';
import { checkMixpanel } from './check.ts';
import { limits } from './client.ts';
import { allowedHosts, configSchema, type MixpanelConfig } from './config.ts';
import { type CountParams, countParams, readCounts } from './counts.ts';
import { type FunnelParams, funnelParams, readFunnel } from './funnel.ts';
import { BRACKET_DAYS, type RetentionParams, readRetention, retentionParams } from './retention.ts';
import { type ReportParams, readSavedReport, reportParams } from './saved-report.ts';
import { readSurvey, type SurveyParams, surveyParams } from './survey.ts';

/** Phones send days later what they kept while they were offline. */
const LATE_DAYS = 5;
const late = { settlesAfterHours: LATE_DAYS * 24, rereadDays: LATE_DAYS };

const eventTotal = defineMetric<MixpanelConfig, CountParams>({
  title: 'Event total',
  description: 'How often an event happened on each day of the project.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema: countParams,
  ...late,
  history: 'backfill',
  read: (context, window, params) => readCounts(context, window, params, 'general'),
});

const uniqueUsers = defineMetric<MixpanelConfig, CountParams>({
  title: 'Unique users of an event',
  description: 'How many different people did an event on a day. Days are never added up.',
  stage: 'activation',
  unit: 'count',
  kind: 'distinct',
  paramsSchema: countParams,
  ...late,
  history: 'backfill',
  catalog: peopleMeaning,
  read: (context, window, params) => readCounts(context, window, params, 'unique'),
});

const funnelConversion = defineMetric<MixpanelConfig, FunnelParams>({
  title: 'Funnel conversion',
  description:
    'Of those who entered a saved funnel on a day, the share that got through within the days allowed. ' +
    'A day counts once everybody has had that long.',
  stage: 'activation',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: funnelParams,
  settlesAfterHours: ({ lengthDays }) => lengthDays * 24,
  rereadDays: LATE_DAYS,
  history: 'backfill',
  catalog: funnelMeaning,
  read: readFunnel,
});

const retentionOneMonth = defineMetric<MixpanelConfig, RetentionParams>({
  title: 'One-month retention',
  description:
    'Of those whose first event fell into a month, the share that was active 30 to 59 days after it (bracket 30–59 ' +
    'days, rolling). One point a month, on its last day, 60 days later.',
  stage: 'retention',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: retentionParams,
  settlesAfterHours: BRACKET_DAYS * 24,
  // Far enough that the last day of the newest mature month is always read again.
  rereadDays: 31,
  cadence: 'month',
  history: 'backfill',
  catalog: retentionMeaning,
  read: readRetention,
});

const survey = {
  stage: 'referral',
  unit: 'score',
  kind: 'distinct',
  paramsSchema: surveyParams,
  ...late,
  history: 'backfill',
} as const;

const nps = defineMetric<MixpanelConfig, SurveyParams>({
  ...survey,
  title: 'Net promoter score',
  description:
    'Share of answers 9 and 10 less share of answers 0 to 6, times 100, over the days that end with each day: -100 to 100.',
  catalog: npsMeaning,
  read: (context, window, params) => readSurvey(context, window, params, 'nps'),
});

const npsAverage = defineMetric<MixpanelConfig, SurveyParams>({
  ...survey,
  title: 'Average survey score',
  description: 'Mean of the answers from 0 to 10 over the days that end with each day: 0 to 10.',
  catalog: averageMeaning,
  read: (context, window, params) => readSurvey(context, window, params, 'average'),
});

const savedReport = defineMetric<MixpanelConfig, ReportParams>({
  title: 'Saved Insights report',
  description:
    'Daily numbers of one series of a saved Insights report. Only what can be added up over days, such as totals, may be ' +
    'read with it.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema: reportParams,
  ...late,
  history: 'backfill',
  read: readSavedReport,
});

export const mixpanel = defineConnector<MixpanelConfig>({
  id: 'mixpanel',
  title: 'Mixpanel',
  version: '1',
  configSchema,
  secretFields: ['serviceAccountSecret'],
  guide:
    'Create a service account in Mixpanel (Organization Settings, Service Accounts) with the role Analyst or Consumer ' +
    'in the project. Enter its user name and secret, the number of the project and its region. The plan must allow the Query API.',
  allowedHosts,
  limits,
  check: checkMixpanel,
  metrics: {
    event_total: eventTotal,
    unique_users: uniqueUsers,
    funnel_conversion: funnelConversion,
    retention_one_month: retentionOneMonth,
    nps,
    nps_average: npsAverage,
    saved_report: savedReport,
  },
});
