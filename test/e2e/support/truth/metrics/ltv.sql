-- Lifetime value in the currency $1 at the moment of the dump: revenue a month per paying customer, over the mean of the
-- monthly customer churn of the last six complete calendar months. Churn of a month: of those who paid in the last second
-- before it, the share that did not in its own last second. Months that opened with nobody take no part.
WITH boundary AS (
  SELECT month, (month AT TIME ZONE time_zone) - interval '1 second' AS moment
  FROM company, generate_series(
    date_trunc('month', today::timestamp) - interval '6 months', date_trunc('month', today::timestamp), '1 month') AS month
), paying AS (
  SELECT DISTINCT month, customer
  FROM boundary JOIN paid_time ON since <= moment AND moment < until
  WHERE currency = $1
), churn AS (
  SELECT count(*) FILTER (WHERE closed.customer IS NULL)::numeric / count(*) AS rate
  FROM paying AS opened
  LEFT JOIN paying AS closed
    ON closed.customer = opened.customer AND closed.month = opened.month + interval '1 month'
  WHERE opened.month < (SELECT date_trunc('month', today::timestamp) FROM company)
  GROUP BY opened.month
), revenue AS (
  SELECT sum(amount) AS mrr, count(*) AS customers FROM monthly_revenue WHERE currency = $1
)
SELECT
  today AS day,
  mrr / nullif(customers, 0) / nullif((SELECT avg(rate) FROM churn), 0) AS value,
  NULL::numeric AS numerator,
  NULL::numeric AS denominator
FROM company, revenue
