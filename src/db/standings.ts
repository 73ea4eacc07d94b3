import type pg from 'pg';
import type { Standing } from '../domain/week-change.ts';

/**
 * How Key Results stood at a past instant, all of them in one question: the newest row of the history up to then, or,
 * where the history of states began later, the newest snapshot. Only what is compared is taken out of either.
 */
export async function standingsAt(
  pool: pg.Pool,
  keyResultIds: string[],
  at: Date,
): Promise<Map<string, Standing>> {
  const { rows } = await pool.query<Standing & { id: string }>(STANDINGS, [keyResultIds, at]);
  return new Map(rows.map(({ id, ...standing }): [string, Standing] => [id, standing]));
}

const STANDINGS = `
SELECT t.id, COALESCE(h."asOfDay", to_char(s.as_of_day, 'YYYY-MM-DD')) AS "asOfDay", COALESCE(h.status, s.status) AS status,
  h."dataState",
  CASE WHEN h.status IS NULL THEN s.current_value::float8 ELSE h."currentValue" END AS "currentValue",
  CASE WHEN h.status IS NULL THEN s.target_value::float8 ELSE h."targetValue" END AS "targetValue",
  CASE WHEN h.status IS NULL THEN s.progress ELSE h.progress END AS progress,
  CASE WHEN h.status IS NULL THEN (s.forecast #>> '{chance,smoothed}')::float8 ELSE h.chance END AS chance
FROM unnest($1::text[]) t(id)
LEFT JOIN LATERAL (
  SELECT r.status, r.status_as_of_day AS "asOfDay", r.data_state AS "dataState", r.current_value AS "currentValue",
    r.target_value AS "targetValue", r.progress, (r.outlook #>> '{chance,smoothed}')::float8 AS chance
  FROM (SELECT content FROM row_history WHERE kind = 'key_result_state' AND row_id = t.id AND believed_from <= $2
    ORDER BY seq DESC LIMIT 1) latest
  CROSS JOIN LATERAL jsonb_to_record(latest.content) AS r(status text, status_as_of_day text, data_state text,
    current_value float8, target_value float8, progress float8, outlook jsonb)) h ON true
LEFT JOIN LATERAL (
  SELECT as_of_day, status, current_value, target_value, progress, forecast FROM progress_snapshot
  WHERE h.status IS NULL AND key_result_id = t.id AND computed_at <= $2 ORDER BY computed_at DESC, id DESC LIMIT 1) s ON true
WHERE h.status IS NOT NULL OR s.status IS NOT NULL`;
