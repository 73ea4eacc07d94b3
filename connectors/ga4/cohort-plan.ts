import type { DayWindow } from '../sdk/index.ts';
import type { PlannedCost } from './budget.ts';
import type { ReportRequest } from './calls.ts';
import { type CohortsAsked, endOfPeriod } from './cohorts.ts';
import { tokensOf } from './costs.ts';
import type { RetentionParams } from './params.ts';
import { portions } from './plan.ts';
import {
  daysFrom,
  endedDays,
  isMonthEnd,
  isSaturday,
  MOST_POINTS,
  monthStart,
  settledDay,
  shifted,
} from './spans.ts';

/** Google's own limit is not published; this many have always been taken. */
const COHORTS_PER_REPORT = 12;
/** Events may come in 72 hours late. */
export const SETTLING_HOURS = 72;
/** The longest that a period can be, in days. */
const LONGEST_DAYS = { day: 1, week: 7, month: 31 };
const COLUMN = { day: 'cohortNthDay', week: 'cohortNthWeek', month: 'cohortNthMonth' };
const GRANULARITY = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' } as const;

/** Groups of people by their first session, each of which has had its n-th period in full. */
export type WantedCohorts = {
  key: string;
  of: 'day' | 'week' | 'month';
  n: number;
  cohorts: Array<{ name: string; firstDay: string; lastDay: string }>;
  /** Days on which no cohort ends and one that did would be mature: there is nobody to measure. */
  daysBetween: string[];
  /** The last day that is over and settled. */
  throughDay: string;
  isCut: boolean;
};

/** For how long after the last day of a cohort its n-th period may still run, settling included, in hours. */
export function maturesAfterHours({ cohort, n }: RetentionParams): number {
  return n * LONGEST_DAYS[cohort] * 24 + SETTLING_HOURS;
}

/** A cohort belongs to its last day: weeks from Sunday to Saturday and whole months, because Google's labels do. */
export function cohortsOf(params: RetentionParams, window: DayWindow, now: Date): WantedCohorts {
  const { cohort: of, n } = params;
  const throughDay = settledDay(window.timeZone, now, SETTLING_HOURS);
  const days = endedDays(window, now);
  const ends = days.filter((day) => of === 'day' || (of === 'week' ? isSaturday(day) : isMonthEnd(day)));
  const mature = ends.filter((day) => endOfPeriod(of, day, n) <= throughDay);
  const isEnd = new Set(ends);
  const daysBetween = days.filter(
    (day) => !isEnd.has(day) && shifted(day, n * LONGEST_DAYS[of]) <= throughDay,
  );
  const cohorts = mature.slice(-MOST_POINTS).map((lastDay) => ({
    name: `c${lastDay.replaceAll('-', '')}`,
    firstDay: of === 'day' ? lastDay : of === 'week' ? shifted(lastDay, -6) : monthStart(lastDay),
    lastDay,
  }));
  const key = `ga4-cohorts:${JSON.stringify([of, n, cohorts[0]?.name, cohorts.at(-1)?.name, cohorts.length])}`;
  return { key, of, n, cohorts, daysBetween, throughDay, isCut: cohorts.length < mature.length };
}

/** What each report is asked, with what is needed to read it. */
export function cohortReports(wanted: WantedCohorts): Array<{ request: ReportRequest; asked: CohortsAsked }> {
  const { of, n } = wanted;
  // Thirty-day steps end before the last of some calendar months: one more is read, and its own period dropped.
  const endOffset = of === 'month' ? n + 1 : n;
  return portions(wanted.cohorts, COHORTS_PER_REPORT).map((cohorts) => ({
    asked: { granularity: of, endOffset, cohorts },
    request: {
      dimensions: [{ name: 'cohort' }, { name: COLUMN[of] }],
      metrics: [{ name: 'cohortActiveUsers' }, { name: 'cohortTotalUsers' }],
      cohortSpec: {
        cohorts: cohorts.map(({ name, firstDay, lastDay }) => ({
          name,
          dimension: 'firstSessionDate',
          dateRange: { startDate: firstDay, endDate: lastDay },
        })),
        cohortsRange: { granularity: GRANULARITY[of], startOffset: 0, endOffset },
      },
      limit: 100_000,
    },
  }));
}

export function cohortsCost(propertyId: string, wanted: WantedCohorts): PlannedCost {
  const tokens = cohortReports(wanted).reduce((sum, { request }) => sum + tokensOf(propertyId, request), 0);
  const [first, last] = [wanted.cohorts.at(0)?.lastDay ?? '', wanted.cohorts.at(-1)?.lastDay ?? ''];
  const days = first === '' ? 0 : daysFrom(first, last) + 1;
  return { key: wanted.key, pools: 'core', days, tokens };
}
