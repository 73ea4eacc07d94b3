import type { BillingSurvey } from '../app/ports-billing.ts';
import type { LedgerKind } from '../domain/billing/ledger-records.ts';
import { dayStart } from '../domain/day.ts';
import type { Database } from './database.ts';

/** Facts about what a ledger holds, told beside the metrics that are sums over it. */
export function createBillingSurvey({ pool }: Database): BillingSurvey {
  return {
    async tally(connectionId) {
      const { rows } = await pool.query<{ kind: LedgerKind; records: number; firstAt: Date }>(
        `SELECT kind, count(*)::int AS records, min(at) AS "firstAt" FROM billing_record
         WHERE connection_id = $1 GROUP BY kind ORDER BY kind`,
        [connectionId],
      );
      return rows;
    },
    async reconstructedThrough(seriesId, throughDay) {
      const { rows } = await pool.query<{ day: string | null }>(
        `SELECT max(day)::text AS day FROM mrr_movement
         WHERE series_id = $1 AND basis = 'reconstructed' AND day <= $2::date`,
        [seriesId, throughDay],
      );
      return rows[0]?.day ?? null;
    },
    async payersByCurrency(seriesId) {
      const { rows } = await pool.query<{ day: string; currency: string; heads: number }>(
        `SELECT day::text AS day, currency, sum((after_numerator > 0)::int - (before_numerator > 0)::int)::int AS heads
         FROM mrr_movement WHERE series_id = $1 GROUP BY mrr_movement.day, currency
         HAVING sum((after_numerator > 0)::int - (before_numerator > 0)::int) <> 0 ORDER BY mrr_movement.day, currency`,
        [seriesId],
      );
      return rows;
    },
    async flowsByCurrency(connectionId, { endDay, startDay, timeZone }) {
      const { rows } = await pool.query<{ day: string; currency: string; flows: number }>(
        `SELECT (at AT TIME ZONE $4)::date::text AS day, currency, count(*)::int AS flows FROM cash_flow
         WHERE connection_id = $1 AND at >= $2 AND at < $3 GROUP BY 1, 2 ORDER BY 1, 2`,
        [connectionId, dayStart(startDay, timeZone), dayStart(endDay, timeZone), timeZone],
      );
      return rows;
    },
  };
}
