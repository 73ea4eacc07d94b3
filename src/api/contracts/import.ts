import { z } from 'zod';
import { aggregateSchema, goalSchema, keyResultRowSchema, warningsSchema } from '../contract.ts';
import type { Route } from '../route.ts';
import { paramValueSchema, windowRuleSchema } from './catalog.ts';
import { reference } from './fields.ts';

/**
 * Objectives and Key Results out of pasted text, in Chinese or English. Every sentence that Tidemark says about a draft
 * comes in both languages; codes are stable and may grow.
 */

/** Never part of what was written: Tidemark's own words. */
const bilingual = z.object({ en: z.string(), zh: z.string() });
const values = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
/** Where a draft begins: its line, and where several stand on one line, `12.2` for the second of them. */
const place = z
  .union([
    z.number().int().positive(),
    z.string().regex(/^\d{1,6}(\.\d{1,3})?$/, 'a line is written 12 or 12.2'),
  ])
  .transform(String);

export const proposedMetricSchema = z.object({
  /** Of the catalogue. */
  key: z.string(),
  title: bilingual,
  /** Only what the text says or its owner must see; the rest is as the catalogue has it. */
  params: z.record(z.string(), paramValueSchema),
  window: windowRuleSchema,
  aggregate: aggregateSchema.nullable(),
});
export const draftSchema = z.object({
  at: z.string(),
  line: z.number().int(),
  lastLine: z.number().int(),
  /** As it is written, without its bullet, number and label. */
  text: z.string(),
  /** Of a row of a table: the sentence that its cells were read as. */
  readAs: z.string().nullable(),
  label: z.string().nullable(),
  language: z.enum(['en', 'zh']),
  form: z.enum(['binary', 'count', 'absolute', 'relative', 'milestone', 'recurring', 'threshold']),
  recurring: z.boolean(),
  direction: z.enum(['up', 'down', 'hold']),
  /** As written: percent 0 to 100, money in major units, durations in `unitWords`. `goal` has the stored values. */
  start: z.number().nullable(),
  target: z.number().nullable(),
  range: z.object({ lower: z.number(), upper: z.number() }).nullable(),
  /** Signed; percent or percentage points, as `relativeIn` says. */
  relative: z.number().nullable(),
  relativeIn: z.enum(['percent', 'points']).nullable(),
  unit: z.string(),
  unitWords: z.string().nullable(),
  currency: z.string().nullable(),
  period: z.enum(['day', 'week', 'month', 'quarter', 'year', 'sprint', 'release']).nullable(),
  /** The last day on which the promise can be kept. */
  deadline: z.object({ text: z.string(), day: z.string().nullable() }).nullable(),
  goalKind: z.enum(['reach', 'change', 'accumulate', 'guardrail', 'milestone', 'recurring']),
  /** Null while a question is open, or when `problems` says why there cannot be one. */
  goal: goalSchema.nullable(),
  metric: proposedMetricSchema.nullable(),
  stage: z.string().nullable(),
  aarrr: z.enum(['acquisition', 'activation', 'retention', 'referral', 'revenue']).nullable(),
  tracking: z.enum(['automatic', 'automatic_after_a_choice', 'counted_when_tagged', 'check_in']),
  /** What was decided for the owner, one sentence each. */
  assumptions: z.array(z.object({ code: z.string(), values, text: bilingual })),
  question: z
    .object({
      code: z.string(),
      text: bilingual,
      options: z.array(z.object({ id: z.string(), label: bilingual })),
    })
    .nullable(),
  problems: z.array(z.object({ code: z.string(), text: bilingual })),
});
export const initiativeDraftSchema = z.object({
  line: z.number().int(),
  lastLine: z.number().int(),
  text: z.string(),
  language: z.enum(['en', 'zh']),
});
export const draftsSchema = z.object({
  cycle: z
    .object({ key: z.string(), startDay: z.string(), endDay: z.string(), timeZone: z.string() })
    .nullable(),
  counts: z.object({
    objectives: z.number().int(),
    keyResults: z.number().int(),
    initiatives: z.number().int(),
    questions: z.number().int(),
    problems: z.number().int(),
    notUnderstood: z.number().int(),
  }),
  objectives: z.array(
    z.object({
      line: z.number().int(),
      lastLine: z.number().int(),
      title: z.string(),
      label: z.string().nullable(),
      language: z.enum(['en', 'zh']),
      /** The heading that it stands under. */
      phase: z.string().nullable(),
      stage: z.string().nullable(),
      keyResults: z.array(draftSchema),
      initiatives: z.array(initiativeDraftSchema),
    }),
  ),
  /** Those that stand outside of any objective. */
  keyResults: z.array(draftSchema),
  initiatives: z.array(initiativeDraftSchema),
  notUnderstood: z.array(
    z.object({ line: z.number().int(), text: z.string(), why: z.string(), reason: bilingual }),
  ),
  ignored: z.array(z.object({ line: z.number().int(), text: z.string(), as: z.string() })),
  /** Every line that is not blank, once, in order. */
  lines: z.array(z.object({ line: z.number().int(), as: z.string() })),
  /** What could make it better; `at` is the line of what it is about. */
  hints: z.array(z.object({ code: z.string(), values, text: bilingual, at: z.string().nullable() })),
});

