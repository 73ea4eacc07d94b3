import { AppError } from '../app/errors.ts';
import type { Evaluate } from '../app/evaluation.ts';
import { newId } from '../app/ids.ts';
import type { CheckInRecord, NewCheckIn, NewCheckInMetric } from '../app/ports-ingest.ts';
import type { Database, Tx } from './database.ts';
import { closeIngest, keyConflict, openIngest } from './ingests.ts';
import { lockSeries, writeValues } from './values.ts';

const COLUMNS = `c.id, c.key_result_id AS "keyResultId", c.day, c.value, c.note, c.confidence, c.author_name AS author,
  c.ingest_id AS "ingestId", c.created_at AS "createdAt"`;
/** As large as a value may be in a series. */
const MAX_VALUE = 1e15;

export async function listCheckIns(
  pool: Database['pool'],
  keyResultId: string,
  limit: number,
): Promise<CheckInRecord[]> {
  const rows = await pool.query<CheckInRecord>(
    `SELECT ${COLUMNS} FROM check_in c WHERE c.key_result_id = $1 ORDER BY c.day DESC, c.id DESC LIMIT $2`,
    [keyResultId, limit],
  );
  return rows.rows;
}

/** Null when the Key Result is no longer the one that the check-in was judged for. */
export async function keepCheckIn(
  tx: Tx,
  given: NewCheckIn,
  evaluate: Evaluate,
): Promise<{ checkIn: CheckInRecord; replayed: boolean } | null> {
  const { metric } = given;
  // The series before the Key Result, as everywhere: two who take them in another order wait for each other.
  if (metric !== null && 'versionId' in metric) await lockSeries(tx, metric.versionId);
  const locked = await tx.query<{ version: number }>(
    'SELECT version FROM key_result WHERE id = $1 FOR NO KEY UPDATE',
    [given.keyResultId],
  );
  const known = given.idempotencyKey === null ? null : await replayOf(tx, given, given.idempotencyKey);
  if (known !== null) return { checkIn: known, replayed: true };
  if (locked.rows[0]?.version !== given.keyResultVersion) return null;
  const told = await tellValue(tx, given, evaluate);
  const rows = await tx.query<CheckInRecord>(
    `INSERT INTO check_in AS c (id, workspace_id, key_result_id, day, value, confidence, note, author_name, ingest_id,
       idempotency_key, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (workspace_id, idempotency_key) DO NOTHING RETURNING ${COLUMNS}`,
    [
      newId('chk'),
      given.workspaceId,
      given.keyResultId,
      given.day,
      told?.value ?? null,
      given.confidence,
      given.note,
      given.actor,
      told?.ingestId ?? null,
      given.idempotencyKey,
      given.digest,
    ],
  );
  const [checkIn] = rows.rows;
  // Another Key Result's check-in has taken the key at this moment.
  if (checkIn === undefined) throw keyConflict(given.idempotencyKey ?? '');
  return { checkIn, replayed: false };
}

async function replayOf(tx: Tx, given: NewCheckIn, key: string): Promise<CheckInRecord | null> {
  const found = await tx.query<CheckInRecord & { digest: string }>(
    `SELECT ${COLUMNS}, c.digest FROM check_in c WHERE c.workspace_id = $1 AND c.idempotency_key = $2`,
    [given.workspaceId, key],
  );
  const [row] = found.rows;
  if (row === undefined) return null;
  const { digest, ...checkIn } = row;
  if (digest !== given.digest) throw keyConflict(key);
  return checkIn;
}

