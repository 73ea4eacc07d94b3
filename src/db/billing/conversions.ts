import type { BillingStore, ToldRate } from '../../app/ports-billing.ts';
import type { Database } from '../database.ts';

/**
 * Which rate the provider told of each day: that of its list, else that of the day's last conversion, whatever the order in
 * which records came and wherever a walk was cut off. A day is looked at whole when anything was stored of it since.
 */
export function createConversions({ pool }: Database): BillingStore['conversions'] {
  return async (connectionId, since) => {
    const found = await pool.query<ToldRate>(QUESTION, [connectionId, since]);
    return found.rows;
  };
}

// Of a conversion the currency stands with what was converted.
const QUESTION = `
WITH entry AS (
  SELECT payload->>'currency' AS base, payload->>'sourceId' AS source_id, (at AT TIME ZONE 'UTC')::date AS day,
    payload->>'exchangeRate' AS rate, at, record_id, seen_at
  FROM billing_record
  WHERE connection_id = $1 AND kind = 'balance_entry' AND payload->>'exchangeRate' IS NOT NULL
), listed AS (
  SELECT l.payload->>'base' AS base, r.key AS currency, (l.payload->>'day')::date AS day, r.value AS rate, l.at,
    l.record_id, l.seen_at
  FROM billing_record l, jsonb_each_text(l.payload->'rates') r
  WHERE l.connection_id = $1 AND l.kind = 'exchange_rates' AND r.key <> l.payload->>'base'
), touched AS (
  SELECT day FROM entry WHERE $2::timestamptz IS NULL OR seen_at >= $2
  UNION SELECT day FROM listed WHERE $2::timestamptz IS NULL OR seen_at >= $2
)
SELECT DISTINCT ON (base, currency, day) base, currency, day::text AS day, rate, "between" FROM (
  SELECT e.base, s.payload->>'currency' AS currency, e.day, e.rate, 'minor' AS "between", e.at, e.record_id
  FROM entry e
  JOIN billing_record s ON s.connection_id = $1 AND s.kind IN ('payment', 'refund', 'dispute') AND s.record_id = e.source_id
  WHERE s.payload->>'currency' <> e.base AND e.day IN (SELECT day FROM touched)
  UNION ALL
  SELECT base, currency, day, rate, 'major', at, record_id FROM listed WHERE day IN (SELECT day FROM touched)
) told
ORDER BY base, currency, day, "between", at DESC, record_id DESC`;
