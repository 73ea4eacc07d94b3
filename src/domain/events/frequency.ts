import type { RecordSets } from '../catalog/record-sets.ts';
import { isInside, periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { activityOf } from './active-users.ts';
import { localDaysFrom } from './local-days.ts';
import { activeEvent, days, minCohort, numberParam, passiveEvents } from './params.ts';
import { notRead, rate } from './rate.ts';
import { timelines } from './timelines.ts';
import { analytics, asRatio } from './units.ts';

/** Of the different people active in the period, the share who were so on at least `minDays` of its local days. */
function frequencyRate(params: ParamValues, window: MetricWindow, { events }: RecordSets): Measurement {
  const span = periodOf(window);
  if (events === undefined) return notRead;
  const active = activityOf(params);
  const people = timelines(events, (event) => isInside(event.at, span) && active(event));
  const localDays = localDaysFrom(span.startDay, span.timeZone);
  const minDays = numberParam(params, 'minDays');
  const often = [...people.values()].filter(
    (own) => new Set(own.map(({ at }) => localDays.indexAt(at.getTime()))).size >= minDays,
  );
  return rate({
    numerator: often.length,
    denominator: people.size,
    sampleSize: people.size,
    minSample: numberParam(params, 'minCohort'),
  });
}

/** What Mixpanel reports as "frequency", or addiction, as one share; see also `stickiness`, which is a mean. */
export const frequencyMetric: CatalogMetric = {
  key: 'frequency_rate',
  stage: 'engagement',
  kind: 'distinct', // different people on both sides, whom another window has again
  unit: asRatio,
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 28 },
  params: { activeEvent, passiveEvents, minDays: days(3), minCohort },
  records: ['events'],
  sources: analytics,
  compute: frequencyRate,
};
