import { z } from 'zod';
import {
  keyResultRowSchema,
  list,
  metricSchema,
  namedMetricSchema,
  reasonSchema,
  statusSchema,
} from '../contract.ts';
import type { Route } from '../route.ts';
import {
  aggregateSchema,
  baselineRuleSchema,
  baselineSchema,
  metricVersionSchema,
  overrideSchema,
} from './definition-row.ts';
import { amount, day, key, reference, titles } from './fields.ts';

/** Baselines, overrides, guards, formulas, and definitions that change in the middle of a cycle. */

const reasonGiven = z.string().trim().min(3, 'a reason says why, in a few words').max(1000);
const unit = z.string().min(1).max(60);
const formula = z.string().trim().min(1).max(8_000);

export const setBaselineSchema = z.union([
  z.strictObject({ value: amount, reason: reasonGiven }),
  /** Forgets the start and captures it again, by another rule if one is given. */
  z.strictObject({ recapture: z.literal(true), rule: baselineRuleSchema.optional(), reason: reasonGiven }),
]);
export const baselineHistorySchema = z.object({
  keyResult: z.string(),
  unit: z.string(),
  currency: z.string().nullable(),
  /** What progress is measured from now; null while it waits to be captured. */
  startValue: z.number().nullable(),
  /** The rule that was chosen; null: the one that fits what is compared. */
  rule: baselineRuleSchema.nullable(),
  /** Newest first; the first is in use, unless the start was given when the Key Result was made. */
  baselines: z.array(baselineSchema),
});
export const overrideRequestSchema = z.strictObject({
  value: amount,
  /** Absent: today, in the zone of the cycle. */
  fromDay: day.optional(),
  /** The last day. An override does not last for ever. */
  untilDay: day,
  reason: reasonGiven,
});
export const setGuardSchema = z.strictObject({
  metric: reference,
  operator: z.enum(['at_least', 'at_most']),
  /** Null: what the metric was when the cycle began. */
  bound: amount.nullable().default(null),
  aggregate: aggregateSchema.nullable().default(null),
});
export const createFormulaSchema = z.strictObject({
  key,
  title: z.string().trim().min(1).max(200).optional(),
  formula,
  /** For a result that has no unit of its own, such as `custom:tickets per user`. */
  unit: unit.optional(),
});
export const changeMetricSchema = z.strictObject({
  /** Those that change; null takes one away. */
  params: z.record(z.string().max(100), z.unknown()).optional(),
  timeZone: z.string().min(1).max(64).optional(),
  formula: formula.optional(),
  unit: unit.nullable().optional(),
  reason: reasonGiven,
});
export const withdrawSchema = z.strictObject({ reason: reasonGiven });
export const acceptSchema = z.strictObject({
  /** The version that was looked at: another one is not accepted in its place. */
  version: z.number().int().optional(),
  /** Captures the baseline again from the new series; otherwise the frozen one stays. */
  recapture: z.boolean().default(false),
});

const jumpShape = {
  old: z.number(),
  new: z.number(),
  difference: z.number(),
  /** A fraction of the old value; null when that is zero. */
  percent: z.number().nullable(),
};
const standingSchema = z.object({
  status: statusSchema,
  reason: reasonSchema,
  asOfDay: z.string().nullable(),
  currentValue: z.number().nullable(),
  startValue: z.number().nullable(),
  targetValue: z.number().nullable(),
  progress: z.number().nullable(),
  expected: z.number().nullable(),
});
export const definitionChangeSchema = z.object({
  keyResult: z.object({
    id: z.string(),
    key: z.string(),
    title: z.string(),
    titles,
    owner: z.string().nullable(),
  }),
  metric: z.object({
    key: z.string(),
    title: z.string(),
    unit: z.string(),
    currency: z.string().nullable(),
  }),
  from: metricVersionSchema.omit({ createdAt: true, retiredAt: true }),
  to: metricVersionSchema.omit({ createdAt: true, retiredAt: true }),
  reason: z.string().nullable(),
  changedAt: z.iso.datetime({ offset: true }).nullable(),
  /** On the newest day that has settled in both. */
  jump: z.object({ day: z.string(), ...jumpShape }).nullable(),
  /** The means over the settled days that both have. */
  overlap: z
    .object({
      days: z.number().int(),
      differing: z.number().int(),
      startDay: z.string(),
      endDay: z.string(),
      ...jumpShape,
    })
    .nullable(),
  /** Both series, day by day; null is "no value", with its reason. */
  days: z.array(
    z.object({
      day: z.string(),
      old: z.number().nullable(),
      new: z.number().nullable(),
      oldReason: z.string().nullable(),
      newReason: z.string().nullable(),
      settled: z.boolean(),
    }),
  ),
  /** A start that was captured on the old version: it stays, unless the acceptance captures it again. */
  baseline: z.number().nullable(),
  /** How it stands. */
  onOld: standingSchema.nullable(),
  /** How it would stand on the new version; null when it cannot, and `problem` says why. */
  onNew: standingSchema.nullable(),
  problem: z.string().nullable(),
});

