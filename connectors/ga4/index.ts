import { defineConnector, defineMetric } from '../sdk/index.ts';
import { limits } from './calls.ts';
import { checkGa4 } from './check.ts';
import { configSchema, type Ga4Config } from './config.ts';
import {
  type ConversionParams,
  conversion,
  conversionParams,
  engagement,
  newUsers as newUsersQuestion,
  noParams,
  type PeopleParams,
  people,
  peopleParams,
  sessions as sessionsQuestion,
} from './questions.ts';
import { readMetric } from './read.ts';

/** Events may come in 72 hours late; until then Google's numbers move. */
const settling = { settlesAfterHours: 72, rereadDays: 3, history: 'backfill' } as const;

const newUsers = defineMetric<Ga4Config, Record<string, never>>({
  title: 'New users',
  description: 'People who came for the first time, on the day they came.',
  stage: 'acquisition',
  unit: 'count',
  kind: 'flow',
  paramsSchema: noParams,
  ...settling,
  read: (context, window) => readMetric(context, window, newUsersQuestion),
});

const activeUsers = defineMetric<Ga4Config, PeopleParams>({
  title: 'Active users',
  description: 'People active on the day, or in the 7 or 28 days that end with it. Days are never added up.',
  stage: 'retention',
  unit: 'count',
  kind: 'distinct',
  paramsSchema: peopleParams,
  ...settling,
  read: (context, window, params) => readMetric(context, window, people(params)),
});

const sessions = defineMetric<Ga4Config, Record<string, never>>({
  title: 'Sessions',
  description: 'Visits, on the day they began.',
  stage: 'acquisition',
  unit: 'count',
  kind: 'flow',
  paramsSchema: noParams,
  ...settling,
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
  read: (context, window) => readMetric(context, window, engagement),
});

const keyEventConversion = defineMetric<Ga4Config, ConversionParams>({
  title: 'Key event conversion',
  description: 'Share of sessions, or of users, with a key event.',
  stage: 'activation',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: conversionParams,
  ...settling,
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
  metrics: {
    new_users: newUsers,
    active_users: activeUsers,
    sessions,
    engagement_seconds_per_user_day: engagementSeconds,
    key_event_conversion: keyEventConversion,
  },
});
