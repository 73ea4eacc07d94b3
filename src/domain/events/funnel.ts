import type { RecordSets } from '../catalog/record-sets.ts';
import { cohortOf, isInside } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { hours, minCohort, numberParam, textsParam } from './params.ts';
import { cohortRate, type Entrant, notRead } from './rate.ts';
import type { ProductEvent } from './records.ts';
import { timelines } from './timelines.ts';
import { activationCohort } from './units.ts';

const hourMs = 3_600_000;

function funnelConversion(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  return shareOfEntrants(params, window, records, (completed) => completed);
}

function dropoffRate(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  return shareOfEntrants(params, window, records, (completed) => !completed);
}

function shareOfEntrants(
  params: ParamValues,
  window: MetricWindow,
  { events }: RecordSets,
  counts: (completed: boolean) => boolean,
): Measurement {
  const cohort = cohortOf(window);
  if (events === undefined) return notRead;
  const steps = textsParam(params, 'steps');
  const limitMs = numberParam(params, 'withinHours') * hourMs;
  const names = new Set(steps);
  const entrants: Entrant[] = [];
  for (const own of timelines(events, ({ event }) => names.has(event)).values()) {
    const entry = own.find(({ event, at }) => event === steps[0] && isInside(at, cohort));
    if (entry === undefined) continue;
    const deadlineMs = entry.at.getTime() + limitMs;
    entrants.push({ deadlineMs, succeeded: counts(completes(own, steps, entry, deadlineMs)) });
  }
  return cohortRate(entrants, cohort.asOfAt, numberParam(params, 'minCohort'));
}

/**
 * Whether each step follows at or after the one before, in time. Taking the earliest event that fits leaves the most
 * room for the steps to come. One event fulfils one step only, which matters when a step is asked for twice.
 */
function completes(
  own: readonly ProductEvent[],
  steps: readonly string[],
  entry: ProductEvent,
  deadlineMs: number,
): boolean {
  const taken = new Set([entry]);
  let reachedMs = entry.at.getTime();
  for (const step of steps.slice(1)) {
    const next = own.find((event) => {
      const atMs = event.at.getTime();
      return event.event === step && atMs >= reachedMs && atMs < deadlineMs && !taken.has(event);
    });
    if (next === undefined) return false;
    taken.add(next);
    reachedMs = next.at.getTime();
  }
  return true;
}

export const funnelMetrics: readonly CatalogMetric[] = [
  {
    ...activationCohort,
    key: 'funnel_conversion',
    params: { steps: { type: 'texts', required: true, min: 2 }, withinHours: hours(168), minCohort },
    compute: funnelConversion,
  },
  {
    ...activationCohort,
    key: 'dropoff_rate',
    params: { steps: { type: 'texts', required: true, min: 2 }, withinHours: hours(24), minCohort },
    compute: dropoffRate,
  },
];
