-- bigquery: compiled and kept to be read; no test runs it.
WITH piece AS (
SELECT k, lo, hi, seg FROM UNNEST(ARRAY<STRUCT<k INT64, lo INT64, hi INT64, seg INT64>>[(7154969, 1772406000000, 1773010800000, 0), (7154970, 1772406000000, 1773010800000, 0), (7154971, 1774220400000, 1774821600000, 1)]) AS listed
),
place AS (
SELECT seg, w FROM UNNEST(ARRAY<STRUCT<seg INT64, w INT64>>[(0, 0), (1, 1)]) AS listed
),
judged AS (
SELECT w, as_of FROM UNNEST(ARRAY<STRUCT<w INT64, as_of INT64>>[(0, 1777593600000), (1, 1777593600000)]) AS listed
),
start_event AS (
SELECT JSON_VALUE(src.`properties`, '$."cartId"') AS u, UNIX_MILLIS(src.`at`) AS t
FROM `project.shop.events` AS src
WHERE src.`at` < TIMESTAMP '2026-03-31 22:00:00.000+00'
  AND src.`event` = 'cart_created'
  AND REGEXP_CONTAINS(JSON_QUERY(src.`properties`, '$."cartId"'), '^["0-9-]')
),
bought AS (
SELECT JSON_VALUE(src.`properties`, '$."cartId"') AS u, UNIX_MILLIS(src.`at`) AS ms
FROM `project.shop.events` AS src
WHERE src.`at` < TIMESTAMP '2026-03-31 22:00:00.000+00'
  AND src.`event` = 'purchase'
  AND REGEXP_CONTAINS(JSON_QUERY(src.`properties`, '$."cartId"'), '^["0-9-]')
),
beginning AS (
SELECT u, min(t) AS t0
FROM start_event
GROUP BY u
),
placed AS (
SELECT beginning.u AS u, beginning.t0 AS t, piece.seg AS seg
FROM beginning
INNER JOIN piece ON piece.k = DIV(beginning.t0 + 8640000000000000, 1207800000)
WHERE beginning.t0 >= piece.lo AND beginning.t0 < piece.hi
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
SELECT u, w, t, t + 86400000 AS due
FROM entered
),
started AS (
SELECT DISTINCT u, t
FROM entry
),
success AS (
SELECT DISTINCT started.u AS u, started.t AS t
FROM started
INNER JOIN bought ON bought.u = started.u
WHERE bought.ms >= started.t AND bought.ms < started.t + 86400000
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