/** The API takes bodies of 256 KiB; the text itself may have 200. */
const text = z.string().min(1, 'there is no text').max(220_000);

export const readTextSchema = z.strictObject({
  text,
  /** Key or id; absent: the cycle that today lies in. */
  cycle: reference.nullable().default(null),
});
export const importTextSchema = z.strictObject({
  text,
  cycle: reference,
  /** Where Key Results go that stand outside of any objective. */
  objective: reference.nullable().default(null),
  answers: z
    .array(z.strictObject({ line: place, option: reference }))
    .max(500)
    .default([]),
  /** Another metric of the catalogue than the proposed one. */
  metrics: z
    .array(z.strictObject({ line: place, metric: reference }))
    .max(500)
    .default([]),
  /** Only these lines; absent: everything. */
  only: z.array(place).min(1).max(2000).nullable().default(null),
  /** Measured from the start: the proposed metric, on this connection. */
  bindings: z
    .array(
      z.strictObject({
        line: place,
        connection: reference,
        /** The connector's name for it, where it has several that mean the same. */
        metric: reference.nullable().default(null),
        /** Under the connector's names. */
        params: z.record(z.string().max(100), z.unknown()).default({}),
      }),
    )
    .max(500)
    .default([]),
});
const savedMetric = z.object({ key: z.string(), title: z.string(), connectionKey: z.string() });
export const importedSchema = z.object({
  cycle: z.object({ key: z.string() }),
  /** `created` false: it was there, and has Key Results added. */
  objectives: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      line: z.number().int(),
      created: z.boolean(),
    }),
  ),
  keyResults: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      at: z.string(),
      objectiveKey: z.string(),
      goal: goalSchema,
      unit: z.string(),
      currency: z.string().nullable(),
      tracking: z.string(),
      /** The metric that it is bound to. */
      metric: savedMetric.nullable(),
      /** `same_meaning`: to the one metric of the workspace that has this very definition. */
      boundBy: z.enum(['asked', 'same_meaning']).nullable(),
      /** False: the metric looks at other days than the text was read as. */
      sameWindow: z.boolean(),
      warnings: warningsSchema,
      /** The metric of the catalogue that it means. */
      means: z.string().nullable(),
      /** Connections that can measure it, and what each has to be told. */
      measurable: z.array(
        z.object({ connectionKey: z.string(), metric: z.string(), required: z.array(z.string()) }),
      ),
    }),
  ),
  initiatives: z.array(z.object({ title: z.string(), line: z.number().int(), keyResultKey: z.string() })),
  /** Those that were made for it; their history is being read. */
  metrics: z.array(savedMetric),
  notUnderstood: draftsSchema.shape.notUnderstood,
  /** Initiatives without a Key Result to belong to. */
  leftOut: z.array(z.object({ line: z.number().int(), text: z.string() })),
});
export const measureSchema = z.strictObject({
  connection: reference,
  metric: reference.nullable().default(null),
  params: z.record(z.string().max(100), z.unknown()).default({}),
});
export const measuredSchema = z.object({
  keyResult: keyResultRowSchema,
  metric: savedMetric,
  /** Whether the metric was made for it. */
  created: z.boolean(),
  sameWindow: z.boolean(),
  warnings: warningsSchema,
});

export const importRoutes = {
  readTextDrafts: {
    method: 'POST',
    path: '/api/v1/imports/text/drafts',
    access: 'view',
    body: readTextSchema,
    status: 200,
    answer: draftsSchema,
  },
  importText: {
    method: 'POST',
    path: '/api/v1/imports/text',
    access: 'edit',
    body: importTextSchema,
    status: 201,
    answer: importedSchema,
  },
  measureKeyResult: {
    method: 'POST',
    path: '/api/v1/key-results/:id/measurements',
    access: 'edit',
    body: measureSchema,
    status: 201,
    answer: measuredSchema,
  },
} as const satisfies Record<string, Route>;

export type DraftsView = z.infer<typeof draftsSchema>;
export type DraftView = z.infer<typeof draftSchema>;
export type ImportedView = z.infer<typeof importedSchema>;
