import { z } from 'zod';
import { list, previewSchema } from '../contract.ts';
import type { Route } from '../route.ts';

/** The metric catalogue, in words of the language that is asked for. Codes, keys and names are never translated. */

const langSchema = z.enum(['en', 'zh-CN']).default('en');
const named = z.object({ id: z.string(), title: z.string() });
const count = z.number().int().min(1).max(3_660);
export const paramValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()).readonly(),
  z.tuple([z.number(), z.number()]).readonly(),
]);
/** Over which days a point is. */
export const windowRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('day') }),
  z.strictObject({ kind: z.literal('trailing'), days: count }),
  z.strictObject({ kind: z.literal('month') }),
  z.strictObject({ kind: z.literal('trailing_months'), months: count }),
  z.strictObject({ kind: z.literal('matured_cohort'), days: count }),
  z.strictObject({ kind: z.literal('none') }),
]);

export const catalogParamSchema = z.object({
  name: z.string(),
  type: z.enum(['text', 'texts', 'whole', 'number', 'choice', 'flag', 'span']),
  /** Only its owner can say it. */
  required: z.boolean(),
  /** Null: none, and it may be left out unless it is required. */
  default: z.unknown(),
  choices: z.array(z.string()).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  meaning: z.string(),
});
export const catalogMetricSchema = z.object({
  key: z.string(),
  title: z.string(),
  stage: named,
  kind: z.enum(['flow', 'stock', 'ratio', 'distribution', 'distinct']),
  /** What a value counts in, and the unit of its stored points. */
  unit: z.object({ name: z.string(), title: z.string(), storedAs: z.string(), storedPer: z.number() }),
  definitionVersion: z.number().int(),
  definition: z.string(),
  /** Which way is better, and what the number does not say. */
  reading: z.string(),
  window: z.object({ rule: windowRuleSchema, text: z.string() }),
  /** The kinds of window it is defined over, the usual one first. */
  windows: z.array(z.enum(['snapshot', 'period', 'cohort', 'none'])),
  params: z.array(catalogParamSchema),
  sources: z.array(named),
});
export const catalogEntrySchema = catalogMetricSchema.extend({
  /** Connections of the workspace that can measure it now. */
  measurable: z.array(
    z.object({
      connectionKey: z.string(),
      connectionTitle: z.string(),
      connectionState: z.string(),
      environment: z.enum(['live', 'test', 'sandbox']),
      connectorId: z.string(),
      connectorTitle: z.string(),
      /** The connector's name for it. */
      metric: z.string(),
      title: z.string(),
      /** JSON Schema of the connector's parameters. */
      params: z.record(z.string(), z.unknown()),
    }),
  ),
  /** What connections measure that comes near it and is another number; the description says how. */
  near: z.array(
    z.object({
      connectionKey: z.string(),
      connectorTitle: z.string(),
      metric: z.string(),
      title: z.string(),
      description: z.string(),
    }),
  ),
  /** Metrics of the workspace that have this meaning already. */
  metrics: z.array(
    z.object({ key: z.string(), title: z.string(), version: z.number().int(), connectionKey: z.string() }),
  ),
});

/** How it would be measured: the connection, and what a text or a Key Result means by it. */
export const measurementPreviewSchema = z.strictObject({
  connection: z.string().min(1).max(200),
  metric: z.string().min(1).max(200).nullable().default(null),
  /** Under the connector's names. */
  params: z.record(z.string().max(100), z.unknown()).default({}),
  /** Under the catalogue's names; what is absent is as usual. */
  wanted: z
    .strictObject({
      params: z.record(z.string().max(100), paramValueSchema),
      window: windowRuleSchema.nullable(),
    })
    .default({ params: {}, window: null }),
});

export const catalogRoutes = {
  listCatalog: {
    method: 'GET',
    path: '/api/v1/catalog',
    access: 'view',
    query: z.strictObject({
      stage: z.string().max(60).optional(),
      source: z.string().max(60).optional(),
      lang: langSchema,
    }),
    status: 200,
    answer: list(catalogMetricSchema),
  },
  getCatalogEntry: {
    method: 'GET',
    path: '/api/v1/catalog/:id',
    access: 'view',
    query: z.strictObject({ lang: langSchema }),
    status: 200,
    answer: catalogEntrySchema,
  },
  previewMeasurement: {
    method: 'POST',
    path: '/api/v1/catalog/:id/previews',
    access: 'edit',
    body: measurementPreviewSchema,
    status: 200,
    answer: previewSchema,
  },
} as const satisfies Record<string, Route>;

export type CatalogMetricView = z.infer<typeof catalogMetricSchema>;
export type CatalogEntryView = z.infer<typeof catalogEntrySchema>;
