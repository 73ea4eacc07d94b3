-- clickhouse: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM values('k Int64, lo Int64, hi Int64, seg Int64', (102148636, 1774652400000, 1774738800000, 0), (102148637, 1774652400000, 1774738800000, 0), (102148637, 1774738800000, 1774821600000, 1), (102148638, 1774738800000, 1774821600000, 1)) AS listed
),
pair AS (
SELECT seg, w, z FROM values('seg Int64, w Int64, z Int64', (0, 0, 0), (1, 1, 0)) AS listed
),
local_day AS (
SELECT seg, z, d FROM values('seg Int64, z Int64, d Int64', (0, 0, 0), (1, 0, 1)) AS listed
),
place AS (
SELECT pair.seg AS seg, pair.w AS w, local_day.d AS d
FROM pair
INNER JOIN local_day ON local_day.seg = pair.seg AND local_day.z = pair.z
),
event AS (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-03-26 22:30:00.000', 3, 'UTC')
  AND src.`event` IS NOT NULL
),
gap AS (
SELECT u, ms, ms - lagInFrame(ms, 1, toInt64(-8640000000000000)) OVER (PARTITION BY u ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS idle_ms
FROM event
),
marked AS (
SELECT u, ms, CASE WHEN idle_ms >= 1800000 THEN 1 ELSE 0 END AS begins
FROM gap
),
numbered AS (
SELECT u, ms, sum(begins) OVER (PARTITION BY u ORDER BY ms) AS ordinal
FROM marked
),
session AS (
SELECT u, ordinal, min(ms) AS t, max(ms) - min(ms) AS length_ms
FROM numbered
GROUP BY u, ordinal
),
placed AS (
SELECT session.u AS u, session.length_ms AS length_ms, piece.seg AS seg
FROM session
INNER JOIN piece ON piece.k = intDiv(session.t + 8640000000000000, 84600000)
WHERE session.t >= piece.lo AND session.t < piece.hi
),
present AS (
SELECT u, seg, count(*) AS n, sum(length_ms) AS total_ms
FROM placed
GROUP BY u, seg
),
user_day AS (
SELECT place.w AS w, present.u AS u, place.d AS d, sum(present.n) AS n, sum(present.total_ms) AS total_ms
FROM present
INNER JOIN place ON place.seg = present.seg
GROUP BY place.w, present.u, place.d
)
SELECT w, sum(n) AS sessions, sum(total_ms) AS length_ms, count(*) AS user_days, count(DISTINCT u) AS people
FROM user_day
GROUP BY w
