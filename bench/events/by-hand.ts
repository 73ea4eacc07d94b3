/** The questions of the bench as somebody writes them who has DuckDB and the files: no catalogue, no windows, no maturity of others. */

export type Counted = { entered: number; done: number };

const HOUR_MS = 3_600_000;
const WEEK_MS = 604_800_000;

const list = (files: readonly string[]): string => `[${files.map((file) => `'${file}'`).join(', ')}]`;

/** Of those who did the first step in `[fromMs, untilMs)`, who got through the others within so many hours. */
export function funnelByHand(
  files: readonly string[],
  [first, second, third]: readonly [string, string, string],
  fromMs: number,
  untilMs: number,
  withinHours: number,
): string {
  const limit = withinHours * HOUR_MS;
  return `
    WITH e AS (
      SELECT user_id, event, at_ms FROM read_parquet(${list(files)})
      WHERE event IN ('${first}', '${second}', '${third}') AND at_ms >= ${fromMs} AND at_ms < ${untilMs + limit}
    ), one AS (
      SELECT user_id, min(at_ms) AS t FROM e WHERE event = '${first}' AND at_ms < ${untilMs} GROUP BY user_id
    ), two AS (
      SELECT one.user_id, one.t, min(e.at_ms) AS t2 FROM one JOIN e ON e.user_id = one.user_id
      WHERE e.event = '${second}' AND e.at_ms >= one.t AND e.at_ms < one.t + ${limit} GROUP BY ALL
    ), three AS (
      SELECT DISTINCT two.user_id FROM two JOIN e ON e.user_id = two.user_id
      WHERE e.event = '${third}' AND e.at_ms >= two.t2 AND e.at_ms < two.t + ${limit}
    )
    SELECT (SELECT count(*) FROM one)::DOUBLE AS entered, (SELECT count(*) FROM three)::DOUBLE AS done`;
}

/** Of those who came for the first time in each of so many weeks, who came again in their n-th week after that. */
export function retentionByHand(
  files: readonly string[],
  start: string,
  fromMs: number,
  weeks: number,
  n: number,
): string {
  return `
    WITH e AS (SELECT user_id, event, at_ms FROM read_parquet(${list(files)})),
    first AS (SELECT user_id, min(at_ms) AS t FROM e WHERE event = '${start}' GROUP BY user_id),
    cohort AS (
      SELECT user_id, t, (t - ${fromMs}) // ${WEEK_MS} AS week FROM first
      WHERE t >= ${fromMs} AND t < ${fromMs + weeks * WEEK_MS}
    ), back AS (
      SELECT DISTINCT cohort.user_id FROM cohort JOIN e ON e.user_id = cohort.user_id
      WHERE e.at_ms >= cohort.t + ${n * WEEK_MS} AND e.at_ms < cohort.t + ${(n + 1) * WEEK_MS}
        AND e.at_ms < ${fromMs + (weeks + n + 1) * WEEK_MS}
    )
    SELECT week::INTEGER AS week, count(*)::DOUBLE AS entered, count(back.user_id)::DOUBLE AS done
    FROM cohort LEFT JOIN back ON back.user_id = cohort.user_id GROUP BY week ORDER BY week`;
}
