import type pg from 'pg';
import type { Evaluate } from '../app/evaluation.ts';
import { newId } from '../app/ids.ts';
import type { MetricOutcome, RunEnding, RunError, StartedRun } from '../app/run-outcome.ts';
import { circuitOpenMs } from '../domain/circuit.ts';
import { inTransaction } from './database.ts';
import { computeFormulas } from './derived.ts';
import { evaluateEach } from './evaluations.ts';
import { noteFailure, noteSuccess, tellRunsOutside } from './outward-events.ts';
import { type PointWrite, writePoints } from './points.ts';
import { lockRun } from './run-engine.ts';

/**
 * Writes everything that a run brought: in one transaction points with their revisions, cursors, evidence and the
 * connection's health; then what its Key Results come to, with alerts and news; and last the run's own end.
 *
 * @throws LostLease when another worker has taken the run over; then nothing is written
 */
export async function finishRun(
  pool: pg.Pool,
  run: StartedRun,
  outcomes: MetricOutcome[],
  { ending, error, unlisted }: { ending: RunEnding; error: RunError | null; unlisted: number },
  evaluate: Evaluate,
): Promise<{ pointsRead: number; pointsChanged: number }> {
  const { ids, totals, at } = await inTransaction(pool, async (tx) => {
    await lockRun(tx, run);
    await tx.query('SELECT ensure_evidence_partitions(app_now(), app_now())');
    const writes = outcomes.flatMap(pointsOf);
    const by = { id: run.id, seq: run.seq };
    const written = await writePoints(tx, writes, {
      ...by,
      origin: run.trigger === 'backfill' ? 'backfill' : 'auto',
    });
    const totals = { pointsRead: writes.length, pointsChanged: written.added + written.changed };
    const firstDay = writes.map(({ day }) => day).toSorted()[0];
    const versions = [...new Set(writes.map(({ metricVersionId }) => metricVersionId))];
    if (firstDay !== undefined) await computeFormulas(tx, versions, firstDay, by);
    await moveCursors(tx, outcomes);
    // Of workers that died before the run's end: what has been read again since counts once.
    await tx.query(
      `DELETE FROM sync_evidence e USING sync_run r
       WHERE r.id = $1 AND e.run_id = r.id AND e.attempt > r.ended_attempt AND e.metric_version_id = ANY($2)`,
      [run.id, outcomes.map(({ metricVersionId }) => metricVersionId)],
    );
    for (const outcome of outcomes) await keepEvidence(tx, run, outcome);
    await markConnection(tx, run, ending, error);
    // As text: a Date would lose the microseconds.
    const clock = await tx.query<{ at: string }>('SELECT app_now()::text AS at');
    return { totals, ids: await keyResultsOf(tx, run.connectionId), at: clock.rows[0]?.at ?? null };
  });
  // Forecasts take their time, and nobody may wait for what the read has written meanwhile. Who asks for the run is told
  // that it is over when its Key Results are judged; one that dies here is run again.
  await evaluateEach(pool, ids, evaluate);
  await inTransaction(pool, async (tx) => {
    await lockRun(tx, run);
    const requests = new Set(outcomes.flatMap((outcome) => outcome.exchanges)).size + unlisted;
    await endRun(tx, run, ending, error, { ...totals, requests, at });
    if (ending.status !== 'succeeded') await countFailure(tx, run, error, outcomes);
    await tellRunsOutside(tx, ending.status === 'queued' ? [] : [run.id]);
    if (ending.status === 'succeeded') await noteSuccess(tx, run.connectionId);
    else {
      const failure = { errorClass: error?.class ?? 'bug', isOver: ending.status !== 'queued' };
      await noteFailure(tx, run.connectionId, failure);
    }
  });
  return totals;
}

function pointsOf(outcome: MetricOutcome): PointWrite[] {
  if (!outcome.ok) return [];
  return outcome.reading.points.map((point) => ({ metricVersionId: outcome.metricVersionId, ...point }));
}

/**
 * The last day that a complete read covered; it never moves back. With it, when the metric was read. Whatever came while the
 * run was reading (records, rates, a customer worked out anew) has taken the cursor back itself, and the run may not have
 * seen it: such a metric stays due.
 */
async function moveCursors(tx: pg.PoolClient, outcomes: MetricOutcome[]): Promise<void> {
  const moved = outcomes.filter((outcome) => outcome.ok);
  await tx.query(
    `UPDATE metric_version v SET cursor_day = GREATEST(v.cursor_day, t.end_day - 1), read_at = app_now()
     FROM unnest($1::text[], $2::date[], $3::int[]) AS t(id, end_day, taken_back)
     WHERE v.id = t.id AND v.taken_back = t.taken_back`,
    [
      moved.map((outcome) => outcome.metricVersionId),
      moved.map((outcome) => outcome.window.endDay),
      moved.map((outcome) => outcome.takenBack),
    ],
  );
}

async function keepEvidence(tx: pg.PoolClient, run: StartedRun, outcome: MetricOutcome): Promise<void> {
  const completeness = outcome.ok
    ? outcome.reading.completeness
    : { pages: 0, items: 0, lastPageReached: false, notes: [] };
  await tx.query(
    `INSERT INTO sync_evidence (id, recorded_at, workspace_id, run_id, metric_version_id, connector_version,
       definition_hash, attempt, outcome, error_class, error_message, window_start_day, window_end_day, completeness,
       exchanges, points_read, points_changed)
     VALUES ($1, app_now(), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)`,
    [
      newId('ev'),
      run.workspaceId,
      run.id,
      outcome.metricVersionId,
      outcome.connectorVersion,
      outcome.definitionHash,
      run.attempt,
      outcome.ok ? 'ok' : 'failed',
      outcome.ok ? null : outcome.errorClass,
      outcome.ok ? null : outcome.message,
      outcome.window.startDay,
      outcome.window.endDay,
      JSON.stringify(completeness),
      JSON.stringify(outcome.exchanges),
      outcome.ok ? outcome.reading.points.length : 0,
    ],
  );
}

