import { readAsBelieved } from '../app/as-believed.ts';
import { bindKeyResult } from '../app/bind-key-result.ts';
import { checkConnection } from '../app/check-connection.ts';
import { checkChange, checkDraft } from '../app/check-draft.ts';
import { createConnection } from '../app/create-connection.ts';
import { createCycle } from '../app/create-cycle.ts';
import { createKeyResult } from '../app/create-key-result.ts';
import { createMetric } from '../app/create-metric.ts';
import { createObjective } from '../app/create-objective.ts';
import { notFound } from '../app/errors.ts';
import { explainKeyResult } from '../app/explain-key-result.ts';
import { findConnection, findMetric } from '../app/find.ts';
import { isStoredSettled } from '../app/is-stored-settled.ts';
import type { ConnectionRecord } from '../app/ports.ts';
import { previewMetric } from '../app/preview-metric.ts';
import { readBoard } from '../app/read-board.ts';
import { readKeyResult } from '../app/read-key-result.ts';
import { requestSync } from '../app/request-sync.ts';
import { switchWriteBack } from '../app/switch-write-back.ts';
import { updateConnection } from '../app/update-connection.ts';
import type { Unit } from '../domain/metric.ts';
import { beforeOf, type Call, type Operations, page, rowsFor, valuesOf } from './call.ts';
import { noticesView } from './notices.ts';
import { accessOperations } from './operations/access.ts';
import { alertingOperations } from './operations/alerting.ts';
import { bindingOperations } from './operations/binding.ts';
import { catalogOperations } from './operations/catalog.ts';
import { cycleOperations } from './operations/cycle.ts';
import { definitionOperations } from './operations/definition.ts';
import { eventOperations } from './operations/events.ts';
import { importOperations } from './operations/import.ts';
import { ingestOperations } from './operations/ingest.ts';
import { publicLinkOperations } from './operations/public-links.ts';
import { resourceOperations } from './operations/resources.ts';
import { revenueOperations } from './operations/revenue.ts';
import { rowOf, titleOf } from './rows.ts';
import { admitSync } from './sync-limit.ts';
import * as views from './views.ts';
import { channelView } from './views-alerting.ts';
import { connectionOf } from './views-connection.ts';

export type { Call };

