-- bigquery: compiled and kept to be read; no test runs it.
WITH told AS (
SELECT src.`insert_id` AS id, src.`user_id` AS u, src.`event` AS e, UNIX_MILLIS(src.`at`) AS ms
FROM `project.shop.events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` < TIMESTAMP '2026-03-30 22:00:00.000+00'
  AND src.`insert_id` IS NOT NULL
),
ranked AS (
SELECT u, e, ms, row_number() OVER (PARTITION BY id ORDER BY ms, CAST(u AS STRING), CAST(e AS STRING)) AS telling
FROM told
),
once AS (
SELECT u, e, ms
FROM ranked
WHERE telling = 1
UNION ALL
SELECT src.`user_id` AS u, src.`event` AS e, UNIX_MILLIS(src.`at`) AS ms
FROM `project.shop.events` AS src
WHERE src.`user_id` IS NOT NULL
  AND src.`at` < TIMESTAMP '2026-03-30 22:00:00.000+00'
  AND src.`insert_id` IS NULL
),
piece AS (
SELECT k, lo, hi, seg FROM UNNEST(ARRAY<STRUCT<k INT64, lo INT64, hi INT64, seg INT64>>[(102148636, 1774652400000, 1774738800000, 0), (102148637, 1774652400000, 1774738800000, 0), (102148637, 1774738800000, 1774821600000, 1), (102148638, 1774738800000, 1774821600000, 1)]) AS listed
),
place AS (
SELECT seg, w FROM UNNEST(ARRAY<STRUCT<seg INT64, w INT64>>[(0, 0), (1, 1)]) AS listed
),
event AS (
SELECT src.u AS u, src.ms AS t, CASE WHEN src.e IS NOT NULL THEN 1 ELSE 0 END AS b, CASE WHEN src.e = 'share' THEN 1 ELSE 0 END AS a
FROM once AS src
WHERE src.ms >= 1774652400000
  AND (src.e IS NOT NULL OR src.e = 'share')
),
placed AS (
SELECT event.u AS u, event.b AS b, event.a AS a, piece.seg AS seg
FROM event
INNER JOIN piece ON piece.k = DIV(event.t + 8640000000000000, 84600000)
WHERE event.t >= piece.lo AND event.t < piece.hi
),
present AS (
SELECT u, seg, max(b) AS did_b, max(a) AS did_a
FROM placed
GROUP BY u, seg
),
person AS (
SELECT place.w AS w, present.u AS u, max(present.did_b) AS b, max(present.did_a) AS a
FROM present
INNER JOIN place ON place.seg = present.seg
GROUP BY place.w, present.u
)
SELECT w, sum(b) AS people, sum(a) AS also
FROM person
WHERE b = 1
GROUP BY w