async function endRun(
  tx: pg.PoolClient,
  run: StartedRun,
  ending: RunEnding,
  error: RunError | null,
  totals: { pointsRead: number; pointsChanged: number; requests: number; at: string | null },
): Promise<void> {
  const again = ending.status === 'queued';
  await tx.query(
    `UPDATE sync_run SET status = $2, lease_owner = NULL, lease_until = NULL, enqueued_at = NULL, starts = 0,
       finished_at = CASE WHEN $3::boolean THEN NULL ELSE app_now() END,
       ended_attempt = attempt, attempt = attempt + $3::boolean::int, failures = failures + $4::boolean::int,
       -- So long after the failure, and not after what was computed since.
       not_before = CASE WHEN $3::boolean THEN $11::timestamptz + make_interval(secs => $5) ELSE not_before END,
       error_class = $6, error_message = $7, points_read = $8, points_changed = $9, requests = requests + $10
     WHERE id = $1`,
    [
      run.id,
      ending.status,
      again,
      ending.status === 'queued' && ending.countsAsFailure,
      ending.status === 'queued' ? ending.delayMs / 1000 : 0,
      error?.class ?? null,
      error?.message ?? null,
      totals.pointsRead,
      totals.pointsChanged,
      totals.requests,
      totals.at,
    ],
  );
}

async function markConnection(
  tx: pg.PoolClient,
  run: StartedRun,
  ending: RunEnding,
  error: RunError | null,
): Promise<void> {
  if (ending.status === 'succeeded') {
    await tx.query(
      // A key that works again, or a quota that is back, ends what the owner was asked for; a pause is the owner's own.
      `UPDATE connection SET last_success_at = app_now(), last_error = NULL, failing_since = NULL, failures_in_row = 0, blocked_until = NULL,
         outages_in_row = 0, circuit_until = NULL,
         state_reason = CASE WHEN state = 'paused' THEN state_reason END,
         state = CASE WHEN state = 'paused' THEN state ELSE 'active' END
       WHERE id = $1`,
      [run.connectionId],
    );
    return;
  }
  const state = ending.status === 'queued' ? null : ending.connectionState;
  await tx.query(
    `UPDATE connection SET last_failure_at = app_now(), failing_since = COALESCE(failing_since, app_now()), last_error = $2,
       state = COALESCE($3, state), state_reason = CASE WHEN $3::text IS NULL THEN state_reason ELSE $4 END,
       state_since = CASE WHEN $3::text IS NULL THEN state_since ELSE app_now() END,
       blocked_until = CASE WHEN $5::boolean THEN app_now() + make_interval(secs => $6) ELSE blocked_until END
     WHERE id = $1`,
    [
      run.connectionId,
      JSON.stringify({ class: error?.class ?? 'bug', message: error?.message ?? '', runId: run.id }),
      state,
      ending.status === 'queued' ? null : (ending.hint ?? error?.message ?? null),
      ending.status === 'queued' && ending.blockConnection,
      ending.status === 'queued' ? ending.delayMs / 1000 : 0,
    ],
  );
}

/**
 * With the run's own end, which is written once: a run whose worker dies before that is done again, and everything else
 * that is said of its connection is said again without harm. What a limit holds back goes on by itself. Who answers
 * anything, be it that it is too much, is there: only where nothing was answered the connection is left alone for a while.
 */
async function countFailure(
  tx: pg.PoolClient,
  run: StartedRun,
  error: RunError | null,
  outcomes: MetricOutcome[],
): Promise<void> {
  const isLimit = error?.class === 'rate_limited' || error?.class === 'quota_exhausted';
  const isOutage =
    error?.class === 'transient' && outcomes.every((each) => !each.ok && each.errorClass === 'transient');
  const counted = await tx.query<{ outages: number }>(
    `UPDATE connection SET failures_in_row = failures_in_row + $2::boolean::int,
       outages_in_row = CASE WHEN $3::boolean THEN outages_in_row + 1 ELSE 0 END
     WHERE id = $1 RETURNING outages_in_row AS outages`,
    [run.connectionId, !isLimit, isOutage],
  );
  const openMs = circuitOpenMs(counted.rows[0]?.outages ?? 0, Math.random());
  await tx.query(
    'UPDATE connection SET circuit_until = app_now() + make_interval(secs => $2::float8) WHERE id = $1',
    [run.connectionId, openMs === null ? null : openMs / 1000],
  );
}

/** What looks at this connection: by a metric of its own, by a formula over one, or as a guard. */
async function keyResultsOf(tx: pg.PoolClient, connectionId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `WITH read AS (
       SELECT v.id FROM metric_version v JOIN metric m ON m.id = v.metric_id WHERE m.connection_id = $1
     ), touched AS (
       SELECT id FROM read
       UNION SELECT f.id FROM metric_version f WHERE f.inputs && ARRAY(SELECT id FROM read)
     )
     SELECT k.id FROM key_result k WHERE k.archived_at IS NULL
       AND (k.metric_version_id IN (SELECT id FROM touched) OR k.guard->>'metricVersionId' IN (SELECT id FROM touched))`,
    [connectionId],
  );
  return rows.rows.map((row) => row.id);
}
