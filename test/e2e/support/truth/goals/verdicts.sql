-- Accumulate: the sum over the cycle's days so far, over the target.
CREATE VIEW accumulated AS
SELECT key, as_of, total AS current, total / (goal ->> 'targetValue')::numeric AS progress
FROM judged, LATERAL (SELECT sum(value) AS total FROM counted WHERE counted.key = judged.key) AS sums
WHERE goal ->> 'kind' = 'accumulate';

-- Reach and change: how far from start to target. Compared is the newest value, or all days of a window that ends with the
-- judged day together: a ratio divides the sum of its numerators by that of its denominators, a flow is summed.
CREATE VIEW travelled AS
SELECT key, as_of, value AS current, (value - start_value) / (target_value - start_value) AS progress
FROM (
  SELECT
    judged.*,
    CASE goal ->> 'kind' WHEN 'reach' THEN (goal ->> 'startValue')::numeric ELSE (goal ->> 'baselineValue')::numeric END
      AS start_value,
    CASE goal ->> 'kind'
      WHEN 'reach' THEN (goal ->> 'targetValue')::numeric
      ELSE (goal ->> 'baselineValue')::numeric * (1 + (goal ->> 'percent')::numeric / 100)
    END AS target_value
  FROM judged
  WHERE goal ->> 'kind' IN ('reach', 'change')
) AS aimed, LATERAL (
  SELECT
    CASE WHEN count(denominator) > 0 THEN sum(numerator) / nullif(sum(denominator), 0) ELSE sum(point.value) END AS value
  FROM point
  WHERE point.metric = aimed.metric AND point.day <= as_of AND point.day > CASE
    WHEN trailing_days IS NOT NULL THEN as_of - trailing_days
    ELSE (SELECT max(day) FROM point AS newest WHERE newest.metric = aimed.metric AND day <= as_of AND value IS NOT NULL) - 1
  END
) AS compared;

-- Guardrail: the share of the cycle's days so far that lay inside the bounds, which belong to the inside.
CREATE VIEW guarded AS
SELECT
  key,
  as_of,
  (SELECT value FROM counted WHERE counted.key = judged.key ORDER BY day DESC LIMIT 1) AS current,
  (SELECT avg(CASE
     WHEN value < (goal ->> 'lower')::numeric OR value > (goal ->> 'upper')::numeric THEN 0 ELSE 1
   END) FROM counted WHERE counted.key = judged.key) AS progress
FROM judged
WHERE goal ->> 'kind' = 'guardrail' AND goal ->> 'method' = 'share_of_checks';

-- Recurring: every week from the cycle's first day on counts up to what was promised for it, over all that was promised.
CREATE VIEW repeated AS
SELECT
  key, as_of, done AS current, done / ((goal ->> 'perPeriod')::numeric * (goal ->> 'periods')::numeric) AS progress
FROM judged, LATERAL (
  SELECT sum(least(total, (goal ->> 'perPeriod')::numeric)) AS done
  FROM (
    SELECT sum(value) AS total FROM counted
    WHERE counted.key = judged.key AND week < (goal ->> 'periods')::int
    GROUP BY week
  ) AS weeks
) AS sums
WHERE goal ->> 'kind' = 'recurring' AND goal ->> 'periodUnit' = 'week' AND NOT (goal ->> 'carryOver')::boolean;

-- Milestone: the weight of the steps that were done by the day, over the weight of all.
CREATE VIEW checked_off AS
SELECT key, as_of, done AS current, done / whole AS progress
FROM judged, LATERAL (
  SELECT
    coalesce(sum(weight) FILTER (WHERE done_on <= as_of), 0) AS done,
    sum(weight) AS whole
  FROM jsonb_array_elements(goal -> 'steps') AS step,
    LATERAL (SELECT (step ->> 'weight')::numeric AS weight, (step ->> 'doneOnDay')::date AS done_on) AS parts
) AS steps
WHERE goal ->> 'kind' = 'milestone';

CREATE VIEW verdict AS
SELECT * FROM accumulated
UNION ALL SELECT * FROM travelled
UNION ALL SELECT * FROM guarded
UNION ALL SELECT * FROM repeated
UNION ALL SELECT * FROM checked_off;
