-- clickhouse: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM values('k Int64, lo Int64, hi Int64, seg Int64', (50084787, 1772406000000, 1772492400000, 0), (50084788, 1772406000000, 1772492400000, 0), (50084788, 1772492400000, 1772578800000, 1), (50084788, 1772578800000, 1772665200000, 2), (50084789, 1772578800000, 1772665200000, 2), (50084789, 1772665200000, 1772751600000, 3), (50084789, 1772751600000, 1772838000000, 4), (50084790, 1772751600000, 1772838000000, 4), (50084790, 1772838000000, 1772924400000, 5), (50084790, 1772924400000, 1773010800000, 6), (50084791, 1772924400000, 1773010800000, 6), (50084798, 1774220400000, 1774306800000, 7), (50084798, 1774306800000, 1774393200000, 8), (50084799, 1774306800000, 1774393200000, 8), (50084799, 1774393200000, 1774479600000, 9), (50084799, 1774479600000, 1774566000000, 10), (50084800, 1774479600000, 1774566000000, 10), (50084800, 1774566000000, 1774652400000, 11), (50084800, 1774652400000, 1774738800000, 12), (50084801, 1774652400000, 1774738800000, 12), (50084801, 1774738800000, 1774821600000, 13)) AS listed
),
pair AS (
SELECT seg, w, z FROM values('seg Int64, w Int64, z Int64', (0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0), (5, 0, 0), (6, 0, 0), (7, 1, 0), (8, 1, 0), (9, 1, 0), (10, 1, 0), (11, 1, 0), (12, 1, 0), (13, 1, 0)) AS listed
),
local_day AS (
SELECT seg, z, due FROM values('seg Int64, z Int64, due Int64', (0, 0, 1773615600000), (1, 0, 1773702000000), (2, 0, 1773788400000), (3, 0, 1773874800000), (4, 0, 1773961200000), (5, 0, 1774047600000), (6, 0, 1774134000000), (7, 0, 1775426400000), (8, 0, 1775512800000), (9, 0, 1775599200000), (10, 0, 1775685600000), (11, 0, 1775772000000), (12, 0, 1775858400000), (13, 0, 1775944800000)) AS listed
),
place AS (
SELECT pair.seg AS seg, pair.w AS w, local_day.due AS due
FROM pair
INNER JOIN local_day ON local_day.seg = pair.seg AND local_day.z = pair.z
),
judged AS (
SELECT w, as_of FROM values('w Int64, as_of Int64', (0, 1777593600000), (1, 1777593600000)) AS listed
),
start_event AS (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS t
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-28 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-04-13 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'sign_up'
),
done AS (
SELECT src.`user_id` AS u, src.`event` AS e, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms, nullIf(JSONExtractRaw(src.`properties`, 'content id'), '') AS v
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-28 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-04-13 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'save'
),
placed AS (
SELECT start_event.u AS u, start_event.t AS t, piece.seg AS seg
FROM start_event
INNER JOIN piece ON piece.k = intDiv(start_event.t + 8640000000000000, 172542858)
WHERE start_event.t >= piece.lo AND start_event.t < piece.hi
),
earliest AS (
SELECT u, seg, min(t) AS t0
FROM placed
GROUP BY u, seg
),
entered AS (
SELECT earliest.u AS u, place.w AS w, min(earliest.t0) AS t, min(place.due) AS due
FROM earliest
INNER JOIN place ON place.seg = earliest.seg
GROUP BY earliest.u, place.w
),
entry AS (
SELECT u, w, t, due
FROM entered
),
started AS (
SELECT DISTINCT u, t, due
FROM entry
),
success AS (
SELECT started.u AS u, started.t AS t, started.due AS due
FROM started
INNER JOIN done ON done.u = started.u
WHERE done.ms >= started.t AND done.ms < started.due
GROUP BY started.u, started.t, started.due
HAVING count(DISTINCT nullif(done.v, 'null')) >= 3
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
  INNER JOIN success ON success.u = entry.u AND success.t = entry.t AND success.due = entry.due
  WHERE entry.due <= judged.as_of
  GROUP BY entry.w
) AS counted
GROUP BY w, c
