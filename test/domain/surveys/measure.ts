import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { activityMetrics } from '../../../src/domain/activities/catalog.ts';
import { checkParams } from '../../../src/domain/catalog/params.ts';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import type { CatalogMetric, Measurement, MetricWindow } from '../../../src/domain/catalog/types.ts';
import { addDays } from '../../../src/domain/day.ts';
import { deliveryMetrics } from '../../../src/domain/delivery/catalog.ts';
import { surveyMetrics } from '../../../src/domain/surveys/catalog.ts';
import { ticketMetrics } from '../../../src/domain/tickets/catalog.ts';

const metrics: readonly CatalogMetric[] = [
  ...surveyMetrics,
  ...ticketMetrics,
  ...deliveryMetrics,
  ...activityMetrics,
];

/** A metric of these catalogues, with its defaults filled in; a window or a parameter that it does not have throws. */
export function measure(
  key: string,
  params: Record<string, unknown>,
  window: MetricWindow,
  records: RecordSets,
): Measurement {
  const metric = metrics.find((each) => each.key === key);
  if (metric === undefined || !metric.windows.includes(window.kind))
    throw new RangeError(`${key} is not defined over a window of kind "${window.kind}"`);
  const checked = checkParams(metric, params);
  if (!checked.ok) throw new RangeError(checked.problems.map(({ problem }) => problem).join(' '));
  return metric.compute(checked.params, window, records);
}

/** Days `[startDay, endDay)`. */
export const period = (startDay: string, endDay: string, timeZone = 'UTC'): MetricWindow => ({
  kind: 'period',
  startDay,
  endDay,
  timeZone,
});
export const march = period('2026-03-01', '2026-04-01');
export const snapshot = (day: string, timeZone = 'UTC'): MetricWindow => ({
  kind: 'snapshot',
  day,
  timeZone,
});

const at = z.coerce.date();
const timed = z.object({
  id: z.string(),
  respondentId: z.string(),
  score: z.union([z.number(), z.string()]),
  time: at,
});
const total = z.object({ average: z.number(), count: z.number() });
const input = z.object({
  responses: z.array(timed.transform(({ time, ...rest }) => ({ ...rest, at: time }))).optional(),
  countries: z.array(total.extend({ country: z.string() })).optional(),
  before: total.optional(),
  after: total.optional(),
  tickets: z
    .array(
      z.object({
        id: z.string(),
        requesterId: z.string(),
        createdAt: at,
        status: z.string(),
        mergedInto: z.string().nullable().default(null),
        tags: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  activeUsers: z.number().optional(),
  sprints: z
    .array(
      z.object({
        id: z.string(),
        state: z.enum(['future', 'active', 'closed']),
        completedAt: at.nullable(),
        completedPoints: z.number(),
      }),
    )
    .optional(),
  issues: z
    .array(
      z.object({
        id: z.string(),
        type: z.string(),
        createdAt: at,
        doneAt: at.nullable(),
        features: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  items: z.array(z.object({ id: z.string(), createdAt: at, doneAt: at.nullable() })).optional(),
  deploys: z.array(z.object({ startedAt: at, finishedAt: at.nullable(), conclusion: z.string() })).optional(),
  release: z.object({ version: z.string(), releasedAt: at }).optional(),
  bugs: z
    .array(z.object({ id: z.string(), createdAt: at, affectedVersion: z.string().nullable() }))
    .optional(),
  plans: z.array(z.object({ personId: z.string(), planned: z.number(), completed: z.number() })).optional(),
});

const timeZone = z.string();
const window = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), date: z.string(), timeZone }),
  z.object({ type: z.literal('period'), start: z.string(), end: z.string(), timeZone }),
  z.object({ type: z.literal('none') }),
]);
const vector = z.object({
  id: z.string(),
  description: z.string(),
  metric: z.string(),
  params: z.record(z.string(), z.unknown()),
  window,
  input,
  expected: z.union([
    z.object({ value: z.number(), unit: z.string(), tolerance: z.number() }),
    z.object({ value: z.null(), unit: z.string(), reason: z.string() }),
  ]),
});
type Vector = z.infer<typeof vector>;

/** The vectors of a file that ask for a metric of these catalogues. */
export function vectorsOf(file: string): Vector[] {
  const path = new URL(`../../vectors/${file}.json`, import.meta.url);
  const { vectors } = z
    .object({ vectors: z.array(z.looseObject({ metric: z.string() })) })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  const keys = new Set(metrics.map(({ key }) => key));
  return vectors.filter(({ metric }) => keys.has(metric)).map((each) => vector.parse(each));
}

/** The value with the unit that the catalogue says it is in, beside what the vector expects. */
export function answer({
  metric,
  params,
  window: given,
  input: found,
}: Vector): Measurement & { unit: string } {
  // The parser writes absent sets as undefined, which the domain reads as not given.
  const records = Object.fromEntries(
    Object.entries(found).filter(([, set]) => set !== undefined),
  ) as RecordSets;
  const measured = measure(metric, params, windowOf(given), records);
  return { ...measured, unit: metrics.find(({ key }) => key === metric)?.unit.name ?? '' };
}

function windowOf(given: Vector['window']): MetricWindow {
  switch (given.type) {
    case 'snapshot':
      return snapshot(given.date, given.timeZone);
    case 'period':
      return period(given.start, addDays(given.end, 1), given.timeZone);
    case 'none':
      return { kind: 'none' };
  }
}
