-- clickhouse: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM values('k Int64, lo Int64, hi Int64, seg Int64', (7154969, 1772406000000, 1773010800000, 0), (7154970, 1772406000000, 1773010800000, 0), (7154971, 1774220400000, 1774821600000, 1)) AS listed
),
place AS (
SELECT seg, w FROM values('seg Int64, w Int64', (0, 0), (1, 1)) AS listed
),
judged AS (
SELECT w, as_of FROM values('w Int64, as_of Int64', (0, 1777593600000), (1, 1777593600000)) AS listed
),
step_0 AS (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-28 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-04-06 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'sign_up'
),
step_1 AS (
SELECT u, ms, row_number() OVER (PARTITION BY u ORDER BY ms) AS n
FROM (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-28 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-04-06 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'open'
) AS told
),
start_event AS (
SELECT u, ms AS t
FROM step_0
),
placed AS (
SELECT start_event.u AS u, start_event.t AS t, piece.seg AS seg
FROM start_event
INNER JOIN piece ON piece.k = intDiv(start_event.t + 8640000000000000, 1207800000)
WHERE start_event.t >= piece.lo AND start_event.t < piece.hi
),
earliest AS (
SELECT u, seg, min(t) AS t0
FROM placed
GROUP BY u, seg
),
entered AS (
SELECT earliest.u AS u, place.w AS w, min(earliest.t0) AS t
FROM earliest
INNER JOIN place ON place.seg = earliest.seg
GROUP BY earliest.u, place.w
),
entry AS (
SELECT u, w, t, t + 604800000 AS due
FROM entered
),
reached_0 AS (
SELECT DISTINCT u, t, t AS at_ms, 0 AS n_1
FROM entered
),
reached_1 AS (
SELECT reached_0.u AS u, reached_0.t AS t, min(step_1.ms) AS at_ms, min(step_1.n) AS n_1
FROM reached_0
INNER JOIN step_1 ON step_1.u = reached_0.u
WHERE step_1.ms >= reached_0.at_ms AND step_1.ms < reached_0.t + 604800000 AND step_1.n > reached_0.n_1
GROUP BY reached_0.u, reached_0.t
),
reached_2 AS (
SELECT reached_1.u AS u, reached_1.t AS t, min(step_1.ms) AS at_ms, min(step_1.n) AS n_1
FROM reached_1
INNER JOIN step_1 ON step_1.u = reached_1.u
WHERE step_1.ms >= reached_1.at_ms AND step_1.ms < reached_1.t + 604800000 AND step_1.n > reached_1.n_1
GROUP BY reached_1.u, reached_1.t
),
success AS (
SELECT u, t FROM reached_2
)
SELECT w, c, sum(n) AS entrants, sum(m) AS mature, sum(s) AS succeeded
FROM (
  SELECT entry.w AS w, 0 AS c, count(*) AS n, sum(CASE WHEN entry.due <= judged.as_of THEN 1 ELSE 0 END) AS m, 0 AS s
  FROM entry
  INNER JOIN judged ON judged.w = entry.w
  GROUP BY entry.w
  UNION ALL
  SELECT entry.w AS w, 0 AS c, 0 AS n, 0 AS m, count(*) AS s
  FROM entry
  INNER JOIN judged ON judged.w = entry.w
  INNER JOIN success ON success.u = entry.u AND success.t = entry.t
  WHERE entry.due <= judged.as_of
  GROUP BY entry.w
) AS counted
GROUP BY w, c
