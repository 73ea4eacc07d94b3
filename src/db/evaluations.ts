import type pg from 'pg';
import type { Evaluate, EvaluationInput, EvaluationOutput } from '../app/evaluation.ts';
import type { KeyResultStateRecord, StoredPoint } from '../app/ports.ts';
import { type Aggregate, trailingDaysOf } from '../domain/aggregate.ts';
import { addDays } from '../domain/day.ts';
import type { MetricTraits } from '../domain/metric.ts';
import type { Override } from '../domain/override.ts';
import { saveBaseline, saveGuardBound } from './baselines.ts';
import type { Tx } from './database.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { KEY_RESULT_ROWS, type KeyResultRow, type StateRow, toInput, toState } from './evaluation-rows.ts';
import { POINT_COLUMNS, type PointRow, toPoint } from './source-store.ts';

/** Days before the cycle that are loaded of every metric: baselines look there. */
const DAYS_BEFORE = 35;
const MONTH_DAYS = 31;

/**
 * Evaluates Key Results inside the given transaction: loads what they look at, hands it to the pure function, and
 * writes what it answers. The Key Results are locked in order, so that two evaluations cannot cross.
 */
export async function evaluateIn(tx: Tx, keyResultIds: string[], evaluate: Evaluate): Promise<void> {
  if (keyResultIds.length === 0) return;
  const { inputs, now } = await loadInputs(tx, keyResultIds.toSorted());
  for (const input of inputs) await save(tx, input, evaluate(input, now));
}

