-- Seconds in the foreground for each active device of the day.
WITH parts AS (
  SELECT
    day,
    coalesce(sum(engaged_seconds), 0) AS seconds,
    count(DISTINCT device) FILTER (WHERE engaged_seconds >= 1 OR is_new) AS users
  FROM calendar LEFT JOIN session USING (day)
  GROUP BY day
)
SELECT day, seconds / nullif(users, 0) AS value, seconds AS numerator, users::numeric AS denominator FROM parts
