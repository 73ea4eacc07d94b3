import type { RecordSets } from '../catalog/record-sets.ts';
import { isInside, periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { localDaysFrom } from './local-days.ts';
import {
  activeEvent,
  eventName,
  minCohort,
  numberParam,
  passiveEvents,
  textParam,
  textsParam,
} from './params.ts';
import { notRead, rate } from './rate.ts';
import { type EventMatch, eventsNamed, timelines } from './timelines.ts';
import { analytics, asRatio, inUsers } from './units.ts';

/** People whose first sign-up ever lies in the period, so this needs the sign-ups before it as well. */
function newUsers(params: ParamValues, window: MetricWindow, { events }: RecordSets): Measurement {
  const span = periodOf(window);
  if (events === undefined) return notRead;
  const signups = timelines(events, eventsNamed(textParam(params, 'signupEvent')));
  const firsts = [...signups.values()].map(([first]) => first);
  return { value: firsts.filter((first) => first !== undefined && isInside(first.at, span)).length };
}

function activeUsers(params: ParamValues, window: MetricWindow, { events }: RecordSets): Measurement {
  const span = periodOf(window);
  if (events === undefined) return notRead;
  const active = activityOf(params);
  return { value: timelines(events, (event) => isInside(event.at, span) && active(event)).size };
}

/**
 * Mean daily users over the users of the window. Both sides are multiplied by the number of days, so that they stay
 * whole: user-days over users x days.
 */
function stickiness(params: ParamValues, window: MetricWindow, { events }: RecordSets): Measurement {
  const span = periodOf(window);
  if (events === undefined) return notRead;
  const active = activityOf(params);
  const people = timelines(events, (event) => isInside(event.at, span) && active(event));
  const days = localDaysFrom(span.startDay, span.timeZone);
  let userDays = 0;
  for (const own of people.values()) {
    userDays += new Set(own.map((event) => days.indexAt(event.at.getTime()))).size;
  }
  const dayCount = days.indexAt(span.endAt.getTime());
  return rate({
    numerator: userDays,
    denominator: people.size * dayCount,
    sampleSize: people.size,
    minSample: numberParam(params, 'minCohort'),
  });
}

/** What counts as using the product. */
export function activityOf(params: ParamValues): EventMatch {
  return eventsNamed(textParam(params, 'activeEvent'), textsParam(params, 'passiveEvents'));
}

export const activeUserMetrics: readonly CatalogMetric[] = [
  {
    key: 'new_users',
    stage: 'acquisition',
    kind: 'flow', // everybody has one first day, so the days add up
    unit: inUsers,
    windows: ['period'],
    usualWindow: { kind: 'day' },
    params: { signupEvent: eventName },
    records: ['events'],
    sources: analytics,
    compute: newUsers,
  },
  {
    key: 'active_users',
    stage: 'engagement',
    kind: 'distinct',
    unit: inUsers,
    windows: ['period'],
    usualWindow: { kind: 'trailing', days: 28 },
    params: { activeEvent, passiveEvents },
    records: ['events'],
    sources: analytics,
    compute: activeUsers,
  },
  {
    key: 'stickiness',
    stage: 'engagement',
    kind: 'distinct', // its lower side is different people, whom another window has again
    unit: asRatio,
    windows: ['period'],
    usualWindow: { kind: 'trailing', days: 28 },
    params: { activeEvent, passiveEvents, minCohort },
    records: ['events'],
    sources: analytics,
    compute: stickiness,
  },
];
