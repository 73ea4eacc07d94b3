import type { EvaluationInput } from '../app/evaluation.ts';
import type {
  ConnectionStateName,
  Environment,
  KeyResultDefinition,
  KeyResultStateRecord,
  MetricDefinition,
  MetricSource,
  Sample,
} from '../app/ports.ts';
import type { Aggregate } from '../domain/aggregate.ts';
import type { BaselineRule } from '../domain/baseline.ts';
import type { DataState } from '../domain/data-state.ts';
import type { Guard, GuardState } from '../domain/guard.ts';
import type { Goal, PaceCurve } from '../domain/key-result.ts';
import type { MetricKind, Unit } from '../domain/metric.ts';
import type { Reason, Status } from '../domain/status.ts';
import type { Titles } from '../domain/titles.ts';

/** One question for everything but the points: the Key Result, its cycle, its metric and its connection. */
export const KEY_RESULT_ROWS = `
SELECT k.id, k.workspace_id, k.objective_id, k.cycle_id, k.key, k.title, k.titles, k.description, k.owner_name, k.goal, k.pace_curve, k.aggregate, k.baseline_rule, k.guard,
  k.definition, k.weight, k.carried_from_id, k.check_in_every_days,
  k.unit, k.currency, k.version, k.metric_version_id,
  o.title AS objective_title, o.titles AS objective_titles,
  c.key AS cycle_key, c.title AS cycle_title, c.start_day, c.end_day, c.time_zone AS cycle_time_zone,
  v.points_stamp, m.id AS metric_id, m.source AS metric_source, m.connection_id AS metric_connection_id, m.key AS metric_key, m.title AS metric_title, v.version AS metric_version, v.connector_metric,
  v.params, v.kind, v.unit AS metric_unit, v.currency AS metric_currency, v.time_zone AS metric_time_zone,
  v.settles_after_hours, v.reread_days, v.stale_after_days, v.cadence, v.read_every_hours, v.history, v.history_start_day, v.cursor_day, v.definition_hash, v.definition AS metric_definition,
  v.inputs, v.change_reason,
  n.id AS connection_id, n.key AS connection_key, n.state AS connection_state, n.environment, n.last_success_at,
  n.last_failure_at, n.failing_since, n.last_error, s.every_minutes
FROM key_result k
JOIN objective o ON o.id = k.objective_id
JOIN cycle c ON c.id = k.cycle_id
LEFT JOIN metric_version v ON v.id = k.metric_version_id
LEFT JOIN metric m ON m.id = v.metric_id
-- A formula is as well as the worst of what it combines.
LEFT JOIN connection n ON n.id = COALESCE(m.connection_id, (
  SELECT ic.id FROM metric_version iv JOIN metric im ON im.id = iv.metric_id JOIN connection ic ON ic.id = im.connection_id
  WHERE iv.id = ANY(v.inputs) ORDER BY ic.state = 'active', ic.failing_since NULLS LAST, ic.last_success_at NULLS FIRST LIMIT 1))
LEFT JOIN schedule s ON s.connection_id = n.id
WHERE k.id = ANY($1) AND k.archived_at IS NULL AND ($2::boolean OR c.closed_at IS NULL) ORDER BY k.id`;

export type KeyResultRow = {
  id: string;
  workspace_id: string;
  objective_id: string;
  cycle_id: string;
  key: string;
  title: string;
  titles: Titles;
  description: string;
  owner_name: string | null;
  goal: Goal;
  pace_curve: PaceCurve;
  aggregate: Aggregate | null;
  baseline_rule: BaselineRule | null;
  guard: Guard | null;
  definition: KeyResultDefinition | null;
  weight: string;
  carried_from_id: string | null;
  check_in_every_days: number | null;
  unit: Unit;
  currency: string | null;
  version: number;
  metric_version_id: string | null;
  objective_title: string;
  objective_titles: Titles;
  cycle_key: string;
  cycle_title: string;
  start_day: string;
  end_day: string;
  cycle_time_zone: string;
  metric_id: string | null;
  metric_source: MetricSource;
  metric_connection_id: string | null;
  metric_key: string;
  metric_title: string;
  metric_version: number;
  connector_metric: string;
  params: Record<string, unknown>;
  kind: MetricKind;
  metric_unit: Unit;
  metric_currency: string | null;
  metric_time_zone: string;
  settles_after_hours: number;
  reread_days: number;
  stale_after_days: number;
  cadence: 'day' | 'month';
  read_every_hours: number | null;
  history: 'backfill' | 'from_now';
  history_start_day: string;
  cursor_day: string | null;
  definition_hash: string;
  metric_definition: MetricDefinition | null;
  points_stamp: string | null;
  inputs: string[];
  change_reason: string | null;
  connection_id: string | null;
  connection_key: string;
  connection_state: ConnectionStateName;
  environment: Environment;
  last_success_at: Date | null;
  last_failure_at: Date | null;
  failing_since: Date | null;
  last_error: { class: string; message: string } | null;
  every_minutes: number | null;
};

