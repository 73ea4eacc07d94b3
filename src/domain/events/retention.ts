import type { RecordSets } from '../catalog/record-sets.ts';
import { cohortOf, isInside } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { groupedBy } from './grouped.ts';
import { type LocalDays, localDaysFrom } from './local-days.ts';
import {
  choiceParam,
  clock,
  eventName,
  flagParam,
  minCohort,
  numberParam,
  passiveEvents,
  textParam,
  textsParam,
} from './params.ts';
import { type CohortCounts, cohortShare, countsOf, type Entrant, notRead, rate } from './rate.ts';
import type { ProductEvent } from './records.ts';
import { bucketRule, criteria, periodStart, units, weekStarts } from './retention-bucket.ts';
import { eventsNamed, timelines } from './timelines.ts';
import { analytics, asRatio } from './units.ts';

const hourMs = 3_600_000;
const roundings = ['none', 'hour'] as const;
const averages = ['pooled', 'simple'] as const;

/** Somebody of the cohort, with the calendar cohort that a simple average puts them in. */
type Member = Entrant & { cohortDay: string };

function retention(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const cohort = cohortOf(window);
  if (records.events === undefined) return notRead;
  const cohorts = groupedBy(membersOf(params, cohort, records.events), (member) => member.cohortDay);
  return retentionOf(
    params,
    [...cohorts.values()].map((members) => countsOf(members, cohort.asOfAt)),
  );
}

/**
 * The share of people who came back in their own bucket of time after they started, from what each calendar cohort
 * came to. Of `on_or_after` the value creeps up for as long as people may still return; `beside.stillOpen` says how
 * many have not yet.
 */
export function retentionOf(params: ParamValues, cohorts: readonly CohortCounts[]): Measurement {
  const total = (side: keyof CohortCounts) => cohorts.reduce((sum, counts) => sum + counts[side], 0);
  const all = { entrants: total('entrants'), mature: total('mature'), succeeded: total('succeeded') };
  const pooled = cohortShare(all, numberParam(params, 'minCohort'));
  const measured = isSimple(params) && pooled.value !== null ? simpleMean(cohorts, pooled) : pooled;
  if (choiceParam(params, 'criterion', criteria) !== 'on_or_after') return measured;
  return { ...measured, beside: { ...measured.beside, stillOpen: all.mature - all.succeeded } };
}

/** Whether each calendar cohort counts alike, however many people it has. */
export function isSimple(params: ParamValues): boolean {
  return choiceParam(params, 'average', averages) === 'simple';
}

export function isToTheHour(params: ParamValues): boolean {
  return choiceParam(params, 'roundTo', roundings) === 'hour';
}

function membersOf(
  params: ParamValues,
  cohort: ReturnType<typeof cohortOf>,
  events: readonly ProductEvent[],
): Member[] {
  const passive = textsParam(params, 'passiveEvents');
  const isStart = eventsNamed(textParam(params, 'startEvent'), passive);
  const isReturn = eventsNamed(textParam(params, 'returnEvent'), passive);
  const firstEver = flagParam(params, 'firstTimeOnly');
  const open = choiceParam(params, 'criterion', criteria) === 'on_or_after';
  const toTheHour = isToTheHour(params);
  const cohortUnit = choiceParam(params, 'cohortUnit', units);
  const days = localDaysFrom(cohort.startDay, cohort.timeZone);
  const bucketOf = bucketRule(params, days);

  const members: Member[] = [];
  for (const own of timelines(events, (event) => isStart(event) || isReturn(event)).values()) {
    const start = own.find((event) => isStart(event) && (firstEver || isInside(event.at, cohort)));
    if (start === undefined || !isInside(start.at, cohort)) continue;
    const startMs = toTheHour ? hourStartMs(start.at.getTime(), days) : start.at.getTime();
    const bucket = bucketOf(startMs);
    // Buckets begin on the hour when the start does, so that other times need no cutting to compare alike. A return
    // is strictly later than the start: with times cut to the hour, in a later hour.
    const fromMs = Math.max(bucket.startMs, startMs + (toTheHour ? hourMs : 1));
    const untilMs = open ? cohort.asOfAt.getTime() : bucket.endMs;
    const succeeded = own.some((event) => {
      const atMs = event.at.getTime();
      return atMs >= fromMs && atMs < untilMs && isReturn(event);
    });
    const cohortDay = periodStart(days.dayOf(days.indexAt(startMs)), cohortUnit, params);
    members.push({ deadlineMs: bucket.endMs, succeeded, cohortDay });
  }
  return members;
}

/** Hours as the local clock has them, which need not begin with those of UTC. */
function hourStartMs(atMs: number, days: LocalDays): number {
  const midnightMs = days.startMs(days.indexAt(atMs));
  return midnightMs + Math.floor((atMs - midnightMs) / hourMs) * hourMs;
}

/** The mean over cohorts, each counting alike however many people it has; a cohort without mature people has no rate. */
function simpleMean(cohorts: readonly CohortCounts[], pooled: Measurement): Measurement {
  const rates = cohorts
    .map((counts) => cohortShare(counts, 1).value)
    .filter((value) => value !== null)
    .toSorted((a, b) => a - b); // the sum of fractions depends on its order
  return rate({
    numerator: rates.reduce((sum, value) => sum + value, 0),
    denominator: rates.length,
    sampleSize: pooled.sampleSize ?? 0,
    minSample: 1,
    beside: { ...pooled.beside, returned: pooled.numerator ?? 0 },
  });
}

export const retentionMetric: CatalogMetric = {
  key: 'retention',
  stage: 'retention',
  kind: 'ratio',
  unit: asRatio,
  windows: ['cohort'],
  usualWindow: { kind: 'month' },
  params: {
    startEvent: eventName,
    returnEvent: { type: 'text', default: '*' },
    passiveEvents,
    firstTimeOnly: { type: 'flag', default: true },
    // One-month retention: back in days 30 to 59.
    criterion: { type: 'choice', of: criteria, default: 'bracket' },
    bracketDays: { type: 'span', min: 0, max: 3_650, default: [30, 59] },
    unit: { type: 'choice', of: units, default: 'month' },
    n: { type: 'whole', min: 0, max: 3_650, default: 1 },
    clock,
    weekStart: { type: 'choice', of: weekStarts, default: 'monday' },
    roundTo: { type: 'choice', of: roundings, default: 'none' },
    average: { type: 'choice', of: averages, default: 'pooled' },
    cohortUnit: { type: 'choice', of: units, default: 'week' },
    minCohort,
  },
  records: ['events'],
  sources: analytics,
  compute: retention,
};
