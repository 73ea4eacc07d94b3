import type { Evaluate } from '../app/evaluation.ts';
import type { IngestOutcome, IngestStore } from '../app/ports-ingest.ts';
import { keepCheckIn, listCheckIns } from './check-ins.ts';
import { type Database, inTransaction } from './database.ts';
import { closeIngest, openIngest } from './ingests.ts';
import { lockSeries, writeValues } from './values.ts';

/** Numbers that people and programs bring, and what follows from them. */
export function createIngestStore({ pool }: Database, evaluate: Evaluate): IngestStore {
  return {
    values: (metricVersionId, delivery, values) =>
      inTransaction(pool, async (tx): Promise<IngestOutcome> => {
        await lockSeries(tx, metricVersionId);
        const days = values.map(({ day }) => day).toSorted();
        const extent = { rows: values.length, firstDay: days[0] ?? null, lastDay: days.at(-1) ?? null };
        const target = { metricVersionId, connectionId: null };
        const found = await openIngest(tx, delivery, target, extent);
        if ('known' in found) return { ingest: found.known, replayed: true };
        const changed = await writeValues(tx, metricVersionId, values, delivery.via, found.opened, evaluate);
        return { ingest: await closeIngest(tx, found.opened.id, changed), replayed: false };
      }),
    checkIn: (checkIn) => inTransaction(pool, (tx) => keepCheckIn(tx, checkIn, evaluate)),
    listCheckIns: (keyResultId, limit) => listCheckIns(pool, keyResultId, limit),
    async tickStep(keyResultId, { index, name }, doneOnDay) {
      const ticked = await pool.query(
        `UPDATE key_result SET goal = jsonb_set(goal, ARRAY['steps', $2::text, 'doneOnDay'], COALESCE(to_jsonb($4::text), 'null')),
           version = version + 1, updated_at = app_now()
         WHERE id = $1 AND goal->'steps'->$2::int->>'name' = $3`,
        [keyResultId, index, name, doneOnDay],
      );
      return ticked.rowCount === 1;
    },
  };
}
