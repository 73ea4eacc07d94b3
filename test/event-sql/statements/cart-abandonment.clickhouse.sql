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
start_event AS (
SELECT if(startsWith(JSONExtractRaw(src.`properties`, 'cartId'), '"'), JSONExtractString(src.`properties`, 'cartId'), JSONExtractRaw(src.`properties`, 'cartId')) AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS t
FROM `shop`.`events` AS src
WHERE src.`at` < toDateTime64('2026-03-31 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'cart_created'
  AND match(ifNull(nullIf(JSONExtractRaw(src.`properties`, 'cartId'), ''), ''), '^["0-9-]')
),
bought AS (
SELECT if(startsWith(JSONExtractRaw(src.`properties`, 'cartId'), '"'), JSONExtractString(src.`properties`, 'cartId'), JSONExtractRaw(src.`properties`, 'cartId')) AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms
FROM `shop`.`events` AS src
WHERE src.`at` < toDateTime64('2026-03-31 22:00:00.000', 3, 'UTC')
  AND src.`event` = 'purchase'
  AND match(ifNull(nullIf(JSONExtractRaw(src.`properties`, 'cartId'), ''), ''), '^["0-9-]')
),
beginning AS (
SELECT u, min(t) AS t0
FROM start_event
GROUP BY u
),
placed AS (
SELECT beginning.u AS u, beginning.t0 AS t, piece.seg AS seg
FROM beginning
INNER JOIN piece ON piece.k = intDiv(beginning.t0 + 8640000000000000, 1207800000)
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
