import type { Evaluate } from '../app/evaluation.ts';
import type { IngestVia, ValueWrite } from '../app/ports-ingest.ts';
import type { PointOrigin } from '../domain/metric.ts';
import type { Tx } from './database.ts';
import { followPoints } from './derived.ts';
import type { OpenIngest } from './ingests.ts';
import { writePoints } from './points.ts';

const ORIGINS: Record<IngestVia, PointOrigin> = { push: 'push', upload: 'import', check_in: 'manual' };

/** Whoever is locked out here gets a later place in the order too: the last to come is the one that is believed. */
export async function lockSeries(tx: Tx, metricVersionId: string): Promise<void> {
  await tx.query('SELECT 1 FROM metric_version WHERE id = $1 FOR NO KEY UPDATE', [metricVersionId]);
}

/** @returns how many days are new or were something else before */
export async function writeValues(
  tx: Tx,
  metricVersionId: string,
  values: ValueWrite[],
  via: IngestVia,
  by: OpenIngest,
  evaluate: Evaluate,
): Promise<number> {
  const points = values.map(({ note, ...value }) => ({
    metricVersionId,
    ...value,
    counts: null,
    flags: note === null ? null : { note },
    reason: 'zero_denominator',
  }));
  const written = await writePoints(tx, points, { ...by, origin: ORIGINS[via] });
  const days = values.map(({ day }) => day).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 0;
  await tx.query(
    `UPDATE metric_version SET cursor_day = GREATEST(cursor_day, $2::date), read_at = app_now(),
       history_start_day = LEAST(history_start_day, $3::date) WHERE id = $1`,
    [metricVersionId, last, first],
  );
  await followPoints(tx, [metricVersionId], first, by, evaluate);
  return written.added + written.changed;
}
