import { type ConnectorContext, defineConnector, defineMetric } from '../sdk/index.ts';
import { acceptDefinition } from './accept.ts';
import { limits } from './calls.ts';
import { checkGa4 } from './check.ts';
import { configSchema, type Ga4Config } from './config.ts';
import { reportDefinition } from './definitions.ts';
import { funnelConversion, retention, users, usersOfMonth } from './metrics-people.ts';
import { eventConversionMetric, reportRatio, reportTotal, revenueMetric } from './metrics-reports.ts';
import {
  type ConversionParams,
  conversionParams,
  noParams,
  type PeopleParams,
  peopleParams,
} from './params.ts';
import { poolBudgets } from './pools.ts';
import {
  conversion,
  engagement,
  namesAsked,
  newUsers as newUsersQuestion,
  people,
  type Question,
  sessionsPerUser as sessionsPerUserQuestion,
  sessions as sessionsQuestion,
} from './questions.ts';
import { readMetric } from './read.ts';
import { projectOf, scopeOf } from './run-state.ts';

/** Events may come in 72 hours late; until then Google's numbers move. */
const settling = { settlesAfterHours: 72, rereadDays: 3, history: 'backfill' } as const;

/** Names that are ours: only whether they are blocked, and whether they go together, is to be seen. */
const accepted = (context: ConnectorContext<Ga4Config>, question: Question) =>
  acceptDefinition(context, reportDefinition(question));

const newUsers = defineMetric<Ga4Config, Record<string, never>>({
  title: 'New users',
  near: 'new_users',
  description:
    'People who came for the first time, on the day they came. Google counts devices that opened the site or app for the first time; the catalogue’s new users are people who signed up.',
  stage: 'acquisition',
  unit: 'count',
  kind: 'flow',
  paramsSchema: noParams,
  ...settling,
  accept: (context) => accepted(context, newUsersQuestion),
  read: (context, window) => readMetric(context, window, newUsersQuestion),
});

const activeUsers = defineMetric<Ga4Config, PeopleParams>({
  title: 'Active users',
  near: 'active_users',
  description:
    'People active on the day, or in the 7 or 28 days that end with it. Days are never added up. Google counts devices and estimates; the catalogue’s active users are people.',
  stage: 'retention',
  unit: 'count',
  kind: 'distinct',
  paramsSchema: peopleParams,
  ...settling,
  accept: (context, params) => accepted(context, people(params)),
  read: (context, window, params) => readMetric(context, window, people(params)),
});

const sessions = defineMetric<Ga4Config, Record<string, never>>({
  title: 'Sessions',
  near: 'session_count',
  description:
    'Visits, on the day they began. Google estimates them, by the time-out set in the property; the catalogue’s sessions are cut from the events themselves.',
  stage: 'acquisition',
  unit: 'count',
  kind: 'flow',
  paramsSchema: noParams,
  ...settling,
  accept: (context) => accepted(context, sessionsQuestion),
  read: (context, window) => readMetric(context, window, sessionsQuestion),
});

const engagementSeconds = defineMetric<Ga4Config, Record<string, never>>({
  title: 'Engagement per user and day',
  description:
    'Seconds in the foreground, divided by the active users of each day; sum by sum over longer windows.',
  stage: 'activation',
  unit: 'duration',
  kind: 'ratio',
  paramsSchema: noParams,
  ...settling,
  // Time in the foreground over user-days. New users, users and sessions of GA4 are none of the catalogue's: they are
  // estimates of devices, of engaged ones only, and of sessions as the property is set up to cut them.
  catalog: {
    metric: 'time_in_app_per_user_day',
    define: () => ({ params: {}, window: { kind: 'day' } }),
  },
  accept: (context) => accepted(context, engagement),
  read: (context, window) => readMetric(context, window, engagement),
});

const sessionsPerUser = defineMetric<Ga4Config, Record<string, never>>({
  title: 'Sessions per user and day',
  description:
    'Sessions divided by the active users of each day; sum by sum over longer windows. Google’s active users are devices that were engaged, so the catalogue’s sessions per user and day are another number.',
  stage: 'activation',
  unit: 'count',
  kind: 'ratio',
  paramsSchema: noParams,
  ...settling,
  near: 'sessions_per_user_day',
  accept: (context) => accepted(context, sessionsPerUserQuestion),
  read: (context, window) => readMetric(context, window, sessionsPerUserQuestion),
});

const keyEventConversion = defineMetric<Ga4Config, ConversionParams>({
  title: 'Key event conversion',
  description: 'Share of sessions, or of users, with a key event.',
  stage: 'activation',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: conversionParams,
  ...settling,
  // The rate of an event exists once its owner has marked it as a key event.
  accept: (context, params) =>
    acceptDefinition(
      context,
      reportDefinition(conversion(params), [], namesAsked(conversion(params)).slice(0, 1)),
    ),
  read: (context, window, params) => readMetric(context, window, conversion(params)),
});

export const ga4 = defineConnector<Ga4Config>({
  id: 'ga4',
  title: 'Google Analytics 4',
  version: '1',
  configSchema,
  secretFields: ['serviceAccountKey'],
  guide:
    'Create a service account with a JSON key in a Google Cloud project that has the Google Analytics Data API enabled, ' +
    'and add its e-mail address as a Viewer in GA4 Admin, Property access management.',
  allowedHosts: (endpoint) => [endpoint === null ? 'analyticsdata.googleapis.com' : endpoint.host],
  limits,
  check: checkGa4,
  budgets: (config) => poolBudgets(scopeOf({ config }, 'core'), projectOf({ config })),
  metrics: {
    new_users: newUsers,
    active_users: activeUsers,
    sessions,
    engagement_seconds_per_user_day: engagementSeconds,
    sessions_per_user_day: sessionsPerUser,
    key_event_conversion: keyEventConversion,
    report_total: reportTotal,
    report_ratio: reportRatio,
    users,
    users_of_month: usersOfMonth,
    revenue: revenueMetric,
    event_conversion: eventConversionMetric,
    funnel_conversion: funnelConversion,
    retention,
  },
});
