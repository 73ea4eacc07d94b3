-- Of the customers whose first trial began on the day and whose time is up (end of the trial and seven days of grace),
-- the share that paid: an invoice above zero, made after the trial began and paid before the time was up, of the trial's
-- subscription or of one begun since. A day on which trials began and nobody's time is up is no point.
WITH trial AS (
  SELECT DISTINCT ON (customer)
    customer, id AS subscription, began_on AS day, began_at, trial_ends_at + interval '168 hours' AS up_at
  FROM subscription
  WHERE trial_ends_at IS NOT NULL
  ORDER BY customer, began_at
), by_day AS (
  SELECT
    trial.day,
    count(*) AS trials,
    count(*) FILTER (WHERE up_at <= until) AS up,
    count(*) FILTER (WHERE up_at <= until AND EXISTS (
      SELECT FROM invoice JOIN subscription AS of ON of.id = invoice.subscription
      WHERE invoice.customer = trial.customer
        AND total > 0 AND made_at >= trial.began_at AND paid_at < up_at
        AND (of.id = trial.subscription OR of.began_at >= trial.began_at)
    )) AS paid
  FROM trial, company
  GROUP BY trial.day
)
SELECT
  day,
  paid::numeric / nullif(up, 0) AS value,
  coalesce(paid, 0)::numeric AS numerator,
  coalesce(up, 0)::numeric AS denominator
FROM calendar LEFT JOIN by_day USING (day)
WHERE trials IS NULL OR up > 0