export const definitionRoutes = {
  listBaselines: {
    method: 'GET',
    path: '/api/v1/key-results/:id/baselines',
    access: 'view',
    status: 200,
    answer: baselineHistorySchema,
  },
  setBaseline: {
    method: 'POST',
    path: '/api/v1/key-results/:id/baselines',
    access: 'edit',
    body: setBaselineSchema,
    status: 201,
    answer: baselineHistorySchema,
  },
  overrideValue: {
    method: 'POST',
    path: '/api/v1/key-results/:id/overrides',
    access: 'edit',
    body: overrideRequestSchema,
    status: 201,
    answer: overrideSchema,
  },
  /** `current` is the one in force, else the next. */
  endOverride: {
    method: 'DELETE',
    path: '/api/v1/key-results/:id/overrides/:override',
    access: 'edit',
    status: 200,
    answer: overrideSchema,
  },
  setGuard: {
    method: 'PUT',
    path: '/api/v1/key-results/:id/guard',
    access: 'edit',
    body: setGuardSchema,
    status: 200,
    answer: keyResultRowSchema,
  },
  removeGuard: {
    method: 'DELETE',
    path: '/api/v1/key-results/:id/guard',
    access: 'edit',
    status: 200,
    answer: keyResultRowSchema,
  },
  createFormula: {
    method: 'POST',
    path: '/api/v1/metrics/formulas',
    access: 'edit',
    body: createFormulaSchema,
    status: 201,
    answer: metricSchema,
  },
  changeMetric: {
    method: 'POST',
    path: '/api/v1/metrics/:id/versions',
    access: 'edit',
    body: changeMetricSchema,
    status: 201,
    answer: namedMetricSchema,
  },
  listVersions: {
    method: 'GET',
    path: '/api/v1/metrics/:id/versions',
    access: 'view',
    status: 200,
    answer: list(metricVersionSchema),
  },
  withdrawVersion: {
    method: 'POST',
    path: '/api/v1/metrics/:id/withdrawals',
    access: 'edit',
    body: withdrawSchema,
    status: 201,
    answer: metricSchema,
  },
  listDefinitionChanges: {
    method: 'GET',
    path: '/api/v1/definition-changes',
    access: 'view',
    status: 200,
    answer: list(definitionChangeSchema),
  },
  getDefinitionChange: {
    method: 'GET',
    path: '/api/v1/key-results/:id/definition-change',
    access: 'view',
    status: 200,
    answer: definitionChangeSchema,
  },
  acceptDefinition: {
    method: 'POST',
    path: '/api/v1/key-results/:id/acceptances',
    access: 'edit',
    body: acceptSchema,
    status: 201,
    answer: keyResultRowSchema,
  },
} as const satisfies Record<string, Route>;

export type BaselineHistoryView = z.infer<typeof baselineHistorySchema>;
export type OverrideView = z.infer<typeof overrideSchema>;
export type DefinitionChangeView = z.infer<typeof definitionChangeSchema>;
export type MetricVersionView = z.infer<typeof metricVersionSchema>;
