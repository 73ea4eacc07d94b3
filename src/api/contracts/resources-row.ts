import { z } from 'zod';
import { exchangeSchema, forecastSchema, goalSchema, paceCurveSchema } from '../contract.ts';
import { sensitivitySchema } from './alerting-row.ts';
import { aggregateSchema } from './definition-row.ts';
import { day, givenTitles, instant, key, name, reference, text, timeZone } from './fields.ts';

/** Changes of what was made, what is attached to it, and what was done. */

export const updateCycleSchema = z.strictObject({
  title: name.optional(),
  startDay: day.optional(),
  /** The day after the last one. */
  endDay: day.optional(),
  timeZone: timeZone.optional(),
});

export const updateKeyResultSchema = z.strictObject({
  title: name.optional(),
  /** All of them: a language that is not named has none any more. */
  titles: givenTitles.optional(),
  description: text(4000).optional(),
  owner: text(200).nullable().optional(),
  weight: z.number().positive().max(1e6).optional(),
  /** Key or id of another objective of the same cycle. */
  objective: reference.optional(),
  goal: goalSchema.optional(),
  paceCurve: paceCurveSchema.optional(),
  /** Null: the latest point. */
  aggregate: aggregateSchema.nullable().optional(),
  /** Why; kept beside the change, and told with the targets that there were. */
  reason: text(1000).optional(),
});

const initiativeState = z.enum(['open', 'done', 'dropped']);
/** Only what a browser opens as a page: no other kind of address stands behind a link. */
const link = z
  .url({ protocol: /^https?$/, error: 'a link begins with https:// or http://' })
  .max(2048)
  .nullable();
export const initiativeSchema = z.object({
  id: z.string(),
  keyResultId: z.string(),
  title: z.string(),
  startDay: day,
  /** The last day; null while it is open. */
  endDay: day.nullable(),
  state: initiativeState,
  url: z.string().nullable(),
});
export const createInitiativeSchema = z.strictObject({
  title: name,
  startDay: day,
  endDay: day.nullable().default(null),
  state: initiativeState.default('open'),
  url: link.default(null),
});
export const updateInitiativeSchema = z.strictObject({
  title: name.optional(),
  startDay: day.optional(),
  endDay: day.nullable().optional(),
  state: initiativeState.optional(),
  url: link.optional(),
});

export const bindingSchema = z.object({
  /** Of the Key Result: it has at most one binding. */
  id: z.string(),
  keyResultKey: z.string(),
  metricId: z.string(),
  metricKey: z.string(),
  metricVersionId: z.string(),
  version: z.number().int(),
  source: z.enum(['connector', 'values', 'check_in', 'formula']),
  /** Null where the metric is read on no connection. */
  connectionKey: z.string().nullable(),
});

export const renameMetricSchema = z
  .strictObject({ title: name.optional(), key: key.optional() })
  .refine((names) => names.title !== undefined || names.key !== undefined, {
    error: 'nothing would change: give title or key',
  });

export const changeAlertRuleSchema = z.strictObject({
  enabled: z.boolean().optional(),
  forEvaluations: z.number().int().min(1).max(60).optional(),
  keepFiringEvaluations: z.number().int().min(1).max(60).optional(),
  sensitivity: sensitivitySchema.optional(),
  repeatDays: z.number().int().min(1).max(92).nullable().optional(),
});

/** What is expected at the deadline, with how that was made. */
export const outlookSchema = z.object({
  keyResultId: z.string(),
  keyResultKey: z.string(),
  unit: z.string(),
  currency: z.string().nullable(),
  /** P(hit); null where nothing is forecast. */
  chance: z
    .object({
      asOfDay: day,
      /** What is acted upon; `latest` is the newest by itself. */
      smoothed: z.number(),
      latest: z.number(),
      weekAgo: z.number().nullable(),
      band: z.enum(['on_track', 'at_risk', 'off_track']),
    })
    .nullable(),
  forecast: forecastSchema.nullable(),
  /** Why there is none. */
  noForecast: z.enum(['not_evaluated', 'not_measured', 'no_model', 'no_target', 'little_history']).nullable(),
});

export const runEvidenceSchema = z.object({
  id: z.string(),
  runId: z.string(),
  recordedAt: instant,
  metricKey: z.string(),
  metricVersionId: z.string(),
  connectorVersion: z.string(),
  definitionHash: z.string(),
  windowStartDay: day,
  windowEndDay: day,
  attempt: z.number().int(),
  outcome: z.string(),
  error: z.object({ class: z.string(), message: z.string() }).nullable(),
  points: z.object({ read: z.number().int(), changed: z.number().int() }),
  completeness: z.object({
    pages: z.number(),
    items: z.number(),
    lastPageReached: z.boolean(),
    notes: z.array(z.string()),
  }),
  exchanges: z.array(exchangeSchema),
});

export const auditLineSchema = z.object({
  id: z.string(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  objectType: z.string(),
  objectId: z.string(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  /** Each line's hash covers the one before it. */
  previous: z.string(),
  hash: z.string(),
});
