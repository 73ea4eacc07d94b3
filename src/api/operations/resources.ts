import { archiveObject, restoreObject } from '../../app/archive.ts';
import { readAsBelieved } from '../../app/as-believed.ts';
import { findAlertRule } from '../../app/change-alert-rule.ts';
import { notFound } from '../../app/errors.ts';
import { explainKeyResult } from '../../app/explain-key-result.ts';
import { exportWorkspace } from '../../app/export-workspace.ts';
import { findConnection, findCycle, findKeyResult, findMetric, findObjective } from '../../app/find.ts';
import { findChannel } from '../../app/find-alerting.ts';
import * as initiative from '../../app/initiative.ts';
import { listKeyResults } from '../../app/list-key-results.ts';
import type { Archivable } from '../../app/ports-resources.ts';
import { readKeyResult } from '../../app/read-key-result.ts';
import { renameMetric } from '../../app/rename-metric.ts';
import { readBinding, unbindKeyResult } from '../../app/unbind-key-result.ts';
import { updateCycle } from '../../app/update-cycle.ts';
import { updateKeyResult } from '../../app/update-key-result.ts';
import { type Call, type Operations, page } from '../call.ts';
import { chartDownload } from '../chart-download.ts';
import { keyResultSchema } from '../contract.ts';
import type { resourceRoutes } from '../contracts/resources.ts';
import { exportDownload } from '../export-download.ts';
import type { RouteName } from '../routes.ts';
import { rowOf, titleOf } from '../rows.ts';
import * as views from '../views.ts';
import { channelView } from '../views-alerting.ts';
import { connectionOf } from '../views-connection.ts';
import { overrideView } from '../views-definition.ts';
import { checkInView } from '../views-ingest.ts';
import { auditLineView, bindingView, outlookView, runEvidenceView } from '../views-resources.ts';

/** As many as the list tells. */
const CHECK_INS_DRAWN = 200;

type Named<Route extends keyof typeof resourceRoutes> = Pick<Operations, Route>;
type Asked = Pick<Call<RouteName>, 'deps' | 'actor' | 'params'>;

const archive =
  (kind: Archivable) =>
  async ({ deps, actor, params }: Asked): Promise<null> => {
    await archiveObject(deps, actor, kind, params.id);
    return null;
  };

const planOperations: Named<
  | 'updateCycle'
  | 'archiveCycle'
  | 'restoreCycle'
  | 'archiveObjective'
  | 'restoreObjective'
  | 'listKeyResults'
  | 'updateKeyResult'
  | 'archiveKeyResult'
  | 'restoreKeyResult'
> = {
  updateCycle: async ({ deps, actor, params, body }) =>
    views.cycleView(await updateCycle(deps, actor, params.id, body), await deps.clock.now()),
  archiveCycle: archive('cycle'),
  restoreCycle: async ({ deps, actor, params }) => {
    const { id } = await restoreObject(deps, actor, 'cycle', params.id);
    return views.cycleView(await findCycle(deps, actor, id), await deps.clock.now());
  },
  archiveObjective: archive('objective'),
  restoreObjective: async ({ deps, actor, params }) => {
    const { id } = await restoreObject(deps, actor, 'objective', params.id);
    return views.objectiveView(await findObjective(deps, actor, id));
  },
  listKeyResults: async ({ deps, actor, query: { archived, ...filter } }) => {
    const found = await listKeyResults(deps, actor, { ...filter, archived: archived === 'true' });
    return page(found.map((view) => views.keyResultRow(view, titleOf(deps))));
  },
  updateKeyResult: async ({ deps, actor, params, body }) =>
    rowOf(deps, actor, await updateKeyResult(deps, actor, params.id, body)),
  archiveKeyResult: archive('key_result'),
  restoreKeyResult: async ({ deps, actor, params }) => {
    const { id } = await restoreObject(deps, actor, 'key_result', params.id);
    return rowOf(deps, actor, await findKeyResult(deps, actor, id));
  },
};

const keyResultOperations: Named<
  | 'listBindings'
  | 'unbindKeyResult'
  | 'getForecast'
  | 'getEvidence'
  | 'downloadChart'
  | 'listOverrides'
  | 'listInitiatives'
  | 'createInitiative'
  | 'getInitiative'
  | 'updateInitiative'
  | 'deleteInitiative'
