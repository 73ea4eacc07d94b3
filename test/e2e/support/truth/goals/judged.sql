-- What the owners promised, from the board; their words are no measurement. `settles_after_hours` null: a reading of the
-- present, which is complete when it is taken. Milestones have no metric.
CREATE TABLE key_result (
  key text PRIMARY KEY,
  metric text,
  settles_after_hours int,
  trailing_days int,
  cycle_start date NOT NULL,
  cycle_end date NOT NULL,
  goal jsonb NOT NULL
);

-- The day that each one speaks for: the newest whose local end lies as far back as the metric takes to settle, and of
-- which the source has told all: a value, or that there was nobody to measure. People check milestones off by hand, so
-- there every day up to today is known.
CREATE VIEW judged AS
SELECT
  key_result.*,
  CASE
    WHEN metric IS NULL THEN least(today, cycle_end - 1)
    ELSE (
      SELECT max(day)
      FROM point
      WHERE point.metric = key_result.metric
        AND (value IS NOT NULL OR denominator = 0)
        AND day < cycle_end
        AND CASE
          WHEN settles_after_hours IS NULL THEN day <= today
          ELSE ((day + 1)::timestamp AT TIME ZONE time_zone) + settles_after_hours * interval '1 hour' <= until
        END
    )
  END AS as_of
FROM key_result, company;

-- A metric's days in the cycle, as far as they count.
CREATE VIEW counted AS
SELECT judged.key, point.day, point.value, (point.day - cycle_start) / 7 AS week
FROM judged JOIN point ON point.metric = judged.metric AND point.day BETWEEN cycle_start AND as_of
WHERE value IS NOT NULL;
