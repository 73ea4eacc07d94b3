import type pg from 'pg';
import type { QuotaStore } from '../app/ports.ts';
import { inTransaction } from './database.ts';

/** A call whose process died stops counting as under way after this; a longer one is renewed. */
const LEASE_SECONDS = 150;

/**
 * Budgets that all workers draw on together. Whoever takes from one locks its row first, so that two workers cannot
 * both see the last free call; time is the database's.
 */
export function createQuotaStore(pool: pg.Pool): QuotaStore {
  return {
    take: (rule) => inTransaction(pool, (tx) => take(tx, rule)),
    async renew(id) {
      await pool.query(
        `UPDATE quota_call SET lease_until = app_now() + make_interval(secs => $2) WHERE id = $1 AND done_at IS NULL`,
        [id, LEASE_SECONDS],
      );
    },
    async done(id) {
      await pool.query('UPDATE quota_call SET done_at = app_now() WHERE id = $1', [id]);
    },
    async pause(scope, ms) {
      await pool.query(
        `INSERT INTO quota_scope (scope, paused_until) VALUES ($1, app_now() + make_interval(secs => $2))
         ON CONFLICT (scope) DO UPDATE SET paused_until = GREATEST(quota_scope.paused_until, EXCLUDED.paused_until)`,
        [scope, ms / 1_000],
      );
    },
    async untilOldestExpiresMs(scope) {
      const found = await pool.query<{ ms: string | null }>(
        `SELECT EXTRACT(epoch FROM min(made_at) + interval '1 hour' - app_now()) * 1000 AS ms
         FROM quota_call WHERE scope = $1 AND made_at > app_now() - interval '1 hour'`,
        [scope],
      );
      return Math.max(0, Math.ceil(Number(found.rows[0]?.ms ?? 0)));
    },
  };
}

type Row = { paused_ms: string | null; made: string; busy: string; oldest_ms: string | null };

async function take(
  tx: pg.PoolClient,
  { scope, perHour, concurrent }: Parameters<QuotaStore['take']>[0],
): ReturnType<QuotaStore['take']> {
  await tx.query('INSERT INTO quota_scope (scope) VALUES ($1) ON CONFLICT DO NOTHING', [scope]);
  await tx.query('SELECT 1 FROM quota_scope WHERE scope = $1 FOR UPDATE', [scope]);
  const found = await tx.query<Row>(
    `SELECT (SELECT EXTRACT(epoch FROM paused_until - app_now()) * 1000 FROM quota_scope WHERE scope = $1) AS paused_ms,
       count(*) FILTER (WHERE made_at > app_now() - interval '1 hour') AS made,
       count(*) FILTER (WHERE done_at IS NULL AND lease_until > app_now()) AS busy,
       EXTRACT(epoch FROM min(made_at) FILTER (WHERE made_at > app_now() - interval '1 hour')
         + interval '1 hour' - app_now()) * 1000 AS oldest_ms
     FROM quota_call WHERE scope = $1`,
    [scope],
  );
  const row = found.rows[0] as Row; // aggregates without GROUP BY give one row
  const pausedMs = Number(row.paused_ms ?? 0);
  if (pausedMs > 0) return { ok: false, code: 'quota_paused', afterMs: Math.ceil(pausedMs) };
  if (perHour !== null && Number(row.made) >= perHour) {
    return { ok: false, code: 'quota_spent', afterMs: Math.max(1, Math.ceil(Number(row.oldest_ms))) };
  }
  if (Number(row.busy) >= concurrent) return { ok: false, code: 'quota_busy', afterMs: 5_000 };
  await tx.query(`DELETE FROM quota_call WHERE scope = $1 AND made_at < app_now() - interval '2 hours'`, [
    scope,
  ]);
  const made = await tx.query<{ id: string }>(
    `INSERT INTO quota_call (scope, lease_until) VALUES ($1, app_now() + make_interval(secs => $2)) RETURNING id`,
    [scope, LEASE_SECONDS],
  );
  return { ok: true, id: (made.rows[0] as { id: string }).id };
}
