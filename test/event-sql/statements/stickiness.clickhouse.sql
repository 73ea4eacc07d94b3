-- clickhouse: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM values('k Int64, lo Int64, hi Int64, seg Int64', (100020512, 1772319600000, 1772406000000, 0), (100020513, 1772319600000, 1772406000000, 0), (100020513, 1772406000000, 1772492400000, 1), (100020514, 1772406000000, 1772492400000, 1), (100020514, 1772492400000, 1772578800000, 2), (100020515, 1772492400000, 1772578800000, 2), (100020515, 1772578800000, 1772665200000, 3), (100020516, 1772578800000, 1772665200000, 3)) AS listed
),
pair AS (
SELECT seg, w, z FROM values('seg Int64, w Int64, z Int64', (0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 0, 0), (2, 1, 0), (3, 1, 0)) AS listed
),
local_day AS (
SELECT seg, z, d FROM values('seg Int64, z Int64, d Int64', (0, 0, 0), (1, 0, 1), (2, 0, 2), (3, 0, 3)) AS listed
),
place AS (
SELECT pair.seg AS seg, pair.w AS w, local_day.d AS d
FROM pair
INNER JOIN local_day ON local_day.seg = pair.seg AND local_day.z = pair.z
),
event AS (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS t
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-27 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-03-05 23:00:00.000', 3, 'UTC')
  AND src.`event` NOT IN ('mail_sent')
),
placed AS (
SELECT event.u AS u, piece.seg AS seg
FROM event
INNER JOIN piece ON piece.k = intDiv(event.t + 8640000000000000, 86400000)
WHERE event.t >= piece.lo AND event.t < piece.hi
),
present AS (
SELECT DISTINCT u, seg
FROM placed
)
SELECT w, count(*) AS people, sum(days) AS user_days
FROM (
SELECT place.w AS w, present.u AS u, count(DISTINCT place.d) AS days
FROM present
INNER JOIN place ON place.seg = present.seg
GROUP BY place.w, present.u
) AS attendance
GROUP BY w
