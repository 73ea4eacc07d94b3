-- How many different people did the event $1 on the day.
SELECT day, count(DISTINCT event.person)::numeric AS value, NULL::numeric AS numerator, NULL::numeric AS denominator
FROM calendar LEFT JOIN (SELECT * FROM event WHERE name = $1) AS event USING (day)
GROUP BY day