/** Everything that an evaluation of these Key Results looks at; they stay locked until the transaction ends. */
export async function loadInputs(tx: Tx, ids: string[]): Promise<{ inputs: EvaluationInput[]; now: Date }> {
  await tx.query('SELECT 1 FROM key_result WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
  const rows = (await tx.query<KeyResultRow>(KEY_RESULT_ROWS, [ids])).rows;
  const states = await statesOf(tx, ids);
  const points = await pointsOf(tx, rows);
  const overrides = await overridesOf(tx, ids);
  const guards = await guardsOf(tx, rows);
  const alerts = (
    await tx.query<{ id: string; keyResultId: string; episode: number }>(
      `SELECT id, key_result_id AS "keyResultId", episode FROM alert
       WHERE key_result_id = ANY($1) AND state IN ('pending', 'firing')`,
      [ids],
    )
  ).rows;
  const machines = new Map(
    (
      await tx.query<{ id: string; machine: EvaluationInput['machine'] }>(
        'SELECT key_result_id AS id, alert_machine AS machine FROM key_result_state WHERE key_result_id = ANY($1)',
        [ids],
      )
    ).rows.map((row) => [row.id, row.machine]),
  );
  const workspaces = [...new Set(rows.map((row) => row.workspace_id))];
  const rules = (
    await tx.query<EvaluationInput['rules'][number]>(
      `SELECT id, workspace_id AS "workspaceId", objective_id AS "objectiveId", key_result_id AS "keyResultId", kind,
         for_evaluations AS "forEvaluations", keep_firing_evaluations AS "keepFiringEvaluations", enabled
       FROM alert_rule WHERE workspace_id = ANY($1) AND enabled ORDER BY id`,
      [workspaces],
    )
  ).rows;
  const channels = (
    await tx.query<EvaluationInput['channels'][number] & { workspaceId: string }>(
      `SELECT id, key, kind, workspace_id AS "workspaceId" FROM channel WHERE workspace_id = ANY($1) AND enabled ORDER BY id`,
      [workspaces],
    )
  ).rows;
  const inputs = rows.map((row) =>
    toInput(row, {
      points: points.get(row.metric_version_id ?? '') ?? [],
      overrides: overrides
        .filter((each) => each.keyResultId === row.id)
        .map(({ id, value, fromDay, untilDay }) => ({ id, value, fromDay, untilDay })),
      guard: guards.get(row.id) ?? null,
      previous: states.get(row.id) ?? null,
      machine: machines.get(row.id) ?? null,
      openAlert: alerts.find((alert) => alert.keyResultId === row.id) ?? null,
      rules: rules.filter((rule) => rule.workspaceId === row.workspace_id && applies(rule, row)),
      channels: channels.filter((channel) => channel.workspaceId === row.workspace_id),
    }),
  );
  const now = (await tx.query<{ now: Date }>('SELECT app_now() AS now')).rows[0]?.now as Date;
  return { inputs, now };
}

function applies(rule: EvaluationInput['rules'][number], row: KeyResultRow): boolean {
  return (
    (rule.keyResultId === null || rule.keyResultId === row.id) &&
    (rule.objectiveId === null || rule.objectiveId === row.objective_id)
  );
}

export async function statesOf(
  tx: Pick<Tx, 'query'>,
  ids: string[],
): Promise<Map<string, KeyResultStateRecord>> {
  const rows = await tx.query<StateRow>('SELECT * FROM key_result_state WHERE key_result_id = ANY($1)', [
    ids,
  ]);
  return new Map(rows.rows.map((row) => [row.key_result_id, toState(row)]));
}

async function overridesOf(tx: Tx, ids: string[]): Promise<(Override & { keyResultId: string })[]> {
  const rows = await tx.query<Override & { keyResultId: string; value: string }>(
    `SELECT id, key_result_id AS "keyResultId", value, from_day AS "fromDay", until_day AS "untilDay"
     FROM value_override WHERE key_result_id = ANY($1) AND ended_at IS NULL ORDER BY created_at, id`,
    [ids],
  );
  return rows.rows.map((row) => ({ ...row, value: Number(row.value) }));
}

/** The counter-metrics with their points, by Key Result. */
async function guardsOf(tx: Tx, rows: KeyResultRow[]): Promise<Map<string, EvaluationInput['guard']>> {
  const guarded = rows.flatMap((row) => (row.guard === null ? [] : [{ row, guard: row.guard }]));
  const guards = new Map<string, EvaluationInput['guard']>();
  if (guarded.length === 0) return guards;
  const traits = await tx.query<MetricTraits & { id: string }>(
    `SELECT id, kind, time_zone AS "timeZone", settles_after_hours AS "settlesAfterHours",
       stale_after_days AS "staleAfterDays", cadence FROM metric_version WHERE id = ANY($1)`,
    [guarded.map(({ guard }) => guard.metricVersionId)],
  );
  for (const { guard, row } of guarded) {
    const known = traits.rows.find(({ id }) => id === guard.metricVersionId);
    if (known === undefined) continue;
    const { id, ...found } = known;
    const before = daysBeforeOf(guard.aggregate, found);
    const points = await pointsFrom(tx, new Map([[id, addDays(row.start_day, -before)]]));
    guards.set(row.id, { guard, traits: found, points: points.get(id) ?? [] });
  }
  return guards;
}

async function pointsOf(tx: Tx, rows: KeyResultRow[]): Promise<Map<string, StoredPoint[]>> {
  const from = new Map<string, string>();
  for (const row of rows) {
    if (row.metric_version_id === null) continue;
    const known = from.get(row.metric_version_id);
    const traits = { settlesAfterHours: row.settles_after_hours, cadence: row.cadence };
    const ruleDays = row.baseline_rule !== null && 'days' in row.baseline_rule ? row.baseline_rule.days : 0;
    const startDay = addDays(row.start_day, -ruleDays - daysBeforeOf(row.aggregate, traits));
    if (known === undefined || startDay < known) from.set(row.metric_version_id, startDay);
  }
  return pointsFrom(tx, from);
}

/** The points of metric versions, each from its own day on. */
async function pointsFrom(tx: Tx, from: Map<string, string>): Promise<Map<string, StoredPoint[]>> {
  const result = await tx.query<PointRow & { metric_version_id: string }>(
    `SELECT p.metric_version_id, ${POINT_COLUMNS}
     FROM unnest($1::text[], $2::date[]) AS t(id, start_day)
     JOIN metric_point p ON p.metric_version_id = t.id AND p.day >= t.start_day
     ORDER BY p.metric_version_id, p.day`,
    [[...from.keys()], [...from.values()]],
  );
  const points = new Map<string, StoredPoint[]>();
  for (const row of result.rows) {
    const list = points.get(row.metric_version_id) ?? [];
    list.push(toPoint(row));
    points.set(row.metric_version_id, list);
  }
  return points;
}

/** A trailing window looks further back, and so does a cohort, whose newest point is as old as it takes to mature. */
function daysBeforeOf(
  aggregate: Aggregate | null,
  traits: Pick<MetricTraits, 'settlesAfterHours' | 'cadence'>,
): number {
  const maturing = Math.ceil(traits.settlesAfterHours / 24) + (traits.cadence === 'month' ? MONTH_DAYS : 0);
  const months = aggregate === 'last_complete_month' ? 2 * MONTH_DAYS : 0;
  return DAYS_BEFORE + months + trailingDaysOf(aggregate) + maturing;
}

async function save(tx: Tx, input: EvaluationInput, output: EvaluationOutput): Promise<void> {
  if (output.baseline !== null) await saveBaseline(tx, input, output.baseline);
  if (output.guardBound !== null) await saveGuardBound(tx, input.keyResult.id, output.guardBound);
  const snapshotId = output.snapshot === null ? null : await saveSnapshot(tx, input, output.snapshot);
  await saveState(tx, output, snapshotId ?? input.previous?.snapshotId ?? null);
  if (output.alert !== null) await saveAlert(tx, input, output.alert);
  const { progress } = output;
  for (const channel of input.channels.filter(({ kind }) => kind === 'mixpanel')) {
    if (progress === null) break;
    await enqueue(tx, input, channel.id, { ...progress, kind: 'key_result.progress' });
  }
  for (const message of output.messages) {
    for (const channel of input.channels.filter(({ kind }) => kind !== 'mixpanel')) {
      // A newer message about the same Key Result makes one that nobody has received yet pointless.
      await tx.query(
        `UPDATE outbox SET status = 'superseded' WHERE channel_id = $1 AND key_result_id = $2 AND status = 'pending'
           AND event_key <> $3 AND (locked_until IS NULL OR locked_until < app_now())`,
        [channel.id, output.keyResultId, message.eventKey],
      );
      await enqueue(tx, input, channel.id, message);
    }
  }
}

/** One row an event and channel, however often it is computed. */
async function enqueue(
  tx: Tx,
  { keyResult }: EvaluationInput,
  channelId: string,
  message: EvaluationOutput['messages'][number],
): Promise<void> {
  await tx.query(
    `INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, key_result_id, kind, payload)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (event_key, channel_id) DO NOTHING`,
    [
      keyResult.workspaceId,
      message.eventKey,
      channelId,
      deliveryIdOf(message.eventKey, channelId),
      keyResult.id,
      message.kind,
      JSON.stringify(message.payload),
    ],
  );
}

async function saveSnapshot(
  tx: pg.PoolClient,
  input: EvaluationInput,
  snapshot: NonNullable<EvaluationOutput['snapshot']>,
): Promise<string> {
  const lastRun = input.points.at(-1)?.runId ?? null;
  const result = await tx.query<{ id: string }>(
    `WITH written AS (
       INSERT INTO progress_snapshot (id, workspace_id, key_result_id, as_of_day, inputs_digest, definition_version,
         metric_version_id, computed_at, goal, current_value, start_value, target_value, progress, expected, pace, status,
         status_reason, points, run_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, app_now(), $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
       ON CONFLICT (key_result_id, as_of_day, inputs_digest) DO NOTHING RETURNING id)
     SELECT id FROM written
     UNION ALL SELECT id FROM progress_snapshot WHERE key_result_id = $3 AND as_of_day = $4 AND inputs_digest = $5
     LIMIT 1`,
    [
      snapshot.id,
      input.keyResult.workspaceId,
      input.keyResult.id,
      snapshot.asOfDay,
      snapshot.inputsDigest,
      snapshot.definitionVersion,
      snapshot.metricVersionId,
      JSON.stringify(snapshot.goal),
      snapshot.currentValue,
      snapshot.startValue,
      snapshot.targetValue,
      snapshot.progress,
      snapshot.expected,
      snapshot.pace,
      snapshot.status,
      JSON.stringify(snapshot.statusReason),
      JSON.stringify(snapshot.points),
      lastRun,
    ],
  );
  return result.rows[0]?.id ?? snapshot.id;
}

async function saveState(
  tx: pg.PoolClient,
  output: EvaluationOutput,
  snapshotId: string | null,
): Promise<void> {
  const { state } = output;
  await tx.query(
    `INSERT INTO key_result_state AS s (key_result_id, snapshot_id, status, status_reason, status_as_of_day,
       last_known_status, last_known_day, data_state, data_reason, data_through_day, fetched_at, computed_at,
       current_value, start_value, target_value, progress, expected, pace, alert_machine, guard, override, sample)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, app_now(), $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
     ON CONFLICT (key_result_id) DO UPDATE SET snapshot_id = EXCLUDED.snapshot_id, status = EXCLUDED.status,
       status_reason = EXCLUDED.status_reason, status_as_of_day = EXCLUDED.status_as_of_day,
       last_known_status = EXCLUDED.last_known_status, last_known_day = EXCLUDED.last_known_day,
       data_state = EXCLUDED.data_state, data_reason = EXCLUDED.data_reason,
       data_through_day = EXCLUDED.data_through_day, fetched_at = EXCLUDED.fetched_at,
       computed_at = EXCLUDED.computed_at, current_value = EXCLUDED.current_value,
       start_value = EXCLUDED.start_value, target_value = EXCLUDED.target_value, progress = EXCLUDED.progress,
       expected = EXCLUDED.expected, pace = EXCLUDED.pace, alert_machine = EXCLUDED.alert_machine,
       guard = EXCLUDED.guard, override = EXCLUDED.override, sample = EXCLUDED.sample`,
    [
      output.keyResultId,
      snapshotId,
      state.status,
      JSON.stringify(state.statusReason),
      state.statusAsOfDay,
      state.lastKnown?.state ?? null,
      state.lastKnown?.asOfDay ?? null,
      state.dataState,
      JSON.stringify(state.dataReason),
      state.dataThroughDay,
      state.fetchedAt,
      state.currentValue,
      state.startValue,
      state.targetValue,
      state.progress,
      state.expected,
      state.pace,
      JSON.stringify(output.machine),
      jsonOrNull(state.guard),
      jsonOrNull(state.override),
      jsonOrNull(state.sample),
    ],
  );
}

async function saveAlert(
  tx: pg.PoolClient,
  input: EvaluationInput,
  alert: NonNullable<EvaluationOutput['alert']>,
): Promise<void> {
  await tx.query(
    `INSERT INTO alert AS a (id, workspace_id, key_result_id, rule_id, kind, episode, state, since, fired_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, app_now(), CASE WHEN $7 = 'firing' THEN app_now() END)
     ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state,
       since = CASE WHEN a.state = EXCLUDED.state THEN a.since ELSE app_now() END,
       fired_at = COALESCE(a.fired_at, EXCLUDED.fired_at),
       resolved_at = CASE WHEN EXCLUDED.state IN ('resolved', 'closed') THEN app_now() END`,
    [
      alert.id,
      input.keyResult.workspaceId,
      input.keyResult.id,
      alert.ruleId,
      alert.kind,
      alert.episode,
      alert.state,
    ],
  );
}

/** SQL null for null: the JSON value `null` is something else. */
function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
