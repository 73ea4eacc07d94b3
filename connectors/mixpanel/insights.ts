import { createHash } from 'node:crypto';
import { z } from 'zod';
import { driftError, parseAnswer } from '../sdk/index.ts';
import { shiftDay } from './days.ts';
import { settingError } from './errors.ts';
import { instantOf } from './map.ts';
import { type Cohort, cohortSchema } from './schema.ts';

/** A saved report, of whatever type: the shape of its series tells which. */
export type SavedReport = {
  /** The instant in UTC at which Mixpanel worked it out, up to hours ago. */
  computedAt: string;
  /** The last day that the report covers; null where it does not say. */
  toDay: string | null;
  headers: string[];
  series: Record<string, unknown>;
};
/** People at the first and at the last step of a funnel. */
export type FunnelEnds = { numerator: number; denominator: number };

/** Numbers by the day they stand for. The day in which the report was made is not over, and is kept apart. */
export type DailyNumbers = { byDay: Record<string, number>; partialDay: string | null };

const OVERALL = '$overall';
const AVERAGE = '$average';

const reportSchema = z.object({
  computed_at: z.string(),
  date_range: z.object({ to_date: z.string().regex(/^\d{4}-\d\d-\d\d/) }).nullish(),
  headers: z.array(z.string()),
  series: z.record(z.string(), z.unknown()),
});
/** A moment with its offset, whose first ten characters are the project's day, or the bare day. */
const dateKey = z.string().regex(/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/);
const numbersSchema = z.record(dateKey, z.number());
const stepsSchema = z.record(z.string().regex(/^\d+\. /), z.object({ all: z.int().nonnegative() }));
const cohortsSchema = z.record(z.union([dateKey, z.literal(AVERAGE)]), z.unknown());

/** @throws ConnectorError `schema_drift` for an answer without a report in it; errors with status 200 come before this */
export function savedReport(answer: unknown): SavedReport {
  const report = parseAnswer('Mixpanel', 'a saved report', reportSchema, answer);
  const computedAt = instantOf(report.computed_at);
  if (computedAt === null) throw driftError('Mixpanel', 'a saved report: /computed_at', '/computed_at');
  const toDay = report.date_range?.to_date.slice(0, 10) ?? null;
  return { computedAt, toDay, headers: report.headers, series: report.series };
}

/**
 * The daily numbers of one series of a report that counts or adds up, of its total where it is split.
 *
 * @throws ConnectorError `schema_drift` for any other type of report, and for numbers written as text; `config` for a
 *   report by week or month, whose numbers belong to no day
 */
export function dailyNumbers(report: SavedReport, name: string): DailyNumbers {
  const numbers = parsed(`the series of a saved report`, numbersSchema, totalOf(seriesOf(report, name)));
  refuseUnlessDaily(Object.keys(numbers));
  const byDay: Record<string, number> = {};
  let partialDay: string | null = null;
  for (const [key, value] of Object.entries(numbers)) {
    const day = key.slice(0, 10);
    // A day is over when the report was made on a later one, by the clock of that day's own zone.
    if (day < dayAt(report.computedAt, key)) byDay[day] = value;
    else partialDay = day;
  }
  return { byDay, partialDay };
}

/**
 * People at the first and at the last step of a saved funnel, all its days together.
 *
 * @throws ConnectorError `schema_drift` for any other type of report, a funnel by day among them
 */
export function funnelEnds(report: SavedReport): FunnelEnds {
  return endsOf(totalOf(onlySeries(report, 'a funnel')));
}

/**
 * The same by the day of entry, where the report shows its conversion over time; null where it adds its days up.
 *
 * @throws ConnectorError as `funnelEnds` does; `config` for a report by week or month
 */
export function funnelTrend(report: SavedReport): Record<string, FunnelEnds> | null {
  const funnel = totalOf(onlySeries(report, 'a funnel'));
  const dated = z.record(dateKey, z.unknown()).safeParse(funnel);
  if (!dated.success || Object.keys(dated.data).length === 0) return null;
  refuseUnlessDaily(Object.keys(dated.data));
  return Object.fromEntries(
    Object.entries(dated.data).map(([key, steps]) => [key.slice(0, 10), endsOf(totalOf(steps))]),
  );
}

function endsOf(funnel: unknown): FunnelEnds {
  const { count } = parsed('a saved funnel', z.object({ count: stepsSchema }), funnel);
  const inOrder = Object.entries(count).toSorted(([left], [right]) => stepNumber(left) - stepNumber(right));
  const [first, last] = [inOrder.at(0), inOrder.at(-1)];
  if (first === undefined || last === undefined || inOrder.length < 2) throw notUnderstood('a saved funnel');
  return { numerator: last[1].all, denominator: first[1].all };
}

/**
 * The cohorts of a saved retention by day, of one segment or of all people.
 *
 * @throws ConnectorError `schema_drift` for any other type of report
 */
export function retentionCohorts(report: SavedReport, segment: string = OVERALL): Record<string, Cohort> {
  const series = onlySeries(report, 'a retention');
  const isSplit = Object.hasOwn(series, OVERALL);
  const of = isSplit || segment !== OVERALL ? series[segment] : series;
  const cohorts = parsed('a saved retention', cohortsSchema, of);
  return Object.fromEntries(
    Object.entries(cohorts)
      .filter(([key]) => key !== AVERAGE)
      .map(([key, cohort]) => [key.slice(0, 10), parsed('a saved retention', cohortSchema, cohort)]),
  );
}

/**
 * What the report measures, without what it measured: a colleague who edits the report in Mixpanel changes it. Names of
 * series and headers, since the answer says no more about the question.
 */
export function reportDigest({ headers, series }: Pick<SavedReport, 'headers' | 'series'>): string {
  const names = Object.keys(series).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([headers, names]))
    .digest('hex');
}

function refuseUnlessDaily(keys: readonly string[]): void {
  const days = keys.map((key) => key.slice(0, 10)).toSorted();
  if (days.every((day, index) => index === 0 || day === shiftDay(days[index - 1] ?? '', 1))) return;
  const hint = 'Set the unit of the report to Day in Mixpanel and save it.';
  throw settingError('report_not_by_day', 'The saved report does not have one number for each day.', hint);
}

function seriesOf({ series }: SavedReport, name: string): unknown {
  if (!Object.hasOwn(series, name)) throw notUnderstood(`a saved report: it has no series of that name now`);
  return series[name];
}

function onlySeries({ series }: SavedReport, what: string): Record<string, unknown> {
  const [only, ...others] = Object.values(series);
  if (others.length > 0) throw notUnderstood(`${what}: it has several series`);
  return parsed(what, z.record(z.string(), z.unknown()), only);
}

/** A split series has its total beside its segments. */
function totalOf(series: unknown): unknown {
  const split = z.object({ [OVERALL]: z.unknown() }).safeParse(series);
  return split.success && split.data[OVERALL] !== undefined ? split.data[OVERALL] : series;
}

function parsed<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  return parseAnswer('Mixpanel', what, schema, value);
}

function notUnderstood(what: string) {
  return driftError('Mixpanel', what, '/series');
}

/** "10. Purchase" comes after "9. Cart". */
function stepNumber(key: string): number {
  return Number.parseInt(key, 10);
}

/** The day of an instant at the offset that a key carries; a bare day is taken as UTC. */
function dayAt(instant: string, key: string): string {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(key.slice(10));
  const [, sign = '+', hours = '0', minutes = '0'] = offset ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 10);
}
