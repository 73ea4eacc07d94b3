-- Of the people whose first sign-up ever fell into a calendar month, the share that did anything 30 to 59 days later:
-- in [30, 60) x 24 hours from their own second on. One point a month, on its last day, once 60 x 24 hours have passed
-- since the month.
WITH first_time AS (
  SELECT person, min(at) AS at FROM event WHERE name = 'Sign Up' GROUP BY person
), cohort AS (
  SELECT
    date_trunc('month', first_time.at AT TIME ZONE time_zone) AS month,
    count(*)::numeric AS people,
    count(*) FILTER (WHERE EXISTS (
      SELECT FROM event
      WHERE event.person = first_time.person
        AND event.at >= first_time.at + interval '720 hours'
        AND event.at < first_time.at + interval '1440 hours'
    ))::numeric AS returned
  FROM first_time, company
  GROUP BY 1
)
SELECT
  (month + interval '1 month' - interval '1 day')::date AS day,
  returned / people AS value,
  returned AS numerator,
  people AS denominator
FROM cohort, company
WHERE (month + interval '1 month') AT TIME ZONE time_zone + interval '1440 hours' <= until
