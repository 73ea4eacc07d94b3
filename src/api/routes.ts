import { z } from 'zod';
import * as contract from './contract.ts';
import { accessRoutes } from './contracts/access.ts';
import { alertingRoutes } from './contracts/alerting.ts';
import { bindingRoutes } from './contracts/binding.ts';
import { catalogRoutes } from './contracts/catalog.ts';
import { cycleRoutes } from './contracts/cycle.ts';
import { definitionRoutes } from './contracts/definition.ts';
import { eventRoutes } from './contracts/events.ts';
import { importRoutes } from './contracts/import.ts';
import { ingestRoutes } from './contracts/ingest.ts';
import { publicLinkRoutes } from './contracts/public-links.ts';
import { resourceRoutes } from './contracts/resources.ts';
import { revenueRoutes } from './contracts/revenue.ts';
import type { Route } from './route.ts';

export type { Route };

const { list } = contract;

const asOf = contract.asOf.optional();
/** Those that were put away, and no others. */
const archivedQuery = z.strictObject({ archived: z.enum(['true', 'false']).optional() });

export const routes = {
  getBoard: {
    method: 'GET',
    path: '/api/v1/board',
    access: 'view',
    query: z.strictObject({
      cycle: z.string().max(200).optional(),
      asOf,
      trend: z.enum(['days', 'line']).optional(),
      keyResults: z.string().max(8_000).optional(),
    }),
    status: 200,
    answer: contract.boardSchema,
  },
  getKeyResult: {
    method: 'GET',
    path: '/api/v1/key-results/:id',
    access: 'view',
    query: z.strictObject({ asOf }),
    status: 200,
    answer: contract.keyResultSchema,
  },
  explainKeyResult: {
    method: 'GET',
    path: '/api/v1/key-results/:id/explanation',
    access: 'view',
    /** `day`: one that is asked about by itself, whether or not it took part in the number. */
    query: z.strictObject({ asOf, day: contract.realDaySchema.optional() }),
    status: 200,
    answer: contract.explanationSchema,
  },
  createKeyResult: {
    method: 'POST',
    path: '/api/v1/key-results',
    access: 'edit',
    body: contract.createKeyResultSchema,
    status: 201,
    answer: contract.keyResultRowSchema,
  },
  bindKeyResult: {
    method: 'POST',
    path: '/api/v1/key-results/:id/bindings',
    access: 'edit',
    body: contract.bindKeyResultSchema,
    status: 201,
    answer: contract.boundKeyResultSchema,
  },
  createCycle: {
    method: 'POST',
    path: '/api/v1/cycles',
    access: 'edit',
    body: contract.createCycleSchema,
    status: 201,
    answer: contract.cycleSchema,
  },
  listCycles: {
    method: 'GET',
    path: '/api/v1/cycles',
    access: 'view',
    query: archivedQuery,
    status: 200,
    answer: list(contract.cycleSchema),
  },
  createObjective: {
    method: 'POST',
    path: '/api/v1/objectives',
    access: 'edit',
    body: contract.createObjectiveSchema,
    status: 201,
    answer: contract.objectiveSchema,
  },
  listObjectives: {
    method: 'GET',
    path: '/api/v1/objectives',
    access: 'view',
    query: archivedQuery,
    status: 200,
    answer: list(contract.objectiveSchema),
  },
  listConnectors: {
    method: 'GET',
    path: '/api/v1/connectors',
    access: 'view',
    status: 200,
    answer: list(contract.connectorSchema),
  },
  createConnection: {
    method: 'POST',
    path: '/api/v1/connections',
    access: 'credentials',
    body: contract.createConnectionSchema,
    status: 201,
    answer: contract.connectionSchema,
  },
  listConnections: {
    method: 'GET',
    path: '/api/v1/connections',
    access: 'view',
    status: 200,
    answer: list(contract.connectionSchema),
  },
  getConnection: {
    method: 'GET',
    path: '/api/v1/connections/:id',
    access: 'view',
    status: 200,
    answer: contract.connectionSchema,
  },
  updateConnection: {
    method: 'PATCH',
    path: '/api/v1/connections/:id',
    access: 'credentials',
    owner: 'path',
    body: contract.updateConnectionSchema,
    status: 200,
    answer: contract.connectionSchema,
  },
  checkConnection: {
    method: 'POST',
    path: '/api/v1/connections/:id/test-runs',
    access: 'sync',
    owner: 'path',
    status: 200,
    answer: contract.connectionCheckSchema,
  },
  checkDraft: {
    method: 'POST',
    path: '/api/v1/connections/checks',
    access: 'credentials',
    body: contract.checkDraftSchema,
    status: 200,
    answer: contract.connectionCheckSchema,
  },
  checkChange: {
    method: 'POST',
    path: '/api/v1/connections/:id/checks',
    access: 'credentials',
    owner: 'path',
    body: contract.checkChangeSchema,
    status: 200,
    answer: contract.connectionCheckSchema,
  },
  listBudgets: {
    method: 'GET',
    path: '/api/v1/connections/:id/budgets',
    access: 'view',
    status: 200,
    answer: list(contract.budgetUseSchema),
  },
  listCoverage: {
    method: 'GET',
    path: '/api/v1/connections/:id/coverage',
    access: 'view',
    status: 200,
    answer: list(contract.metricCoverageSchema),
  },
  listMeasurable: {
    method: 'GET',
    path: '/api/v1/connections/:id/measurable',
    access: 'view',
    status: 200,
    answer: list(contract.connectorMetricSchema),
  },
  previewMetric: {
    method: 'POST',
    path: '/api/v1/bindings/previews',
    access: 'edit',
    body: contract.previewRequestSchema,
    status: 200,
    answer: contract.previewSchema,
  },
  createMetric: {
    method: 'POST',
    path: '/api/v1/metrics',
    access: 'edit',
    body: contract.createMetricSchema,
    status: 201,
    answer: contract.namedMetricSchema,
  },
  listMetrics: {
    method: 'GET',
    path: '/api/v1/metrics',
    access: 'view',
    status: 200,
    answer: list(contract.metricSchema),
  },
  listPoints: {
    method: 'GET',
    path: '/api/v1/metrics/:id/points',
    access: 'view',
    query: z.strictObject({
      from: contract.realDaySchema.optional(),
      to: contract.realDaySchema.optional(),
    }),
    status: 200,
    answer: list(contract.metricPointSchema),
  },
  startSync: {
    method: 'POST',
    path: '/api/v1/sync-runs',
    access: 'sync',
    owner: 'body',
    body: contract.syncRequestSchema,
    status: 202,
    answer: list(contract.runSchema),
  },
  listRuns: {
    method: 'GET',
    path: '/api/v1/runs',
    access: 'view',
    query: z.strictObject({ connection: z.string().max(200).optional() }),
    status: 200,
    answer: list(contract.runSchema),
  },
  getRun: {
    method: 'GET',
    path: '/api/v1/runs/:id',
    access: 'view',
    status: 200,
    answer: contract.runSchema,
  },
  /** Whether evaluated days are written back as events through this connection. */
  switchWriteBack: {
    method: 'POST',
    path: '/api/v1/connections/:id/write-back',
    access: 'credentials',
    owner: 'path',
    body: contract.switchSchema,
    status: 200,
    answer: contract.channelSchema,
  },
  ...accessRoutes,
  ...alertingRoutes,
  ...catalogRoutes,
  ...eventRoutes,
  ...cycleRoutes,
  ...bindingRoutes,
  ...importRoutes,
  ...definitionRoutes,
  ...ingestRoutes,
  ...publicLinkRoutes,
  ...resourceRoutes,
  ...revenueRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
export type Answer<Name extends RouteName> = z.output<(typeof routes)[Name]['answer']>;
export type Body<Name extends RouteName> = (typeof routes)[Name] extends {
  body: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;
export type Query<Name extends RouteName> = (typeof routes)[Name] extends {
  query: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;
