import type { AuditLog } from '../app/ports.ts';
import { auditHash } from './audit-chain.ts';
import { type Database, inTransaction } from './database.ts';

type Query = (text: string, values: unknown[]) => Promise<{ hash: string }[]>;

/** Each row's hash covers the one before it in the same workspace, so that a removed or changed row shows. */
export function createAuditLog({ pool }: Database): AuditLog {
  return {
    async append(entry) {
      await inTransaction(pool, (tx) =>
        appendAudit(async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows, entry),
      );
    },
  };
}

/** @param query runs in the transaction that makes the change */
export async function appendAudit(query: Query, entry: Parameters<AuditLog['append']>[0]): Promise<void> {
  await query('SELECT pg_advisory_xact_lock(hashtext($1))::text AS hash', [
    `tidemark.audit.${entry.workspaceId}`,
  ]);
  const last = await query('SELECT hash FROM audit_log WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1', [
    entry.workspaceId,
  ]);
  const previous = last[0]?.hash ?? '';
  const now = await query(
    `SELECT to_char(app_now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS hash`,
    [],
  );
  const at = now[0]?.hash ?? '';
  const details = JSON.stringify(entry.details);
  // What is not JSON does not come back: the hash is of what does.
  const hash = auditHash(previous, { ...entry, at, details: JSON.parse(details) });
  await query(
    `INSERT INTO audit_log (workspace_id, actor, action, object_type, object_id, details, request_id, previous, hash, at)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10::timestamptz)`,
    [
      entry.workspaceId,
      entry.actor,
      entry.action,
      entry.objectType,
      entry.objectId,
      details,
      entry.requestId,
      previous,
      hash,
      at,
    ],
  );
}
