import type { RateStore, RateWrite } from '../../app/ports-billing.ts';
import type { Database } from '../database.ts';

/** What currencies are worth in others, from a day on. The newest telling of a day holds. */
export function createRateStore({ pool }: Database): RateStore {
  return {
    async rates(workspaceId, source, base) {
      const found = await pool.query<RateWrite>(
        `SELECT currency, from_day AS "fromDay", rate::text AS rate FROM exchange_rate
         WHERE workspace_id = $1 AND source = $2 AND base = $3 ORDER BY currency, from_day`,
        [workspaceId, source, base],
      );
      return found.rows;
    },
    async allRates(workspaceId, source) {
      const found = await pool.query<RateWrite & { base: string }>(
        `SELECT base, currency, from_day::text AS "fromDay", rate::text AS rate FROM exchange_rate
         WHERE workspace_id = $1 AND source = $2 ORDER BY base COLLATE "C", currency, from_day`,
        [workspaceId, source],
      );
      return found.rows;
    },
    async keepRates(workspaceId, source, base, rates, by) {
      const latest = [...new Map(rates.map((rate) => [`${rate.currency} ${rate.fromDay}`, rate])).values()];
      // In order, so that two who write the same days wait for each other instead of crossing.
      const written = await pool.query(
        `INSERT INTO exchange_rate AS e (workspace_id, source, base, currency, from_day, rate, told_by)
         SELECT $1, $2, $3, t.currency, t.from_day, t.rate, $7
         FROM unnest($4::text[], $5::date[], $6::numeric[]) AS t(currency, from_day, rate)
         ORDER BY t.currency, t.from_day
         ON CONFLICT (workspace_id, source, base, currency, from_day) DO UPDATE
           SET rate = EXCLUDED.rate, told_by = EXCLUDED.told_by, told_at = app_now()
         WHERE e.rate <> EXCLUDED.rate`,
        [
          workspaceId,
          source,
          base,
          latest.map(({ currency }) => currency),
          latest.map(({ fromDay }) => fromDay),
          latest.map(({ rate }) => rate),
          by,
        ],
      );
      return written.rowCount ?? 0;
    },
  };
}
