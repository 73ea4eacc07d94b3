import { Decimal } from 'decimal.js';
import type { ConnectorContext, DayWindow, MetricReading, PointReading } from '../sdk/index.ts';
import type { Flags } from './answer.ts';
import { readPlanned } from './budget.ts';
import { type Ga4Client, REPORTS_PER_BATCH } from './client.ts';
import { cohortReports, cohortsCost, cohortsOf, type WantedCohorts } from './cohort-plan.ts';
import { cohortPeriods } from './cohorts.ts';
import type { Ga4Config } from './config.ts';
import { flagNotes, propertyNote } from './notes.ts';
import type { RetentionParams } from './params.ts';
import { portions } from './plan.ts';
import { refuseOtherZone } from './refusals.ts';
import { samplingOf, smallest } from './report.ts';
import { plannedCosts } from './run-plan.ts';
import type { Report } from './schema.ts';
import { MOST_POINTS } from './spans.ts';
import { ratioOf } from './value-of-day.ts';

type Read = { points: PointReading[]; zone: string; currency: string; pages: number; items: number };

/** Of the people who first came on a day, in a week or in a month, the share that was active n periods later. */
export async function readRetention(
  context: ConnectorContext<Ga4Config>,
  window: DayWindow,
  params: RetentionParams,
): Promise<MetricReading> {
  const wanted = cohortsOf(params, window, context.now);
  const between = wanted.daysBetween.map(nobody);
  if (wanted.cohorts.length === 0) {
    const notes = ['No cohort of the window is old enough'];
    return { points: between, completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const cost = cohortsCost(context.config.propertyId, wanted);
  const { read, notes } = await readPlanned(context, cost, await plannedCosts(context), async (client) => ({
    read: await readCohorts(client, wanted),
    notes: client.notes(),
  }));
  refuseOtherZone(read.zone, window.timeZone);
  const points = [...read.points, ...between].toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const property = propertyNote({ timeZone: read.zone, currencyCode: read.currency });
  const told = [property, ...flagNotes(read.points), ...notes];
  if (wanted.isCut) told.push(`Only the newest ${MOST_POINTS} cohorts were asked for`);
  const { pages, items } = read;
  return { points, completeness: { pages, items, lastPageReached: true, notes: told } };
}

/** Between the last days of two weeks or months there is nobody: such a day adds nothing to a longer window. */
function nobody(day: string): PointReading {
  return { day, value: null, numerator: '0', denominator: '0', flags: { noCohort: true } };
}

async function readCohorts(client: Ga4Client, wanted: WantedCohorts): Promise<Read> {
  const read: Read = { points: [], zone: '', currency: '', pages: 0, items: 0 };
  for (const batch of portions(cohortReports(wanted), REPORTS_PER_BATCH)) {
    const reports = await client.reports(batch.map(({ request }) => request));
    for (const [at, report] of reports.entries()) {
      const asked = batch[at]?.asked;
      if (asked === undefined) continue; // there are as many answers as questions
      const flags = flagsOf(report);
      const periods = cohortPeriods(report, asked, wanted.throughDay);
      for (const { name = '', lastDay } of asked.cohorts) {
        read.points.push(pointOf(lastDay, periods.get(name)?.[wanted.n], flags));
      }
      read.zone = report.metadata.timeZone;
      read.currency = report.metadata.currencyCode ?? '';
      read.items += report.rows.length;
    }
    read.pages += 1;
  }
  return read;
}

function pointOf(
  day: string,
  period: { active: number | null; total: number | null } | undefined,
  flags: Flags,
): PointReading {
  const more = Object.keys(flags).length === 0 ? {} : { flags };
  if (period === undefined || period.active === null || period.total === null) {
    return { day, value: null, ...more };
  }
  const valued = ratioOf(new Decimal(period.active), new Decimal(period.total));
  const all = { ...valued.flags, ...flags };
  return { day, ...valued, ...(Object.keys(all).length === 0 ? {} : { flags: all }) };
}

function flagsOf({ metadata }: Report): Flags {
  const share = smallest(samplingOf(metadata));
  return {
    ...(share === null ? {} : { sampled: share }),
    ...(metadata.dataLossFromOtherRow ? { otherRow: true } : {}),
    ...(metadata.subjectToThresholding === true ? { thresholded: true } : {}),
  };
}
