import { z } from 'zod';

/** What a row of the board says of a definition. Imports nothing of the contract, which is made of it. */

const day = z.string();

/** How points become the value that a reach or change goal compares. */
export const aggregateSchema = z.union([
  z.enum(['latest', 'sum', 'mean', 'last_complete_month']),
  z.strictObject({ trailingDays: z.number().int().min(1).max(180) }),
]);

/**
 * How a missing start is captured: as the newest value of the days before the cycle, as their mean, or as the value that
 * the Key Result compares was at the close of the day before.
 */
export const baselineRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('as_compared') }),
  z.strictObject({ kind: z.literal('last_value'), days: z.number().int().min(1).max(180) }),
  z.strictObject({ kind: z.literal('trailing_mean'), days: z.number().int().min(1).max(180) }),
]);

/** A counter-metric that must not worsen. It never changes the progress, and is shown beside it. */
export const guardSchema = z.object({
  metricKey: z.string(),
  metricTitle: z.string(),
  unit: z.string(),
  currency: z.string().nullable(),
  operator: z.enum(['at_least', 'at_most']),
  /** Inclusive, in the unit of its own metric; null until the value at the start of the cycle is known. */
  bound: z.number().nullable(),
  aggregate: aggregateSchema,
  state: z.enum(['kept', 'broken', 'unknown']),
  currentValue: z.number().nullable(),
  asOfDay: day.nullable(),
  /** Why it is unknown. */
  reason: z
    .object({
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      text: z.string(),
    })
    .nullable(),
});

export const definitionRowShape = {
  /** In the progress of its objective. */
  weight: z.number(),
  guard: guardSchema.nullable(),
  /** An owner's value that stands in for the automatic one at present. */
  override: z.object({ id: z.string(), value: z.number(), fromDay: day, untilDay: day }).nullable(),
  /** What it was read from, and what was assumed then. */
  definition: z
    .object({
      text: z.string().nullable(),
      stage: z.string().nullable(),
      metric: z.string().nullable(),
      params: z.record(z.string(), z.unknown()),
      assumptions: z.array(
        z.object({
          code: z.string(),
          values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
        }),
      ),
    })
    .nullable(),
  /** A newer version of its metric, which changes nothing until the owner accepts it. */
  newDefinition: z.object({ version: z.number().int(), reason: z.string().nullable() }).nullable(),
};

const instant = z.iso.datetime({ offset: true });

export const baselineSchema = z.object({
  id: z.string(),
  value: z.number(),
  rule: z.enum(['as_compared', 'last_value', 'trailing_mean', 'stated']),
  /** `[startDay, endDay)`; empty for a stated one. */
  startDay: day,
  endDay: day,
  observations: z.number().int(),
  capturedAt: instant,
  /** Both null for a captured one. */
  overriddenBy: z.string().nullable(),
  reason: z.string().nullable(),
  evidence: z.object({
    metric: z.string().nullable(),
    metricVersionId: z.string().nullable(),
    definitionHash: z.string().nullable(),
    aggregate: aggregateSchema.nullable(),
    /** As they were when it was captured, whatever became of the series since. */
    points: z.array(
      z.object({
        day,
        revision: z.number().int(),
        value: z.number().nullable(),
        numerator: z.number().nullable(),
        denominator: z.number().nullable(),
      }),
    ),
  }),
});

export const overrideSchema = z.object({
  id: z.string(),
  value: z.number(),
  fromDay: day,
  untilDay: day,
  reason: z.string(),
  author: z.string().nullable(),
  createdAt: instant,
  /** When it was ended by hand. */
  endedAt: instant.nullable(),
});

export const metricVersionSchema = z.object({
  versionId: z.string(),
  version: z.number().int(),
  params: z.record(z.string(), z.unknown()),
  /** Of a formula. */
  formula: z.string().nullable(),
  timeZone: z.string(),
  unit: z.string(),
  currency: z.string().nullable(),
  definitionHash: z.string(),
  changeReason: z.string().nullable(),
  createdAt: instant,
  /** From then on nothing was collected for it any more. */
  retiredAt: instant.nullable(),
});

export const definitionDetailShape = {
  /** Newest first; the first is in use, unless the start was given when the Key Result was made. */
  baselines: z.array(baselineSchema),
  overrides: z.array(overrideSchema),
  /** What the source says by itself, on the newest day that has settled; an override does not touch it. */
  automatic: z.object({ value: z.number().nullable(), asOfDay: day }).nullable(),
  /** Of its metric, oldest first. */
  versions: z.array(metricVersionSchema),
};

/** What people or programs brought, where points are not read by us. */
export const broughtSchema = z.object({
  id: z.string(),
  via: z.string(),
  format: z.string(),
  rows: z.number().int(),
  digest: z.string(),
  actor: z.string(),
  note: z.string().nullable(),
  receivedAt: instant,
});
