-- Of the customers whose first trial began on the day and whose time is up (end of the trial and seven days of grace),
-- the share that paid: an invoice above zero, made after the trial began and paid before the time was up, of the trial's
-- subscription or of one begun since. A day on which trials began and nobody's time is up is no point.
WITH trial AS (
  SELECT DISTINCT ON (line ->> 'customerId')
    line ->> 'customerId' AS customer,
    line ->> 'subscriptionId' AS subscription,
    day,
    at AS began_at,
    to_timestamp((line ->> 'trialEndAt')::bigint) + interval '168 hours' AS up_at
  FROM fact
  WHERE kind = 'subscription_started' AND line ->> 'trialEndAt' IS NOT NULL AND line ->> 'testClockId' IS NULL
  ORDER BY line ->> 'customerId', number
), outcome AS (
  SELECT
    trial.day,
    trial.up_at <= company.until AS is_up,
    EXISTS (
      SELECT
      FROM fact AS made
      JOIN fact AS paid ON paid.kind = 'invoice_paid' AND paid.line ->> 'invoiceId' = made.line ->> 'invoiceId'
      JOIN fact AS of
        ON of.kind = 'subscription_started' AND of.line ->> 'subscriptionId' = made.line ->> 'subscriptionId'
      WHERE made.kind = 'invoice_created'
        AND made.line ->> 'customerId' = trial.customer
        AND (made.line ->> 'totalMinor')::numeric > 0
        AND made.at >= trial.began_at
        AND paid.at < trial.up_at
        AND (of.line ->> 'subscriptionId' = trial.subscription OR of.at >= trial.began_at)
    ) AS has_paid
  FROM trial, company
), by_day AS (
  SELECT
    day,
    count(*) AS trials,
    count(*) FILTER (WHERE is_up) AS up,
    count(*) FILTER (WHERE is_up AND has_paid) AS paid
  FROM outcome
  GROUP BY day
)
SELECT
  day,
  paid::numeric / nullif(up, 0) AS value,
  coalesce(paid, 0)::numeric AS numerator,
  coalesce(up, 0)::numeric AS denominator
FROM calendar LEFT JOIN by_day USING (day)
WHERE trials IS NULL OR up > 0
