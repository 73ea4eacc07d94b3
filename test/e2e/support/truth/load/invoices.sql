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
