import Fastify from 'fastify';
import type pg from 'pg';

/** What the board shows, asked for by one statement that somebody wrote for this one page. */
const BOARD = `
  SELECT o.id AS objective_id, o.title AS objective_title, k.id, k.key, k.title, k.owner_name, k.goal, k.unit, k.currency,
    k.weight, s.status, s.status_reason, s.status_as_of_day, s.data_state, s.data_reason, s.data_through_day, s.fetched_at,
    s.computed_at, s.current_value, s.start_value, s.target_value, s.progress, s.expected, s.pace, s.outlook,
    m.key AS metric_key, m.title AS metric_title, t.trend
  FROM key_result k
  JOIN objective o ON o.id = k.objective_id
  LEFT JOIN key_result_state s ON s.key_result_id = k.id
  LEFT JOIN metric_version v ON v.id = k.metric_version_id
  LEFT JOIN metric m ON m.id = v.metric_id
  LEFT JOIN (
    SELECT metric_version_id, json_agg(json_build_object('day', day, 'value', value) ORDER BY day) AS trend
    FROM metric_point WHERE day >= current_date - 60 GROUP BY metric_version_id) t ON t.metric_version_id = v.id
  WHERE k.archived_at IS NULL ORDER BY o.position, o.id, k.position, k.id`;

const KEY_RESULT = `
  SELECT k.*, s.*, m.key AS metric_key, m.title AS metric_title,
    (SELECT json_agg(json_build_object('day', p.day, 'value', p.value, 'revision', p.revision, 'origin', p.origin,
       'fetchedAt', p.fetched_at) ORDER BY p.day) FROM metric_point p WHERE p.metric_version_id = v.id) AS points
  FROM key_result k
  LEFT JOIN key_result_state s ON s.key_result_id = k.id
  LEFT JOIN metric_version v ON v.id = k.metric_version_id
  LEFT JOIN metric m ON m.id = v.metric_id
  WHERE k.key = $1`;

/** The same rows by the bare framework: nobody is asked who they are, nothing is checked, counted, explained or rounded. */
export async function startBare(pool: pg.Pool): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify();
  app.get('/board', async () => (await pool.query(BOARD)).rows);
  app.get<{ Params: { key: string } }>('/key-results/:key', async ({ params }) => {
    return (await pool.query(KEY_RESULT, [params.key])).rows[0];
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}
