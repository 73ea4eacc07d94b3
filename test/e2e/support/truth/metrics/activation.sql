-- Of the people who signed up on the day, the share that made a project at that second or later, and strictly before
-- 14 x 24 hours were over. A person enters a day once, with the first sign-up of it.
WITH entry AS (
  SELECT person, day, min(at) AS entered_at FROM event WHERE name = 'Sign Up' GROUP BY person, day
), parts AS (
  SELECT
    day,
    count(entry.person)::numeric AS entered,
    count(entry.person) FILTER (WHERE EXISTS (
      SELECT FROM event
      WHERE event.name = 'Project Created'
        AND event.person = entry.person
        AND event.at >= entered_at
        AND event.at < entered_at + interval '336 hours'
    ))::numeric AS finished
  FROM calendar LEFT JOIN entry USING (day)
  GROUP BY day
)
SELECT day, finished / nullif(entered, 0) AS value, finished AS numerator, entered AS denominator
FROM parts, company
-- Young days are left out: their people still have time.
WHERE (day + 1)::timestamp AT TIME ZONE time_zone + interval '336 hours' <= until
