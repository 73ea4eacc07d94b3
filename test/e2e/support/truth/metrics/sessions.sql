-- Visits, on the local day in which they began.
SELECT day, count(DISTINCT session.id)::numeric AS value, NULL::numeric AS numerator, NULL::numeric AS denominator
FROM calendar LEFT JOIN session USING (day)
GROUP BY day
