import type { BillingStore } from '../../app/ports-billing.ts';
import type { Database } from '../database.ts';

/**
 * At which rate the provider converted on each day: the last conversion of the day, whatever the order in which records came
 * and wherever a walk was cut off. A list of the day's rates goes before it.
 */
export function createConversions({ pool }: Database): BillingStore['conversions'] {
  return async (connectionId, since) => {
    const found = await pool.query<Awaited<ReturnType<BillingStore['conversions']>>[number]>(QUESTION, [
      connectionId,
      since,
    ]);
    return found.rows;
  };
}

const QUESTION = `
SELECT DISTINCT ON (base, currency, day) base, currency, day::text AS day, rate FROM (
  SELECT b.payload->>'currency' AS base, s.payload->>'currency' AS currency, (b.at AT TIME ZONE 'UTC')::date AS day,
    b.payload->>'exchangeRate' AS rate, b.at, b.record_id
  FROM billing_record b
  JOIN billing_record s ON s.connection_id = b.connection_id AND s.kind IN ('payment', 'refund', 'dispute')
    AND s.record_id = b.payload->>'sourceId'
  WHERE b.connection_id = $1 AND b.kind = 'balance_entry' AND ($2::timestamptz IS NULL OR b.at >= $2)
    AND b.payload->>'exchangeRate' IS NOT NULL AND s.payload->>'currency' <> b.payload->>'currency'
) conversion
WHERE NOT EXISTS (
  SELECT 1 FROM billing_record l WHERE l.connection_id = $1 AND l.kind = 'exchange_rates'
    AND l.payload->>'base' = base AND l.payload->>'day' = day::text AND l.payload->'rates' ? currency
)
ORDER BY base, currency, day, at DESC, record_id DESC`;