> = {
  listBindings: async ({ deps, actor, params }) => {
    const { keyResult, metric } = await readBinding(deps, actor, params.id);
    return page(metric === null ? [] : [bindingView(keyResult, metric)]);
  },
  unbindKeyResult: async ({ deps, actor, params }) => {
    await unbindKeyResult(deps, actor, params.id);
    return null;
  },
  getForecast: async ({ deps, actor, params }) => {
    const keyResult = await findKeyResult(deps, actor, params.id);
    const states = await deps.results.states([keyResult.id]);
    return outlookView(keyResult, states.get(keyResult.id) ?? null);
  },
  getEvidence: async ({ deps, actor, params }) =>
    views.explanationView(await explainKeyResult(deps, actor, params.id), titleOf(deps), null),
  downloadChart: async ({ deps, actor, params, query: { asOf: asked, ...look }, pictures }) => {
    const { answer, asOf } = await readAsBelieved(deps, actor, asked, (then) =>
      readKeyResult(then, actor, params.id),
    );
    const detail = keyResultSchema.parse(views.keyResultDetail(answer, titleOf(deps), asOf));
    const checkIns = (await deps.ingest.listCheckIns(detail.id, CHECK_INS_DRAWN)).map(checkInView);
    return chartDownload(detail, checkIns, look, pictures);
  },
  listOverrides: async ({ deps, actor, params }) => {
    const keyResult = await findKeyResult(deps, actor, params.id);
    return page((await deps.definitions.overrides(keyResult.id)).map(overrideView));
  },
  listInitiatives: async ({ deps, actor, params }) =>
    page(await initiative.listInitiatives(deps, actor, params.id)),
  createInitiative: async ({ deps, actor, params, body }) =>
    initiative.createInitiative(deps, actor, params.id, body),
  getInitiative: async ({ deps, actor, params }) => initiative.findInitiative(deps, actor, params.id),
  updateInitiative: async ({ deps, actor, params, body }) =>
    initiative.updateInitiative(deps, actor, params.id, body),
  deleteInitiative: async ({ deps, actor, params }) => {
    await initiative.deleteInitiative(deps, actor, params.id);
    return null;
  },
};

const sourceOperations: Named<
  | 'getMetric'
  | 'renameMetric'
  | 'archiveMetric'
  | 'restoreMetric'
  | 'archiveConnection'
  | 'restoreConnection'
  | 'listRunEvidence'
> = {
  getMetric: async ({ deps, actor, params }) => metricOf({ deps, actor, params }),
  renameMetric: async ({ deps, actor, params, body }) => {
    const { id } = await renameMetric(deps, actor, params.id, body);
    return metricOf({ deps, actor, params: { id } });
  },
  archiveMetric: archive('metric'),
  restoreMetric: async ({ deps, actor, params }) => {
    const { id } = await restoreObject(deps, actor, 'metric', params.id);
    return metricOf({ deps, actor, params: { id } });
  },
  archiveConnection: archive('connection'),
  restoreConnection: async (call) => {
    const { id } = await restoreObject(call.deps, call.actor, 'connection', call.params.id);
    return connectionOf(call, await findConnection(call.deps, call.actor, id));
  },
  listRunEvidence: async ({ deps, actor, params }) => {
    const run = await deps.runs.find(actor.workspace.id, params.id);
    if (run === null) throw notFound('run', params.id, 'List the runs at /api/v1/runs.');
    return page((await deps.resources.evidenceOfRun(run.id)).map(runEvidenceView));
  },
};

const alertingOperations: Named<
  'archiveChannel' | 'restoreChannel' | 'getAlertRule' | 'archiveAlertRule' | 'restoreAlertRule'
> = {
  archiveChannel: archive('channel'),
  restoreChannel: async ({ deps, actor, params }) => {
    const { id } = await restoreObject(deps, actor, 'channel', params.id);
    return channelView(await findChannel(deps, actor, id));
  },
  getAlertRule: async ({ deps, actor, params }) => findAlertRule(deps, actor, params.id),
  archiveAlertRule: archive('alert_rule'),
  restoreAlertRule: async ({ deps, actor, params }) => {
    const { id } = await restoreObject(deps, actor, 'alert_rule', params.id);
    return findAlertRule(deps, actor, id);
  },
};

/** What is done with objects besides making them. */
export const resourceOperations: Named<keyof typeof resourceRoutes> = {
  ...planOperations,
  ...keyResultOperations,
  ...sourceOperations,
  ...alertingOperations,
  listAuditLog: async ({ deps, actor, query, page: asked }) => {
    const [before = null] = asked?.after ?? [];
    const limit = asked === null ? 200 : asked.limit + 1;
    const from = before === null ? null : String(before);
    const lines = await deps.resources.auditLines(actor.workspace.id, query, limit, from);
    return page(lines.map(auditLineView));
  },
  exportWorkspace: async ({ deps, actor, query, signal }) => {
    const batches = await exportWorkspace(deps, actor, query.type, signal);
    const at = await deps.clock.now();
    return exportDownload(batches, { ...query, bom: query.bom === 'true' }, actor.workspace.id, at);
  },
};

async function metricOf({ deps, actor, params }: Asked) {
  const metric = await findMetric(deps, actor, params.id);
  const live = (await deps.sources.versionsOf(metric.id)).filter(({ retiredAt }) => retiredAt === null);
  return views.metricView(metric, live.length);
}
