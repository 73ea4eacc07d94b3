import { z } from 'zod';
import {
  asOf,
  connectionSchema,
  cycleSchema,
  dataStateSchema,
  explanationSchema,
  keyResultRowSchema,
  list,
  metricSchema,
  objectiveSchema,
  statusSchema,
} from '../contract.ts';
import type { Route } from '../route.ts';
import { alertRuleSchema, channelSchema } from './alerting-row.ts';
import { overrideSchema } from './definition-row.ts';
import { instant, reference } from './fields.ts';
import * as rows from './resources-row.ts';

/** What is done with objects besides making them: reading one, changing it, putting it away and taking it along. */

const nothing = z.null();
const isArchived = z.enum(['true', 'false']).optional();
/** Several with commas; each is read by the schema, which refuses what it does not know. */
const several = <T extends z.ZodType>(one: T) =>
  z
    .string()
    .max(400)
    .transform((given) => given.split(','))
    .pipe(z.array(one) as unknown as z.ZodType<z.output<T>[], string[]>)
    .optional();

const cycleRoutes = {
  updateCycle: {
    method: 'PATCH',
    path: '/api/v1/cycles/:id',
    access: 'edit',
    body: rows.updateCycleSchema,
    status: 200,
    answer: cycleSchema,
  },
  archiveCycle: {
    method: 'DELETE',
    path: '/api/v1/cycles/:id',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
  restoreCycle: {
    method: 'POST',
    path: '/api/v1/cycles/:id/restorations',
    access: 'edit',
    status: 201,
    answer: cycleSchema,
  },
  archiveObjective: {
    method: 'DELETE',
    path: '/api/v1/objectives/:id',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
  restoreObjective: {
    method: 'POST',
    path: '/api/v1/objectives/:id/restorations',
    access: 'edit',
    status: 201,
    answer: objectiveSchema,
  },
} as const satisfies Record<string, Route>;

const keyResultRoutes = {
  listKeyResults: {
    method: 'GET',
    path: '/api/v1/key-results',
    access: 'view',
    query: z.strictObject({
      cycle: reference.optional(),
      objective: reference.optional(),
      /** Those whose metric is read on it. */
      connection: reference.optional(),
      owner: z.string().max(200).optional(),
      status: several(statusSchema),
      /** By data state. */
      data: several(dataStateSchema),
      archived: isArchived,
    }),
    status: 200,
    answer: list(keyResultRowSchema),
  },
  /** Goal, pace and aggregate are its definition: a change of them raises its version. */
  updateKeyResult: {
    method: 'PATCH',
    path: '/api/v1/key-results/:id',
    access: 'edit',
    body: rows.updateKeyResultSchema,
    status: 200,
    answer: keyResultRowSchema,
  },
  archiveKeyResult: {
    method: 'DELETE',
    path: '/api/v1/key-results/:id',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
  restoreKeyResult: {
    method: 'POST',
    path: '/api/v1/key-results/:id/restorations',
    access: 'edit',
    status: 201,
    answer: keyResultRowSchema,
  },
  listBindings: {
    method: 'GET',
    path: '/api/v1/key-results/:id/bindings',
    access: 'view',
    status: 200,
    answer: list(rows.bindingSchema),
  },
  unbindKeyResult: {
    method: 'DELETE',
    path: '/api/v1/key-results/:id/bindings',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
  getForecast: {
    method: 'GET',
    path: '/api/v1/key-results/:id/forecast',
    access: 'view',
    status: 200,
    answer: rows.outlookSchema,
  },
  /** Snapshot, points, runs, redacted requests: what `explain` shows. */
  getEvidence: {
    method: 'GET',
    path: '/api/v1/key-results/:id/evidence',
    access: 'view',
    status: 200,
    answer: explanationSchema,
  },
  /** As a picture, or its days as a table; with what people said about it, so it is for whoever is signed in. */
  downloadChart: {
    method: 'GET',
    path: '/api/v1/key-results/:id/chart',
    access: 'view',
    query: z.strictObject({
      format: z.enum(['svg', 'png', 'csv']).default('svg'),
      lang: z.enum(['en', 'zh-CN']).default('en'),
      theme: z.enum(['light', 'dark']).default('light'),
      /** Of a picture, in CSS pixels. */
      width: z.coerce.number().int().min(320).max(2400).default(800),
      asOf: asOf.optional(),
    }),
    status: 200,
    download: ['image/svg+xml', 'image/png', 'text/csv'],
    answer: z.string(),
  },
  listOverrides: {
    method: 'GET',
    path: '/api/v1/key-results/:id/overrides',
    access: 'view',
    status: 200,
    answer: list(overrideSchema),
  },
  listInitiatives: {
    method: 'GET',
    path: '/api/v1/key-results/:id/initiatives',
    access: 'view',
    status: 200,
    answer: list(rows.initiativeSchema),
  },
  createInitiative: {
    method: 'POST',
    path: '/api/v1/key-results/:id/initiatives',
    access: 'edit',
    body: rows.createInitiativeSchema,
    status: 201,
    answer: rows.initiativeSchema,
  },
  getInitiative: {
    method: 'GET',
    path: '/api/v1/initiatives/:id',
    access: 'view',
    status: 200,
    answer: rows.initiativeSchema,
  },
  updateInitiative: {
    method: 'PATCH',
    path: '/api/v1/initiatives/:id',
    access: 'edit',
    body: rows.updateInitiativeSchema,
    status: 200,
    answer: rows.initiativeSchema,
  },
  deleteInitiative: {
    method: 'DELETE',
    path: '/api/v1/initiatives/:id',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
} as const satisfies Record<string, Route>;

const sourceRoutes = {
  getMetric: {
    method: 'GET',
    path: '/api/v1/metrics/:id',
    access: 'view',
    status: 200,
    answer: metricSchema,
  },
  renameMetric: {
    method: 'PATCH',
    path: '/api/v1/metrics/:id',
    access: 'edit',
    body: rows.renameMetricSchema,
    status: 200,
    answer: metricSchema,
  },
  archiveMetric: {
    method: 'DELETE',
    path: '/api/v1/metrics/:id',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
  restoreMetric: {
    method: 'POST',
    path: '/api/v1/metrics/:id/restorations',
    access: 'edit',
    status: 201,
    answer: metricSchema,
  },
  /** With its metrics. Nothing of it is read from then on. */
  archiveConnection: {
    method: 'DELETE',
    path: '/api/v1/connections/:id',
    access: 'credentials',
    status: 204,
    answer: nothing,
  },
  restoreConnection: {
    method: 'POST',
    path: '/api/v1/connections/:id/restorations',
    access: 'credentials',
    status: 201,
    answer: connectionSchema,
  },
  listRunEvidence: {
    method: 'GET',
    path: '/api/v1/runs/:id/evidence',
    access: 'view',
    status: 200,
    answer: list(rows.runEvidenceSchema),
  },
} as const satisfies Record<string, Route>;

const alertingRoutes = {
  archiveChannel: {
    method: 'DELETE',
    path: '/api/v1/channels/:id',
    access: 'credentials',
    status: 204,
    answer: nothing,
  },
  restoreChannel: {
    method: 'POST',
    path: '/api/v1/channels/:id/restorations',
    access: 'credentials',
    status: 201,
    answer: channelSchema,
  },
  getAlertRule: {
    method: 'GET',
    path: '/api/v1/alert-rules/:id',
    access: 'view',
    status: 200,
    answer: alertRuleSchema,
  },
  archiveAlertRule: {
    method: 'DELETE',
    path: '/api/v1/alert-rules/:id',
    access: 'edit',
    status: 204,
    answer: nothing,
  },
  restoreAlertRule: {
    method: 'POST',
    path: '/api/v1/alert-rules/:id/restorations',
    access: 'edit',
    status: 201,
    answer: alertRuleSchema,
  },
} as const satisfies Record<string, Route>;

export const resourceRoutes = {
  ...cycleRoutes,
  ...keyResultRoutes,
  ...sourceRoutes,
  ...alertingRoutes,
  /** Every change of definitions, values, access and secrets, the newest first. */
  listAuditLog: {
    method: 'GET',
    path: '/api/v1/audit-log',
    access: 'admin',
    query: z.strictObject({
      actor: z.string().max(200).optional(),
      action: z.string().max(100).optional(),
      objectType: z.string().max(100).optional(),
      objectId: z.string().max(200).optional(),
      /** From that instant, until just before the other. */
      from: instant.optional(),
      to: instant.optional(),
    }),
    status: 200,
    answer: list(rows.auditLineSchema),
  },
  /**
   * Everything, as of one moment. `ndjson`: one object a line, the first says what is in it and the last how many there
   * were. `csv`: one type. `csv_lines`: JSON lines that each carry the type and one CSV line of it.
   */
  exportWorkspace: {
    method: 'GET',
    path: '/api/v1/export',
    access: 'admin',
    query: z.strictObject({
      format: z.enum(['ndjson', 'csv', 'csv_lines']).default('ndjson'),
      /** Several with commas; absent: all of them. */
      type: several(z.string().min(1).max(60)),
      /** Begins a CSV with a byte order mark, by which some spreadsheets tell UTF-8. */
      bom: z.enum(['true', 'false']).optional(),
    }),
    status: 200,
    download: ['application/x-ndjson', 'text/csv'],
    answer: z.string(),
  },
} as const satisfies Record<string, Route>;

export type InitiativeView = z.infer<typeof rows.initiativeSchema>;
export type OutlookView = z.infer<typeof rows.outlookSchema>;
export type AuditLineView = z.infer<typeof rows.auditLineSchema>;
export type BindingView = z.infer<typeof rows.bindingSchema>;
export type RunEvidenceView = z.infer<typeof rows.runEvidenceSchema>;
