import type { RecordSets } from '../catalog/record-sets.ts';
import { isInside, periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { localDaysFrom } from './local-days.ts';
import { gapMinutes, minCohort, numberParam, passiveEvents } from './params.ts';
import { notRead, rate } from './rate.ts';
import { sessionsOf } from './sessions.ts';
import { analytics, inMinutes, inSessions } from './units.ts';

const minuteMs = 60_000;

type Totals = { sessions: number; minutes: number; userDays: number; users: number };

/** What the sessions that started in the window come to; each belongs whole to the local day it started on. */
function totalsOf(params: ParamValues, window: MetricWindow, records: RecordSets): Totals | null {
  const span = periodOf(window);
  const sessions = sessionsOf(records, params);
  if (sessions === null) return null;
  const days = localDaysFrom(span.startDay, span.timeZone);
  const daysOfUsers = new Map<string, Set<number>>();
  const totals = { sessions: 0, lengthMs: 0 };
  for (const { userId, startAt, endAt } of sessions) {
    if (!isInside(startAt, span)) continue;
    totals.sessions += 1;
    // A clock that ran backwards takes no time from other sessions.
    totals.lengthMs += Math.max(0, endAt.getTime() - startAt.getTime());
    const own = daysOfUsers.get(userId) ?? new Set();
    daysOfUsers.set(userId, own.add(days.indexAt(startAt.getTime())));
  }
  return {
    sessions: totals.sessions,
    minutes: totals.lengthMs / minuteMs,
    userDays: [...daysOfUsers.values()].reduce((sum, own) => sum + own.size, 0),
    users: daysOfUsers.size,
  };
}

function sessionCount(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const totals = totalsOf(params, window, records);
  return totals === null ? notRead : { value: totals.sessions };
}

type Side = Exclude<keyof Totals, 'users'>;

/** One total over another; what a sample guard looks at is how many people stand behind both. */
function quotient(over: Side, under: Side): CatalogMetric['compute'] {
  return (params, window, records) => {
    const totals = totalsOf(params, window, records);
    if (totals === null) return notRead;
    return rate({
      numerator: totals[over],
      denominator: totals[under],
      sampleSize: totals.users,
      minSample: numberParam(params, 'minCohort'),
    });
  };
}

const shared = {
  stage: 'engagement',
  windows: ['period'],
  params: { gapMinutes, passiveEvents, minCohort },
  usualWindow: { kind: 'trailing', days: 28 },
  records: ['sessions', 'events'],
  sources: analytics,
} as const;

export const sessionMetrics: readonly CatalogMetric[] = [
  {
    ...shared,
    key: 'session_count',
    kind: 'flow', // every session starts on one day, so the days add up
    unit: inSessions,
    usualWindow: { kind: 'day' },
    params: { gapMinutes, passiveEvents },
    compute: sessionCount,
  },
  {
    ...shared,
    key: 'sessions_per_user_day',
    kind: 'ratio',
    unit: inSessions,
    compute: quotient('sessions', 'userDays'),
  },
  {
    ...shared,
    key: 'avg_session_minutes',
    kind: 'ratio',
    unit: inMinutes,
    compute: quotient('minutes', 'sessions'),
  },
  {
    ...shared,
    key: 'time_in_app_per_user_day',
    kind: 'ratio',
    unit: inMinutes,
    compute: quotient('minutes', 'userDays'),
  },
];
