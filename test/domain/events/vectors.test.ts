import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import type { MetricWindow } from '../../../src/domain/catalog/types.ts';
import { addDays } from '../../../src/domain/day.ts';
import { eventMetrics } from '../../../src/domain/events/catalog.ts';
import { measure, metricOf } from './measure.ts';

/** Published worked examples of other tools and hand calculations; the code below only renames their fields. */
const instant = z.string().transform((text) => new Date(text));
const input = z.object({
  events: z
    .array(
      z.object({
        userId: z.string(),
        event: z.string(),
        time: instant,
        properties: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .optional(),
  sessions: z.array(z.object({ userId: z.string(), start: instant, end: instant })).optional(),
  views: z
    .array(z.object({ userId: z.string(), contentId: z.string(), seconds: z.number(), time: instant }))
    .optional(),
  content: z.array(z.object({ id: z.string(), releasedAt: instant })).optional(),
  merchants: z.array(z.object({ id: z.string(), sessions: z.number(), orders: z.number() })).optional(),
});
const days = { start: z.string(), end: z.string(), timeZone: z.string() };
const vector = z.object({
  id: z.string(),
  description: z.string(),
  metric: z.string(),
  params: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.tuple([z.number(), z.number()])]),
  ),
  window: z.discriminatedUnion('type', [
    z.object({ type: z.literal('period'), ...days }),
    z.object({ type: z.literal('cohort'), ...days, asOf: instant }),
  ]),
  input,
  expected: z.union([
    z.object({ value: z.number(), unit: z.string(), tolerance: z.number() }),
    z.object({ value: z.null(), unit: z.string(), reason: z.string() }),
  ]),
});
function vectorsOf(suite: string) {
  const url = new URL(`../../vectors/${suite}.json`, import.meta.url);
  const file = z
    .object({ vectors: z.array(z.looseObject({ metric: z.string() })) })
    .parse(JSON.parse(readFileSync(url, 'utf8')));
  const own = new Set(eventMetrics.map(({ key }) => key));
  return file.vectors.filter(({ metric }) => own.has(metric)).map((found) => vector.parse(found));
}

function windowOf({ window }: z.infer<typeof vector>): MetricWindow {
  const { start: startDay, timeZone } = window;
  const endDay = addDays(window.end, 1); // theirs is the last day
  return window.type === 'cohort'
    ? { kind: 'cohort', startDay, endDay, timeZone, asOfAt: window.asOf }
    : { kind: 'period', startDay, endDay, timeZone };
}

function recordsOf({ input }: z.infer<typeof vector>): RecordSets {
  const { events, sessions, views, content, merchants } = input;
  return {
    ...(events && { events: events.map(({ time, ...event }) => ({ ...event, id: null, at: time })) }),
    ...(sessions && {
      sessions: sessions.map(({ userId, start, end }) => ({ userId, startAt: start, endAt: end })),
    }),
    ...(views && { views: views.map(({ time, ...view }) => ({ ...view, at: time })) }),
    ...(content && { content }),
    ...(merchants && { merchants }),
  };
}

const suites = { funnel: 17, retention: 20, engagement: 9, satisfaction: 1 };
const all = Object.keys(suites).flatMap((suite) => vectorsOf(suite));

it.each(all)('$id $metric: $description', (vector) => {
  const { expected } = vector;
  const measured = measure(vector.metric, vector.params, windowOf(vector), recordsOf(vector));
  expect(metricOf(vector.metric).unit.name).toBe(expected.unit);
  if (expected.value === null) {
    expect(measured).toMatchObject({ value: null, reason: expected.reason });
    return;
  }
  expect(Math.abs((measured.value ?? Number.NaN) - expected.value)).toBeLessThanOrEqual(expected.tolerance);
});

it.each(Object.entries(suites))('leaves out no %s vector about what people did', (suite, atLeast) => {
  expect(vectorsOf(suite).length).toBeGreaterThanOrEqual(atLeast);
});
