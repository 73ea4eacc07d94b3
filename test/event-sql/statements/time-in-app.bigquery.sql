-- bigquery: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM UNNEST(ARRAY<STRUCT<k INT64, lo INT64, hi INT64, seg INT64>>[(102148636, 1774652400000, 1774738800000, 0), (102148637, 1774652400000, 1774738800000, 0), (102148637, 1774738800000, 1774821600000, 1), (102148638, 1774738800000, 1774821600000, 1)]) AS listed
),
pair AS (
SELECT seg, w, z FROM UNNEST(ARRAY<STRUCT<seg INT64, w INT64, z INT64>>[(0, 0, 0), (1, 1, 0)]) AS listed
),
local_day AS (
SELECT seg, z, d FROM UNNEST(ARRAY<STRUCT<seg INT64, z INT64, d INT64>>[(0, 0, 0), (1, 0, 1)]) AS listed
),
place AS (
SELECT pair.seg AS seg, pair.w AS w, local_day.d AS d
FROM pair
INNER JOIN local_day ON local_day.seg = pair.seg AND local_day.z = pair.z
),
event AS (
SELECT src.`user_id` AS u, UNIX_MILLIS(src.`at`) AS ms
FROM `project.shop.events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= TIMESTAMP '2026-03-26 22:30:00.000+00'
  AND src.`event` IS NOT NULL
),
gap AS (
SELECT u, ms, ms - LAG(ms, 1, -8640000000000000) OVER (PARTITION BY u ORDER BY ms) AS idle_ms
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
INNER JOIN piece ON piece.k = DIV(session.t + 8640000000000000, 84600000)
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
