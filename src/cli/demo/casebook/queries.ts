/** Queries over the tables of the nightly export. Each gives a value for every day of the window that is over. */

const days = `days AS (
  SELECT CAST(d AS DATE) AS day FROM generate_series(CAST(:start_day AS DATE), CAST(:end_day AS DATE) - 1, INTERVAL 1 DAY) t(d)
  WHERE CAST(d AS DATE) <= (SELECT max(day) FROM app_days)
)`;
/** Of each day the newest month that was over by its end. */
const months = `${days}, months AS (
  SELECT day, date_trunc('month', day + 1) - INTERVAL 1 MONTH AS first, date_trunc('month', day + 1) AS next FROM days
)`;

export const sessionsPerUserDay = `SELECT day, sum(sessions) AS numerator, count(*) AS denominator
FROM app_days
WHERE day >= :start_day AND day < :end_day
GROUP BY 1`;

/** Of the last complete month: what a subscriber pays, times the margin, by the share of those there who left. */
export const lifetimeValue = `WITH ${months}
SELECT m.day AS day,
  avg(s.monthly_cents) * 0.73 / nullif(avg(CASE WHEN s.ended_on < m.next THEN 1.0 ELSE 0.0 END), 0) AS value
FROM months m JOIN subscribers s
  ON s.started_on < m.first AND (s.ended_on IS NULL OR s.ended_on >= m.first)
GROUP BY 1`;

export const viewingMinutes = `WITH ${months}
SELECT m.day AS day, sum(p.minutes) AS numerator, count(DISTINCT p.person) AS denominator
FROM months m JOIN plays p ON p.day >= m.first AND p.day < m.next
GROUP BY 1`;

export const newReleaseViewers = `WITH ${months}
SELECT m.day AS day, count(DISTINCT p.person) AS value
FROM months m JOIN plays p ON p.day >= m.first AND p.day < m.next AND p.day - p.released_on <= 30
GROUP BY 1`;

/** The mean over stores with a hundred sessions or more in the four weeks up to the day. */
export const storeConversion = `WITH ${days}, stores AS (
  SELECT d.day AS day, s.store AS store, sum(s.checkouts) / sum(s.sessions) AS rate
  FROM days d JOIN store_days s ON s.day > d.day - 28 AND s.day <= d.day
  GROUP BY 1, 2 HAVING sum(s.sessions) >= 100
)
SELECT day, sum(rate) AS numerator, count(*) AS denominator FROM stores GROUP BY 1`;

export const cartAbandonment = `SELECT day, sum(carts) - sum(checkouts) AS numerator, sum(carts) AS denominator
FROM store_days
WHERE day >= :start_day AND day < :end_day
GROUP BY 1`;
