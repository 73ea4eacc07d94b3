import type { ConnectionCheck } from '../app/check-connection.ts';
import type { KeyResultExplanation } from '../app/explain-key-result.ts';
import { isStoredSettled } from '../app/is-stored-settled.ts';
import type {
  AlertRecord,
  ChannelRecord,
  ConnectionRecord,
  ConnectorInfo,
  CycleRecord,
  DeliveryRecord,
  ExchangeRecord,
  MetricRecord,
  ObjectiveRecord,
  RunRecord,
  SecretView,
  StoredPoint,
} from '../app/ports.ts';
import type { MetricPreview } from '../app/preview-metric.ts';
import type { BoardView, KeyResultView } from '../app/read-board.ts';
import type { KeyResultDetail } from '../app/read-key-result.ts';
import { formulaOf } from '../domain/formula.ts';
import type { Reason } from '../domain/status.ts';
import { plainFormat, reasonText, translator } from '../i18n/index.ts';

/** Stored records in the shapes of the contract. Names change here, numbers never do. */

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
const english = translator('en');

function reasonView(reason: Reason, unit: string, currency: string | null) {
  return { ...reason, text: reasonText(english, reason, plainFormat('en', unit, currency)) };
}

/** What a Key Result is called before its first evaluation. */
const UNKNOWN: Reason = { code: 'judged_no_data', values: {} };
const NO_DATA: Reason = { code: 'data_none', values: {} };

export function keyResultRow(view: KeyResultView, connectorTitle: (id: string) => string) {
  const { keyResult, state, metric, connection } = view;
  const { id, key, title, owner, objectiveId, goal, unit, currency } = keyResult;
  return {
    id,
    key,
    title,
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
      reason: reasonView(state?.statusReason ?? UNKNOWN, unit, currency),
      lastKnown: state?.lastKnown ?? null,
    },
    data: {
      state: state?.dataState ?? ('none' as const),
      reason: reasonView(state?.dataReason ?? NO_DATA, unit, currency),
      dataThroughDay: state?.dataThroughDay ?? null,
      fetchedAt: iso(state?.fetchedAt ?? null),
      computedAt: iso(state?.computedAt ?? null),
    },
    trend: view.trend.map((point) => ({ day: point.day, value: numberOf(point.value) })),
    source:
      metric === null || connection === null
        ? null
        : {
            connectionId: connection.id,
            connectionKey: connection.key,
            connectionTitle: connection.title,
            connectorId: connection.connectorId,
            connectorTitle: connectorTitle(connection.connectorId),
            environment: connection.environment,
            metricId: metric.id,
            metricKey: metric.key,
            metricTitle: metric.title,
          },
  };
}

export function cycleView({ id, key, title, startDay, endDay, timeZone }: CycleRecord) {
  return { id, key, title, startDay, endDay, timeZone };
}

export function objectiveView({ id, key, title, cycleId, parentId, owner }: ObjectiveRecord) {
  return { id, key, title, cycleId, parentId, owner };
}

export function boardView(
  board: BoardView,
  workspace: { id: string; name: string; timeZone: string },
  connectorTitle: (id: string) => string,
) {
  return {
    workspace,
    cycle: board.cycle === null ? null : cycleView(board.cycle),
    now: board.now.toISOString(),
    objectives: board.objectives.map(({ objective, keyResults }) => ({
      id: objective.id,
      key: objective.key,
      title: objective.title,
      parentId: objective.parentId,
      owner: objective.owner,
      keyResults: keyResults.map((view) => keyResultRow(view, connectorTitle)),
    })),
  };
}

export function keyResultDetail(detail: KeyResultDetail, connectorTitle: (id: string) => string) {
  return {
    ...keyResultRow(detail.view, connectorTitle),
    description: detail.view.keyResult.description,
    objectiveTitle: detail.objectiveTitle,
    cycle: cycleView(detail.cycle),
    paceCurve: detail.view.keyResult.paceCurve,
    now: detail.now.toISOString(),
    today: detail.today,
    series: detail.series.map(({ day, value, settled, revision, origin }) => ({
      day,
      value: numberOf(value),
      settled,
      revision,
      origin,
    })),
    goalSeries: detail.goalSeries,
    initiatives: detail.initiatives,
    alerts: detail.alerts.map(alertView),
  };
}

export function alertView({ keyResultId, keyResultKey, ...alert }: AlertRecord) {
  const { id, kind, state, since, firedAt, resolvedAt } = alert;
  const times = { since: since.toISOString(), firedAt: iso(firedAt), resolvedAt: iso(resolvedAt) };
  return { id, keyResultId, keyResultKey, kind, state, ...times };
}

export function explanationView(explanation: KeyResultExplanation, connectorTitle: (id: string) => string) {
  const { view, snapshot, metric, now } = explanation;
  const { keyResult, state } = view;
  return {
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
          },
    points: explanation.points.map((point) => ({
      day: point.day,
      value: point.value,
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
    })),
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
    metric:
      metric === null
        ? null
        : {
            id: metric.id,
            key: metric.key,
            title: metric.title,
            version: metric.version,
            definitionHash: metric.definitionHash,
            connectorMetric: metric.connectorMetric,
            params: metric.params,
            kind: metric.kind,
            timeZone: metric.timeZone,
            settlesAfterHours: metric.settlesAfterHours,
            rereadDays: metric.rereadDays,
          },
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
  };
}

export function checkView({ account, livemode, warnings, exchanges }: ConnectionCheck) {
  return { ok: true as const, account, livemode, warnings, requests: exchanges };
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
  };
}

export function metricView(metric: MetricRecord) {
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
  };
}

export function pointView({ day, value, revision, origin, fetchedAt }: StoredPoint, settled: boolean) {
  return { day, value, settled, revision, origin, fetchedAt: fetchedAt.toISOString() };
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

export function channelView({ id, key, title, kind, config, enabled, disabledReason }: ChannelRecord) {
  return {
    id,
    key,
    title,
    kind,
    address: typeof config.shown === 'string' ? config.shown : '',
    enabled,
    disabledReason,
  };
}

export function deliveryView({ createdAt, deliveredAt, ...delivery }: DeliveryRecord) {
  return { ...delivery, createdAt: createdAt.toISOString(), deliveredAt: iso(deliveredAt) };
}
