import { defineMetric } from '../sdk/index.ts';
import { acceptDefinition } from './accept.ts';
import { maturesAfterHours } from './cohort-plan.ts';
import type { Ga4Config } from './config.ts';
import { funnelDefinition, usersDefinition } from './definitions.ts';
import { readFunnel } from './funnel.ts';
import { funnelMaturesAfterHours } from './funnel-plan.ts';
import {
  type FunnelParams,
  funnelParams,
  type MonthUsersParams,
  monthUsersParams,
  type RetentionParams,
  retentionParams,
  type UsersParams,
  usersParams,
} from './params.ts';
import { readRetention } from './retention.ts';
import { usersOfDays, usersOfMonths } from './user-spans.ts';
import { readUsers } from './users.ts';

/** Events may come in 72 hours late; until then Google's numbers move. */
const settling = { settlesAfterHours: 72, rereadDays: 3, history: 'backfill' } as const;
/** A cohort of a week or a month must still be read again on the day after it has matured. */
const REREAD_DAYS = { day: 3, week: 7, month: 31 };

export const users = defineMetric<Ga4Config, UsersParams>({
  title: 'Different users of a window',
  description:
    'Different people in the days that end with each day, asked of Google for exactly those days and never added up; of what a filter lets through. Google counts devices and estimates, so the catalogue’s active users, who are people, are another number.',
  stage: 'retention',
  unit: 'count',
  kind: 'distinct',
  paramsSchema: usersParams,
  ...settling,
  near: 'active_users',
  accept: (context, { count, filter }) => acceptDefinition(context, usersDefinition(count, filter)),
  read: (context, window, params) => readUsers(context, window, usersOfDays(params, window, context.now)),
});

export const usersOfMonth = defineMetric<Ga4Config, MonthUsersParams>({
  title: 'Different users of a month',
  description:
    'Different people in each calendar month, on its last day, asked of Google for exactly that month; of what a filter lets through. Google counts devices and estimates, so the catalogue’s active users, who are people, are another number.',
  stage: 'retention',
  unit: 'count',
  kind: 'distinct',
  paramsSchema: monthUsersParams,
  ...settling,
  // Far enough that the last day of the newest month is always read again.
  rereadDays: 31,
  cadence: 'month',
  near: 'active_users',
  accept: (context, { count, filter }) => acceptDefinition(context, usersDefinition(count, filter)),
  read: (context, window, params) => readUsers(context, window, usersOfMonths(params, window, context.now)),
});

export const funnelConversion = defineMetric<Ga4Config, FunnelParams>({
  title: 'Funnel conversion',
  description:
    'Of the users who came to the first step on a day, the share that got to the last, with so long for each step. Unlike the catalogue’s funnel it counts devices, gives the time anew from step to step, lets any entry of the day begin, and counts who enters on two days on both. A day counts once everybody has had the time.',
  stage: 'activation',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: funnelParams,
  settlesAfterHours: funnelMaturesAfterHours,
  rereadDays: 3,
  history: 'backfill',
  near: 'funnel_conversion',
  accept: (context, params) => acceptDefinition(context, funnelDefinition(params)),
  read: readFunnel,
});

export const retention = defineMetric<Ga4Config, RetentionParams>({
  title: 'Retention of first sessions',
  description:
    'Of the users whose first session fell on a day, into a week (Sunday to Saturday) or into a month, the share that was active in the n-th day, week or month after it, on the last day of the cohort. Unlike the catalogue’s retention it counts devices, begins with the first session, and follows the calendar of the property and not each person’s own clock: who comes on a Saturday is in week 1 the next day.',
  stage: 'retention',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: retentionParams,
  settlesAfterHours: maturesAfterHours,
  rereadDays: ({ cohort }) => REREAD_DAYS[cohort],
  history: 'backfill',
  near: 'retention',
  accept: (context) => acceptDefinition(context, { reports: [] }),
  read: readRetention,
});
