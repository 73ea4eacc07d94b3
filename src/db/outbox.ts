import type pg from 'pg';
import type { ChannelKindName } from '../app/ports.ts';

/** A message that this relay holds for `LEASE_SECONDS` and has to settle. */
export type ClaimedMessage = {
  id: string;
  workspaceId: string;
  channelId: string;
  channelKind: ChannelKindName;
  channelConfig: Record<string, unknown>;
  deliveryId: string;
  kind: string;
  payload: unknown;
  attempts: number;
  createdAt: Date;
  now: Date;
};

const LEASE_SECONDS = 120;

/**
 * Claims up to `limit` due messages. Order is kept for each channel and Key Result: a later one waits while an
 * earlier one is unsettled. Several relays may claim at once.
 */
export async function claimMessages(pool: pg.Pool, owner: string, limit: number): Promise<ClaimedMessage[]> {
  const result = await pool.query<ClaimedMessage>(
    `UPDATE outbox o SET locked_by = $1, locked_until = app_now() + make_interval(secs => $3)
     FROM channel c
     WHERE c.id = o.channel_id AND o.id IN (
       SELECT due.id FROM outbox due JOIN channel n ON n.id = due.channel_id AND n.enabled
       WHERE due.status = 'pending' AND next_at <= app_now()
         AND (locked_until IS NULL OR locked_until < app_now())
         AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.status = 'pending'
           AND earlier.channel_id = due.channel_id AND earlier.key_result_id = due.key_result_id AND earlier.id < due.id)
       ORDER BY next_at, due.id LIMIT $2 FOR UPDATE OF due SKIP LOCKED)
     RETURNING o.id::text, o.workspace_id AS "workspaceId", o.channel_id AS "channelId", c.kind AS "channelKind",
       c.config AS "channelConfig", o.delivery_id AS "deliveryId", o.kind, o.payload, o.attempts,
       o.created_at AS "createdAt", app_now() AS now`,
    [owner, limit, LEASE_SECONDS],
  );
  return result.rows;
}

export type Settlement =
  | { status: 'delivered'; httpStatus: number | null }
  | { status: 'retry'; delayMs: number; errorClass: string; httpStatus: number | null }
  | { status: 'dead'; errorClass: string; httpStatus: number | null; disableChannel: string | null };

/** Records what became of a message, and of its channel with it, if the message is still this relay's. */
export async function settleMessage(
  pool: pg.Pool,
  owner: string,
  message: ClaimedMessage,
  settlement: Settlement,
): Promise<void> {
  const retry = settlement.status === 'retry';
  await pool.query(
    `WITH settled AS (
       UPDATE outbox SET status = $3, attempts = attempts + 1, locked_by = NULL, locked_until = NULL,
         next_at = CASE WHEN $4 THEN app_now() + make_interval(secs => $5) ELSE next_at END,
         last_error_class = $6, last_status = $7,
         delivered_at = CASE WHEN $3 = 'delivered' THEN app_now() END
       WHERE id = $1 AND locked_by = $2 AND status = 'pending'
       RETURNING channel_id)
     UPDATE channel c SET enabled = false, disabled_reason = $8::text
     FROM settled WHERE c.id = settled.channel_id AND $8::text IS NOT NULL`,
    [
      message.id,
      owner,
      retry ? 'pending' : settlement.status,
      retry,
      settlement.status === 'retry' ? settlement.delayMs / 1000 : 0,
      settlement.status === 'delivered' ? null : settlement.errorClass,
      settlement.httpStatus,
      settlement.status === 'dead' ? settlement.disableChannel : null,
    ],
  );
}

/** Gives claimed messages back untouched, as a relay does that shuts down. */
export async function returnMessages(pool: pg.Pool, owner: string): Promise<void> {
  await pool.query(
    `UPDATE outbox SET locked_by = NULL, locked_until = NULL WHERE locked_by = $1 AND status = 'pending'`,
    [owner],
  );
}
