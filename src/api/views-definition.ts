import type { KeyResultExplanation } from '../app/explain-key-result.ts';
import type { KeyResultRecord, MetricRecord } from '../app/ports.ts';
import type { BaselineRecord, IngestView, OverrideRecord, Standing } from '../app/ports-definition.ts';
import type { KeyResultView } from '../app/read-board.ts';
import type { DefinitionChange } from '../app/read-definition-change.ts';
import type { KeyResultDetail } from '../app/read-key-result.ts';
import type { BaselineHistory } from '../app/set-baseline.ts';
import type { NoValueReason } from '../domain/key-result.ts';
import type { Reason } from '../domain/status.ts';
import { plainFormat, reasonText, translator } from '../i18n/index.ts';

/** Definitions in the shapes of the contract. */

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const english = translator('en');

type Measure = { unit: string; currency: string | null };

export function reasonView(reason: Reason, { unit, currency }: Measure) {
  return { ...reason, text: reasonText(english, reason, plainFormat('en', unit, currency)) };
}

/** A number that is not there has no values in its sentence. */
const withoutValues = (code: NoValueReason): Reason => ({
  code,
  values: { baseline: null, target: null },
});

export function definitionRow(view: KeyResultView) {
  const { weight, definition } = view.keyResult;
  const override = view.state?.override ?? null;
  return { weight, definition, override, guard: guardView(view), newDefinition: view.newDefinition };
}

function guardView({ keyResult: { guard }, guardMetric, state }: KeyResultView) {
  if (guard === null || guardMetric === null) return null;
  const { key, title, unit, currency } = guardMetric;
  const judged = state?.guard ?? null;
  const reason = judged === null ? 'no_observation' : judged.reason;
  return {
    metricKey: key,
    metricTitle: title,
    unit,
    currency,
    operator: guard.operator,
    bound: judged?.bound ?? guard.bound,
    aggregate: guard.aggregate,
    state: judged?.state ?? ('unknown' as const),
    currentValue: judged?.currentValue ?? null,
    asOfDay: judged?.asOfDay ?? null,
    reason: reason === null ? null : reasonView(withoutValues(reason), guardMetric),
  };
}

/** Where the numbers come from: a connection, or one of the ways that need none. */
export function sourceView(view: KeyResultView, connectorTitle: (id: string) => string) {
  const { metric, connection, environment } = view;
  if (metric === null) return null;
  const of = { metricId: metric.id, metricKey: metric.key, metricTitle: metric.title, environment };
  if (metric.source !== 'connector') {
    const none = {
      connectionId: '',
      connectionKey: '',
      connectionTitle: '',
      connectorId: '',
      connectorTitle: '',
    };
    return { kind: metric.source, ...none, ...of };
  }
  if (connection === null) return null;
  return {
    kind: metric.source,
    connectionId: connection.id,
    connectionKey: connection.key,
    connectionTitle: connection.title,
    connectorId: connection.connectorId,
    connectorTitle: connectorTitle(connection.connectorId),
    ...of,
  };
}

export function definitionDetail({ baselines, overrides, automatic, versions }: KeyResultDetail) {
  return {
    baselines: baselines.map(baselineView),
    overrides: overrides.map(overrideView),
    automatic,
    versions: versions.map(versionView),
  };
}

export function baselineView({ capturedAt, ...baseline }: BaselineRecord) {
  return { ...baseline, capturedAt: capturedAt.toISOString() };
}

export function overrideView({ createdAt, endedAt, ...override }: OverrideRecord) {
  return { ...override, createdAt: createdAt.toISOString(), endedAt: iso(endedAt) };
}

export function baselineHistoryView({ keyResult, startValue, baselines }: BaselineHistory) {
  const { key, unit, currency, baselineRule } = keyResult;
  return {
    keyResult: key,
    unit,
    currency,
    startValue,
    rule: baselineRule,
    baselines: baselines.map(baselineView),
  };
}

function plainVersion({
  versionId,
  version,
  params,
  definition,
  timeZone,
  unit,
  currency,
  ...rest
}: MetricRecord) {
  const formula = definition?.kind === 'formula' ? definition.formula : null;
  const { definitionHash, changeReason } = rest;
  return { versionId, version, params, formula, timeZone, unit, currency, definitionHash, changeReason };
}

export function versionView(version: MetricRecord & { createdAt: Date; retiredAt: Date | null }) {
  const { createdAt, retiredAt } = version;
  return { ...plainVersion(version), createdAt: createdAt.toISOString(), retiredAt: iso(retiredAt) };
}

export function definitionChangeView(change: DefinitionChange) {
  const { keyResult, from, to, changedAt, jump, overlap, days, baseline, onOld, onNew } = change;
  const { id, key, title, titles, owner } = keyResult;
  return {
    keyResult: { id, key, title, titles, owner },
    metric: { key: to.key, title: to.title, unit: to.unit, currency: to.currency },
    from: plainVersion(from),
    to: plainVersion(to),
    reason: to.changeReason,
    changedAt: iso(changedAt),
    jump,
    overlap,
    days,
    baseline,
    onOld: onOld === null ? null : standingView(onOld, keyResult),
    onNew: onNew.standing === null ? null : standingView(onNew.standing, keyResult),
    problem: onNew.problem,
  };
}

function standingView(standing: Standing, measure: Pick<KeyResultRecord, 'unit' | 'currency'>) {
  const { status, statusReason, statusAsOfDay, currentValue, startValue, targetValue, progress, expected } =
    standing;
  const reason = reasonView(statusReason, measure);
  return {
    status,
    reason,
    asOfDay: statusAsOfDay,
    currentValue,
    startValue,
    targetValue,
    progress,
    expected,
  };
}

export function broughtView({ receivedAt, ...ingest }: IngestView) {
  return { ...ingest, receivedAt: receivedAt.toISOString() };
}

export function definitionEvidence({ baseline, override, ingests }: KeyResultExplanation) {
  return {
    baseline: baseline === null ? null : baselineView(baseline),
    override: override === null ? null : overrideView(override),
    ingests: ingests.map(broughtView),
  };
}
