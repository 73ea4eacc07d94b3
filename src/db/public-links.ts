import type { PublicLinkRecord, PublicLinkStore } from '../app/ports-public-links.ts';
import { appendAudit } from './audit-log.ts';
import { type Database, inTransaction, type Tx } from './database.ts';

type Entry = Parameters<PublicLinkStore['create']>[2];

const COLUMNS = `l.id, l.key_result_id AS "keyResultId", k.key AS "keyResultKey", k.title, k.titles, l.label,
  l.created_by AS "createdBy", l.created_at AS "createdAt", l.revoked_at AS "revokedAt"`;

/** Addresses that show one Key Result to whoever has them. */
export function createPublicLinkStore({ pool }: Database): PublicLinkStore {
  return {
    create: (link, limit, entry) =>
      inTransaction(pool, async (tx) => {
        const { createdBy, id, keyResultId, label, tokenHash, workspaceId } = link;
        // Two who add a link at the same moment count one after the other.
        await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`tidemark.public_link.${keyResultId}`]);
        const made = await tx.query<PublicLinkRecord>(
          `WITH l AS (
             INSERT INTO public_link (id, workspace_id, key_result_id, token_hash, label, created_by)
             SELECT $1, $2, $3, $4, $5, $6
             WHERE (SELECT count(*) FROM public_link WHERE key_result_id = $3 AND revoked_at IS NULL) < $7
             RETURNING *)
           SELECT ${COLUMNS} FROM l JOIN key_result k ON k.id = l.key_result_id`,
          [id, workspaceId, keyResultId, tokenHash, label, createdBy, limit],
        );
        return logged(tx, made.rows[0], entry);
      }),
    async list(workspaceId, keyResultId) {
      const found = await pool.query<PublicLinkRecord>(
        `SELECT ${COLUMNS} FROM public_link l JOIN key_result k ON k.id = l.key_result_id
         WHERE l.workspace_id = $1 AND l.key_result_id = $2 AND l.revoked_at IS NULL ORDER BY l.id DESC`,
        [workspaceId, keyResultId],
      );
      return found.rows;
    },
    revoke: (workspaceId, id, entry) =>
      inTransaction(pool, async (tx) => {
        const revoked = await tx.query<PublicLinkRecord>(
          `UPDATE public_link l SET revoked_at = app_now() FROM key_result k
           WHERE k.id = l.key_result_id AND l.workspace_id = $1 AND l.id = $2 AND l.revoked_at IS NULL
           RETURNING ${COLUMNS}`,
          [workspaceId, id],
        );
        return logged(tx, revoked.rows[0], entry);
      }),
    async keyResultOf(workspaceId, tokenHash) {
      const found = await pool.query<{ id: string }>(
        `SELECT k.id FROM public_link l JOIN key_result k ON k.id = l.key_result_id
         WHERE l.token_hash = $2 AND l.workspace_id = $1 AND l.revoked_at IS NULL AND k.archived_at IS NULL`,
        [workspaceId, tokenHash],
      );
      return found.rows[0]?.id ?? null;
    },
  };
}

/** What did not happen is not written down either. */
async function logged(
  tx: Tx,
  link: PublicLinkRecord | undefined,
  entry: Entry,
): Promise<PublicLinkRecord | null> {
  if (link === undefined) return null;
  await appendAudit(async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows, entry);
  return link;
}
