import type pg from 'pg';
import type { KeyResultDefinition, KeyResultRecord, ObjectiveRecord, StoredPoint } from '../app/ports.ts';
import type { BeliefStore, Believed } from '../app/ports-belief.ts';
import type { Aggregate } from '../domain/aggregate.ts';
import type { BaselineRule } from '../domain/baseline.ts';
import type { Guard } from '../domain/guard.ts';
import type { Goal, PaceCurve } from '../domain/key-result.ts';
import type { Unit } from '../domain/metric.ts';
import type { Titles } from '../domain/titles.ts';
import type { Database } from './database.ts';
import { type StateRow, toState } from './evaluation-rows.ts';
import { type PointRow, toPoint } from './source-store.ts';
import { standingsAt } from './standings.ts';

/** What was believed at a past instant, out of the history of rows, the revisions of points and the snapshots. */
export function createBeliefStore({ pool }: Pick<Database, 'pool'>): BeliefStore {
  return {
    async cycles(workspaceId, at) {
      const rows = await pool.query<CycleRow>(
        `SELECT id, workspace_id AS "workspaceId", key, title, start_day AS "startDay", end_day AS "endDay",
           time_zone AS "timeZone", CASE WHEN closed_at <= $2 THEN closed_at END AS "closedAt"
         FROM cycle WHERE workspace_id = $1 AND created_at <= $2 ORDER BY start_day DESC`,
        [workspaceId, at],
      );
      return rows.rows;
    },
    async objectives(workspaceId, cycleId, at) {
      const rows = await definitions<ObjectiveRow>(pool, 'objective', workspaceId, cycleId, at);
      return rows.map(({ whole, ...row }) => ({ record: toObjective(row), whole }));
    },
    async keyResults(workspaceId, cycleId, at) {
      const rows = await definitions<KeyResultRow>(pool, 'key_result', workspaceId, cycleId, at);
      return rows.map(({ whole, ...row }) => ({ record: toKeyResult(row), whole }));
    },
    async states(keyResultIds, at) {
      const rows = await pool.query<StateRow & { whole: boolean }>(STATES, [keyResultIds, at]);
      return new Map(
        rows.rows.map((row): [string, Believed<ReturnType<typeof toState>>] => [
          row.key_result_id,
          { record: toState(row), whole: row.whole },
        ]),
      );
    },
    standings: (keyResultIds, at) => standingsAt(pool, keyResultIds, at),
    async versions(workspaceId, at) {
      const rows = await pool.query<{ id: string }>(
        `SELECT v.id FROM metric_version v JOIN metric m ON m.id = v.metric_id
         WHERE m.workspace_id = $1 AND v.created_at <= $2 AND (v.retired_at IS NULL OR v.retired_at > $2)
           AND (m.archived_at IS NULL OR m.archived_at > $2)`,
        [workspaceId, at],
      );
      return rows.rows.map(({ id }) => id);
    },
    async points(metricVersionIds, fromDay, toDay, at) {
      const rows = await pool.query<PointRow & { metric_version_id: string }>(POINTS, [
        metricVersionIds,
        fromDay,
        toDay,
        at,
      ]);
      const points = new Map<string, StoredPoint[]>();
      for (const row of rows.rows) {
        const list = points.get(row.metric_version_id) ?? [];
        list.push(toPoint(row));
        points.set(row.metric_version_id, list);
      }
      return points;
    },
    async revisions(metricVersionId, fromDay, toDay, at) {
      const rows = await pool.query(
        `SELECT day, value, revision, believed_from AS "believedFrom", believed_until AS "believedUntil",
           run_id AS "runId"
         FROM metric_point_revision
         WHERE metric_version_id = $1 AND day >= $2 AND day < $3 AND believed_until <= $4 ORDER BY day, revision`,
        [metricVersionId, fromDay, toDay, at],
      );
      return rows.rows;
    },
  };
}

/**
 * The last row of the history up to the instant. Of those that wait for the same lock the last to get it writes last,
 * whatever its transaction calls now: the order is that of writing. Where the history begins later than the instant,
 * its first row has to do. Rows from before there were titles in several languages had none.
 */
async function definitions<Row>(
  pool: pg.Pool,
  table: 'objective' | 'key_result',
  workspaceId: string,
  cycleId: string | undefined,
  at: Date,
): Promise<(Row & { whole: boolean })[]> {
  const rows = await pool.query<Row & { whole: boolean }>(
    `SELECT b.*, h.content IS NOT NULL AS whole
     FROM ${table} t
     LEFT JOIN LATERAL (SELECT content FROM row_history WHERE kind = '${table}' AND row_id = t.id
       AND believed_from <= $3 ORDER BY seq DESC LIMIT 1) h ON true
     LEFT JOIN LATERAL (SELECT content FROM row_history WHERE h.content IS NULL AND kind = '${table}' AND row_id = t.id
       ORDER BY seq LIMIT 1) f ON true
     CROSS JOIN LATERAL jsonb_populate_record(t, '{"titles": {}}'::jsonb || COALESCE(h.content, f.content)) b
     WHERE t.workspace_id = $1 AND t.created_at <= $3 AND ($2::text IS NULL OR b.cycle_id = $2)
       AND (b.archived_at IS NULL OR b.archived_at > $3)
     ORDER BY b.position, t.id`,
    [workspaceId, cycleId ?? null, at],
  );
  return rows.rows;
}

/** When each of the versions was last read in full by then, and by which run; a formula as of the oldest of its inputs. */
const LAST_READ = `SELECT min(e.recorded_at) AS recorded_at,
    CASE WHEN count(*) = 1 THEN min(e.run_id) END AS run_id
  FROM unnest(CASE WHEN cardinality(v.inputs) = 0 THEN ARRAY[v.id] ELSE v.inputs END) i(id)
  CROSS JOIN LATERAL (SELECT recorded_at, run_id FROM sync_evidence
    WHERE metric_version_id = i.id AND outcome = 'ok'`;

