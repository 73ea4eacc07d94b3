-- Different devices that were active in the $1 local days which end with the day. Active: a session with at least a second
-- in the foreground, or the device's first. Somebody seen on two of the days is one.
SELECT
  calendar.day,
  (SELECT count(DISTINCT device)
   FROM session
   WHERE session.day BETWEEN calendar.day - $1::int + 1 AND calendar.day
     AND (session.engaged_seconds >= 1 OR session.is_new))::numeric AS value,
  NULL::numeric AS numerator,
  NULL::numeric AS denominator
FROM calendar
