-- bigquery: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM UNNEST(ARRAY<STRUCT<k INT64, lo INT64, hi INT64, seg INT64>>[(100020512, 1772319600000, 1772406000000, 0), (100020513, 1772319600000, 1772406000000, 0), (100020513, 1772406000000, 1772492400000, 1), (100020514, 1772406000000, 1772492400000, 1), (100020514, 1772492400000, 1772578800000, 2), (100020515, 1772492400000, 1772578800000, 2), (100020515, 1772578800000, 1772665200000, 3), (100020516, 1772578800000, 1772665200000, 3), (100020516, 1772665200000, 1772751600000, 4), (100020517, 1772665200000, 1772751600000, 4), (100020517, 1772751600000, 1772838000000, 5), (100020518, 1772751600000, 1772838000000, 5), (100020518, 1772838000000, 1772924400000, 6), (100020519, 1772838000000, 1772924400000, 6), (100020519, 1772924400000, 1773010800000, 7), (100020520, 1772924400000, 1773010800000, 7)]) AS listed
),
event AS (
SELECT src.`user_id` AS u, UNIX_MILLIS(src.`at`) AS t
FROM `project.shop.events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= TIMESTAMP '2026-02-27 23:00:00.000+00'
  AND src.`at` < TIMESTAMP '2026-03-09 23:00:00.000+00'
  AND src.`event` IS NOT NULL
),
placed AS (
SELECT event.u AS u, piece.seg AS seg
FROM event
INNER JOIN piece ON piece.k = DIV(event.t + 8640000000000000, 86400000)
WHERE event.t >= piece.lo AND event.t < piece.hi
),
present AS (
SELECT DISTINCT u, seg
FROM placed
),
reach AS (
SELECT seg, lo, past FROM UNNEST(ARRAY<STRUCT<seg INT64, lo INT64, past INT64>>[(0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 0, 4), (4, 1, 5), (5, 2, 5), (6, 3, 5), (7, 4, 5)]) AS listed
),
walked AS (
SELECT present.u AS u, present.seg AS seg, reach.lo AS lo, reach.past AS past
FROM present
INNER JOIN reach ON reach.seg = present.seg
),
ranged AS (
SELECT least(greatest(lo, LAG(past, 1, 0) OVER (PARTITION BY u ORDER BY seg)), past) AS people_first, past
FROM walked
),
asked AS (
SELECT r, w FROM UNNEST(ARRAY<STRUCT<r INT64, w INT64>>[(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]) AS listed
),
side AS (
SELECT tally, way FROM UNNEST(ARRAY<STRUCT<tally INT64, way INT64>>[(0, 1), (0, -1)]) AS listed
),
gained AS (
SELECT people_first, past, count(*) AS people
FROM ranged
GROUP BY people_first, past
),
change AS (
SELECT CASE WHEN side.tally = 0 AND side.way = 1 THEN gained.people_first WHEN side.tally = 0 THEN gained.past ELSE 0 END AS r, CASE WHEN side.tally = 0 THEN gained.people * side.way ELSE 0 END AS people_change
FROM gained
CROSS JOIN side
UNION ALL
SELECT asked.r AS r, 0 AS people_change
FROM asked
),
step AS (
SELECT r, sum(people_change) AS people_step
FROM change
GROUP BY r
),
count_on AS (
SELECT r, sum(people_step) OVER (ORDER BY r) AS people
FROM step
)
SELECT asked.w AS w, count_on.people AS people
FROM count_on
INNER JOIN asked ON asked.r = count_on.r
