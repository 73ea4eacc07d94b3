import type { AsOfAnswer } from '../app/as-believed.ts';
import type { ConnectionCheck } from '../app/check-connection.ts';
import type { ExplainedPoint, KeyResultExplanation } from '../app/explain-key-result.ts';
import { newestByKey } from '../app/formula-version.ts';
import { isStoredSettled } from '../app/is-stored-settled.ts';
import { isOverMovements } from '../app/over-movements.ts';
import type {
  BudgetUse,
  ConnectionRecord,
  ConnectorInfo,
  CycleRecord,
  ExchangeRecord,
  MetricCoverage,
  MetricDefinition,
  MetricRecord,
  ObjectiveRecord,
  RunRecord,
  SecretView,
  StoredPoint,
} from '../app/ports.ts';
import type { MetricPreview } from '../app/preview-metric.ts';
import type { BoardRowView, BoardView, KeyResultView, TrendForm } from '../app/read-board.ts';
import type { KeyResultDetail } from '../app/read-key-result.ts';
import type { WindowRule } from '../domain/catalog/types.ts';
import { chanceBefore } from '../domain/chance.ts';
import { cycleState } from '../domain/cycle-state.ts';
import { localDay } from '../domain/day.ts';
import { formulaOf } from '../domain/formula.ts';
import type { Reason } from '../domain/status.ts';
import { plainFormat } from '../i18n/index.ts';
import { noticesView } from './notices.ts';
import { alertView } from './views-alerting.ts';

import {
  definitionDetail,
  definitionEvidence,
  definitionRow,
  reasonView,
  sourceView,
} from './views-definition.ts';
import { trackingRow } from './views-ingest.ts';

/** Stored records in the shapes of the contract. Names change here, numbers never do. */

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

/** What a Key Result is called before its first evaluation. */
const UNKNOWN: Reason = { code: 'judged_no_data', values: {} };
const NO_DATA: Reason = { code: 'data_none', values: {} };

export function keyResultRow(view: KeyResultView, connectorTitle: (id: string) => string) {
  const { keyResult, state } = view;
  const { id, key, title, titles, owner, objectiveId, goal, unit, currency } = keyResult;
  return {
    id,
    key,
    title,
    titles,
    owner,
    objectiveId,
    goal,
    unit,
    currency,
    startValue: state?.startValue ?? null,
    targetValue: state?.targetValue ?? null,
    currentValue: state?.currentValue ?? null,
    progress: state?.progress ?? null,
    expected: state?.expected ?? null,
    pace: state?.pace ?? null,
    status: {
      state: state?.status ?? ('unknown' as const),
      asOfDay: state?.statusAsOfDay ?? null,
      reason: reasonView(state?.statusReason ?? UNKNOWN, keyResult),
      lastKnown: state?.lastKnown ?? null,
    },
    data: {
      state: state?.dataState ?? ('none' as const),
      reason: reasonView(state?.dataReason ?? NO_DATA, keyResult),
      dataThroughDay: state?.dataThroughDay ?? null,
      fetchedAt: iso(state?.fetchedAt ?? null),
      computedAt: iso(state?.computedAt ?? null),
    },
    trend: view.trend.map(({ day, settled, value }) => ({ day, value: numberOf(value), settled })),
    ...(view.cohort === null ? {} : { cohort: view.cohort }),
    ...chanceView(state),
    source: sourceView(view, connectorTitle),
    ...definitionRow(view),
    ...trackingRow(view),
  };
}

function chanceView(state: KeyResultView['state']) {
  const chance = state?.outlook?.chance ?? null;
  if (chance === null) return {};
  const { asOfDay, raw, smoothed } = chance;
  return { chance: { asOfDay, smoothed, latest: raw, weekAgo: chanceBefore(chance, 7) } };
}

function forecastView(state: KeyResultView['state']) {
  const forecast = state?.outlook?.forecast ?? null;
  if (forecast === null) return { forecast: null };
  if (!forecast.available) return { forecast: null, noForecast: forecast.why };
  const { available: _, fan, ...rest } = forecast;
  return { forecast: { ...rest, days: fan.map(([day, p10, p50, p90]) => ({ day, p10, p50, p90 })) } };
}

function asOfView(asOf: AsOfAnswer) {
  return asOf === null ? null : { ...asOf, at: asOf.at.toISOString() };
}

export function cycleView(cycle: CycleRecord, now: Date) {
  const { id, key, title, startDay, endDay, timeZone, closedAt } = cycle;
  const state = cycleState(cycle, closedAt !== null, localDay(now, timeZone));
  return { id, key, title, startDay, endDay, timeZone, state, closedAt: iso(closedAt) };
}

export function objectiveView(objective: ObjectiveRecord) {
  const { id, key, title, titles, cycleId, parentId, owner, stage, phase, weight } = objective;
  return { id, key, title, titles, cycleId, parentId, owner, stage, phase, weight };
}

function boardRow(view: BoardRowView, connectorTitle: (id: string) => string, trend: TrendForm) {
  const line = trend === 'days' ? {} : { trendLine: view.trendLine };
  return { ...keyResultRow(view, connectorTitle), ...line, week: view.week };
}

