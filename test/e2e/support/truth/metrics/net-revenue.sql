-- Net revenue of the currency $1 by day, in minor units, before fees. What was captured of succeeded charges, less
-- succeeded refunds, less lost disputes; each on the day of its own making, whatever day decided it.
-- A bank debit counts once it has settled; a hold once it is captured, unless it was let go before; a refund that fails
-- later gives its day the money back; a dispute counts from its loss on, for the day it was opened.
WITH capture AS (
  SELECT DISTINCT ON (line ->> 'chargeId') line ->> 'chargeId' AS charge, (line ->> 'capturedMinor')::numeric AS amount
  FROM fact AS captured
  WHERE kind = 'charge_captured' AND NOT EXISTS (
    SELECT FROM fact AS released
    WHERE released.kind = 'charge_released'
      AND released.line ->> 'chargeId' = captured.line ->> 'chargeId'
      AND released.number < captured.number)
  ORDER BY line ->> 'chargeId', number
), decision AS (
  SELECT DISTINCT ON (id) id, status
  FROM (
    SELECT coalesce(line ->> 'chargeId', line ->> 'refundId', line ->> 'disputeId') AS id, line ->> 'status' AS status, number
    FROM fact
    WHERE kind IN ('charge_settled', 'refund_changed', 'dispute_changed')
  ) AS decided
  ORDER BY id, number DESC
), money AS (
  SELECT made.day, CASE WHEN (made.line ->> 'captured')::boolean THEN (made.line ->> 'amountMinor')::numeric ELSE capture.amount END
    AS amount
  FROM fact AS made
  LEFT JOIN decision ON decision.id = made.line ->> 'chargeId'
  LEFT JOIN capture ON capture.charge = made.line ->> 'chargeId'
  WHERE made.kind = 'charge_created' AND made.line ->> 'currency' = $1
    AND coalesce(decision.status, made.line ->> 'status') = 'succeeded'
  UNION ALL
  SELECT made.day, -(made.line ->> 'amountMinor')::numeric
  FROM fact AS made
  LEFT JOIN decision ON decision.id = made.line ->> 'refundId'
  WHERE made.kind = 'refund_created' AND made.line ->> 'currency' = $1
    AND coalesce(decision.status, made.line ->> 'status') = 'succeeded'
  UNION ALL
  SELECT made.day, -(made.line ->> 'amountMinor')::numeric
  FROM fact AS made
  LEFT JOIN decision ON decision.id = made.line ->> 'disputeId'
  WHERE made.kind = 'dispute_opened' AND made.line ->> 'currency' = $1
    AND coalesce(decision.status, made.line ->> 'status') = 'lost'
)
SELECT day, coalesce(sum(amount), 0) AS value, NULL::numeric AS numerator, NULL::numeric AS denominator
FROM calendar LEFT JOIN money USING (day)
GROUP BY day
