import { acceptDefinition } from '../../app/accept-definition.ts';
import { changeMetric, withdrawVersion } from '../../app/change-metric.ts';
import { createFormulaMetric } from '../../app/create-formula-metric.ts';
import { endOverride } from '../../app/end-override.ts';
import { findMetric } from '../../app/find.ts';
import { overrideValue } from '../../app/override-value.ts';
import type { Deps, MetricRecord } from '../../app/ports.ts';
import { listDefinitionChanges, readDefinitionChange } from '../../app/read-definition-change.ts';
import { readBaselines, recaptureBaseline, setBaseline } from '../../app/set-baseline.ts';
import { removeGuard, setGuard } from '../../app/set-guard.ts';
import type { Unit } from '../../domain/metric.ts';
import { type Operations, page } from '../call.ts';
import type { definitionRoutes } from '../contracts/definition.ts';
import { noticesView } from '../notices.ts';
import { rowOf } from '../rows.ts';
import { metricView } from '../views.ts';
import { baselineHistoryView, definitionChangeView, overrideView, versionView } from '../views-definition.ts';

export const definitionOperations: Pick<Operations, keyof typeof definitionRoutes> = {
  listBaselines: async ({ deps, actor, params }) =>
    baselineHistoryView(await readBaselines(deps, actor, params.id)),
  setBaseline: async ({ deps, actor, params, body }) => {
    if ('value' in body) await setBaseline(deps, actor, params.id, body);
    else await recaptureBaseline(deps, actor, params.id, body);
    return baselineHistoryView(await readBaselines(deps, actor, params.id));
  },
  overrideValue: async ({ deps, actor, params, body }) =>
    overrideView(await overrideValue(deps, actor, params.id, body)),
  endOverride: async ({ deps, actor, params }) => {
    const { override } = params as { id: string; override: string }; // the path of this route has both
    return overrideView(await endOverride(deps, actor, params.id, override === 'current' ? null : override));
  },
  setGuard: async ({ deps, actor, params, body }) =>
    rowOf(deps, actor, await setGuard(deps, actor, params.id, body)),
  removeGuard: async ({ deps, actor, params }) =>
    rowOf(deps, actor, await removeGuard(deps, actor, params.id)),
  createFormula: async ({ deps, actor, body }) => {
    const unit = body.unit as Unit | undefined; // an open set of words: "custom:…" is one
    return metricView(await createFormulaMetric(deps, actor, { ...body, unit }));
  },
  changeMetric: async ({ deps, actor, params, body }) => {
    const unit = body.unit as Unit | null | undefined; // as above
    const { warnings, ...changed } = await changeMetric(deps, actor, params.id, { ...body, unit });
    return { ...(await withVersions(deps, changed)), warnings: noticesView(warnings) };
  },
  listVersions: async ({ deps, actor, params }) => {
    const metric = await findMetric(deps, actor, params.id);
    return page((await deps.sources.versionsOf(metric.id)).map(versionView));
  },
  withdrawVersion: async ({ deps, actor, params, body }) =>
    withVersions(deps, await withdrawVersion(deps, actor, params.id, body.reason)),
  listDefinitionChanges: async ({ deps, actor }) =>
    page((await listDefinitionChanges(deps, actor)).map(definitionChangeView)),
  getDefinitionChange: async ({ deps, actor, params }) =>
    definitionChangeView(await readDefinitionChange(deps, actor, params.id)),
  acceptDefinition: async ({ deps, actor, params, body }) =>
    rowOf(deps, actor, await acceptDefinition(deps, actor, params.id, body)),
};

async function withVersions(deps: Deps, metric: MetricRecord) {
  const live = (await deps.sources.versionsOf(metric.id)).filter(({ retiredAt }) => retiredAt === null);
  return metricView(metric, live.length);
}
