-- The answers of the 30 local days that end with the day, the latest of each person: the score $1, 'nps' from -100 to
-- 100 or 'average' from 0 to 10. Only whole numbers from 0 to 10 are answers, as number or as text.
WITH answer AS (
  SELECT person, at, day, (properties ->> 'score')::int AS score
  FROM event
  WHERE name = 'Survey Answered' AND properties ->> 'score' ~ '^([0-9]|10)$'
), latest AS (
  SELECT DISTINCT ON (calendar.day, answer.person) calendar.day, answer.score
  FROM calendar JOIN answer ON answer.day BETWEEN calendar.day - 29 AND calendar.day
  ORDER BY calendar.day, answer.person, answer.at DESC
)
SELECT
  day,
  CASE $1
    WHEN 'nps' THEN 100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(score), 0)
    WHEN 'average' THEN avg(score)
  END AS value,
  NULL::numeric AS numerator,
  NULL::numeric AS denominator
FROM calendar LEFT JOIN latest USING (day)
GROUP BY day
