-- bigquery: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM UNNEST(ARRAY<STRUCT<k INT64, lo INT64, hi INT64, seg INT64>>[(100020512, 1772319600000, 1772406000000, 0), (100020513, 1772319600000, 1772406000000, 0), (100020513, 1772406000000, 1772492400000, 1), (100020514, 1772406000000, 1772492400000, 1), (100020514, 1772492400000, 1772578800000, 2), (100020515, 1772492400000, 1772578800000, 2), (100020515, 1772578800000, 1772665200000, 3), (100020516, 1772578800000, 1772665200000, 3), (100020516, 1772665200000, 1772751600000, 4), (100020517, 1772665200000, 1772751600000, 4), (100020517, 1772751600000, 1772838000000, 5), (100020518, 1772751600000, 1772838000000, 5), (100020518, 1772838000000, 1772924400000, 6), (100020519, 1772838000000, 1772924400000, 6), (100020519, 1772924400000, 1773010800000, 7), (100020520, 1772924400000, 1773010800000, 7)]) AS listed
),
event AS (
SELECT src.`user_id` AS u, UNIX_MILLIS(src.`at`) AS ms
FROM `project.shop.events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= TIMESTAMP '2026-02-27 22:30:00.000+00'
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
INNER JOIN piece ON piece.k = DIV(session.t + 8640000000000000, 86400000)
WHERE session.t >= piece.lo AND session.t < piece.hi
),
present AS (
SELECT u, seg, count(*) AS n, sum(length_ms) AS total_ms
FROM placed
GROUP BY u, seg
),
reach AS (
SELECT seg, lo, past FROM UNNEST(ARRAY<STRUCT<seg INT64, lo INT64, past INT64>>[(0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 0, 4), (4, 1, 5), (5, 2, 5), (6, 3, 5), (7, 4, 5)]) AS listed
),
walked AS (
SELECT present.u AS u, present.seg AS seg, reach.lo AS lo, reach.past AS past, present.n AS n, present.total_ms AS total_ms
FROM present
INNER JOIN reach ON reach.seg = present.seg
),
ranged AS (
SELECT least(greatest(lo, LAG(past, 1, 0) OVER (PARTITION BY u ORDER BY seg)), past) AS people_first, lo, past, n, total_ms
FROM walked
),
asked AS (
SELECT r, w FROM UNNEST(ARRAY<STRUCT<r INT64, w INT64>>[(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]) AS listed
),
side AS (
SELECT tally, way FROM UNNEST(ARRAY<STRUCT<tally INT64, way INT64>>[(0, 1), (0, -1), (1, 1), (1, -1)]) AS listed
),
gained AS (
SELECT lo, past, people_first, sum(n) AS sessions, sum(total_ms) AS length_ms, count(*) AS user_days, count(*) AS people
FROM ranged
GROUP BY lo, past, people_first
),
change AS (
SELECT CASE WHEN side.tally = 0 AND side.way = 1 THEN gained.lo WHEN side.tally = 0 THEN gained.past WHEN side.tally = 1 AND side.way = 1 THEN gained.people_first WHEN side.tally = 1 THEN gained.past ELSE 0 END AS r, CASE WHEN side.tally = 0 THEN gained.sessions * side.way ELSE 0 END AS sessions_change, CASE WHEN side.tally = 0 THEN gained.length_ms * side.way ELSE 0 END AS length_ms_change, CASE WHEN side.tally = 0 THEN gained.user_days * side.way ELSE 0 END AS user_days_change, CASE WHEN side.tally = 1 THEN gained.people * side.way ELSE 0 END AS people_change
FROM gained
CROSS JOIN side
UNION ALL
SELECT asked.r AS r, 0 AS sessions_change, 0 AS length_ms_change, 0 AS user_days_change, 0 AS people_change
FROM asked
),
step AS (
SELECT r, sum(sessions_change) AS sessions_step, sum(length_ms_change) AS length_ms_step, sum(user_days_change) AS user_days_step, sum(people_change) AS people_step
FROM change
GROUP BY r
),
count_on AS (
SELECT r, sum(sessions_step) OVER (ORDER BY r) AS sessions, sum(length_ms_step) OVER (ORDER BY r) AS length_ms, sum(user_days_step) OVER (ORDER BY r) AS user_days, sum(people_step) OVER (ORDER BY r) AS people
FROM step
)
SELECT asked.w AS w, count_on.sessions AS sessions, count_on.length_ms AS length_ms, count_on.user_days AS user_days, count_on.people AS people
FROM count_on
INNER JOIN asked ON asked.r = count_on.r
