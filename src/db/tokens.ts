import { newId } from '../app/ids.ts';
import type { AuditLog } from '../app/ports.ts';
import type { ApiTokenRecord, Grant, HolderRecord, TokenKind } from '../app/ports-access.ts';
import type { Role, Scope } from '../domain/access.ts';
import { appendAudit } from './audit-log.ts';
import { type Database, inTransaction } from './database.ts';

type Entry = Parameters<AuditLog['append']>[0];
/** A token as it is kept: of its secret part only the hash is. */
export type StoredGrant = Grant & { id: string; secretHash: string };
export type StoredHolder = HolderRecord & { secretHash: string };

/** A session that nobody has used for so long is over; at the latest its `expires_at` ends it. */
const SESSION_IDLE = `interval '12 hours'`;

const API_TOKEN = `id, name, scopes, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"`;
const IN_FORCE = `kind = 'api' AND workspace_id = $1 AND user_id IS NOT DISTINCT FROM $2 AND revoked_at IS NULL
  AND expires_at > app_now()`;

/** Bearers of access, by the public part of the token. Only hashes are kept; the database's clock says what is valid. */
export function createTokenStore({ pool }: Database) {
  return {
    newId: (): string => newId('tok').slice(4),
    /** @returns false when the user has `limit` tokens in force already */
    add: (token: StoredGrant, entry?: Entry, limit?: number): Promise<boolean> =>
      inTransaction(pool, async (tx) => {
        const { id, kind, name, scopes, secretHash, userId, validSeconds, workspaceId } = token;
        if (limit !== undefined) {
          // Two that are made at the same moment are counted one after the other.
          await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [
            `tidemark.tokens.${workspaceId}.${userId}`,
          ]);
          const held = await tx.query(`SELECT FROM api_token WHERE ${IN_FORCE}`, [workspaceId, userId]);
          if ((held.rowCount ?? 0) >= limit) return false;
        }
        await tx.query(
          `INSERT INTO api_token (id, workspace_id, user_id, kind, name, secret_hash, scopes, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, app_now() + make_interval(secs => $8))`,
          [id, workspaceId, userId, kind, name, secretHash, scopes, validSeconds],
        );
        if (entry !== undefined)
          await appendAudit(
            async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows,
            entry,
          );
        return true;
      }),
    /**
     * @returns null when it never was, has expired, was revoked, is a link that was used, or a session that lay idle; and
     *   when its user was disabled or is no member any more
     */
    async findValid(id: string): Promise<StoredHolder | null> {
      const result = await pool.query<FoundRow>(
        `SELECT t.id, t.kind, t.name, t.scopes, t.secret_hash AS "secretHash", w.id AS "workspaceId",
           w.name AS "workspaceName", w.time_zone AS "timeZone", u.id AS "userId", u.name AS "userName", u.email, m.role
         FROM api_token t JOIN workspace w ON w.id = t.workspace_id
           LEFT JOIN app_user u ON u.id = t.user_id
           LEFT JOIN membership m ON m.user_id = t.user_id AND m.workspace_id = t.workspace_id
         WHERE t.id = $1 AND t.expires_at > app_now() AND t.revoked_at IS NULL
           AND (t.kind NOT IN ('one_time', 'password') OR t.used_at IS NULL)
           AND (t.kind <> 'session' OR coalesce(t.last_used_at, t.created_at) > app_now() - ${SESSION_IDLE})
           AND (t.user_id IS NULL OR (u.disabled_at IS NULL AND m.role IS NOT NULL))`,
        [id],
      );
      const [found] = result.rows;
      return found === undefined ? null : toHolder(found);
    },
    /** @returns false when somebody else used it first */
    async useOnce(id: string): Promise<boolean> {
      const result = await pool.query(
        `UPDATE api_token SET used_at = app_now()
         WHERE id = $1 AND kind IN ('one_time', 'password') AND used_at IS NULL AND revoked_at IS NULL`,
        [id],
      );
      return result.rowCount === 1;
    },
    async touch(id: string): Promise<void> {
      await pool.query(
        `UPDATE api_token SET last_used_at = app_now()
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < app_now() - interval '1 minute')`,
        [id],
      );
    },
    /** The API tokens in force of a user, or of the operator; the newest first. */
    async list(workspaceId: string, userId: string | null): Promise<ApiTokenRecord[]> {
      const found = await pool.query<ApiTokenRecord>(
        `SELECT ${API_TOKEN} FROM api_token WHERE ${IN_FORCE} ORDER BY id DESC`,
        [workspaceId, userId],
      );
      return found.rows;
    },
    /** @returns null when none in force of this user has that id */
    revoke: (
      workspaceId: string,
      userId: string | null,
      id: string,
      entry: Entry,
    ): Promise<ApiTokenRecord | null> =>
      inTransaction(pool, async (tx) => {
        const revoked = await tx.query<ApiTokenRecord>(
          `UPDATE api_token SET revoked_at = app_now() WHERE id = $3 AND ${IN_FORCE} RETURNING ${API_TOKEN}`,
          [workspaceId, userId, id],
        );
        const [token] = revoked.rows;
        if (token === undefined) return null;
        await appendAudit(
          async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows,
          entry,
        );
        return token;
      }),
    async end(id: string): Promise<void> {
      await pool.query('UPDATE api_token SET revoked_at = app_now() WHERE id = $1 AND revoked_at IS NULL', [
        id,
      ]);
    },
    /** Links of a user that were not opened yet: a newer one takes their place. */
    async endLinks(userId: string): Promise<void> {
      await pool.query(
        `UPDATE api_token SET revoked_at = app_now()
         WHERE user_id = $1 AND kind = 'password' AND used_at IS NULL AND revoked_at IS NULL`,
        [userId],
      );
    },
    async moveSession(id: string, workspaceId: string): Promise<void> {
      await pool.query(`UPDATE api_token SET workspace_id = $2 WHERE id = $1 AND kind = 'session'`, [
        id,
        workspaceId,
      ]);
    },
    /** Ends the local tokens of earlier starts: each start writes a new one into the data folder. */
    async revokeLocal(workspaceId: string): Promise<void> {
      await pool.query(
        `UPDATE api_token SET revoked_at = app_now() WHERE workspace_id = $1 AND kind = 'local' AND revoked_at IS NULL`,
        [workspaceId],
      );
    },
  };
}
export type TokenStore = ReturnType<typeof createTokenStore>;

type FoundRow = {
  id: string;
  kind: TokenKind;
  name: string;
  scopes: Scope[];
  secretHash: string;
  workspaceId: string;
  workspaceName: string;
  timeZone: string;
  userId: string | null;
  userName: string | null;
  email: string | null;
  role: Role | null;
};

function toHolder(row: FoundRow): StoredHolder {
  const { email, id, kind, name, role, scopes, secretHash, timeZone, userId, userName } = row;
  const workspace = { id: row.workspaceId, name: row.workspaceName, timeZone };
  const user =
    userId === null || role === null ? null : { id: userId, name: userName ?? '', email: email ?? '', role };
  return { id, kind, name, scopes, secretHash, workspace, user };
}
