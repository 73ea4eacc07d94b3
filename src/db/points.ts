import type pg from 'pg';
import type { PointOrigin } from '../domain/metric.ts';

/** One day to be written, as a connector read it. Values are decimal text. */
export type PointWrite = {
  metricVersionId: string;
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  counts: Record<string, number> | null;
  flags: Record<string, unknown> | null;
  /** Why there is no value. */
  reason?: string | null;
};

/**
 * Writes a batch of points in one statement. Writing the same batch again changes nothing; a value that differs
 * keeps the old one as a revision with the time it was believed; a point that a newer run (by `runSeq`) has written
 * is left alone. The metric versions are locked first, in order, so that two runs cannot cross.
 *
 * @returns how many days are new, and how many had another value before
 */
export async function writePoints(
  tx: pg.PoolClient,
  points: PointWrite[],
  run: { id: string | null; seq: bigint; origin: PointOrigin },
): Promise<{ added: number; changed: number }> {
  if (points.length === 0) return { added: 0, changed: 0 };
  const versions = [...new Set(points.map((point) => point.metricVersionId))].toSorted();
  await tx.query('SELECT 1 FROM metric_version WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [versions]);
  const days = points.map((point) => point.day).toSorted();
  await tx.query('SELECT ensure_point_partitions($1, $2)', [days[0], days.at(-1)]);
  const result = await tx.query<{ added: string; changed: string }>(STATEMENT, [
    points.map((point) => point.metricVersionId),
    points.map((point) => point.day),
    points.map((point) => point.value),
    points.map((point) => point.numerator),
    points.map((point) => point.denominator),
    points.map((point) => (point.counts === null ? null : JSON.stringify(point.counts))),
    points.map((point) => (point.flags === null ? null : JSON.stringify(point.flags))),
    points.map((point) => (point.value === null ? (point.reason ?? 'no_observation') : null)),
    run.origin,
    run.seq.toString(),
    run.id,
  ]);
  return { added: Number(result.rows[0]?.added), changed: Number(result.rows[0]?.changed) };
}

// `differs` compares the measurement, not the flags: a note that comes or goes does not restate a day.
const STATEMENT = `
WITH given AS (
  SELECT * FROM unnest($1::text[], $2::date[], $3::numeric[], $4::numeric[], $5::numeric[], $6::jsonb[], $7::jsonb[],
    $8::text[]) AS t(metric_version_id, day, value, numerator, denominator, counts, flags, reason)
), input AS (
  -- No value is no news: what was measured stays, with the time it was believed, and goes stale by itself.
  SELECT g.* FROM given g LEFT JOIN metric_point p USING (metric_version_id, day)
  WHERE g.value IS NOT NULL OR p.value IS NULL
), old AS (
  SELECT p.*, ROW(p.value, p.numerator, p.denominator, p.counts)
    IS DISTINCT FROM ROW(i.value, i.numerator, i.denominator, i.counts) AS differs
  FROM metric_point p JOIN input i USING (metric_version_id, day)
  WHERE p.run_seq < $10::bigint
), kept AS (
  INSERT INTO metric_point_revision (metric_version_id, day, revision, value, numerator, denominator, counts, flags,
    reason, origin, run_id, believed_from, believed_until, replaced_by_run_id)
  SELECT metric_version_id, day, revision, value, numerator, denominator, counts, flags,
    reason, origin, run_id, believed_from, app_now(), $11::text
  FROM old WHERE differs
  ON CONFLICT DO NOTHING RETURNING 1
), written AS (
  INSERT INTO metric_point AS p (metric_version_id, day, value, numerator, denominator, counts, flags, reason, origin,
    run_seq, run_id, fetched_at, believed_from)
  SELECT metric_version_id, day, value, numerator, denominator, counts, flags, reason, $9, $10::bigint, $11::text,
    app_now(), app_now()
  FROM input
  ON CONFLICT (metric_version_id, day) DO UPDATE SET
    value = EXCLUDED.value, numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator,
    counts = EXCLUDED.counts, flags = EXCLUDED.flags, reason = EXCLUDED.reason, run_seq = EXCLUDED.run_seq, fetched_at = EXCLUDED.fetched_at,
    run_id = EXCLUDED.run_id,
    origin = CASE WHEN ROW(p.value, p.numerator, p.denominator, p.counts)
      IS DISTINCT FROM ROW(EXCLUDED.value, EXCLUDED.numerator, EXCLUDED.denominator, EXCLUDED.counts)
      THEN EXCLUDED.origin ELSE p.origin END,
    revision = p.revision + (ROW(p.value, p.numerator, p.denominator, p.counts)
      IS DISTINCT FROM ROW(EXCLUDED.value, EXCLUDED.numerator, EXCLUDED.denominator, EXCLUDED.counts))::int,
    believed_from = CASE WHEN ROW(p.value, p.numerator, p.denominator, p.counts)
      IS DISTINCT FROM ROW(EXCLUDED.value, EXCLUDED.numerator, EXCLUDED.denominator, EXCLUDED.counts)
      THEN EXCLUDED.believed_from ELSE p.believed_from END
  WHERE p.run_seq < EXCLUDED.run_seq
  RETURNING p.metric_version_id, p.day
), stamped AS (
  -- Most days are read again with the same value: what was computed from them stands.
  UPDATE metric_version SET points_stamp = points_stamp + 1
  WHERE id IN (SELECT w.metric_version_id FROM written w LEFT JOIN old o USING (metric_version_id, day) WHERE o.differs IS NOT FALSE)
)
SELECT (SELECT count(*) FROM written w LEFT JOIN old o USING (metric_version_id, day) WHERE o.day IS NULL) AS added,
       (SELECT count(*) FROM kept) AS changed`;
