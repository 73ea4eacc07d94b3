import type { RecordSets } from '../catalog/record-sets.ts';
import { cohortOf, isInside } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { localDaysFrom } from './local-days.ts';
import {
  choiceParam,
  clock,
  clocks,
  days,
  eventName,
  minCohort,
  numberParam,
  optionalText,
  textParam,
  textsParam,
} from './params.ts';
import { cohortRate, type Entrant, notRead } from './rate.ts';
import type { ProductEvent } from './records.ts';
import { type EventMatch, eventsNamed, timelines } from './timelines.ts';
import { activationCohort } from './units.ts';

const dayMs = 86_400_000;

/** People who did something often enough, or with enough different things, soon enough after they signed up. */
function activationRate(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const wanted = eventsNamed(textParam(params, 'event'));
  const property = optionalText(params, 'distinctProperty');
  const minCount = numberParam(params, 'minCount');
  return shareOfSignups(wanted, params, window, records, (done) => {
    const found = done.filter(wanted);
    return (property === null ? found.length : differentValues(found, property)) >= minCount;
  });
}

/** People who did all the steps, in any order, soon enough after they signed up. */
function onboardingCompletion(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const steps = textsParam(params, 'requiredSteps');
  const wanted = new Set(steps);
  return shareOfSignups(
    ({ event }) => wanted.has(event),
    params,
    window,
    records,
    (done) => steps.every((step) => done.some(({ event }) => event === step)),
  );
}

/**
 * Of the people who signed up in the window, the share whose events from their first sign-up in it until `withinDays`
 * later satisfy `enough`. On the calendar clock the sign-up's own local day is the first of those days.
 */
function shareOfSignups(
  wanted: EventMatch,
  params: ParamValues,
  window: MetricWindow,
  { events }: RecordSets,
  enough: (done: readonly ProductEvent[]) => boolean,
): Measurement {
  const cohort = cohortOf(window);
  if (events === undefined) return notRead;
  const isSignup = eventsNamed(textParam(params, 'signupEvent'));
  const withinDays = numberParam(params, 'withinDays');
  const rolling = choiceParam(params, 'clock', clocks) === 'rolling';
  const localDays = localDaysFrom(cohort.startDay, cohort.timeZone);
  const entrants: Entrant[] = [];
  for (const own of timelines(events, (event) => isSignup(event) || wanted(event)).values()) {
    const signupMs = own.find((event) => isSignup(event) && isInside(event.at, cohort))?.at.getTime();
    if (signupMs === undefined) continue;
    const deadlineMs = rolling
      ? signupMs + withinDays * dayMs
      : localDays.startMs(localDays.indexAt(signupMs) + withinDays);
    const done = own.filter(({ at }) => at.getTime() >= signupMs && at.getTime() < deadlineMs);
    entrants.push({ deadlineMs, succeeded: enough(done) });
  }
  return cohortRate(entrants, cohort.asOfAt, numberParam(params, 'minCohort'));
}

/** How many different values a property has; an event without it is about nothing known, and adds none. */
function differentValues(events: readonly ProductEvent[], property: string): number {
  const values = events.map(({ properties }) => properties[property] ?? null);
  return new Set(values.filter((value) => value !== null).map((value) => JSON.stringify(value))).size;
}

export const activationMetrics: readonly CatalogMetric[] = [
  {
    ...activationCohort,
    key: 'activation_rate',
    params: {
      signupEvent: eventName,
      event: eventName,
      minCount: { type: 'whole', min: 1, max: 100_000, default: 3 },
      distinctProperty: { type: 'text' },
      withinDays: days(14),
      clock,
      minCohort,
    },
    compute: activationRate,
  },
  {
    ...activationCohort,
    key: 'onboarding_completion_rate',
    params: {
      signupEvent: eventName,
      requiredSteps: { type: 'texts', required: true, min: 1 },
      withinDays: days(7),
      clock,
      minCohort,
    },
    compute: onboardingCompletion,
  },
];
