import { z } from 'zod';

/**
 * Answers as the official client decodes them, alike over REST and gRPC: absent lists are empty, absent messages null,
 * absent numbers 0, and every cell is a string.
 */
const cell = z.object({ value: z.string() });
const row = z.object({ dimensionValues: z.array(cell), metricValues: z.array(cell) });

/** A pool that was not told is unknown; the number of one that was told is left out when it is 0. */
const left = z
  .number()
  .nullish()
  .transform((told) => told ?? 0);
const pool = z.object({ remaining: left, consumed: left }).nullish();
export const quotaSchema = z.object({
  tokensPerDay: pool,
  tokensPerHour: pool,
  tokensPerProjectPerHour: pool,
  concurrentRequests: pool,
  serverErrorsPerProjectPerHour: pool,
  potentiallyThresholdedRequestsPerHour: pool,
});

const count = z.string().regex(/^\d+$/).transform(Number);

export const samplingSchema = z.array(z.object({ samplesReadCount: count, samplingSpaceSize: count }));
const metadata = z.object({
  timeZone: z.string().min(1),
  currencyCode: z.string().nullish(),
  emptyReason: z.string().nullish(),
  dataLossFromOtherRow: z.boolean(),
  subjectToThresholding: z.boolean().nullish(),
  samplingMetadatas: samplingSchema,
  schemaRestrictionResponse: z
    .object({ activeMetricRestrictions: z.array(z.object({ metricName: z.string() })) })
    .nullish(),
});

export const reportSchema = z.object({
  kind: z.string(),
  dimensionHeaders: z.array(z.object({ name: z.string() })),
  metricHeaders: z.array(z.object({ name: z.string() })),
  rows: z.array(row),
  totals: z.array(row),
  rowCount: z.int().nonnegative(),
  metadata,
  propertyQuota: quotaSchema.nullish(),
});

/** Only the frame: an answer of something else decodes to an empty frame, which must be told from a changed report. */
export const batchSchema = z.object({
  kind: z.string(),
  reports: z.array(z.looseObject({ kind: z.string() })),
});

const texts = z.array(z.string()).nullish();
const named = z.object({
  apiName: z.string().min(1),
  uiName: z.string().nullish(),
  deprecatedApiNames: texts,
});
export const catalogueSchema = z.object({
  name: z.string(),
  dimensions: z.array(named),
  metrics: z
    .array(
      named.extend({
        expression: z.string().nullish(),
        // By name or by number, as the answer was encoded.
        type: z.union([z.string(), z.number()]).nullish(),
        blockedReasons: z.array(z.union([z.string(), z.number()])).nullish(),
      }),
    )
    .min(1),
});

/** The frame of a compatibility answer: it lists what fits, and nothing says what kind of answer it is. */
export const compatibilitySchema = z.object({
  dimensionCompatibilities: z.array(z.unknown()),
  metricCompatibilities: z.array(z.unknown()),
});

export const quotasSchema = z.object({
  name: z.string(),
  corePropertyQuota: quotaSchema.nullish(),
  funnelPropertyQuota: quotaSchema.nullish(),
});

/** What a funnel report says beside its table. */
export const funnelQuotaSchema = z.object({ kind: z.string(), propertyQuota: quotaSchema.nullish() });

export type Catalogue = z.infer<typeof catalogueSchema>;
export type Quota = z.infer<typeof quotaSchema>;
export type Report = z.infer<typeof reportSchema>;
export type Row = z.infer<typeof row>;
