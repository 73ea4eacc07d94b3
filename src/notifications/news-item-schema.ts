import { z } from 'zod';

const number = z.number().nullable();
const share = z.number().min(0).max(1);
const id = z.string().min(1).max(300);
const text = z.string().max(4_000);
const day = z.iso.date();
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const link = z.url({ protocol: /^https?$/ });

const MAX_POINTS = 400;
const MAX_INITIATIVES = 100;
const MAX_NAMED_KEY_RESULTS = 10;

const event = z.enum([
  'key_result.off_track',
  'key_result.still_off_track',
  'key_result.got_worse',
  'key_result.recovered',
  'key_result.achieved',
  'key_result.missed',
  'key_result.check_in_due',
  'key_result.no_data',
  'key_result.data_back',
  'connection.no_data',
  'connection.data_back',
  'connection.failing',
  'connection.working',
]);

/** Absent in what was written before there were any. */
const titles = z.strictObject({ en: text.optional(), 'zh-CN': text.optional() }).optional();
const named = { id, key: id, title: text, owner: text.nullable() };
const subject = z.discriminatedUnion('kind', [
  z.strictObject({
    ...named,
    kind: z.literal('key_result'),
    titles,
    objective: z.strictObject({ id, title: text, titles }).nullable(),
  }),
  z.strictObject({
    ...named,
    kind: z.literal('connection'),
    keyResults: z.array(z.strictObject({ key: id, title: text, titles })).max(MAX_NAMED_KEY_RESULTS),
    keyResultCount: count,
  }),
]);

const unit = z.union([
  z.enum(['count', 'ratio', 'duration', 'money', 'rating', 'score']),
  z.templateLiteral(['custom:', z.string()]),
]);

const chart = z.strictObject({
  startDay: day,
  endDay: day,
  today: day,
  target: number,
  bounds: z.strictObject({ lower: number, upper: number }).nullable(),
  points: z.array(z.tuple([day, number, number, z.boolean()])).max(MAX_POINTS),
  forecast: z
    .strictObject({
      asOfDay: day,
      days: z.array(z.tuple([day, z.number(), z.number(), z.number()])).max(MAX_POINTS),
    })
    .nullable(),
  initiatives: z
    .array(z.strictObject({ title: text, startDay: day, endDay: day.nullable() }))
    .max(MAX_INITIATIVES),
});

/** One piece of news; see `src/app/news.ts` for what the fields mean. A field that is not known here is refused. */
export const newsItemSchema = z.strictObject({
  alertId: id.nullable(),
  event,
  severity: z.enum(['info', 'warning', 'critical']),
  at: instant,
  sinceDay: day.nullable(),
  subject,
  numbers: z
    .strictObject({
      current: number,
      start: number,
      target: number,
      unit,
      currency: z.string().max(10).nullable(),
      progress: number,
      expected: number,
    })
    .nullable(),
  chance: z.strictObject({ now: share, weekAgo: share.nullable() }).nullable(),
  forecast: z
    .strictObject({
      deadlineDay: day,
      p10: z.number(),
      p50: z.number(),
      p90: z.number(),
      needed: number,
      recent: number,
      step: z.enum(['hour', 'day', 'week', 'month']),
    })
    .nullable(),
  reason: z.strictObject({
    code: z.string().min(1).max(100),
    values: z.record(z.string(), z.union([z.string().max(4_000), z.number(), z.null()])),
  }),
  rule: z
    .strictObject({
      by: z.enum(['chance', 'pace']),
      fireBelow: share,
      clearAbove: share,
      forEvaluations: count,
      keepFiringEvaluations: count,
    })
    .nullable(),
  data: z.strictObject({
    state: z.string().max(100),
    throughDay: day.nullable(),
    fetchedAt: instant.nullable(),
  }),
  chart: chart.nullable(),
  sandbox: z.boolean(),
  links: z.strictObject({ open: link, acknowledge: link.nullable(), snooze: link.nullable() }),
});
