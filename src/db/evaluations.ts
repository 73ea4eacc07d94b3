import type pg from 'pg';
import type { Evaluate, EvaluationInput, EvaluationOutput } from '../app/evaluation.ts';
import { changesOf } from '../domain/outward-event.ts';
import { tellIn } from './alerting/tell.ts';
import { saveBaseline, saveGuardBound } from './baselines.ts';
import { inTransaction, type Tx } from './database.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { historiesOf, loadInputs } from './evaluation-inputs.ts';
import { tellAlertsOutside, tellOutside } from './outward-events.ts';

/** As many forecasts as one transaction may wait for: others want its rows within seconds. */
const PORTION = 10;

/** Evaluates Key Results in small portions, each in a transaction of its own. */
export async function evaluateEach(pool: pg.Pool, keyResultIds: string[], evaluate: Evaluate): Promise<void> {
  const ids = keyResultIds.toSorted();
  for (let from = 0; from < ids.length; from += PORTION) {
    await inTransaction(pool, (tx) => evaluateIn(tx, ids.slice(from, from + PORTION), evaluate));
  }
}

/**
 * Evaluates Key Results inside the given transaction: loads what they look at, hands it to the pure function, and
 * writes what it answers. The Key Results are locked in order, so that two evaluations cannot cross.
 */
export async function evaluateIn(tx: Tx, keyResultIds: string[], evaluate: Evaluate): Promise<void> {
  if (keyResultIds.length === 0) return;
  const { inputs, now } = await loadInputs(tx, keyResultIds.toSorted());
  const judged = inputs.map((input) => ({ input, output: evaluate.judge(input, now) }));
  // The long history is loaded for those alone whose forecast has to be made anew: most evaluations are of nothing new.
  const lacking = judged.filter(({ output }) => output.needsHistory);
  const histories = await historiesOf(
    tx,
    lacking.map(({ input }) => input.keyResult.metricVersionId ?? ''),
  );
  const done: Judged[] = [];
  for (const { input, output } of judged) {
    const history = histories.get(input.keyResult.metricVersionId ?? '') ?? [];
    const judgement = output.needsHistory ? evaluate.judge({ ...input, history }, now) : output;
    await save(tx, input, judgement);
    done.push({ input, output: judgement });
  }
  const alerts = done.flatMap(({ output: { alert } }) =>
    alert === null || alert.state === 'pending' ? [] : [alert],
  );
  // What is news is written down in the very transaction that made it so.
  await tellIn(
    tx,
    alerts.map(({ id }) => id),
    evaluate.newsItem,
  );
  await tellOutside(
    tx,
    done.flatMap(({ input, output }) => changesOf(input.keyResult, input.previous, output.state)),
  );
  const fired = alerts.filter(({ firedDay, state }) => state === 'firing' && firedDay !== null);
  const ended = alerts.filter(({ state }) => state !== 'firing');
  await tellAlertsOutside(
    tx,
    'alert.fired',
    fired.map(({ id }) => id),
  );
  await tellAlertsOutside(
    tx,
    'alert.resolved',
    ended.map(({ id }) => id),
  );
}

type Judged = { input: EvaluationInput; output: EvaluationOutput };

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
}

/** One row an event and channel, however often it is computed. */
async function enqueue(
  tx: Tx,
  { keyResult }: EvaluationInput,
  channelId: string,
  message: { eventKey: string; kind: string; payload: unknown },
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
         status_reason, points, run_id, forecast)
       VALUES ($1, $2, $3, $4, $5, $6, $7, app_now(), $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
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
      jsonOrNull(snapshot.forecast),
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
       current_value, start_value, target_value, progress, expected, pace, alert_machine, guard, override, sample, outlook,
       outlook_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, app_now(), $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
     ON CONFLICT (key_result_id) DO UPDATE SET snapshot_id = EXCLUDED.snapshot_id, status = EXCLUDED.status,
       status_reason = EXCLUDED.status_reason, status_as_of_day = EXCLUDED.status_as_of_day,
       last_known_status = EXCLUDED.last_known_status, last_known_day = EXCLUDED.last_known_day,
       data_state = EXCLUDED.data_state, data_reason = EXCLUDED.data_reason,
       data_through_day = EXCLUDED.data_through_day, fetched_at = EXCLUDED.fetched_at,
       computed_at = EXCLUDED.computed_at, current_value = EXCLUDED.current_value,
       start_value = EXCLUDED.start_value, target_value = EXCLUDED.target_value, progress = EXCLUDED.progress,
       expected = EXCLUDED.expected, pace = EXCLUDED.pace, alert_machine = EXCLUDED.alert_machine,
       guard = EXCLUDED.guard, override = EXCLUDED.override, sample = EXCLUDED.sample, outlook = EXCLUDED.outlook,
       outlook_key = EXCLUDED.outlook_key`,
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
      jsonOrNull(state.outlook),
      output.outlook?.key ?? null,
    ],
  );
}

async function saveAlert(
  tx: pg.PoolClient,
  input: EvaluationInput,
  alert: NonNullable<EvaluationOutput['alert']>,
): Promise<void> {
  await tx.query(
    `INSERT INTO alert AS a (id, workspace_id, key_result_id, rule_id, kind, episode, state, severity, since, fired_at,
       fired_day, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, app_now(), CASE WHEN $7 = 'firing' THEN app_now() END, $9, $11)
     ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state,
       since = CASE WHEN a.state = EXCLUDED.state THEN a.since ELSE app_now() END,
       -- Within an episode it only gets worse; what has ended stays as bad as it was.
       severity = CASE WHEN a.state = 'pending' AND EXCLUDED.state IN ('pending', 'firing') THEN EXCLUDED.severity
         WHEN a.severity = 'critical' OR EXCLUDED.state <> 'firing' THEN a.severity ELSE EXCLUDED.severity END,
       reason = CASE WHEN EXCLUDED.state IN ('pending', 'firing') THEN EXCLUDED.reason ELSE a.reason END,
       fired_at = COALESCE(a.fired_at, EXCLUDED.fired_at), fired_day = COALESCE(a.fired_day, EXCLUDED.fired_day),
       resolved_at = CASE WHEN EXCLUDED.state IN ('resolved', 'closed') THEN app_now() END,
       resolved_day = COALESCE($10, a.resolved_day)`,
    [
      alert.id,
      input.keyResult.workspaceId,
      input.keyResult.id,
      alert.ruleId,
      alert.kind,
      alert.episode,
      alert.state,
      alert.severity,
      alert.firedDay,
      alert.resolvedDay,
      JSON.stringify(alert.reason),
    ],
  );
}

/** SQL null for null: the JSON value `null` is something else. */
function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