/** The value by the way that every value takes. Its delivery has no key of its own: the check-in has it. */
async function tellValue(
  tx: Tx,
  given: NewCheckIn,
  evaluate: Evaluate,
): Promise<{ value: string; ingestId: string } | null> {
  const { amount, day, metric, note, workspaceId, digest, actor } = given;
  if (amount === null || metric === null) return null;
  const versionId = 'create' in metric ? await createMetric(tx, given, metric.create) : metric.versionId;
  const value = await valueOfDay(tx, versionId, given, amount);
  const delivery = {
    workspaceId,
    via: 'check_in',
    format: 'json',
    digest,
    idempotencyKey: null,
    actor,
  } as const;
  const found = await openIngest(
    tx,
    { ...delivery, note: note === '' ? null : note },
    { metricVersionId: versionId, connectionId: null },
    { rows: 1, firstDay: day, lastDay: day },
  );
  if ('known' in found) throw new Error('a delivery without a key was found by its key');
  const write = { day, value, numerator: null, denominator: null, note: null };
  const changed = await writeValues(tx, versionId, [write], 'check_in', found.opened, evaluate);
  return { value, ingestId: (await closeIngest(tx, found.opened.id, changed)).id };
}

/** Decimals are added up by the database, which loses no digit of them. */
async function valueOfDay(
  tx: Tx,
  versionId: string,
  { cycle, day }: NewCheckIn,
  { kind, value }: NonNullable<NewCheckIn['amount']>,
): Promise<string> {
  if (kind === 'value') return value;
  const rows = await tx.query<{ value: string; fits: boolean }>(
    kind === 'add'
      ? `SELECT value::text, abs(value) <= $4::numeric AS fits FROM (SELECT $3::numeric + COALESCE((
           SELECT value FROM metric_point WHERE metric_version_id = $1 AND day = $2), 0) AS value) s`
      : `SELECT value::text, abs(value) <= $4::numeric AS fits FROM (SELECT $3::numeric - COALESCE((
           SELECT sum(value) FROM metric_point
           WHERE metric_version_id = $1 AND day >= $5 AND day < $6 AND day <> $2), 0) AS value) s`,
    [versionId, day, value, MAX_VALUE, ...(kind === 'add' ? [] : [cycle.startDay, cycle.endDay])],
  );
  const row = rows.rows[0] as { value: string; fits: boolean }; // a sum is always one row
  if (row.fits) return row.value;
  throw new AppError(
    'invalid',
    'value_too_large',
    `${day} would come to ${row.value}, and a value is at most ${MAX_VALUE}.`,
    'Check the number. Nothing was stored.',
  );
}

/** The metric that a Key Result without one gets with its first value, bound to it. */
async function createMetric(tx: Tx, given: NewCheckIn, metric: NewCheckInMetric): Promise<string> {
  const [metricId, versionId] = [newId('met'), newId('mv')];
  const { keyResultId, workspaceId } = given;
  // An archived Key Result may have left a metric of that name behind.
  const made = await tx.query(
    `INSERT INTO metric (id, workspace_id, key, title, source)
     SELECT $1, $2, CASE WHEN EXISTS (SELECT 1 FROM metric WHERE workspace_id = $2 AND key = $3)
       THEN $3 || '.' || lower(right($5, 8)) ELSE $3 END, $4, 'check_in'`,
    [metricId, workspaceId, metric.key, metric.title, keyResultId],
  );
  if (made.rowCount !== 1) throw new Error(`the metric of ${keyResultId} could not be made`);
  await tx.query(
    `INSERT INTO metric_version (id, metric_id, version, connector_metric, params, kind, unit, currency, time_zone,
       settles_after_hours, reread_days, stale_after_days, history, history_start_day, definition_hash, created_by)
     VALUES ($1, $2, 1, 'check_in', '{}', $3, $4, $5, $6, 0, 0, $7, 'from_now', $8, $9, $10)`,
    [
      versionId,
      metricId,
      metric.kind,
      metric.unit,
      metric.currency,
      metric.timeZone,
      metric.staleAfterDays,
      metric.historyStartDay,
      metric.definitionHash,
      given.actor,
    ],
  );
  await tx.query(
    'UPDATE key_result SET metric_version_id = $2, version = version + 1, updated_at = app_now() WHERE id = $1',
    [keyResultId, versionId],
  );
  return versionId;
}
