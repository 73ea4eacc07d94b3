-- Customers who paid in one currency at a moment of the past, from documents as billing keeps them:
-- a subscription of theirs was running and had not ended, and
--   covered: an invoice has a recurring line above zero after its discounts whose period holds the moment. Void invoices
--   cover nothing, also those voided later; an uncollectible one covers until it was given up;
--   or was paid up elsewhere: it came without a trial, costs something, and the moment lies between its creation and its
--   first invoice here. One without any invoice must be running today: unpaid and paused ones bring nothing.
CREATE FUNCTION paying_customers_at(moment timestamptz, asked_currency text)
RETURNS TABLE (customer text) LANGUAGE sql STABLE AS $$
  WITH running AS (
    SELECT
      started.line ->> 'subscriptionId' AS subscription,
      started.line ->> 'customerId' AS customer,
      started.at AS created_at,
      started.line ->> 'trialEndAt' IS NULL AS is_without_trial,
      today.status IN ('active', 'past_due') AND NOT today.is_paused AS is_running_today,
      EXISTS (
        SELECT FROM jsonb_array_elements(started.line -> 'items') AS item
        JOIN price ON price.id = item ->> 'priceId'
        WHERE price.sold ->> 'tiersMode' IS NOT NULL OR (price.sold ->> 'unitMinor')::numeric > 0
      ) AS costs
    FROM fact AS started
    JOIN company ON true
    JOIN subscriptions_at(company.until) AS today ON today.subscription = started.line ->> 'subscriptionId'
    LEFT JOIN fact AS ended
      ON ended.kind = 'subscription_ended' AND ended.line ->> 'subscriptionId' = started.line ->> 'subscriptionId'
    WHERE started.kind = 'subscription_started'
      AND started.line ->> 'currency' = asked_currency
      AND today.status NOT IN ('incomplete', 'incomplete_expired')
      AND started.at <= moment
      AND (ended.at IS NULL OR ended.at > moment)
  ), invoice AS (
    SELECT
      made.at,
      made.line,
      made.line ->> 'subscriptionId' AS subscription,
      closed.at AS closed_at,
      closed.line ->> 'status' AS closed_as,
      (SELECT coalesce(sum((off ->> 'amountMinor')::numeric), 0)
       FROM jsonb_array_elements(made.line -> 'discounts') AS off)
        >= (SELECT sum(greatest(0, (part ->> 'amountMinor')::numeric))
            FROM jsonb_array_elements(made.line -> 'lines') AS part) AS is_free
    FROM fact AS made
    LEFT JOIN fact AS closed
      ON closed.kind = 'invoice_closed' AND closed.line ->> 'invoiceId' = made.line ->> 'invoiceId'
    WHERE made.kind = 'invoice_created'
  )
  SELECT DISTINCT running.customer
  FROM running
  WHERE EXISTS (
    SELECT FROM invoice, jsonb_array_elements(invoice.line -> 'lines') AS part
    JOIN price ON price.id = part ->> 'priceId'
    WHERE invoice.subscription = running.subscription
      AND NOT invoice.is_free
      AND invoice.closed_as IS DISTINCT FROM 'void'
      AND (invoice.closed_as IS DISTINCT FROM 'uncollectible' OR moment < invoice.closed_at)
      AND price.sold -> 'recurring' ->> 'usage' = 'licensed'
      AND (part ->> 'amountMinor')::numeric > 0
      AND to_timestamp((part ->> 'periodStart')::bigint) <= moment
      AND to_timestamp((part ->> 'periodEnd')::bigint) > moment
  ) OR (
    running.is_without_trial AND running.costs
    AND NOT EXISTS (SELECT FROM invoice WHERE invoice.subscription = running.subscription AND invoice.at <= moment)
    AND (running.is_running_today OR EXISTS (SELECT FROM invoice WHERE invoice.subscription = running.subscription))
  )
$$;
