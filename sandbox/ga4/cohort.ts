import { DAY_SECONDS, dayStart, utcDay } from '../model/time.ts';
import { OF_COHORTS } from './catalog-dimensions.ts';
import { COHORT_METRICS } from './catalog-metrics.ts';
import { type DayRange, dayOf } from './days.ts';
import { invalid } from './errors.ts';
import type { CohortSpec, ReportRequest } from './request.ts';

/** Users by the day of their first session, and the days over which they are followed. */
export type Cohort = { name: string; firstDays: { startDay: string; endDay: string }; followed: DayRange };

const MAX_COHORTS = 12;
/** Google's steps: a month is thirty days, so they may end before the last calendar month does. */
const STEP_DAYS = { DAILY: 1, WEEKLY: 7, MONTHLY: 30 } as const;

/** @throws Refusal (400) for what Google does not take; null for a report that is about no cohorts */
export function cohortsOf(
  request: Pick<ReportRequest, 'cohortSpec' | 'dateRanges'>,
  dimensions: readonly string[],
  metrics: readonly string[],
  today: string,
): Cohort[] | null {
  const { cohortSpec } = request;
  if (cohortSpec === undefined) {
    const stray = [...dimensions, ...metrics].find(
      (name) => OF_COHORTS.includes(name) || COHORT_METRICS.includes(name),
    );
    if (stray === undefined) return null;
    throw invalid(`The field ${stray} can only be used in a request with a cohortSpec.`);
  }
  if (request.dateRanges.length > 0) {
    throw invalid('The dateRanges of a cohort request must be empty: each cohort has a dateRange.');
  }
  if (!dimensions.includes('cohort')) throw invalid('A cohort request must include the dimension cohort.');
  if (cohortSpec.cohortReportSettings?.accumulate === true) {
    throw invalid('accumulate is not supported in a runReport request.');
  }
  const { cohorts } = cohortSpec;
  if (cohorts.length === 0 || cohorts.length > MAX_COHORTS) {
    throw invalid(`A cohort request holds 1 to ${MAX_COHORTS} cohorts. This one holds ${cohorts.length}.`);
  }
  const steps = stepsOf(cohortSpec.cohortsRange);
  const all = cohorts.map((cohort, index) => cohortOf(cohort, index, steps, today));
  if (new Set(all.map(({ name }) => name)).size < all.length) {
    throw invalid('The names of the cohorts must be different from each other.');
  }
  return all;
}

type Steps = { startDays: number; endDays: number };

function stepsOf(range: CohortSpec['cohortsRange']): Steps {
  if (range === undefined) throw invalid('A cohort request needs a cohortsRange.');
  const { granularity, startOffset, endOffset } = range;
  if (granularity === 'GRANULARITY_UNSPECIFIED')
    throw invalid('The granularity of the cohortsRange is required.');
  if (startOffset < 0 || endOffset < startOffset) {
    throw invalid(`The cohortsRange must not run from ${startOffset} to ${endOffset}.`);
  }
  const stepDays = STEP_DAYS[granularity];
  return { startDays: startOffset * stepDays, endDays: endOffset * stepDays };
}

function cohortOf(
  { name, dimension, dateRange }: CohortSpec['cohorts'][number],
  index: number,
  { startDays, endDays }: Steps,
  today: string,
): Cohort {
  if (dimension !== 'firstSessionDate') {
    throw invalid(`The dimension of a cohort must be firstSessionDate. This one is ${dimension}.`);
  }
  if (dateRange === undefined) throw invalid('Each cohort needs a dateRange.');
  const startDay = dayOf(dateRange.startDate, 'startDate', today);
  const endDay = dayOf(dateRange.endDate, 'endDate', today);
  if (endDay < startDay) throw invalid(`The endDate ${endDay} is before the startDate ${startDay}.`);
  const label = nameOf(name, index);
  const followed = { name: label, startDay: shifted(startDay, startDays), endDay: shifted(endDay, endDays) };
  return { name: label, firstDays: { startDay, endDay }, followed };
}

function nameOf(name: string | undefined, index: number): string {
  if (name === undefined || name === '') return `cohort_${index}`;
  if (!/^(?:cohort_|RESERVED_)/.test(name)) return name;
  throw invalid(`The cohort name ${name} begins with a reserved prefix.`);
}

function shifted(day: string, days: number): string {
  return utcDay(dayStart(day) + days * DAY_SECONDS);
}
