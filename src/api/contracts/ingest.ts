import { z } from 'zod';
import { keyResultRowSchema, list, metricKindSchema, metricSchema, unitSchema } from '../contract.ts';
import type { Route } from '../route.ts';
import { amount, instant, key, text } from './fields.ts';

/** Numbers, records and check-ins that people and programs bring. A delivery can carry an `Idempotency-Key`. */

const day = z.string();
const dayGiven = z.string().max(40);
const note = text(1000).min(1).nullable().default(null);
/** An uploaded file as one text; the routes that take one have a limit of their own. */
const file = z.string().max(4_000_000);
const format = z.enum(['csv', 'jsonl']);
/** Each row is read by itself, so that every problem is told with its line: the fields are those of an uploaded file. */
const row = z.record(z.string().max(100), z.unknown());
const UPLOAD_BYTES = 4 * 1024 * 1024;

export const createValuesMetricSchema = z.strictObject({
  key,
  title: text(200).min(1).nullable().default(null),
  /** Both as the definition says when they are left out. */
  kind: metricKindSchema.nullable().default(null),
  unit: unitSchema.nullable().default(null),
  /** Of money: three letters. */
  currency: z.string().max(3).nullable().default(null),
  timeZone: z.string().min(1).max(64).nullable().default(null),
  /** Days without a new value after which the last one may no longer be used. */
  staleAfterDays: z.number().int().min(1).max(400).default(3),
  /** What the values mean: a metric of the catalogue with its parameters. */
  definition: z
    .strictObject({
      metric: z.string().min(1).max(100),
      params: z.record(z.string().max(100), z.unknown()).default({}),
    })
    .nullable()
    .default(null),
});

/** A row: `day`, `value` or `numerator` and `denominator`, and if wanted `unit`, `currency` and `note`. */
export const pushValuesSchema = z.strictObject({ values: z.array(row), note });
export const uploadValuesSchema = z.strictObject({ format, text: file, note });

/** One delivery as it was taken. The same again, under the same key, is answered with `replayed`. */
export const ingestSchema = z.object({
  id: z.string(),
  via: z.enum(['push', 'upload', 'check_in']),
  format: z.string(),
  rows: z.number().int(),
  /** Days or records that are new, or were something else before. */
  changed: z.number().int(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  /** SHA-256 of what it said. */
  digest: z.string(),
  idempotencyKey: z.string().nullable(),
  actor: z.string(),
  note: z.string().nullable(),
  receivedAt: instant,
  replayed: z.boolean(),
});

export const checkInRequestSchema = z.strictObject({
  /** Absent: today, or the last day of a cycle that is over. */
  day: dayGiven.nullable().default(null),
  /** What happened on the day where something is counted up; elsewhere the value as of that day. */
  value: amount.nullable().default(null),
  /** On top of what the day holds already. */
  add: amount.nullable().default(null),
  /** What the cycle has come to, with that day. */
  total: amount.nullable().default(null),
  note: text(4000).default(''),
  /** The owner's own rating, 0 to 1. */
  confidence: z.number().min(0).max(1).nullable().default(null),
});
export const checkInSchema = z.object({
  id: z.string(),
  keyResultId: z.string(),
  day,
  /** What the day came to, as exact decimal text. */
  value: z.string().nullable(),
  note: z.string(),
  confidence: z.number().nullable(),
  author: z.string().nullable(),
  ingestId: z.string().nullable(),
  createdAt: instant,
});
export const checkedInSchema = z.object({
  checkIn: checkInSchema,
  keyResult: keyResultRowSchema,
  replayed: z.boolean(),
});
export const tickStepSchema = z.strictObject({
  /** Its name, or its number counted from 1. */
  step: text(200).min(1),
  done: z.boolean(),
  /** When it was done; absent: today. */
  day: dayGiven.nullable().default(null),
});

const recordsShape = {
  kind: z.string().min(1).max(60),
  /** Everything up to that day is told; absent: up to the newest record. */
  through: dayGiven.nullable().default(null),
  note,
};
export const pushRecordsSchema = z.strictObject({ ...recordsShape, records: z.array(row) });
export const uploadRecordsSchema = z.strictObject({ ...recordsShape, format, text: file });
export const recordCoverageSchema = z.object({
  kind: z.string(),
  records: z.number().int(),
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
  /** Later days are not known, which is not zero. */
  throughDay: day.nullable(),
  toldAt: instant.nullable(),
});

export const ingestRoutes = {
  createValuesMetric: {
    method: 'POST',
    path: '/api/v1/metrics/values',
    access: 'edit',
    body: createValuesMetricSchema,
    status: 201,
    answer: metricSchema,
  },
  pushValues: {
    method: 'POST',
    path: '/api/v1/metrics/:id/values',
    access: 'edit',
    body: pushValuesSchema,
    status: 201,
    answer: ingestSchema,
  },
  uploadValues: {
    method: 'POST',
    path: '/api/v1/metrics/:id/uploads',
    access: 'edit',
    body: uploadValuesSchema,
    bodyBytes: UPLOAD_BYTES,
    status: 201,
    answer: ingestSchema,
  },
  checkIn: {
    method: 'POST',
    path: '/api/v1/key-results/:id/check-ins',
    access: 'edit',
    body: checkInRequestSchema,
    status: 201,
    answer: checkedInSchema,
  },
  listCheckIns: {
    method: 'GET',
    path: '/api/v1/key-results/:id/check-ins',
    access: 'view',
    status: 200,
    answer: list(checkInSchema),
  },
  tickStep: {
    method: 'PATCH',
    path: '/api/v1/key-results/:id/steps',
    access: 'edit',
    body: tickStepSchema,
    status: 200,
    answer: keyResultRowSchema,
  },
  pushRecords: {
    method: 'POST',
    path: '/api/v1/connections/:id/records',
    access: 'edit',
    body: pushRecordsSchema,
    status: 201,
    answer: ingestSchema,
  },
  uploadRecords: {
    method: 'POST',
    path: '/api/v1/connections/:id/records/uploads',
    access: 'edit',
    body: uploadRecordsSchema,
    bodyBytes: UPLOAD_BYTES,
    status: 201,
    answer: ingestSchema,
  },
  listRecords: {
    method: 'GET',
    path: '/api/v1/connections/:id/records',
    access: 'view',
    status: 200,
    answer: list(recordCoverageSchema),
  },
} as const satisfies Record<string, Route>;

export type IngestAnswer = z.infer<typeof ingestSchema>;
export type CheckInView = z.infer<typeof checkInSchema>;
