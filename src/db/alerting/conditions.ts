import { newId } from '../../app/ids.ts';
import type { AlertKindName } from '../../app/ports.ts';
import { CHECK_IN_DAYS } from '../../domain/snapshot.ts';
import type { Tx } from '../database.ts';
import { tellAlertsOutside } from '../outward-events.ts';

/** As many failures in a row before a connection is called failing: single ones happen to everybody. */
const MAX_FAILURES = 3;

type Wanted = {
  kind: AlertKindName;
  keyResultId: string | null;
  connectionId: string | null;
  reason: unknown;
  workspaceId: string;
};
type Open = {
  id: string;
  kind: AlertKindName;
  keyResultId: string | null;
  connectionId: string | null;
  isPaused: boolean;
};

/**
 * Alerts that have no counting of their own: a connection that fails, data that are away, a check-in that is due. Opens
 * those that are missing, and ends those whose condition is gone.
 *
 * @returns the alerts that were opened or ended
 */
export async function followConditions(tx: Tx): Promise<string[]> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('tidemark.alert-conditions'))`);
  const wanted = [
    ...(await tx.query<Wanted>(FAILING, [MAX_FAILURES])).rows,
    ...(await tx.query<Wanted>(NO_DATA)).rows,
    ...(await tx.query<Wanted>(CHECK_INS, [CHECK_IN_DAYS])).rows,
  ];
  const open = (await tx.query<Open>(OPEN)).rows;
  const keyOf = ({
    connectionId,
    keyResultId,
    kind,
  }: Pick<Open, 'kind' | 'keyResultId' | 'connectionId'>): string => `${kind} ${keyResultId ?? connectionId}`;
  const isOpen = new Set(open.map(keyOf));
  const isWanted = new Set(wanted.map(keyOf));
  const opened: string[] = [];
  const ended: string[] = [];
  for (const each of wanted.filter((condition) => !isOpen.has(keyOf(condition)))) {
    opened.push(await openAlert(tx, each));
  }
  for (const each of open.filter((alert) => !isWanted.has(keyOf(alert)))) {
    // Paused by its owner, or asked and done: nobody has to be told that it is over.
    const state = each.isPaused || each.kind === 'check_in_due' ? 'closed' : 'resolved';
    await tx.query(
      `UPDATE alert a SET state = $2, since = app_now(), resolved_at = app_now(),
         resolved_day = (app_now() AT TIME ZONE w.time_zone)::date
       FROM workspace w WHERE w.id = a.workspace_id AND a.id = $1`,
      [each.id, state],
    );
    ended.push(each.id);
  }
  await tellAlertsOutside(tx, 'alert.fired', opened);
  await tellAlertsOutside(tx, 'alert.resolved', ended);
  return [...opened, ...ended];
}

async function openAlert(
  tx: Tx,
  { connectionId, keyResultId, kind, reason, workspaceId }: Wanted,
): Promise<string> {
  const id = newId('alr');
  await tx.query(
    `INSERT INTO alert (id, workspace_id, key_result_id, connection_id, kind, episode, state, since, fired_at, fired_day, reason)
     SELECT $1, $2, $3, $4, $5,
       COALESCE((SELECT max(episode) FROM alert WHERE kind = $5 AND (key_result_id = $3 OR connection_id = $4)), 0) + 1,
       'firing', app_now(), app_now(), (app_now() AT TIME ZONE w.time_zone)::date, $6
     FROM workspace w WHERE w.id = $2`,
    [id, workspaceId, keyResultId, connectionId, kind, JSON.stringify(reason)],
  );
  return id;
}

/** Somebody still looks at the data of the alert `a`, and they are there. */
const BACK = `
SELECT 1 FROM key_result_state s JOIN key_result b ON b.id = s.key_result_id AND b.archived_at IS NULL
JOIN cycle y ON y.id = b.cycle_id AND y.closed_at IS NULL
LEFT JOIN metric_version v ON v.id = b.metric_version_id LEFT JOIN metric m ON m.id = v.metric_id
WHERE s.data_state IN ('fresh', 'late', 'failing') AND (b.id = a.key_result_id OR m.connection_id = a.connection_id
  OR EXISTS (SELECT 1 FROM metric_version iv JOIN metric im ON im.id = iv.metric_id
    WHERE iv.id = ANY(v.inputs) AND im.connection_id = a.connection_id))`;

const OPEN = `
SELECT a.id, a.kind, a.key_result_id AS "keyResultId", a.connection_id AS "connectionId",
  COALESCE(c.state = 'paused' OR c.archived_at IS NOT NULL OR k.archived_at IS NOT NULL, false)
    -- Its Key Results are decided, archived or of a cycle that is closed: the data are as far away as before.
    OR (a.kind = 'no_data' AND NOT EXISTS (${BACK})) AS "isPaused"
