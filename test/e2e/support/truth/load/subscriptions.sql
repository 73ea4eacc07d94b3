-- Every subscription as it stood at a moment: the newest of its facts by then decides. Test clocks are nobody's.
CREATE FUNCTION subscriptions_at(moment timestamptz)
RETURNS TABLE (
  subscription text, customer text, currency text, status text, items jsonb, discounts jsonb, is_paused boolean
) LANGUAGE sql STABLE AS $$
  WITH known AS (
    SELECT number, kind, line, line ->> 'subscriptionId' AS subscription FROM fact WHERE at <= moment
  )
  SELECT
    started.subscription,
    started.line ->> 'customerId',
    started.line ->> 'currency',
    (SELECT CASE kind WHEN 'subscription_ended' THEN 'canceled' ELSE line ->> 'status' END
     FROM known
     WHERE known.subscription = started.subscription
       AND kind IN ('subscription_started', 'subscription_status_changed', 'subscription_ended')
     ORDER BY number DESC LIMIT 1),
    (SELECT line -> 'items'
     FROM known
     WHERE known.subscription = started.subscription
       AND kind IN ('subscription_started', 'subscription_items_changed')
     ORDER BY number DESC LIMIT 1),
    (SELECT line -> 'discounts'
     FROM known
     WHERE known.subscription = started.subscription
       AND kind IN ('subscription_started', 'subscription_discounts_changed')
     ORDER BY number DESC LIMIT 1),
    coalesce(
      (SELECT kind = 'collection_paused'
       FROM known
       WHERE known.subscription = started.subscription
         AND kind IN ('collection_paused', 'collection_resumed')
       ORDER BY number DESC LIMIT 1),
      false)
  FROM known AS started
  WHERE started.kind = 'subscription_started' AND started.line ->> 'testClockId' IS NULL
$$;

-- Monthly recurring revenue of each customer and currency at a moment, in minor units; those without any are left out.
--
-- Active and past due subscriptions count, unless collection is paused. Metered and one-time items do not. The items'
-- own discounts come off first, then the subscription's, or the customer's where the subscription has none. Year / 12,
-- week x 52 / 12, day x 365 / 12, all by the number of intervals. Where intervals are mixed there are several invoices,
-- and amounts off come off the most frequent one.
CREATE FUNCTION mrr_at(moment timestamptz)
RETURNS TABLE (customer text, currency text, amount numeric) LANGUAGE sql STABLE AS $$
  WITH counted AS (
    SELECT
      s.subscription, s.customer, s.currency,
      CASE
        WHEN s.discounts <> '[]' THEN s.discounts
        WHEN jsonb_typeof(c.line -> 'discount') = 'object' THEN jsonb_build_array(c.line -> 'discount')
        ELSE '[]'
      END AS discounts,
      s.items
    FROM subscriptions_at(moment) AS s
    JOIN fact AS c ON c.kind = 'customer_created' AND c.line ->> 'customerId' = s.customer
    WHERE s.status IN ('active', 'past_due') AND NOT s.is_paused
  ), invoice AS (
    SELECT
      counted.subscription, counted.customer, counted.currency, counted.discounts,
      CASE price.sold -> 'recurring' ->> 'interval'
        WHEN 'day' THEN 365 / 12.0 WHEN 'week' THEN 52 / 12.0 WHEN 'month' THEN 1 ELSE 1 / 12.0
      END / (price.sold -> 'recurring' ->> 'intervalCount')::numeric AS times_a_month,
      sum(after_discounts(
        period_amount(price.sold, (item ->> 'quantity')::numeric), item -> 'discounts', moment, true)) AS amount
    FROM counted, jsonb_array_elements(counted.items) AS item
    JOIN price ON price.id = item ->> 'priceId'
    WHERE price.sold -> 'recurring' ->> 'usage' = 'licensed'
    GROUP BY 1, 2, 3, 4, 5
  ), monthly AS (
    SELECT
      invoice.customer, invoice.currency,
      times_a_month * after_discounts(
        invoice.amount, discounts, moment,
        times_a_month = max(times_a_month) OVER (PARTITION BY subscription)) AS amount
    FROM invoice
  )
  SELECT customer, currency, sum(amount) FROM monthly GROUP BY 1, 2 HAVING sum(amount) > 0
$$;
