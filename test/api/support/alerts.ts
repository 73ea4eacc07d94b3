import type { TestServer } from './server.ts';

export type Planted = {
  id: string;
  keyResult?: string;
  connection?: string;
  kind?: string;
  state?: string;
  severity?: string;
};

const dayMs = 86_400_000;

/** `people.talks`, which only Mei updates; `growth.signups`, which a metric measures; the connection `surveys` of Ana. */
export async function plantGoals(server: TestServer): Promise<void> {
  const post = async (path: string, body: unknown): Promise<void> => {
    const answer = await server.ask('POST', path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
  };
  const day = (offset: number): string => new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10);
  await post('/api/v1/cycles', { key: 'q', startDay: day(-30), endDay: day(60) });
  for (const key of ['people', 'growth']) await post('/api/v1/objectives', { key, title: key, cycle: 'q' });
  const goal = { kind: 'accumulate', targetValue: 10 };
  const talks = {
    key: 'people.talks',
    title: 'Talk',
    objective: 'people',
    goal,
    unit: 'count',
    owner: 'Mei',
  };
  await post('/api/v1/key-results', talks);
  await post('/api/v1/metrics/values', { key: 'signups', kind: 'flow', unit: 'count' });
  const signups = { key: 'growth.signups', title: 'Grow', objective: 'growth', goal, metric: 'signups' };
  await post('/api/v1/key-results', signups);
  await post('/api/v1/connections', { key: 'surveys', connectorId: 'records', config: {}, owner: 'Ana' });
}

/** An alert as the workers write it; nothing here runs that would change it. */
export async function plantAlert(server: TestServer, planted: Planted): Promise<void> {
  const { connection = null, keyResult = null, kind = 'off_track' } = planted;
  const { state = 'firing', severity = 'warning' } = planted;
  await server.services.database.pool.query(
    `INSERT INTO alert (id, workspace_id, key_result_id, connection_id, kind, episode, state, severity, since, fired_at,
       fired_day, resolved_at, reason)
     SELECT $1, w.id, (SELECT id FROM key_result WHERE key = $2), (SELECT id FROM connection WHERE key = $3), $4,
       1 + (SELECT count(*) FROM alert WHERE kind = $4), $5, $6, app_now(),
       CASE WHEN $5 = 'pending' THEN NULL ELSE app_now() END, CASE WHEN $5 = 'pending' THEN NULL ELSE '2026-08-13'::date END,
       CASE WHEN $5 IN ('resolved', 'closed') THEN app_now() END,
       '{"code": "data_fresh", "values": {"throughDay": "2026-08-12"}}'
     FROM workspace w`,
    [planted.id, keyResult, connection, kind, state, severity],
  );
}

/** What a channel was told of an alert, in a message that has arrived, and what it is told next. */
export async function plantTold(
  server: TestServer,
  { alert, at, channel }: { alert: string; channel: string; at: string },
): Promise<void> {
  const { pool } = server.services.database;
  const named = [alert, channel, at];
  await pool.query(
    `INSERT INTO alert_told (alert_id, channel_id, state, severity, last_at, said)
     SELECT $1, id, 'firing', 'warning', $3, 1 FROM channel WHERE key = $2`,
    named,
  );
  await pool.query(
    `INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, kind, payload, status, attempts, delivered_at)
     SELECT workspace_id, $1 || ':sent', id, 'msg_story', 'news', '{}', 'delivered', 1, $3::timestamptz FROM channel WHERE key = $2`,
    named,
  );
  await pool.query(
    `INSERT INTO notice (workspace_id, event_key, channel_id, alert_id, event, severity, lane, group_key, item, due_at,
       created_at, state, outbox_id)
     SELECT c.workspace_id, $1 || ':' || n.lane, c.id, $1, 'key_result.off_track', 'warning', n.lane, 'g', '{}', $3::timestamptz,
       $3::timestamptz, n.state, CASE WHEN n.state = 'composed' THEN (SELECT id FROM outbox WHERE delivery_id = 'msg_story') END
     FROM channel c CROSS JOIN (VALUES (1, 'now', 'composed'), (2, 'digest', 'waiting')) n (at, lane, state)
     WHERE c.key = $2 ORDER BY n.at`,
    named,
  );
}

export type Audited = { action: string; objectId: string; details: Record<string, unknown> };

/** The lines of the record about one kind of object, oldest first. */
export async function audited(server: TestServer, objectType: string): Promise<Audited[]> {
  const rows = await server.services.database.pool.query<Audited>(
    'SELECT action, object_id AS "objectId", details FROM audit_log WHERE object_type = $1 ORDER BY id',
    [objectType],
  );
  return rows.rows;
}