export function boardView(
  board: BoardView,
  workspace: { id: string; name: string; timeZone: string },
  connectorTitle: (id: string) => string,
  asOf: AsOfAnswer,
  trend: TrendForm = 'days',
) {
  return {
    workspace,
    cycle: board.cycle === null ? null : cycleView(board.cycle, board.now),
    now: board.now.toISOString(),
    asOf: asOfView(asOf),
    comparedAt: board.comparedAt.toISOString(),
    objectives: board.objectives.map(({ objective, keyResults, rolled }) => ({
      ...objectiveView(objective),
      progress: rolled.value,
      coverage: rolled.coverage,
      keyResults: keyResults.map((view) => boardRow(view, connectorTitle, trend)),
    })),
  };
}

export function keyResultDetail(
  detail: KeyResultDetail,
  connectorTitle: (id: string) => string,
  asOf: AsOfAnswer,
) {
  return {
    ...keyResultRow(detail.view, connectorTitle),
    description: detail.view.keyResult.description,
    ...definitionDetail(detail),
    objectiveTitle: detail.objectiveTitle,
    objectiveTitles: detail.objectiveTitles,
    cycle: cycleView(detail.cycle, detail.now),
    paceCurve: detail.view.keyResult.paceCurve,
    now: detail.now.toISOString(),
    asOf: asOfView(asOf),
    today: detail.today,
    series: detail.series.map(({ day, value, reason, settled, revision, origin, was }) => ({
      day,
      value: numberOf(value),
      reason,
      settled,
      revision,
      origin,
      ...(was === null ? {} : { was: { value: numberOf(was.value), until: was.until.toISOString() } }),
    })),
    goalSeries: detail.goalSeries,
    ...forecastView(detail.view.state),
    initiatives: detail.initiatives,
    ...(detail.targets.length === 0 ? {} : { targets: detail.targets.map(targetView) }),
    alerts: detail.alerts.map(alertView),
  };
}

const targetView = ({ changedAt, ...target }: KeyResultDetail['targets'][number]) => ({
  ...target,
  changedAt: iso(changedAt),
});

export function explanationView(
  explanation: KeyResultExplanation,
  connectorTitle: (id: string) => string,
  asOf: AsOfAnswer,
) {
  const { view, snapshot, metric, now } = explanation;
  const { keyResult, state } = view;
  return {
    asOf: asOfView(asOf),
    keyResult: keyResultRow(view, connectorTitle),
    formula:
      state === null
        ? { rule: '', numbers: '' }
        : formulaOf(
            { ...state, kept: keptOf(state.statusReason) },
            keyResult.goal,
            plainFormat('en', keyResult.unit, keyResult.currency).value,
            keyResult.aggregate === null || metric === null
              ? null
              : { aggregate: keyResult.aggregate, kind: metric.kind },
          ),
    snapshot:
      snapshot === null
        ? null
        : {
            id: snapshot.id,
            asOfDay: snapshot.asOfDay,
            computedAt: snapshot.computedAt.toISOString(),
            inputsDigest: snapshot.inputsDigest,
            definitionVersion: snapshot.definitionVersion,
            forecast: snapshot.forecast,
          },
    points: explanation.points.map((point) => explainedPoint(point, metric, now)),
    ...(explanation.onDay === null
      ? {}
      : {
          onDay: {
            point:
              explanation.onDay.point === null ? null : explainedPoint(explanation.onDay.point, metric, now),
            inputRunIds: [...new Set(explanation.onDay.inputs.flatMap(({ runId }) => runId ?? []))],
          },
        }),
    inputs: explanation.inputs.map((input) => ({
      name: input.name,
      metric: explainedMetric(input.metric),
      unit: input.metric.unit,
      currency: input.metric.currency,
      points: input.points.map((point) => explainedPoint(point, input.metric, now)),
    })),
    ...definitionEvidence(explanation),
    runs: explanation.runs.map(({ run, evidence }) => ({
      id: run.id,
      trigger: run.trigger,
      status: run.status,
      startedAt: iso(run.startedAt),
      finishedAt: iso(run.finishedAt),
      evidence: evidence.map(({ runId: _run, recordedAt, ...each }) => ({
        ...each,
        recordedAt: recordedAt.toISOString(),
      })),
    })),
    metric: metric === null ? null : explainedMetric(metric),
  };
}

function explainedPoint(point: ExplainedPoint, metric: MetricRecord | null, now: Date) {
  return {
    day: point.day,
    value: point.value,
    reason: point.reason,
    numerator: point.numerator,
    denominator: point.denominator,
    revision: point.revision,
    origin: point.origin,
    settled: metric === null || isStoredSettled(point, metric, now),
    fetchedAt: point.fetchedAt.toISOString(),
    runId: point.runId,
    revisions: point.revisions.map(({ value, revision, believedFrom, believedUntil, runId }) => ({
      value,
      revision,
      believedFrom: believedFrom.toISOString(),
      believedUntil: believedUntil.toISOString(),
      runId,
    })),
  };
}

