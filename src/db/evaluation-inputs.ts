import type { EvaluationInput, HistoryPoint } from '../app/evaluation.ts';
import type { KeyResultStateRecord, StoredPoint } from '../app/ports.ts';
import { type Aggregate, trailingDaysOf } from '../domain/aggregate.ts';
import { addDays } from '../domain/day.ts';
import type { MetricTraits } from '../domain/metric.ts';
import type { Override } from '../domain/override.ts';
import type { Tx } from './database.ts';
import { KEY_RESULT_ROWS, type KeyResultRow, type StateRow, toInput, toState } from './evaluation-rows.ts';
import { POINT_COLUMNS, type PointRow, toPoint } from './source-store.ts';

/** Days before the cycle that are loaded of every metric: baselines look there. */
const DAYS_BEFORE = 35;
const MONTH_DAYS = 31;

/** As many points as a forecast looks back, oldest first: four years of days, or all there is of coarser series. */
export async function historiesOf(
  tx: Pick<Tx, 'query'>,
  versionIds: string[],
): Promise<Map<string, HistoryPoint[]>> {
  const histories = new Map<string, HistoryPoint[]>();
  if (versionIds.length === 0) return histories;
  const result = await tx.query<HistoryRow>(
    `SELECT t.id, p.day, p.value::float8 AS value, p.numerator::float8 AS numerator, p.denominator::float8 AS denominator,
       p.origin, p.fetched_at AS "fetchedAt"
     FROM unnest($1::text[]) AS t(id) CROSS JOIN LATERAL (
       SELECT * FROM metric_point WHERE metric_version_id = t.id ORDER BY day DESC LIMIT $2) p
     ORDER BY t.id, p.day`,
    [[...new Set(versionIds)], HISTORY_POINTS],
  );
  for (const { id, ...point } of result.rows) {
    const known = histories.get(id);
    if (known === undefined) histories.set(id, [point]);
    else known.push(point);
  }
  return histories;
}

type HistoryRow = HistoryPoint & { id: string };
const HISTORY_POINTS = 1_461;

/** Everything that an evaluation of these Key Results looks at; they stay locked until the transaction ends. */
export async function loadInputs(tx: Tx, ids: string[]): Promise<{ inputs: EvaluationInput[]; now: Date }> {
  await tx.query('SELECT 1 FROM key_result WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
  return readInputs(tx, ids, false);
}

/** The same without a lock, and also of Key Results whose cycle is closed: to look at, never to write. */
export async function readInputs(
  tx: Pick<Tx, 'query'>,
  ids: string[],
  closedToo: boolean,
): Promise<{ inputs: EvaluationInput[]; now: Date }> {
  const rows = (await tx.query<KeyResultRow>(KEY_RESULT_ROWS, [ids, closedToo])).rows;
  const states = await statesOf(tx, ids);
  const points = await pointsOf(tx, rows);
  const overrides = await overridesOf(tx, ids);
  const guards = await guardsOf(tx, rows);
  const alerts = (
    await tx.query<{ id: string; keyResultId: string; episode: number }>(
      `SELECT id, key_result_id AS "keyResultId", episode FROM alert
       WHERE key_result_id = ANY($1) AND kind = 'off_track' AND state IN ('pending', 'firing')`,
      [ids],
    )
  ).rows;
  const machines = new Map(
    (
      await tx.query<{ id: string; machine: EvaluationInput['machine']; outlookKey: string | null }>(
        `SELECT key_result_id AS id, alert_machine AS machine, outlook_key AS "outlookKey" FROM key_result_state
         WHERE key_result_id = ANY($1)`,
        [ids],
      )
    ).rows.map((row) => [row.id, row]),
  );
  const workspaces = [...new Set(rows.map((row) => row.workspace_id))];
  const rules = (
    await tx.query<EvaluationInput['rules'][number]>(
      `SELECT id, workspace_id AS "workspaceId", objective_id AS "objectiveId", key_result_id AS "keyResultId", kind,
         for_evaluations AS "forEvaluations", keep_firing_evaluations AS "keepFiringEvaluations",
         fire_below AS "fireBelow", clear_above AS "clearAbove", repeat_days AS "repeatDays", enabled
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
      machine: machines.get(row.id)?.machine ?? null,
      outlookKey: machines.get(row.id)?.outlookKey ?? null,
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

async function overridesOf(
  tx: Pick<Tx, 'query'>,
  ids: string[],
): Promise<(Override & { keyResultId: string })[]> {
  const rows = await tx.query<Override & { keyResultId: string; value: string }>(
    `SELECT id, key_result_id AS "keyResultId", value, from_day AS "fromDay", until_day AS "untilDay"
     FROM value_override WHERE key_result_id = ANY($1) AND ended_at IS NULL ORDER BY created_at, id`,
    [ids],
  );
  return rows.rows.map((row) => ({ ...row, value: Number(row.value) }));
}

/** The counter-metrics with their points, by Key Result. */
async function guardsOf(
  tx: Pick<Tx, 'query'>,
  rows: KeyResultRow[],
): Promise<Map<string, EvaluationInput['guard']>> {
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

async function pointsOf(tx: Pick<Tx, 'query'>, rows: KeyResultRow[]): Promise<Map<string, StoredPoint[]>> {
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
async function pointsFrom(
  tx: Pick<Tx, 'query'>,
  from: Map<string, string>,
): Promise<Map<string, StoredPoint[]>> {
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
