import { defineConnector, defineMetric } from '../sdk/index.ts';
import { acceptReport } from './accept.ts';
import { checkMixpanel } from './check.ts';
import { budgets, limits } from './client.ts';
import {
  frequency,
  funnelConversion,
  retention,
  retentionOneMonth,
  savedFunnel,
  savedRetention,
} from './cohort-metrics.ts';
import { mixpanelEvents } from './collector.ts';
import { allowedHosts, configSchema, type MixpanelConfig } from './config.ts';
import {
  eventPropertyAverage,
  eventPropertySum,
  eventsPerUser,
  eventTotal,
  uniqueRatio,
  uniqueUsers,
} from './count-metrics.ts';
import { dailyNumbers } from './insights.ts';
import { late } from './late.ts';
import { askReport, type ReportParams, readSavedReport, reportParams } from './saved-report.ts';
import { nps, npsAverage } from './survey-metrics.ts';

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
  accept: (context, params) =>
    acceptReport(context, async () => dailyNumbers((await askReport(context, params)).report, params.series)),
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
  budgets,
  events: mixpanelEvents,
  metrics: {
    event_total: eventTotal,
    unique_users: uniqueUsers,
    events_per_user: eventsPerUser,
    event_property_sum: eventPropertySum,
    event_property_average: eventPropertyAverage,
    unique_ratio: uniqueRatio,
    funnel_conversion: funnelConversion,
    retention,
    retention_one_month: retentionOneMonth,
    frequency,
    nps,
    nps_average: npsAverage,
    saved_report: savedReport,
    saved_funnel: savedFunnel,
    saved_retention: savedRetention,
  },
});
