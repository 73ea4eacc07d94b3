-- How often the event $1 happened on the day; what was sent twice happened once.
SELECT day, count(event.id)::numeric AS value, NULL::numeric AS numerator, NULL::numeric AS denominator
FROM calendar LEFT JOIN (SELECT * FROM event WHERE name = $1) AS event USING (day)
GROUP BY day
