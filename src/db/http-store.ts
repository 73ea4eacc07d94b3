import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Claimed, HttpStore, KeptAnswers, RequestKey } from '../app/ports-http.ts';
import type { Database } from './database.ts';

const KEPT = `interval '24 hours'`;
/** Those who wait for their turn hold one of these, and none of the connections that the work itself needs. */
const WAITING = 4;

/** The HTTP face's own rows. `databaseUrl` is for the connections that hold a turn. */
export function createHttpStore(
  database: Database,
  databaseUrl: string,
): HttpStore & { close(): Promise<void> } {
  const { pool } = database;
  const turns = new pg.Pool({
    connectionString: databaseUrl,
    max: WAITING,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 15_000,
    options: '-c statement_timeout=15000',
  });
  turns.on('error', () => {});
  turns.on('connect', (client) => client.on('error', () => {}));
  return {
    answers: createKeptAnswers(database),
    async inTurn(name, work) {
      const client = await turns.connect();
      let broken = true;
      try {
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`tidemark ${name}`]);
        try {
          return await work();
        } finally {
          await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [`tidemark ${name}`]);
          broken = false;
        }
      } finally {
        client.release(broken);
      }
    },
    async syncsAsked(connectionId) {
      const rows = await pool.query<{ asked: number; seconds: number }>(
        `SELECT count(*)::int AS asked,
           greatest(1, ceil(3600 - extract(epoch FROM app_now() - min(created_at))))::int AS seconds
         FROM sync_run WHERE connection_id = $1 AND trigger = 'manual' AND created_at > app_now() - interval '1 hour'`,
        [connectionId],
      );
      return { asked: rows.rows[0]?.asked ?? 0, freeInSeconds: rows.rows[0]?.seconds ?? 0 };
    },
    close: () => turns.end(),
  };
}

type Row = {
  request_hash: string;
  status: number | null;
  answer: unknown;
  kept: boolean;
  location: string | null;
};

function createKeptAnswers({ pool }: Database): KeptAnswers {
  const own = 'workspace_id = $1 AND token_id = $2 AND key = $3';
  const named = ({ workspaceId, tokenId, key }: RequestKey) => [workspaceId, tokenId, key];
  return {
    async claim(request, requestHash, leaseSeconds) {
      const claim = randomUUID();
      const taken = await pool.query(
        `INSERT INTO idempotency_key AS k (workspace_id, token_id, key, request_hash, claim, lease_until)
         VALUES ($1, $2, $3, $4, $5, app_now() + make_interval(secs => $6))
         ON CONFLICT (workspace_id, token_id, key) DO UPDATE SET request_hash = EXCLUDED.request_hash,
           claim = EXCLUDED.claim, lease_until = EXCLUDED.lease_until, status = NULL, answer = NULL, location = NULL,
           created_at = app_now()
         WHERE k.created_at < app_now() - ${KEPT}
           OR (k.status IS NULL AND k.lease_until < app_now() AND k.request_hash = EXCLUDED.request_hash)`,
        [...named(request), requestHash, claim, leaseSeconds],
      );
      if (taken.rowCount === 1) return { kind: 'ours', claim };
      const found = await pool.query<Row>(
        `SELECT request_hash, status, answer, answer IS NOT NULL AS kept, location FROM idempotency_key WHERE ${own}`,
        named(request),
      );
      return stateOf(found.rows[0], requestHash);
    },
    async renew(request, claim, leaseSeconds) {
      await pool.query(
        `UPDATE idempotency_key SET lease_until = app_now() + make_interval(secs => $5)
         WHERE ${own} AND claim = $4 AND status IS NULL`,
        [...named(request), claim, leaseSeconds],
      );
    },
    async complete(request, claim, status, kept) {
      await pool.query(
        `UPDATE idempotency_key SET status = $5, answer = $6::jsonb, location = $7 WHERE ${own} AND claim = $4`,
        [
          ...named(request),
          claim,
          status,
          kept === null ? null : JSON.stringify(kept.answer),
          kept?.location ?? null,
        ],
      );
    },
    async release(request, claim) {
      await pool.query(`DELETE FROM idempotency_key WHERE ${own} AND claim = $4 AND status IS NULL`, [
        ...named(request),
        claim,
      ]);
    },
  };
}

function stateOf(row: Row | undefined, requestHash: string): Claimed {
  // Released this very moment: whoever asks again will have it.
  if (row === undefined) return { kind: 'running' };
  if (row.request_hash !== requestHash) return { kind: 'other_request' };
  if (row.status === null) return { kind: 'running' };
  if (!row.kept) return { kind: 'told_once' };
  return { kind: 'answered', kept: { status: row.status, answer: row.answer, location: row.location } };
}
