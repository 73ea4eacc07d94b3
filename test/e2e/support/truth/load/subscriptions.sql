-- Every subscription as it stands at the moment of the dump: the newest of its facts decides. Test clocks are nobody's.
CREATE TABLE subscription AS
WITH known AS (
  SELECT number, kind, line, line ->> 'subscriptionId' AS id FROM fact WHERE line ? 'subscriptionId'
), status AS (
  SELECT DISTINCT ON (id) id, CASE kind WHEN 'subscription_ended' THEN 'canceled' ELSE line ->> 'status' END AS status
  FROM known
  WHERE kind IN ('subscription_started', 'subscription_status_changed', 'subscription_ended')
  ORDER BY id, number DESC
), item AS (
  SELECT DISTINCT ON (id) id, line -> 'items' AS items
  FROM known
  WHERE kind IN ('subscription_started', 'subscription_items_changed')
  ORDER BY id, number DESC
), discount AS (
  SELECT DISTINCT ON (id) id, line -> 'discounts' AS discounts
  FROM known
  WHERE kind IN ('subscription_started', 'subscription_discounts_changed')
  ORDER BY id, number DESC
), collection AS (
  SELECT DISTINCT ON (id) id, kind = 'collection_paused' AS is_paused
  FROM known
  WHERE kind IN ('collection_paused', 'collection_resumed')
  ORDER BY id, number DESC
)
SELECT
  started.line ->> 'subscriptionId' AS id,
  started.line ->> 'customerId' AS customer,
  started.line ->> 'currency' AS currency,
  started.at AS began_at,
  started.day AS began_on,
  to_timestamp((started.line ->> 'trialEndAt')::bigint) AS trial_ends_at,
  ended.at AS ended_at,
  started.line -> 'items' AS first_items,
  items, discounts, status, coalesce(is_paused, false) AS is_paused
FROM fact AS started
JOIN status ON status.id = started.line ->> 'subscriptionId'
JOIN item ON item.id = started.line ->> 'subscriptionId'
JOIN discount ON discount.id = started.line ->> 'subscriptionId'
LEFT JOIN collection ON collection.id = started.line ->> 'subscriptionId'
LEFT JOIN fact AS ended
  ON ended.kind = 'subscription_ended' AND ended.line ->> 'subscriptionId' = started.line ->> 'subscriptionId'
WHERE started.kind = 'subscription_started' AND started.line ->> 'testClockId' IS NULL;

-- Monthly recurring revenue of each customer and currency at the moment of the dump, in minor units; those without any
-- are left out.
--
-- Active and past due subscriptions count, unless collection is paused. Metered and one-time items do not. The items'
-- own discounts come off first, then the subscription's, or the customer's where the subscription has none. Year / 12,
-- week x 52 / 12, day x 365 / 12, all by the number of intervals. Where intervals are mixed there are several invoices,
-- and amounts off come off the most frequent one.
CREATE TABLE monthly_revenue AS
WITH invoice AS (
  SELECT
    subscription.id, customer, currency,
    CASE
      WHEN discounts <> '[]' THEN discounts
      WHEN jsonb_typeof(made.line -> 'discount') = 'object' THEN jsonb_build_array(made.line -> 'discount')
      ELSE '[]'
    END AS discounts,
    CASE sold -> 'recurring' ->> 'interval'
      WHEN 'day' THEN 365 / 12.0 WHEN 'week' THEN 52 / 12.0 WHEN 'month' THEN 1 WHEN 'year' THEN 1 / 12.0
    END / (sold -> 'recurring' ->> 'intervalCount')::numeric AS times_a_month,
    after_discounts(period_amount(sold, (item ->> 'quantity')::numeric), item -> 'discounts', true) AS amount
  FROM subscription
  JOIN fact AS made ON made.kind = 'customer_created' AND made.line ->> 'customerId' = customer
  CROSS JOIN jsonb_array_elements(items) AS item
  JOIN price ON price.id = item ->> 'priceId'
  WHERE status IN ('active', 'past_due') AND NOT is_paused AND sold -> 'recurring' ->> 'usage' = 'licensed'
), whole AS (
  SELECT id, customer, currency, discounts, times_a_month, sum(amount) AS amount
  FROM invoice
  GROUP BY id, customer, currency, discounts, times_a_month
), monthly AS (
  SELECT
    customer, currency,
    times_a_month * after_discounts(
      amount, discounts, times_a_month = max(times_a_month) OVER (PARTITION BY id)) AS amount
  FROM whole
)
SELECT customer, currency, sum(amount) AS amount FROM monthly GROUP BY customer, currency HAVING sum(amount) > 0;