export function toInput(
  row: KeyResultRow,
  rest: Pick<
    EvaluationInput,
    | 'points'
    | 'overrides'
    | 'guard'
    | 'previous'
    | 'outlookKey'
    | 'machine'
    | 'openAlert'
    | 'rules'
    | 'channels'
  >,
): EvaluationInput {
  return {
    keyResult: {
      id: row.id,
      workspaceId: row.workspace_id,
      objectiveId: row.objective_id,
      cycleId: row.cycle_id,
      key: row.key,
      title: row.title,
      titles: row.titles,
      description: row.description,
      owner: row.owner_name,
      goal: row.goal,
      paceCurve: row.pace_curve,
      aggregate: row.aggregate,
      baselineRule: row.baseline_rule,
      guard: row.guard,
      definition: row.definition,
      weight: Number(row.weight),
      carriedFromId: row.carried_from_id,
      unit: row.unit,
      currency: row.currency,
      version: row.version,
      metricVersionId: row.metric_version_id,
    },
    objective: { id: row.objective_id, title: row.objective_title, titles: row.objective_titles },
    checkInDays: row.check_in_every_days,
    cycle: {
      id: row.cycle_id,
      workspaceId: row.workspace_id,
      key: row.cycle_key,
      title: row.cycle_title,
      startDay: row.start_day,
      endDay: row.end_day,
      timeZone: row.cycle_time_zone,
      closedAt: null,
    },
    metric: row.metric_id === null ? null : toMetric(row, row.metric_id),
    connection:
      row.connection_id === null
        ? null
        : {
            state: row.connection_state,
            environment: row.environment,
            lastSuccessAt: row.last_success_at,
            failingSince: row.failing_since,
            lastErrorClass: row.last_error?.class ?? null,
            everyMinutes: row.every_minutes,
          },
    pointsStamp: row.points_stamp ?? '0',
    history: null,
    ...rest,
  };
}

function toMetric(row: KeyResultRow, id: string): NonNullable<EvaluationInput['metric']> {
  return {
    id,
    workspaceId: row.workspace_id,
    source: row.metric_source,
    connectionId: row.metric_connection_id ?? '',
    connectionKey: row.metric_connection_id === null ? '' : row.connection_key,
    key: row.metric_key,
    title: row.metric_title,
    versionId: row.metric_version_id ?? '',
    version: row.metric_version,
    connectorMetric: row.connector_metric,
    params: row.params,
    kind: row.kind,
    unit: row.metric_unit,
    currency: row.metric_currency,
    timeZone: row.metric_time_zone,
    settlesAfterHours: row.settles_after_hours,
    rereadDays: row.reread_days,
    staleAfterDays: row.stale_after_days,
    cadence: row.cadence,
    readEveryHours: row.read_every_hours,
    history: row.history,
    historyStartDay: row.history_start_day,
    cursorDay: row.cursor_day,
    definitionHash: row.definition_hash,
    definition: row.metric_definition,
    inputs: row.inputs,
    changeReason: row.change_reason,
  };
}

export type StateRow = {
  key_result_id: string;
  snapshot_id: string | null;
  status: Status;
  status_reason: Reason;
  status_as_of_day: string | null;
  last_known_status: Status | null;
  last_known_day: string | null;
  data_state: DataState;
  data_reason: Reason;
  data_through_day: string | null;
  fetched_at: Date | null;
  computed_at: Date;
  current_value: string | null;
  start_value: string | null;
  target_value: string | null;
  progress: number | null;
  expected: number | null;
  pace: number | null;
  guard: GuardState | null;
  override: KeyResultStateRecord['override'];
  sample: Sample | null;
  outlook: KeyResultStateRecord['outlook'];
};

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text));

export function toState(row: StateRow): KeyResultStateRecord {
  return {
    keyResultId: row.key_result_id,
    snapshotId: row.snapshot_id,
    status: row.status,
    statusReason: row.status_reason,
    statusAsOfDay: row.status_as_of_day,
    lastKnown:
      row.last_known_status === null || row.last_known_day === null
        ? null
        : { state: row.last_known_status, asOfDay: row.last_known_day },
    dataState: row.data_state,
    dataReason: row.data_reason,
    dataThroughDay: row.data_through_day,
    fetchedAt: row.fetched_at,
    computedAt: row.computed_at,
    currentValue: numberOrNull(row.current_value),
    startValue: numberOrNull(row.start_value),
    targetValue: numberOrNull(row.target_value),
    progress: row.progress,
    expected: row.expected,
    pace: row.pace,
    guard: row.guard,
    override: row.override,
    sample: row.sample,
    outlook: row.outlook,
  };
}
