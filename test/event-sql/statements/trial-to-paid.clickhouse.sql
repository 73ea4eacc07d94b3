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
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS t, if(startsWith(JSONExtractRaw(src.`properties`, 'trialEndsAt'), '"'), JSONExtractString(src.`properties`, 'trialEndsAt'), JSONExtractRaw(src.`properties`, 'trialEndsAt')) AS v
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-28 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-05-02 00:00:00.000', 3, 'UTC')
  AND src.`event` = 'trial_started'
),
paid AS (
SELECT src.`user_id` AS u, toUnixTimestamp64Milli(toDateTime64(src.`at`, 3, 'UTC')) AS ms
FROM `shop`.`events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` >= toDateTime64('2026-02-28 23:00:00.000', 3, 'UTC')
  AND src.`at` < toDateTime64('2026-05-02 00:00:00.000', 3, 'UTC')
  AND src.`event` = 'paid'
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
trial_field AS (
SELECT u, t, CASE WHEN match(ifNull(v, ''), '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])$') THEN 1 ELSE 0 END AS ok,
  toInt64OrZero(extract(ifNull(v, ''), '^([0-9]{4})')) AS yyyy,
  toInt64OrZero(extract(ifNull(v, ''), '^.{5}([0-9]{2})')) AS mon,
  toInt64OrZero(extract(ifNull(v, ''), '^.{8}([0-9]{2})')) AS dd,
  toInt64OrZero(extract(ifNull(v, ''), '^.{11}([0-9]{2})')) AS hh,
  toInt64OrZero(extract(ifNull(v, ''), '^.{14}([0-9]{2})')) AS mi,
  toInt64OrZero(extract(ifNull(v, ''), '^.{16}:([0-9]{2})')) AS ss,
  toInt64OrZero(substr(extract(ifNull(v, ''), '[.]([0-9]{1,3})') || '00', 1, 3)) AS thousandths,
  CASE WHEN match(ifNull(v, ''), '[+][0-9:]+$') THEN -1 ELSE 1 END AS direction,
  toInt64OrZero(extract(ifNull(v, ''), '[+-]([0-9]{2})(?::?[0-9]{2})?$')) AS offset_hh,
  toInt64OrZero(extract(ifNull(v, ''), '[+-][0-9]{2}:?([0-9]{2})$')) AS offset_mi
FROM start_event
),
trial_date AS (
SELECT u, t, ok, dd, hh, mi, ss, thousandths, direction, offset_hh, offset_mi,
  CASE WHEN mon > 2 THEN yyyy ELSE yyyy - 1 END AS y, CASE WHEN mon > 2 THEN mon - 3 ELSE mon + 9 END AS m
FROM trial_field
),
trial_instant AS (
SELECT u, t, CASE WHEN ok = 1 THEN (365 * y + intDiv(y, 4) - intDiv(y, 100) + intDiv(y, 400) + intDiv(153 * m + 2, 5) + dd - 719469) * 86400000 + (hh * 60 + mi + direction * (offset_hh * 60 + offset_mi)) * 60000 + ss * 1000 + thousandths ELSE -8640000000000000 END AS end_ms
FROM trial_date
),
deadline AS (
SELECT u, t, max(CASE WHEN end_ms > t THEN end_ms + 604800000 ELSE t + 1814400000 END) AS due
FROM trial_instant
GROUP BY u, t
),
entry AS (
SELECT entered.u AS u, entered.w AS w, entered.t AS t, deadline.due AS due
FROM entered
INNER JOIN deadline ON deadline.u = entered.u AND deadline.t = entered.t
),
started AS (
SELECT DISTINCT u, t, due
FROM entry
),
success AS (
SELECT DISTINCT started.u AS u, started.t AS t, started.due AS due
FROM started
INNER JOIN paid ON paid.u = started.u
WHERE paid.ms >= started.t AND paid.ms < started.due
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
