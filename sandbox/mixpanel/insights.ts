import { DAY_SECONDS } from '../model/time.ts';
import { addDays, mondayOf } from './calendar.ts';
import { computedAt, countByPeriod, outOfOrder } from './counts.ts';
import { badRequest } from './errors.ts';
import { type Walk, walk } from './funnel-walk.ts';
import { members } from './funnels.ts';
import { eventsOf, type Params, type Range, required } from './params.ts';
import { type Cohort, cohortsOf } from './retention.ts';
import { SAVED_FUNNELS, SAVED_REPORTS, type SavedReport } from './saved.ts';
import type { View } from './view.ts';

/** A saved report. One that is not there is told with HTTP 200 and an error in the body. */
export function insights(params: Params, view: View): object {
  const id = Number(required(params, 'bookmark_id'));
  if (!Number.isInteger(id)) throw badRequest(params.request, 'Invalid bookmark_id: must be a number');
  const report = SAVED_REPORTS.find(({ bookmarkId }) => bookmarkId === id);
  if (report === undefined) return { error: `Bookmark not found: ${id}`, status: 'error' };
  const days = daysOf(report, view);
  return {
    computed_at: computedAt(view),
    date_range: {
      from_date: view.calendar.iso(days.fromDay),
      to_date: view.calendar.iso(days.toDay, '23:59:59.999000'),
    },
    headers: [{ counts: '$metric', funnel: '$funnel', retention: '$retention' }[report.kind]],
    series: seriesOf(report, days, view),
    meta: { sampling_factor: 1 },
  };
}

/** Up to today, which is partial, unless a report ends before; a retention report in whole weeks. */
function daysOf(report: SavedReport, { today }: View): Range {
  if (report.kind === 'funnel') {
    const toDay = addDays(today, -report.endedDays);
    return { fromDay: addDays(toDay, 1 - report.days), toDay };
  }
  if (report.kind === 'counts') return { fromDay: addDays(today, 1 - report.days), toDay: today };
  return { fromDay: addDays(mondayOf(today), -7 * (report.weeks - 1)), toDay: today };
}

function seriesOf(report: SavedReport, days: Range, view: View): object {
  switch (report.kind) {
    case 'counts':
      return countSeries(report, days, view);
    case 'funnel':
      return funnelSeries(report, days, view);
    case 'retention':
      return retentionSeries(report, days, view);
    default:
      return report satisfies never;
  }
}

type Of<Kind extends SavedReport['kind']> = Extract<SavedReport, { kind: Kind }>;

/** Unlike the other reports this one spells out zeros. */
function countSeries({ series }: Of<'counts'>, days: Range, view: View): object {
  const periods = view.calendar.periods(days.fromDay, days.toDay, 'day');
  const named = series.map(({ name, event, type }) => {
    const counts = countByPeriod(eventsOf(view, days, [event]), view, 'day', type);
    const values = periods.map((day) => [view.calendar.iso(day), counts[day] ?? 0]);
    return [name, Object.fromEntries(values)];
  });
  return Object.fromEntries(named);
}

function funnelSeries(report: Of<'funnel'>, days: Range, view: View): object {
  const { byDay, funnelId, lengthDays } = report;
  const { calendar } = view;
  const steps = SAVED_FUNNELS.find((saved) => saved.funnelId === funnelId)?.steps ?? [];
  const lengthSeconds = lengthDays * DAY_SECONDS;
  const period = byDay ? calendar.day : () => 'all';
  const walks = walk({ steps, lengthSeconds, days, period, keep: () => true }, view);
  const name = `${steps[0]} through ${steps.at(-1)}`;
  if (!byDay) return { [name]: funnelTables(steps, walks.get('all')) };
  const dates = calendar.periods(days.fromDay, days.toDay, 'day');
  const dated = dates.map((date) => [calendar.iso(date), funnelTables(steps, walks.get(date))]);
  return { [name]: Object.fromEntries(outOfOrder(dated)) };
}

function funnelTables(steps: readonly string[], walks: readonly Walk[] | undefined): object {
  const found = members(steps, walks);
  const by = (value: (step: (typeof found)[number]) => number) =>
    Object.fromEntries(
      found.map((step, index) => [`${index + 1}. ${step.event}`, { all: value(step) }] as const),
    );
  return {
    count: by(({ count }) => count),
    step_conv_ratio: by((step) => step.step_conv_ratio),
    overall_conv_ratio: by((step) => step.overall_conv_ratio),
    avg_time: by((step) => step.avg_time ?? 0),
    avg_time_from_start: by((step) => step.avg_time_from_start ?? 0),
  };
}

function retentionSeries(report: Of<'retention'>, days: Range, view: View): object {
  const { bornEvent, returnEvent, unit, intervals } = report;
  const always = () => true;
  const rules = { everyUnits: 1, birth: true, unbounded: false, isBirth: always, isReturn: always };
  const cohorts = cohortsOf({ days, unit, intervals, bornEvent, returnEvent, ...rules }, view);
  const dated = [...cohorts].map(
    ([period, cohort]) => [view.calendar.iso(period), withRates(cohort)] as const,
  );
  const average = withRates(pooled([...cohorts.values()], intervals));
  return { [`${bornEvent} and then ${returnEvent}`]: Object.fromEntries([...dated, ['$average', average]]) };
}

function withRates({ first, counts }: Cohort) {
  return { first, counts, rates: counts.map((count) => (first === 0 ? 0 : count / first)) };
}

/** Adds up the cohorts, unfinished intervals and all. */
function pooled(cohorts: readonly Cohort[], intervals: number): Cohort {
  const counts = Array.from({ length: intervals }, (_, index) =>
    cohorts.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  );
  return { counts, first: cohorts.reduce((sum, { first }) => sum + first, 0) };
}
