-- clickhouse: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM values('k Int64, lo Int64, hi Int64, seg Int64', (102148636, 1774652400000, 1774738800000, 0), (102148637, 1774652400000, 1774738800000, 0), (102148637, 1774738800000, 1774821600000, 1), (102148638, 1774738800000, 1774821600000, 1)) AS listed
),
place AS (
SELECT seg, w FROM values('seg Int64, w Int64', (0, 0), (1, 1)) AS listed
),
signup AS (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` < toDateTime64('2026-03-30 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'it\'s \\ new'
),
beginning AS (
SELECT u, min(ms) AS t
FROM signup
GROUP BY u
),
placed AS (
SELECT piece.seg AS seg
FROM beginning
INNER JOIN piece ON piece.k = intDiv(beginning.t + 8640000000000000, 84600000)
WHERE beginning.t >= piece.lo AND beginning.t < piece.hi
),
present AS (
SELECT seg, count(*) AS n
FROM placed
GROUP BY seg
)
SELECT place.w AS w, sum(present.n) AS people
FROM present
INNER JOIN place ON place.seg = present.seg
GROUP BY place.w
