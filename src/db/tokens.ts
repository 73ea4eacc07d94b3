import { newId } from '../app/ids.ts';
import type { Database } from './database.ts';

export type TokenKind = 'api' | 'local' | 'session' | 'one_time';
export type TokenRecord = {
  id: string;
  workspaceId: string;
  kind: TokenKind;
  name: string;
  secretHash: string;
  scopes: string[];
};

/** Bearers of access, by the public part of the token. Only hashes are kept; the database's clock says what is valid. */
export function createTokenStore({ pool }: Database) {
  return {
    newId: (): string => newId('tok').slice(4),
    async add(token: TokenRecord, validSeconds: number): Promise<void> {
      await pool.query(
        `INSERT INTO api_token (id, workspace_id, kind, name, secret_hash, scopes, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, app_now() + make_interval(secs => $7))`,
        [token.id, token.workspaceId, token.kind, token.name, token.secretHash, token.scopes, validSeconds],
      );
    },
    /** @returns null when it never was, has expired, was revoked, or is a one-time token that was used */
    async findValid(id: string): Promise<TokenRecord | null> {
      const result = await pool.query<TokenRecord>(
        `SELECT id, workspace_id AS "workspaceId", kind, name, secret_hash AS "secretHash", scopes FROM api_token
         WHERE id = $1 AND expires_at > app_now() AND revoked_at IS NULL AND (kind <> 'one_time' OR used_at IS NULL)`,
        [id],
      );
      return result.rows[0] ?? null;
    },
    /** @returns false when somebody else used it first */
    async useOnce(id: string): Promise<boolean> {
      const result = await pool.query(
        `UPDATE api_token SET used_at = app_now() WHERE id = $1 AND kind = 'one_time' AND used_at IS NULL`,
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