function explainedMetric(metric: MetricRecord) {
  const { id, key, title, version, definitionHash, connectorMetric, params, kind, timeZone } = metric;
  const { settlesAfterHours, rereadDays } = metric;
  return {
    id,
    key,
    title,
    version,
    definitionHash,
    connectorMetric,
    params,
    kind,
    timeZone,
    settlesAfterHours,
    rereadDays,
    definition: definitionView(metric.definition),
    movements: isOverMovements(metric),
  };
}

/** A guardrail's reason carries in how many checks the promise was kept. */
function keptOf({ values }: Reason): { met: number; periods: number; share: number } | null {
  const { met, periods } = values;
  if (typeof met !== 'number' || typeof periods !== 'number') return null;
  return { met, periods, share: periods === 0 ? 1 : met / periods };
}

export function connectorView(info: ConnectorInfo) {
  return { ...info, secretFields: [...info.secretFields] };
}

export function connectionView(connection: ConnectionRecord, secrets: Record<string, SecretView>) {
  const { id, key, title, connectorId, environment, endpoint, state, stateReason, schedule } = connection;
  return {
    id,
    key,
    title,
    connectorId,
    environment,
    endpoint,
    settings: connection.config,
    state,
    stateReason,
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([field, { last4, updatedAt, allowedHosts }]) => [
        field,
        { set: true, last4, updatedAt: updatedAt.toISOString(), allowedHosts },
      ]),
    ),
    schedule: schedule === null ? null : { ...schedule, nextDueAt: iso(schedule.nextDueAt) },
    lastSuccessAt: iso(connection.lastSuccessAt),
    lastFailureAt: iso(connection.lastFailureAt),
    circuitOpenUntil: iso(connection.circuitUntil),
    owner: connection.owner,
    account: accountView(connection.account),
  };
}

function accountView(account: ConnectionRecord['account']) {
  if (account === null) return null;
  const { checkedAt, currency, timeZone } = account;
  return { timeZone, currency, checkedAt: checkedAt.toISOString() };
}

export function checkView({ exchanges, notices, ...check }: ConnectionCheck) {
  return { ok: true as const, ...check, notices: noticesView(notices), requests: exchanges };
}

export function budgetView({ freeAt, pausedUntil, ...budget }: BudgetUse) {
  return { ...budget, freeAt: iso(freeAt), pausedUntil: iso(pausedUntil) };
}

export function coverageView({ fetchedAt, ...coverage }: MetricCoverage) {
  return { ...coverage, fetchedAt: iso(fetchedAt) };
}

export function previewView(preview: MetricPreview) {
  const { metric, currency, timeZone, startDay, endDay, points, completeness, problems } = preview;
  const known = points.filter((point) => point.value !== null);
  return {
    coverage: { startDay, endDay, days: points.length, daysWithValue: known.length },
    metric,
    unit: metric.unit,
    currency,
    timeZone,
    current: known.at(-1) ?? null,
    points,
    completeness,
    requests: preview.exchanges satisfies ExchangeRecord[],
    problems,
    warnings: noticesView(preview.warnings),
  };
}

/** One entry a metric, its newest version, with how many are collected. */
export function newestMetrics(versions: MetricRecord[]) {
  return [...newestByKey(versions).values()].map((metric) =>
    metricView(metric, versions.filter(({ id }) => id === metric.id).length),
  );
}

export function metricView(metric: MetricRecord, liveVersions = 1) {
  const {
    id,
    key,
    title,
    connectionId,
    connectionKey,
    connectorMetric,
    version,
    params,
    kind,
    unit,
    currency,
  } = metric;
  const { timeZone, settlesAfterHours, rereadDays } = metric;
  return {
    id,
    key,
    title,
    connectionId,
    connectionKey,
    connectorMetric,
    version,
    params,
    kind,
    unit,
    currency,
    timeZone,
    settlesAfterHours,
    rereadDays,
    definition: definitionView(metric.definition),
    source: metric.source,
    liveVersions,
  };
}

/** Stored as JSON, where the window is whatever rule was valid when it was written. */
export function definitionView(definition: MetricDefinition | null) {
  if (definition === null || definition.kind === 'formula') return definition;
  return { ...definition, window: definition.window as WindowRule };
}

export function pointView(point: StoredPoint, settled: boolean) {
  const { day, value, reason, numerator, denominator, revision, origin, fetchedAt } = point;
  const read = { value, reason, numerator, denominator };
  return { day, ...read, settled, revision, origin, fetchedAt: fetchedAt.toISOString() };
}

export function runView(
  run: RunRecord,
  metrics: { metricKey: string; ok: boolean; message: string | null }[],
) {
  const { id, connectionId, connectionKey, trigger, status, attempt, requests } = run;
  return {
    id,
    connectionId,
    connectionKey,
    trigger,
    status,
    attempt,
    slot: run.slot.toISOString(),
    notBefore: run.notBefore.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    error: run.errorClass === null ? null : { class: run.errorClass, message: run.errorMessage ?? '' },
    points: { read: run.pointsRead, changed: run.pointsChanged },
    requests,
    metrics,
  };
}
