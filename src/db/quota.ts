import type pg from 'pg';
import type { QuotaLook, QuotaStore } from '../app/ports.ts';
import { inTransaction } from './database.ts';

/** A call whose process died stops counting as under way after this; a longer one is renewed. */
const LEASE_SECONDS = 150;
/** A property is asked some dozens of different questions. */
const MOST_SHAPES = 200;

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
    async look(scope) {
      const { rows } = await pool.query<QuotaLook>(
        `SELECT app_now() AS now, count(c.id)::int AS calls, min(c.made_at) AS "oldestAt",
           max(s.paused_until) AS "pausedUntil", (array_agg(s.book))[1] AS book
         FROM (VALUES ($1::text)) AS asked (scope) LEFT JOIN quota_scope s USING (scope)
         LEFT JOIN quota_call c ON c.scope = asked.scope AND c.made_at > app_now() - interval '1 hour'`,
        [scope],
      );
      return rows[0] as QuotaLook; // aggregates without GROUP BY give one row
    },
    changeBook: (scope, step) => inTransaction(pool, (tx) => changeBook(tx, scope, step)),
    async costs(scope) {
      const { rows } = await pool.query<{ shape: string; tokens: number }>(
        'SELECT shape, tokens FROM quota_cost WHERE scope = $1',
        [scope],
      );
      return Object.fromEntries(rows.map(({ shape, tokens }) => [shape, tokens]));
    },
    learnCost: (scope, shape, tokens) => inTransaction(pool, (tx) => learnCost(tx, scope, shape, tokens)),
  };
}

/** Waits for its turn first and looks at the clock then: nobody decides by a time that was over before. */
async function changeBook<T>(
  tx: pg.PoolClient,
  scope: string,
  step: (book: unknown, now: Date) => { book: unknown; result: T },
): Promise<T> {
  await lockScope(tx, scope);
  const found = await tx.query<{ book: unknown; now: Date }>(
    `SELECT book, app_now() + (clock_timestamp() - now()) AS now FROM quota_scope WHERE scope = $1`,
    [scope],
  );
  const { book: before, now } = found.rows[0] as { book: unknown; now: Date }; // its row is locked
  const { book, result } = step(before, now);
  await tx.query('UPDATE quota_scope SET book = $2 WHERE scope = $1', [scope, JSON.stringify(book)]);
  return result;
}

async function lockScope(tx: pg.PoolClient, scope: string): Promise<void> {
  await tx.query('INSERT INTO quota_scope (scope) VALUES ($1) ON CONFLICT DO NOTHING', [scope]);
  await tx.query('SELECT 1 FROM quota_scope WHERE scope = $1 FOR UPDATE', [scope]);
}

async function learnCost(tx: pg.PoolClient, scope: string, shape: string, tokens: number): Promise<void> {
  // The lock keeps two workers from forgetting for each other, one by one, in two orders.
  await lockScope(tx, scope);
  await tx.query(
    `INSERT INTO quota_cost (scope, shape, tokens) VALUES ($1, $2, $3)
     ON CONFLICT (scope, shape) DO UPDATE SET tokens = EXCLUDED.tokens, seen_at = app_now()`,
    [scope, shape, tokens],
  );
  await tx.query(
    `DELETE FROM quota_cost WHERE scope = $1 AND shape IN (
       SELECT shape FROM quota_cost WHERE scope = $1 ORDER BY seen_at DESC, shape OFFSET $2)`,
    [scope, MOST_SHAPES],
  );
}

type Row = { paused_ms: string | null; made: string; busy: string; oldest_ms: string | null };

async function take(
  tx: pg.PoolClient,
  { scope, perHour, concurrent }: Parameters<QuotaStore['take']>[0],
): ReturnType<QuotaStore['take']> {
  await lockScope(tx, scope);
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
