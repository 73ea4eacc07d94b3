import { newId } from '../../app/ids.ts';
import type { BillingStore, SeriesRecord } from '../../app/ports-billing.ts';
import { type Database, inTransaction, type Tx } from '../database.ts';
import { adoptTold } from './load-told.ts';
import { markAllStale } from './stale.ts';

/** The pairs of zone and discount policy under which a connection's movements are kept. */

const COLUMNS =
  'id, connection_id AS "connectionId", time_zone AS "timeZone", discount_policy AS "discountPolicy"';

export async function listSeries(pool: Database['pool'] | Tx, connectionId: string): Promise<SeriesRecord[]> {
  const found = await pool.query<SeriesRecord>(
    `SELECT ${COLUMNS} FROM mrr_series WHERE connection_id = $1 ORDER BY created_at, id`,
    [connectionId],
  );
  return found.rows;
}

export function createEnsureSeries({ pool }: Database): BillingStore['ensureSeries'] {
  return async (connectionId, wanted) => {
    const pick = (series: readonly SeriesRecord[]): SeriesRecord[] =>
      wanted.flatMap((pair) => series.find((one) => isOf(one, pair)) ?? []);
    const there = pick(await listSeries(pool, connectionId));
    if (there.length === wanted.length) return there;
    return inTransaction(pool, async (tx) => {
      const made = await insertSeries(tx, connectionId, wanted);
      if (made > 0) {
        await adoptTold(tx, connectionId);
        await markAllStale(tx, connectionId);
      }
      return pick(await listSeries(tx, connectionId));
    });
  };
}

const isOf = (
  one: SeriesRecord,
  { timeZone, discountPolicy }: Pick<SeriesRecord, 'timeZone' | 'discountPolicy'>,
): boolean => one.timeZone === timeZone && one.discountPolicy === discountPolicy;

/** Of two who make the same at once the second waits for the first, and makes none. */
async function insertSeries(
  tx: Tx,
  connectionId: string,
  wanted: readonly Pick<SeriesRecord, 'timeZone' | 'discountPolicy'>[],
): Promise<number> {
  const ordered = wanted.toSorted((a, b) =>
    `${a.timeZone} ${a.discountPolicy}` < `${b.timeZone} ${b.discountPolicy}` ? -1 : 1,
  );
  const made = await tx.query(
    `INSERT INTO mrr_series (id, connection_id, time_zone, discount_policy)
     SELECT t.id, $1, t.time_zone, t.discount_policy
     FROM unnest($2::text[], $3::text[], $4::text[]) AS t(id, time_zone, discount_policy)
     ON CONFLICT (connection_id, time_zone, discount_policy) DO NOTHING`,
    [
      connectionId,
      ordered.map(() => newId('ser')),
      ordered.map(({ timeZone }) => timeZone),
      ordered.map(({ discountPolicy }) => discountPolicy),
    ],
  );
  return made.rowCount ?? 0;
}
