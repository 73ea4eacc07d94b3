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
const pool = z.object({ remaining: left }).nullish();
const quota = z.object({
  tokensPerDay: pool,
  tokensPerHour: pool,
  tokensPerProjectPerHour: pool,
  concurrentRequests: pool,
  serverErrorsPerProjectPerHour: pool,
  potentiallyThresholdedRequestsPerHour: pool,
});

const count = z.string().regex(/^\d+$/).transform(Number);

const metadata = z.object({
  timeZone: z.string().min(1),
  currencyCode: z.string().nullish(),
  dataLossFromOtherRow: z.boolean(),
  subjectToThresholding: z.boolean().nullish(),
  samplingMetadatas: z.array(z.object({ samplesReadCount: count, samplingSpaceSize: count })),
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
  propertyQuota: quota.nullish(),
});

/** Only the frame: an answer of something else decodes to an empty frame, which must be told from a changed report. */
export const batchSchema = z.object({
  kind: z.string(),
  reports: z.array(z.looseObject({ kind: z.string() })),
});

export const catalogueSchema = z.object({
  name: z.string(),
  metrics: z.array(z.object({ apiName: z.string().min(1) })).min(1),
});

export type Quota = z.infer<typeof quota>;
export type Report = z.infer<typeof reportSchema>;
export type Row = z.infer<typeof row>;
