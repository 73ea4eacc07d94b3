-- Share of the sessions that began on the day in which somebody signed up.
WITH parts AS (
  SELECT
    day,
    count(DISTINCT session.id) FILTER (WHERE EXISTS (
      SELECT FROM event WHERE event.name = 'Sign Up' AND event.session_id = session.id
    ))::numeric AS converted,
    count(DISTINCT session.id)::numeric AS sessions
  FROM calendar LEFT JOIN session USING (day)
  GROUP BY day
)
SELECT day, converted / nullif(sessions, 0) AS value, converted AS numerator, sessions AS denominator FROM parts
