import type { AlertInFull } from '../../app/ports-alerting.ts';
import type { Titles } from '../../domain/titles.ts';
import type { Tx } from '../database.ts';
import { loadInputs } from '../evaluation-inputs.ts';

type Row = Omit<AlertInFull, 'keyResult' | 'initiatives' | 'rule' | 'connection'> & {
  keyResultId: string | null;
  ruleId: string | null;
  forEvaluations: number;
  keepFiringEvaluations: number;
  fireBelow: number;
  clearAbove: number;
  connectionId: string | null;
  connectionKey: string;
  connectionTitle: string;
  connectionOwner: string | null;
  lastSuccessAt: Date | null;
};

/** How many dependants of a connection are named. */
const NAMED = 10;

/** Alerts with everything that a message about them is made from. */
export async function alertsInFull(tx: Tx, ids: string[]): Promise<Map<string, AlertInFull>> {
  if (ids.length === 0) return new Map();
  const rows = (await tx.query<Row>(ROWS, [ids])).rows;
  const keyResultIds = rows.flatMap(({ keyResultId }) => keyResultId ?? []);
  const { inputs } = await loadInputs(tx, keyResultIds);
  const initiatives = (
    await tx.query<AlertInFull['initiatives'][number] & { keyResultId: string }>(
      `SELECT key_result_id AS "keyResultId", title, start_day AS "startDay", end_day AS "endDay" FROM initiative
       WHERE key_result_id = ANY($1) ORDER BY start_day, id`,
      [keyResultIds],
    )
  ).rows;
  const full = new Map<string, AlertInFull>();
  for (const row of rows) {
    full.set(row.id, {
      id: row.id,
      workspaceId: row.workspaceId,
      kind: row.kind,
      severity: row.severity,
      sinceDay: row.sinceDay,
      reason: row.reason,
      sandbox: row.sandbox,
      rule:
        row.ruleId === null
          ? null
          : {
              forEvaluations: row.forEvaluations,
              keepFiringEvaluations: row.keepFiringEvaluations,
              fireBelow: row.fireBelow,
              clearAbove: row.clearAbove,
            },
      keyResult: inputs.find(({ keyResult }) => keyResult.id === row.keyResultId) ?? null,
      initiatives: initiatives
        .filter(({ keyResultId }) => keyResultId === row.keyResultId)
        .map(({ title, startDay, endDay }) => ({ title, startDay, endDay })),
      connection: row.connectionId === null ? null : await connectionOf(tx, row, row.connectionId),
    });
  }
  // What is about a Key Result of a cycle that has been closed meanwhile is told to nobody.
  for (const row of rows)
    if (row.keyResultId !== null && full.get(row.id)?.keyResult === null) full.delete(row.id);
  return full;
}

async function connectionOf(tx: Tx, row: Row, id: string): Promise<AlertInFull['connection']> {
  const dependants = (
    await tx.query<{ key: string; title: string; titles: Titles; count: string }>(
      `SELECT k.key, k.title, k.titles, count(*) OVER () AS count FROM key_result k
       JOIN cycle y ON y.id = k.cycle_id AND y.closed_at IS NULL
       JOIN metric_version v ON v.id = k.metric_version_id JOIN metric m ON m.id = v.metric_id
       WHERE k.archived_at IS NULL AND (m.connection_id = $1 OR EXISTS (
         SELECT 1 FROM metric_version iv JOIN metric im ON im.id = iv.metric_id
         WHERE iv.id = ANY(v.inputs) AND im.connection_id = $1))
       ORDER BY k.key LIMIT ${NAMED}`,
      [id],
    )
  ).rows;
  return {
    id,
    key: row.connectionKey,
    title: row.connectionTitle,
    owner: row.connectionOwner,
    lastSuccessAt: row.lastSuccessAt,
    keyResults: dependants.map(({ key, title, titles }) => ({ key, title, titles })),
    keyResultCount: Number(dependants[0]?.count ?? 0),
  };
}

const ROWS = `
SELECT a.id, a.workspace_id AS "workspaceId", a.kind, a.severity, a.fired_day AS "sinceDay",
  COALESCE(a.reason, '{"code":"unknown","values":{}}'::jsonb) AS reason,
  COALESCE(c.environment, mc.environment, 'live') = 'sandbox' AS sandbox,
  a.key_result_id AS "keyResultId", a.rule_id AS "ruleId", r.for_evaluations AS "forEvaluations",
  r.keep_firing_evaluations AS "keepFiringEvaluations", r.fire_below AS "fireBelow", r.clear_above AS "clearAbove",
  c.id AS "connectionId", c.key AS "connectionKey", c.title AS "connectionTitle", c.owner_name AS "connectionOwner",
  c.last_success_at AS "lastSuccessAt"
FROM alert a
LEFT JOIN alert_rule r ON r.id = a.rule_id
LEFT JOIN connection c ON c.id = a.connection_id
LEFT JOIN key_result k ON k.id = a.key_result_id
LEFT JOIN metric_version v ON v.id = k.metric_version_id
LEFT JOIN metric m ON m.id = v.metric_id
LEFT JOIN connection mc ON mc.id = m.connection_id
WHERE a.id = ANY($1) ORDER BY a.id`;