/** A state's numbers are as exact as they were shown; how fresh they were is told by the evidence of the reads. */
const STATES = `
SELECT b.*, GREATEST(b.fetched_at, e.recorded_at) AS fetched_at, true AS whole
FROM unnest($1::text[]) t(id)
CROSS JOIN LATERAL (SELECT content FROM row_history WHERE kind = 'key_result_state' AND row_id = t.id
  AND believed_from <= $2 ORDER BY seq DESC LIMIT 1) h
CROSS JOIN LATERAL jsonb_populate_record(NULL::key_result_state, h.content) b
JOIN key_result k ON k.id = t.id
LEFT JOIN metric_version v ON v.id = k.metric_version_id
LEFT JOIN LATERAL (${LAST_READ} AND recorded_at <= $2 ORDER BY recorded_at DESC LIMIT 1) e) e ON v.id IS NOT NULL
UNION ALL
-- Before the history of states began there are the snapshots. They do not know how the data stood.
SELECT b.*, b.fetched_at, false AS whole
FROM unnest($1::text[]) t(id)
CROSS JOIN LATERAL (SELECT * FROM progress_snapshot WHERE key_result_id = t.id AND computed_at <= $2
  ORDER BY computed_at DESC, id DESC LIMIT 1) s
CROSS JOIN LATERAL jsonb_populate_record(NULL::key_result_state, jsonb_build_object(
  'key_result_id', t.id, 'snapshot_id', s.id, 'status', s.status, 'status_reason', s.status_reason,
  'status_as_of_day', s.as_of_day, 'data_state', 'none',
  'data_reason', '{"code":"data_not_kept","values":{}}'::jsonb, 'data_through_day', s.as_of_day,
  'computed_at', s.computed_at, 'current_value', s.current_value, 'start_value', s.start_value,
  'target_value', s.target_value, 'progress', s.progress, 'expected', s.expected, 'pace', s.pace)) b
WHERE NOT EXISTS (SELECT 1 FROM row_history h WHERE h.kind = 'key_result_state' AND h.row_id = t.id
  AND h.believed_from <= $2)`;

/**
 * Of a day's revisions the last that was believed by then. What has been read again since, without a change, was
 * believed before: which read that was says the evidence, so that a part of a day does not pass for a whole one.
 */
const POINTS = `
SELECT DISTINCT ON (p.metric_version_id, p.day) p.metric_version_id, p.day, p.value, p.numerator, p.denominator,
  p.reason, p.flags->'sample' AS sample, p.origin, p.revision,
  CASE WHEN p.fetched_at <= $4 THEN p.run_id WHEN p.read_later THEN e.run_id ELSE COALESCE(e.run_id, p.run_id) END AS run_id,
  CASE WHEN p.fetched_at <= $4 THEN p.fetched_at ELSE GREATEST(e.recorded_at, p.believed_from) END AS fetched_at
FROM (
  SELECT metric_version_id, day, value, numerator, denominator, reason, flags, origin, revision, run_id, fetched_at,
    believed_from, fetched_at > $4 AS read_later
  FROM metric_point
  WHERE metric_version_id = ANY($1) AND day >= $2 AND ($3::date IS NULL OR day < $3) AND believed_from <= $4
  UNION ALL
  SELECT metric_version_id, day, value, numerator, denominator, reason, flags, origin, revision, run_id,
    'infinity'::timestamptz, believed_from, false
  FROM metric_point_revision
  WHERE metric_version_id = ANY($1) AND day >= $2 AND ($3::date IS NULL OR day < $3) AND believed_from <= $4
) p
JOIN metric_version v ON v.id = p.metric_version_id
LEFT JOIN LATERAL (${LAST_READ} AND recorded_at <= $4 AND window_start_day <= p.day AND window_end_day > p.day
  ORDER BY recorded_at DESC LIMIT 1) e) e ON p.fetched_at > $4
ORDER BY p.metric_version_id, p.day, p.revision DESC`;

type CycleRow = Awaited<ReturnType<BeliefStore['cycles']>>[number];

type ObjectiveRow = {
  id: string;
  workspace_id: string;
  cycle_id: string;
  parent_id: string | null;
  key: string;
  title: string;
  titles: Titles;
  description: string;
  owner_name: string | null;
  stage: string | null;
  phase: string | null;
  weight: string;
};

function toObjective(row: ObjectiveRow): ObjectiveRecord {
  const { id, key, title, titles, description, stage, phase } = row;
  return {
    id,
    workspaceId: row.workspace_id,
    cycleId: row.cycle_id,
    parentId: row.parent_id,
    key,
    title,
    titles,
    description,
    owner: row.owner_name,
    stage,
    phase,
    weight: Number(row.weight),
  };
}

type KeyResultRow = {
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
  unit: Unit;
  currency: string | null;
  weight: string;
  version: number;
  metric_version_id: string | null;
  carried_from_id: string | null;
};

function toKeyResult(row: KeyResultRow): KeyResultRecord {
  const { id, key, title, titles, description, goal, aggregate, guard, definition } = row;
  const { unit, currency, version } = row;
  return {
    id,
    workspaceId: row.workspace_id,
    objectiveId: row.objective_id,
    cycleId: row.cycle_id,
    key,
    title,
    titles,
    description,
    owner: row.owner_name,
    goal,
    paceCurve: row.pace_curve,
    aggregate,
    baselineRule: row.baseline_rule,
    guard,
    definition,
    unit,
    currency,
    weight: Number(row.weight),
    version,
    metricVersionId: row.metric_version_id,
    carriedFromId: row.carried_from_id,
  };
}