FROM alert a LEFT JOIN connection c ON c.id = a.connection_id LEFT JOIN key_result k ON k.id = a.key_result_id
WHERE a.kind IN ('error', 'no_data', 'check_in_due') AND a.state IN ('pending', 'firing') ORDER BY a.id`;

/** A limit ends by itself and is nobody's error; a refused key is one at once. */
const FAILING = `
SELECT 'error' AS kind, NULL AS "keyResultId", c.id AS "connectionId", c.workspace_id AS "workspaceId",
  CASE WHEN c.state IN ('needs_reauth', 'misconfigured')
    THEN jsonb_build_object('code', 'data_needs_owner', 'values', jsonb_build_object('connectionState', c.state))
    ELSE jsonb_build_object('code', 'data_run_failed', 'values', jsonb_build_object(
      'errorClass', COALESCE(c.last_error->>'class', 'bug'),
      'since', to_char(c.failing_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) END AS reason
FROM connection c
WHERE c.archived_at IS NULL AND c.state <> 'paused'
  AND (c.state IN ('needs_reauth', 'misconfigured') OR c.failures_in_row >= $1)
ORDER BY c.id`;

/** Of a connection once, however many Key Results depend on it; of what is pushed to us for each Key Result. */
const NO_DATA = `
WITH stale AS (
  SELECT k.id, k.workspace_id, s.data_reason, n.id AS connection_id
  FROM key_result_state s JOIN key_result k ON k.id = s.key_result_id AND k.archived_at IS NULL
  JOIN cycle y ON y.id = k.cycle_id AND y.closed_at IS NULL
  JOIN metric_version v ON v.id = k.metric_version_id JOIN metric m ON m.id = v.metric_id
  LEFT JOIN connection n ON n.archived_at IS NULL AND n.id = COALESCE(m.connection_id, (
    SELECT im.connection_id FROM metric_version iv JOIN metric im ON im.id = iv.metric_id
    WHERE iv.id = ANY(v.inputs) AND im.connection_id IS NOT NULL ORDER BY im.connection_id LIMIT 1))
  WHERE s.data_state = 'stale' AND s.status NOT IN ('achieved', 'missed'))
SELECT 'no_data' AS kind, NULL AS "keyResultId", connection_id AS "connectionId", min(workspace_id) AS "workspaceId",
  (array_agg(data_reason ORDER BY id))[1] AS reason
FROM stale WHERE connection_id IS NOT NULL GROUP BY connection_id
UNION ALL
SELECT 'no_data', id, NULL, workspace_id, data_reason FROM stale WHERE connection_id IS NULL
ORDER BY 2, 3`;

/** Of Key Results that only a person can update, while their cycle runs and nothing is decided. */
const CHECK_INS = `
SELECT 'check_in_due' AS kind, k.id AS "keyResultId", NULL AS "connectionId", k.workspace_id AS "workspaceId",
  jsonb_build_object('code', 'data_check_in_due', 'values', jsonb_build_object(
    'days', d.today - d.last_day, 'throughDay', d.last_day)) AS reason
FROM key_result k
JOIN cycle y ON y.id = k.cycle_id AND y.closed_at IS NULL
LEFT JOIN key_result_state s ON s.key_result_id = k.id
LEFT JOIN metric_version v ON v.id = k.metric_version_id LEFT JOIN metric m ON m.id = v.metric_id
CROSS JOIN LATERAL (
  SELECT (app_now() AT TIME ZONE y.time_zone)::date AS today,
    -- Whoever has just written it down, or ticked off a step, has said how it stands.
    GREATEST(y.start_day, (k.created_at AT TIME ZONE y.time_zone)::date,
      (SELECT max(day) FROM check_in WHERE key_result_id = k.id),
      (SELECT max((step->>'doneOnDay')::date) FROM jsonb_path_query(k.goal, '$.steps[*]') step)) AS last_day) d
WHERE k.archived_at IS NULL AND (m.id IS NULL OR m.source = 'check_in')
  AND d.today >= y.start_day AND d.today < y.end_day AND COALESCE(s.status, '') NOT IN ('achieved', 'missed')
  AND d.today - d.last_day > COALESCE(k.check_in_every_days, $1)
ORDER BY k.id`;
