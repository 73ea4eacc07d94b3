-- An invoice as it stands at the moment of the dump.
CREATE TABLE invoice AS
SELECT
  made.line ->> 'invoiceId' AS id,
  made.line ->> 'customerId' AS customer,
  made.line ->> 'subscriptionId' AS subscription,
  made.at AS made_at,
  paid.at AS paid_at,
  closed.at AS closed_at,
  closed.line ->> 'status' AS closed_as,
  (made.line ->> 'totalMinor')::numeric AS total,
  (SELECT coalesce(sum((off ->> 'amountMinor')::numeric), 0) FROM jsonb_array_elements(made.line -> 'discounts') AS off)
    AS taken_off,
  made.line -> 'lines' AS lines
FROM fact AS made
LEFT JOIN fact AS paid ON paid.kind = 'invoice_paid' AND paid.line ->> 'invoiceId' = made.line ->> 'invoiceId'
LEFT JOIN fact AS closed ON closed.kind = 'invoice_closed' AND closed.line ->> 'invoiceId' = made.line ->> 'invoiceId'
WHERE made.kind = 'invoice_created';

-- When customers paid, `[since, until)`, from documents as billing keeps them. A subscription that ever began to run, up
-- to its end,
--   is covered: an invoice has a recurring line above zero after its discounts, for the period of that line. Void invoices
--   cover nothing, also those voided later; an uncollectible one covers until it was given up;
--   or was paid up elsewhere: it came without a trial and costs something, from its creation to its first invoice here
--   that was not voided. Without any it ends with the subscription, or has to be running today: unpaid and paused ones
--   bring nothing.
CREATE TABLE paid_time AS
WITH line AS (
  SELECT
    invoice.subscription,
    to_timestamp((part ->> 'periodStart')::bigint) AS since,
    least(
      to_timestamp((part ->> 'periodEnd')::bigint),
      CASE closed_as WHEN 'uncollectible' THEN closed_at END) AS until
  FROM invoice
  CROSS JOIN jsonb_array_elements(lines) AS part
  JOIN price ON price.id = part ->> 'priceId'
  WHERE closed_as IS DISTINCT FROM 'void'
    AND sold -> 'recurring' ->> 'usage' = 'licensed'
    AND (part ->> 'amountMinor')::numeric > 0
    -- What is taken off an invoice falls on its lines above zero, so one of them is left unless all of it is.
    AND taken_off < (SELECT sum(greatest(0, (each ->> 'amountMinor')::numeric)) FROM jsonb_array_elements(lines) AS each)
), elsewhere AS (
  SELECT
    subscription.id AS subscription,
    began_at AS since,
    coalesce(
      (SELECT min(made_at) FROM invoice
       WHERE invoice.subscription = subscription.id AND closed_as IS DISTINCT FROM 'void'),
      CASE WHEN status IN ('active', 'past_due') AND NOT is_paused THEN 'infinity'::timestamptz ELSE ended_at END) AS until
  FROM subscription
  WHERE trial_ends_at IS NULL AND EXISTS (
    SELECT FROM jsonb_array_elements(first_items) AS item
    JOIN price ON price.id = item ->> 'priceId'
    WHERE sold ->> 'tiersMode' IS NOT NULL OR (sold ->> 'unitMinor')::numeric > 0
  )
)
SELECT customer, currency, since, least(until, ended_at) AS until
FROM (SELECT * FROM line UNION ALL SELECT * FROM elsewhere WHERE until IS NOT NULL) AS covered
JOIN subscription ON subscription.id = covered.subscription
WHERE status NOT IN ('incomplete', 'incomplete_expired');