/** One entry a route: call one use case, show its answer. */
export const operations: Operations = {
  ...accessOperations,
  ...alertingOperations,
  ...catalogOperations,
  ...eventOperations,
  ...cycleOperations,
  ...bindingOperations,
  ...importOperations,
  ...definitionOperations,
  ...ingestOperations,
  ...publicLinkOperations,
  ...resourceOperations,
  ...revenueOperations,
  getBoard: async ({ deps, actor, query }) => {
    const { id, name, timeZone } = actor.workspace;
    const { answer, asOf } = await readAsBelieved(deps, actor, query.asOf, (then) =>
      readBoard(then, actor, {
        cycle: query.cycle,
        trend: query.trend,
        only: query.keyResults?.split(','),
      }),
    );
    return views.boardView(answer, { id, name, timeZone }, titleOf(deps), asOf, query.trend);
  },
  getKeyResult: async ({ deps, actor, params, query }) => {
    const { answer, asOf } = await readAsBelieved(deps, actor, query.asOf, (then) =>
      readKeyResult(then, actor, params.id),
    );
    return views.keyResultDetail(answer, titleOf(deps), asOf);
  },
  explainKeyResult: async ({ deps, actor, params, query }) => {
    const { answer, asOf } = await readAsBelieved(deps, actor, query.asOf, (then) =>
      explainKeyResult(then, actor, params.id, query.day),
    );
    return views.explanationView(answer, titleOf(deps), asOf);
  },
  createKeyResult: async ({ deps, actor, body }) => {
    const unit = body.unit as Unit | undefined; // an open set of words: "custom:…" is one
    return rowOf(deps, actor, await createKeyResult(deps, actor, { ...body, unit }));
  },
  bindKeyResult: async ({ deps, actor, params, body }) => {
    const { warnings, ...bound } = await bindKeyResult(deps, actor, params.id, body.metric);
    return { ...(await rowOf(deps, actor, bound)), warnings: noticesView(warnings) };
  },
  createCycle: async ({ deps, actor, body }) =>
    views.cycleView(await createCycle(deps, actor, body), await deps.clock.now()),
  listCycles: async ({ deps, actor, query }) => {
    const now = await deps.clock.now();
    const found =
      query.archived === 'true'
        ? await deps.resources.listArchivedCycles(actor.workspace.id)
        : await deps.plan.listCycles(actor.workspace.id);
    return page(found.map((cycle) => views.cycleView(cycle, now)));
  },
  createObjective: async ({ deps, actor, body }) =>
    views.objectiveView(await createObjective(deps, actor, body)),
  listObjectives: async ({ deps, actor, query }) => {
    const found =
      query.archived === 'true'
        ? await deps.resources.listArchivedObjectives(actor.workspace.id)
        : await deps.plan.listObjectives(actor.workspace.id);
    return page(found.map(views.objectiveView));
  },
  listConnectors: async ({ deps }) => page(deps.connectors.list().map(views.connectorView)),
  createConnection: async (call) =>
    connectionOf(call, await createConnection(call.deps, call.actor, call.body)),
  listConnections: async (call) => {
    const connections = await call.deps.sources.listConnections(call.actor.workspace.id);
    return page(await Promise.all(connections.map((connection) => connectionOf(call, connection))));
  },
  getConnection: async (call) =>
    connectionOf(call, await findConnection(call.deps, call.actor, call.params.id)),
  updateConnection: async (call) =>
    connectionOf(call, await updateConnection(call.deps, call.actor, call.params.id, call.body)),
  checkConnection: async ({ deps, actor, params, signal }) =>
    views.checkView(await checkConnection(deps, actor, params.id, signal)),
  checkDraft: async ({ deps, actor, body, signal }) =>
    views.checkView(await checkDraft(deps, actor, body, signal)),
  checkChange: async ({ deps, actor, params, body, signal }) =>
    views.checkView(await checkChange(deps, actor, params.id, body, signal)),
  listBudgets: async ({ deps, actor, params }) => {
    const connection = await findConnection(deps, actor, params.id);
    return page((await deps.connectors.budgets(connection)).map(views.budgetView));
  },
  listCoverage: async ({ deps, actor, params }) => {
    const connection = await findConnection(deps, actor, params.id);
    return page((await deps.sources.coverage(connection.id)).map(views.coverageView));
  },
  listMeasurable: async ({ deps, actor, params }) => {
    const connection = await findConnection(deps, actor, params.id);
    return page(deps.connectors.find(connection.connectorId)?.metrics ?? []);
  },
  previewMetric: async ({ deps, actor, body, signal }) =>
    views.previewView(await previewMetric(deps, actor, body, signal)),
  createMetric: async ({ deps, actor, body }) => {
    const { warnings, ...metric } = await createMetric(deps, actor, body);
    return { ...views.metricView(metric), warnings: noticesView(warnings) };
  },
  listMetrics: async ({ deps, actor }) =>
    page(views.newestMetrics(await deps.sources.listMetrics(actor.workspace.id))),
  listPoints: async ({ deps, actor, params, query }) => {
    const metric = await findMetric(deps, actor, params.id);
    const now = await deps.clock.now();
    const points = await deps.sources.points(
      metric.versionId,
      query.from ?? metric.historyStartDay,
      query.to ?? '9999-12-31',
    );
    return page(points.map((point) => views.pointView(point, isStoredSettled(point, metric, now))));
  },
  startSync: async ({ deps, actor, body, http, syncsPerHour }) => {
    const admit = (connection: ConnectionRecord) => admitSync(http, connection, syncsPerHour);
    return page((await requestSync(deps, actor, body, admit)).map((run) => views.runView(run, [])));
  },
  listRuns: async ({ deps, actor, filters, page: asked, query }) => {
    const connection =
      query.connection === undefined ? null : await findConnection(deps, actor, query.connection);
    const only = {
      before: beforeOf(asked),
      status: valuesOf(filters, 'status'),
      trigger: valuesOf(filters, 'trigger'),
    };
    const runs = await deps.runs.list(actor.workspace.id, connection?.id ?? null, rowsFor(asked), only);
    return page(runs.map((run) => views.runView(run, [])));
  },
  getRun: async ({ deps, actor, params }) => {
    const run = await deps.runs.find(actor.workspace.id, params.id);
    if (run === null) throw notFound('run', params.id, 'List the runs at /api/v1/runs.');
    return views.runView(run, await deps.runs.outcomes(run.id));
  },
  switchWriteBack: async ({ deps, actor, params, body }) =>
    channelView(await switchWriteBack(deps, actor, params.id, body.enabled)),
};
