import { badPayload, driftError } from '../sdk/index.ts';
import { PROVIDER } from './errors.ts';
import { labelledRows } from './labelled-rows.ts';
import { requireColumns, samplingOf, smallest, valuesOf } from './report.ts';
import type { Report } from './schema.ts';
import { shifted } from './spans.ts';

/** What the report was asked: groups of people by the day of their first session, and how far each is followed. */
export type CohortsAsked = {
  granularity: Granularity;
  /** Steps after the cohort's last day that the report covers; the last of them is in it. */
  endOffset: number;
  /** A cohort without a name comes back under its position: `cohort_0`. */
  cohorts: Array<{ name?: string; lastDay: string }>;
};
type Granularity = 'day' | 'week' | 'month';

/** `active` of `total` people came back in one period; null where the answer does not tell. */
export type CohortPeriod = { active: number | null; total: number | null };

const PERIOD_COLUMN = { day: 'cohortNthDay', week: 'cohortNthWeek', month: 'cohortNthMonth' };
/** Google's steps: a month counts as 30 days, so they may end before the last calendar month does. */
const STEP_DAYS = { day: 1, week: 7, month: 30 };
const METRICS = ['cohortActiveUsers', 'cohortTotalUsers'];

/**
 * The periods of each cohort from its own on, as far as they are over.
 *
 * @param throughDay the last day that is over and settled; a period that ends later is left out, because it still rises
 * @throws ConnectorError `bad_payload` for an answer that contradicts itself, `schema_drift` for one that cannot be read
 */
export function cohortPeriods(
  report: Report,
  asked: CohortsAsked,
  throughDay: string,
): Map<string, CohortPeriod[]> {
  requireColumns(report, METRICS);
  const names = asked.cohorts.map(({ name }, at) => name ?? `cohort_${at}`);
  const answers = new Map(names.map((name) => [name, new Map<number, number>()]));
  const totals = new Map<string, number>();
  for (const { labels, row } of labelledRows(report, ['cohort', PERIOD_COLUMN[asked.granularity]])) {
    const [name = '', label = ''] = labels;
    const answer = answers.get(name);
    if (answer === undefined || !/^\d+$/.test(label)) {
      throw driftError(
        PROVIDER,
        'a report of cohorts: a row of no period that was asked for',
        '/rows/cohort',
      );
    }
    const values = valuesOf(report, row, METRICS);
    const total = Number(values['cohortTotalUsers']);
    if ((totals.get(name) ?? total) !== total) {
      throw badPayload(PROVIDER, 'cohort_total', 'gave one cohort two sizes');
    }
    totals.set(name, total);
    answer.set(Number(label), Number(values['cohortActiveUsers'])); // "0012" is the twelfth
  }
  // Only where nothing can have been withheld is a missing row a period in which nobody came.
  const missing = isWhole(report) ? 0 : null;
  const isEstimate = smallest(samplingOf(report.metadata)) !== null || report.metadata.dataLossFromOtherRow;
  return new Map(
    names.map((name, at) => {
      const total = totals.get(name) ?? missing;
      const count = periodsOver(asked, asked.cohorts[at]?.lastDay ?? '', throughDay);
      const periods = Array.from({ length: count }, (_, period) =>
        isEstimate
          ? { active: null, total: null }
          : { active: answers.get(name)?.get(period) ?? missing, total },
      );
      return [name, periods];
    }),
  );
}

function isWhole({ metadata }: Report): boolean {
  const isSampled = smallest(samplingOf(metadata)) !== null;
  return !isSampled && !metadata.dataLossFromOtherRow && metadata.subjectToThresholding !== true;
}

/** A period counts when all of it was asked for and all of it is over. */
function periodsOver({ granularity, endOffset }: CohortsAsked, lastDay: string, throughDay: string): number {
  const coveredDay = shifted(lastDay, STEP_DAYS[granularity] * endOffset);
  const limit = coveredDay < throughDay ? coveredDay : throughDay;
  let periods = 0;
  while (endOfPeriod(granularity, lastDay, periods) <= limit) periods += 1;
  return periods;
}

/** Periods follow the calendar and not each person's own clock: weeks end on Saturday, months on their last day. */
export function endOfPeriod(granularity: Granularity, lastDay: string, period: number): string {
  if (granularity === 'day') return shifted(lastDay, period);
  const date = new Date(`${lastDay}T00:00:00Z`);
  if (granularity === 'week') return shifted(lastDay, 6 - date.getUTCDay() + 7 * period);
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + period + 1, 0);
  return new Date(end).toISOString().slice(0, 10);
}
