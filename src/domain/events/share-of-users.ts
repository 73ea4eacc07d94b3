import type { RecordSets } from '../catalog/record-sets.ts';
import { isInside, periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { activityOf } from './active-users.ts';
import { activeEvent, eventName, minCohort, numberParam, passiveEvents, textParam } from './params.ts';
import { notRead, rate } from './rate.ts';
import { type EventMatch, eventsNamed, timelines } from './timelines.ts';
import { analytics, asRatio } from './units.ts';

function shareRate(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const shared = eventsNamed(textParam(params, 'shareEvent'));
  return shareOfUsers(activityOf(params), shared, params, window, records);
}

/**
 * Who accepted without having seen the prompt in the same period answered an earlier one and takes no part, so that
 * the rate cannot rise above 1.
 */
function reviewAcceptance(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const prompted = eventsNamed(textParam(params, 'promptEvent'));
  const accepted = eventsNamed(textParam(params, 'acceptEvent'));
  return shareOfUsers(prompted, accepted, params, window, records);
}

/** Of the different people who did the one in the period, the share who also did the other in it, in any order. */
function shareOfUsers(
  base: EventMatch,
  also: EventMatch,
  params: ParamValues,
  window: MetricWindow,
  { events }: RecordSets,
): Measurement {
  const span = periodOf(window);
  if (events === undefined) return notRead;
  const people = timelines(events, (event) => isInside(event.at, span) && (base(event) || also(event)));
  const counted = [...people.values()].filter((own) => own.some(base));
  return rate({
    numerator: counted.filter((own) => own.some(also)).length,
    denominator: counted.length,
    sampleSize: counted.length,
    minSample: numberParam(params, 'minCohort'),
  });
}

export const shareOfUsersMetrics: readonly CatalogMetric[] = [
  {
    key: 'share_rate',
    stage: 'referral',
    kind: 'distinct', // different people on both sides, whom another window has again
    unit: asRatio,
    windows: ['period'],
    usualWindow: { kind: 'month' },
    params: { shareEvent: eventName, activeEvent, passiveEvents, minCohort },
    records: ['events'],
    sources: analytics,
    compute: shareRate,
  },
  {
    key: 'review_acceptance_rate',
    stage: 'satisfaction',
    kind: 'distinct',
    unit: asRatio,
    windows: ['period'],
    usualWindow: { kind: 'month' },
    params: { promptEvent: eventName, acceptEvent: eventName, minCohort },
    records: ['events'],
    sources: analytics,
    compute: reviewAcceptance,
  },
];
