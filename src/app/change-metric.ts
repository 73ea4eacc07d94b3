import type { Unit } from '../domain/metric.ts';
import type { Notice } from './account-notices.ts';
import { newMetric } from './create-metric.ts';
import { AppError } from './errors.ts';
import { findMetric } from './find.ts';
import { formulaVersion, type VersionTraits } from './formula-version.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type MetricChange = {
  /** Those that change; null takes one away. */
  params?: Record<string, unknown> | undefined;
  timeZone?: string | undefined;
  formula?: string | undefined;
  /** Of a formula: what its result is called; null: what follows from its metrics. Absent: as before. */
  unit?: Unit | null | undefined;
  reason: string;
};

/**
 * Gives a metric another definition: a new version with a series of its own, its history read at once. Key Results,
 * guards and formulas stay on the version that they have until somebody accepts the new one for them.
 */
export async function changeMetric(
  deps: Deps,
  actor: Actor,
  key: string,
  change: MetricChange,
): Promise<MetricRecord & { warnings: Notice[] }> {
  const metric = await findMetric(deps, actor, key);
  const { version, warnings } =
    metric.source === 'formula'
      ? { version: await changedFormula(deps, actor, metric, change), warnings: [] }
      : await changedReading(deps, actor, metric, change);
  if (version.definitionHash === metric.definitionHash) {
    throw new AppError(
      'conflict',
      'unchanged',
      `That is what version ${metric.version} of the metric "${metric.key}" says already.`,
      'Change a parameter, the time zone or the formula.',
    );
  }
  const added = await deps.atomically(async (inside) => {
    const added = await inside.sources.addMetricVersion(metric.id, version, actor.name);
    await recordChange(inside, actor, 'change_definition', 'metric', metric.id, {
      key: metric.key,
      from: definitionOf(metric),
      to: definitionOf(added),
      reason: change.reason,
    });
    return added;
  });
  if (added.source === 'formula') await deps.definitions.computeFormula(added.versionId);
  else await deps.runs.request(actor.workspace.id, added.connectionId, 'backfill');
  await deps.sources.retireUnusedVersions(metric.id);
  return { ...added, warnings };
}

/**
 * Takes back the newest version while nobody has accepted it. Its series stays, and is collected no more.
 *
 * @throws AppError when it is the only one, or in use
 */
export async function withdrawVersion(
  deps: Deps,
  actor: Actor,
  key: string,
  reason: string,
): Promise<MetricRecord> {
  const metric = await findMetric(deps, actor, key);
  await deps.atomically(async (inside) => {
    if (!(await inside.definitions.withdrawVersion(metric.versionId))) {
      throw new AppError(
        'conflict',
        'version_in_use',
        `Version ${metric.version} of the metric "${metric.key}" cannot be taken back: something uses it, or there is no other.`,
        'Change the metric again instead: `tidemark metric change`.',
      );
    }
    const details = { key: metric.key, version: metric.version, reason };
    await recordChange(inside, actor, 'withdraw_definition', 'metric', metric.id, details);
  });
  return findMetric(deps, actor, metric.id);
}

async function changedFormula(
  deps: Deps,
  actor: Actor,
  metric: MetricRecord,
  change: MetricChange,
): Promise<VersionTraits> {
  refuseOther(metric, change, ['formula', 'unit'], 'A formula takes its days from its metrics');
  const formula = change.formula ?? (metric.definition?.kind === 'formula' ? metric.definition.formula : '');
  const before = metric.unit.startsWith('custom:') ? metric.unit : null;
  const unit = change.unit === undefined ? before : change.unit;
  return formulaVersion(deps, actor, { formula, unit, changeReason: change.reason });
}

/** The same reading with other parameters or other days; the provider is asked whether it can answer it. */
async function changedReading(
  deps: Deps,
  actor: Actor,
  metric: MetricRecord,
  change: MetricChange,
): Promise<{ version: VersionTraits; warnings: Notice[] }> {
  if (metric.source !== 'connector') {
    throw new AppError(
      'conflict',
      'not_computed',
      `The values of the metric "${metric.key}" are given to Tidemark, which has no definition of its own to change.`,
      'Add another metric for numbers that mean something else.',
    );
  }
  refuseOther(metric, change, ['params', 'timeZone'], 'A metric that is read has no formula');
  const wanted = Object.entries({ ...metric.params, ...change.params }).filter(([, value]) => value !== null);
  const { metric: changed, warnings } = await newMetric(deps, actor, {
    key: metric.key,
    connection: metric.connectionId,
    metric: metric.connectorMetric,
    params: Object.fromEntries(wanted),
    timeZone: change.timeZone ?? metric.timeZone,
    historyDays: 1,
    staleAfterDays: metric.staleAfterDays,
  });
  const { workspaceId: _w, source: _s, connectionId: _c, key: _k, title: _t, ...version } = changed;
  // Both series begin on the same day; a source that only knows the present begins today.
  const historyStartDay = changed.history === 'from_now' ? changed.historyStartDay : metric.historyStartDay;
  return { version: { ...version, historyStartDay, changeReason: change.reason }, warnings };
}

function refuseOther(
  metric: MetricRecord,
  change: MetricChange,
  allowed: (keyof MetricChange)[],
  because: string,
): void {
  const strange = (['params', 'timeZone', 'formula', 'unit'] as const).find(
    (name) => change[name] !== undefined && !allowed.includes(name),
  );
  if (strange === undefined) return;
  const detail = `${because}, so "${strange}" of the metric "${metric.key}" cannot be changed.`;
  throw new AppError('invalid', 'validation', detail, `Change its ${allowed.join(' or its ')}.`, {
    errors: [{ pointer: `/${strange}`, code: 'not_changeable', detail }],
  });
}

function definitionOf({ version, params, timeZone, definition, definitionHash }: MetricRecord) {
  const formula = definition?.kind === 'formula' ? { formula: definition.formula } : {};
  return { version, params, timeZone, definitionHash, ...formula };
}
