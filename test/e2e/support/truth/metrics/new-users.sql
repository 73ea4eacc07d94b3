-- New users as Google Analytics counts them: devices with their first session ever on the day.
SELECT
  day,
  count(DISTINCT session.device) FILTER (WHERE is_new)::numeric AS value,
  NULL::numeric AS numerator,
  NULL::numeric AS denominator
FROM calendar LEFT JOIN session USING (day)
GROUP BY day
