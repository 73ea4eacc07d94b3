import type { RecordSets } from '../catalog/record-sets.ts';
import { cohortOf, isInside } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { days, eventName, minCohort, numberParam, textParam } from './params.ts';
import { cohortRate, type Entrant, notRead } from './rate.ts';
import type { ProductEvent } from './records.ts';
import { eventsNamed, timelines } from './timelines.ts';
import { asRatio } from './units.ts';

const dayMs = 86_400_000;

/**
 * People whose first trial of the window became a paid subscription in time: by the end of their own trial plus
 * `graceDays` when the trial event tells that end in `trialEndProperty`, else within `withinDays` of its start.
 */
function trialToPaid(params: ParamValues, window: MetricWindow, { events }: RecordSets): Measurement {
  const cohort = cohortOf(window);
  if (events === undefined) return notRead;
  const isTrial = eventsNamed(textParam(params, 'trialEvent'));
  const isPaid = eventsNamed(textParam(params, 'paidEvent'));
  const entrants: Entrant[] = [];
  for (const own of timelines(events, (event) => isTrial(event) || isPaid(event)).values()) {
    const trials = own.filter((event) => isTrial(event) && isInside(event.at, cohort));
    const startMs = trials[0]?.at.getTime();
    if (startMs === undefined) continue;
    // Told twice at the same moment, the later end stands, whichever arrived first.
    const atOnce = trials.filter(({ at }) => at.getTime() === startMs);
    const deadlineMs = Math.max(...atOnce.map((trial) => deadlineOfMs(trial, params)));
    const succeeded = own.some((event) => {
      const atMs = event.at.getTime();
      return isPaid(event) && atMs >= startMs && atMs < deadlineMs;
    });
    entrants.push({ deadlineMs, succeeded });
  }
  return cohortRate(entrants, cohort.asOfAt, numberParam(params, 'minCohort'));
}

function deadlineOfMs(trial: ProductEvent, params: ParamValues): number {
  const startMs = trial.at.getTime();
  const endMs = instantOfMs(trial.properties[textParam(params, 'trialEndProperty')]);
  // An end that does not lie after the start cannot be one.
  if (endMs === null || endMs <= startMs) return startMs + numberParam(params, 'withinDays') * dayMs;
  return endMs + numberParam(params, 'graceDays') * dayMs;
}

/** An instant as sources write it: a date object, or a text that says its offset. A bare number has no known scale. */
function instantOfMs(value: unknown): number | null {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'string' || !/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return null;
  const parsedMs = Date.parse(value);
  return Number.isNaN(parsedMs) ? null : parsedMs;
}

export const trialToPaidRate: CatalogMetric = {
  key: 'trial_to_paid_rate',
  stage: 'revenue',
  kind: 'ratio',
  unit: asRatio,
  windows: ['cohort'],
  usualWindow: { kind: 'matured_cohort', days: 28 },
  params: {
    trialEvent: eventName,
    paidEvent: eventName,
    withinDays: days(21), // a trial of 14 days and 7 of grace
    trialEndProperty: { type: 'text', default: 'trialEndsAt' },
    graceDays: { type: 'whole', min: 0, max: 365, default: 7 },
    minCohort,
  },
  records: ['events'],
  sources: ['stripe', 'mixpanel', 'posthog', 'sql', 'push'],
  compute: trialToPaid,
};
