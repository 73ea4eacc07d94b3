import type pg from 'pg';
import type { StoredLine } from '../app/ports.ts';

/**
 * The points of many metrics as one row a metric. Put together by the database as JSON, which is read several times faster
 * than a row for each point: a board of thousands of Key Results has a hundred thousand of them.
 */
export async function trendLinesOf(
  pool: pg.Pool,
  metricVersionIds: string[],
  fromDay: string,
): Promise<Map<string, StoredLine>> {
  const { rows } = await pool.query<Omit<StoredLine, 'fromDay'> & { id: string }>(
    `SELECT metric_version_id AS id, json_agg(day - $2::date ORDER BY day) AS places, json_agg(value::float8 ORDER BY day) AS values,
       json_agg(CASE WHEN origin IN ('auto', 'backfill') THEN round(extract(epoch FROM fetched_at) * 1000) END ORDER BY day)
         AS "fetchedAtMs"
     FROM metric_point WHERE metric_version_id = ANY($1) AND day >= $2 GROUP BY metric_version_id`,
    [metricVersionIds, fromDay],
  );
  return new Map(rows.map(({ id, ...line }): [string, StoredLine] => [id, { fromDay, ...line }]));
}
