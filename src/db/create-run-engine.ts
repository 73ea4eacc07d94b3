import type { Evaluate } from '../app/evaluation.ts';
import type { MetricRecord, SourceStore } from '../app/ports.ts';
import type { RunContext, RunEngine, StartedRun } from '../app/run-outcome.ts';
import type { Database } from './database.ts';
import { finishRun } from './finish-run.ts';
import {
  claimDueSlots,
  countStartsAnew,
  LostLease,
  recoverLostRuns,
  releaseRun,
  renewLease,
  startRun,
  takeDispatchable,
} from './run-engine.ts';

/** `stored` hears of each run how many points it has added or changed. */
export function createRunEngine(
  { pool }: Database,
  sources: SourceStore,
  evaluate: Evaluate,
  stored: (runId: string, pointsChanged: number) => void = () => {},
): RunEngine {
  return {
    claimDueSlots: () => claimDueSlots(pool),
    takeDispatchable: () => takeDispatchable(pool),
    recoverLostRuns: () => recoverLostRuns(pool),
    start: (runId, owner) => startRun(pool, runId, owner),
    renew: (run) => renewLease(pool, run),
    progressed: (run) => countStartsAnew(pool, run),
    release: (run) => releaseRun(pool, run),
    async context(run) {
      const connection = await sources.findConnection(run.workspaceId, run.connectionId);
      if (connection === null) return null;
      // Before anything that is read for them: what changes from here on, this run may or may not have seen.
      const takenBack = await takenBackOf(pool, run);
      const collected = await sources.listMetrics(run.workspaceId, run.connectionId);
      // It stays set until something is answered: the run after it is a trial.
      const probing = connection.circuitUntil !== null;
      const metrics = await dueMetrics(pool, run, collected, probing);
      const lastNonZeroDays = await lastNonZeroDaysOf(
        pool,
        metrics.map((metric) => metric.versionId),
      );
      return {
        connection,
        metrics,
        collected,
        lastNonZeroDays,
        takenBack,
        probing,
        history: await historyOf(pool, run),
      };
    },
    async finish(run, outcomes, ending, error, unlisted = 0) {
      try {
        const { pointsChanged } = await finishRun(pool, run, outcomes, { ending, error, unlisted }, evaluate);
        stored(run.id, pointsChanged);
        return true;
      } catch (failure) {
        if (failure instanceof LostLease) return false;
        throw failure;
      }
    },
  };
}

/**
 * What this run has still to read, the longest unread first: where a quota lets only some through, a retry goes on
 * with the rest, and nobody starves. Somebody who asks for a sync is answered with everything, oldest first. A trial begins
 * with what was read last: it is the likeliest to be answered.
 */
async function dueMetrics(
  pool: Database['pool'],
  run: StartedRun,
  metrics: MetricRecord[],
  probing: boolean,
): Promise<MetricRecord[]> {
  const due = await pool.query<{ id: string }>(
    `SELECT v.id FROM metric_version v JOIN sync_run r ON r.id = $2
     WHERE v.id = ANY($1) AND (v.read_at IS NULL OR r.trigger = 'manual' OR (v.read_at < r.created_at
       AND (v.read_every_hours IS NULL OR r.trigger <> 'schedule'
         OR v.read_at <= r.created_at - make_interval(hours => v.read_every_hours))))
     ORDER BY ${probing ? 'v.read_at DESC NULLS LAST' : 'v.read_at NULLS FIRST'}, v.id`,
    [metrics.map((metric) => metric.versionId), run.id],
  );
  const byVersion = new Map(metrics.map((metric) => [metric.versionId, metric]));
  return due.rows.flatMap(({ id }) => byVersion.get(id) ?? []);
}

async function takenBackOf(pool: Database['pool'], run: StartedRun): Promise<Map<string, number>> {
  const rows = await pool.query<{ id: string; taken_back: number }>(
    `SELECT v.id, v.taken_back FROM metric_version v JOIN metric m ON m.id = v.metric_id
     WHERE m.connection_id = $1 AND v.retired_at IS NULL`,
    [run.connectionId],
  );
  return new Map(rows.rows.map((row) => [row.id, row.taken_back]));
}

async function lastNonZeroDaysOf(
  pool: Database['pool'],
  metricVersionIds: string[],
): Promise<Map<string, string>> {
  const rows = await pool.query<{ id: string; day: string }>(
    `SELECT t.id, p.day::text AS day FROM unnest($1::text[]) AS t(id)
     CROSS JOIN LATERAL (SELECT day FROM metric_point WHERE metric_version_id = t.id AND value <> 0
       ORDER BY day DESC LIMIT 1) p`,
    [metricVersionIds],
  );
  return new Map(rows.rows.map((row) => [row.id, row.day]));
}

async function historyOf(pool: Database['pool'], run: StartedRun): Promise<RunContext['history']> {
  const result = await pool.query<{
    error_class: string | null;
    failing_ms: string | null;
    last_class: string | null;
    next_slot_ms: string | null;
  }>(
    `SELECT r.error_class, n.last_error->>'class' AS last_class,
       EXTRACT(epoch FROM app_now() - n.failing_since) * 1000 AS failing_ms,
       EXTRACT(epoch FROM s.next_due_at - app_now()) * 1000 AS next_slot_ms
     FROM sync_run r JOIN connection n ON n.id = r.connection_id LEFT JOIN schedule s ON s.connection_id = n.id
     WHERE r.id = $1`,
    [run.id],
  );
  const row = result.rows[0];
  const limited = row?.error_class === 'rate_limited';
  return {
    failures: run.failures,
    lastErrorClass: row?.error_class ?? null,
    // Attempts that used no try were waits for a limit.
    limitedCount: limited ? Math.max(0, run.attempt - 1 - run.failures) : 0,
    limitedForMs: row?.last_class === 'rate_limited' ? Math.max(0, Number(row.failing_ms ?? 0)) : 0,
    nextSlotInMs: row?.next_slot_ms == null ? null : Math.max(0, Number(row.next_slot_ms)),
  };
}
