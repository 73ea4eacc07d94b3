import { z } from 'zod';
import {
  budgetUseSchema,
  exchangeSchema,
  goalSchema,
  metricKindSchema,
  previewSchema,
  reasonSchema,
  statusSchema,
  unitSchema,
  warningsSchema,
} from '../contract.ts';
import type { Route } from '../route.ts';
import { ruleShape } from './alerting-row.ts';
import { aggregateSchema, baselineRuleSchema } from './definition-row.ts';
import { amount, reference, timeZone } from './fields.ts';

/** What a Key Result would be on a metric that is not bound to it, and may not even be saved. */

const day = z.string();
const params = z.record(z.string().max(100), z.unknown()).default({});

export const bindingPreviewRequestSchema = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('metric'), metric: reference }),
    /** The metric of the catalogue that the Key Result means, on a connection. */
    z.strictObject({
      kind: z.literal('meaning'),
      connection: reference,
      metric: reference.nullable().default(null),
      params,
    }),
    z.strictObject({
      kind: z.literal('connector'),
      connection: reference,
      metric: z.string().min(1).max(100),
      params,
      timeZone: timeZone.optional(),
    }),
  ]),
  /** Another start than the one that would be captured; null: as it would be. */
  baseline: z
    .union([z.strictObject({ value: amount }), z.strictObject({ rule: baselineRuleSchema })])
    .nullable()
    .default(null),
  /** When it would have spoken over the days that are shown. */
  rule: z
    .strictObject({
      forEvaluations: ruleShape.forEvaluations,
      keepFiringEvaluations: ruleShape.keepFiringEvaluations,
      sensitivity: ruleShape.sensitivity,
    })
    .nullable()
    .default(null),
  /** Asks the source anew; otherwise what it said a few minutes ago is looked at again. */
  again: z.boolean().default(false),
});

const standingSchema = z.object({
  status: statusSchema,
  reason: reasonSchema,
  asOfDay: day.nullable(),
  currentValue: z.number().nullable(),
  startValue: z.number().nullable(),
  targetValue: z.number().nullable(),
  progress: z.number().nullable(),
  expected: z.number().nullable(),
});
const goalDays = z.array(z.object({ day, value: z.number().nullable(), expected: z.number().nullable() }));

/** Nothing is stored: coverage first, then the result, then problems. */
export const bindingPreviewSchema = z.object({
  coverage: previewSchema.shape.coverage.extend({ dataThroughDay: day.nullable() }),
  metric: z.object({
    /** Null: it is not saved yet. */
    key: z.string().nullable(),
    title: z.string(),
    connectionKey: z.string().nullable(),
    /** The connector's name for it; empty where there is none. */
    metric: z.string(),
    /** With the defaults written out. */
    params: z.record(z.string(), z.unknown()),
    kind: metricKindSchema,
    unit: unitSchema,
    currency: z.string().nullable(),
    timeZone,
    settlesAfterHours: z.number(),
    rereadDays: z.number(),
    history: z.enum(['backfill', 'from_now']),
  }),
  /** How the Key Result would compare the points; null: the latest one. */
  aggregate: aggregateSchema.nullable(),
  /** False: the metric looks at other days than the Key Result was read as. */
  sameWindow: z.boolean(),
  current: previewSchema.shape.current,
  points: previewSchema.shape.points,
  completeness: previewSchema.shape.completeness.nullable(),
  /** Empty for what is collected already: then nothing was asked. */
  requests: z.array(exchangeSchema),
  quota: z.object({
    /** What this look has used up; null where the provider counts nothing, or nothing was asked. */
    spent: z.object({ calls: z.number().int(), tokens: z.number().int() }).nullable(),
    budgets: z.array(budgetUseSchema),
  }),
  cycle: z.object({ startDay: day, endDay: day, timeZone, today: day }),
  /** Null where saving would be refused: `problems` say why. */
  standing: standingSchema.extend({ goal: goalSchema, days: goalDays }).nullable(),
  /** What would be captured as the start, and from which days; null where nothing would be. */
  baseline: z
    .object({
      value: z.number(),
      rule: z.enum(['as_compared', 'last_value', 'trailing_mean']),
      /** `[startDay, endDay)`. */
      startDay: day,
      endDay: day,
      observations: z.number().int(),
    })
    .nullable(),
  /** The same goal over as many days right before the cycle; null where they are not measured. */
  earlier: z
    .object({
      startDay: day,
      endDay: day,
      measuredDays: z.number().int(),
      /** What it stood at when the period began and when it ended. */
      startValue: z.number().nullable(),
      endValue: z.number().nullable(),
      standing: standingSchema,
      days: goalDays,
    })
    .nullable(),
  trial: z
    .object({
      fromDay: day,
      throughDay: day,
      alerts: z.array(
        z.object({
          period: z.enum(['earlier', 'cycle']),
          firedDay: day,
          /** Null: it never ended. */
          resolvedDay: day.nullable(),
          /** Whether the goal was missed in the end; null while that is open. */
          rightly: z.boolean().nullable(),
          daysAhead: z.number().int(),
        }),
      ),
    })
    .nullable(),
  /** Why saving would be refused (`goal_invalid` and the like), or what to look at twice. */
  problems: z.array(z.object({ code: z.string(), detail: z.string() })),
  warnings: warningsSchema,
});

export const bindingRoutes = {
  previewBinding: {
    method: 'POST',
    path: '/api/v1/key-results/:id/binding-previews',
    access: 'edit',
    body: bindingPreviewRequestSchema,
    status: 200,
    answer: bindingPreviewSchema,
  },
} as const satisfies Record<string, Route>;

export type BindingPreviewView = z.infer<typeof bindingPreviewSchema>;
