import type pg from 'pg';
import type { ChannelKindName } from '../app/ports.ts';
import { saysSnoozed } from './alerting/snoozed.ts';

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
  /** Recipients that have it already, from an attempt that others of them put off. */
  taken: string[];
  attempts: number;
  /** Or when somebody asked for it to be sent again: its patience counts from there. */
  createdAt: Date;
  /** When the channel's signing secret was last replaced. */
  secretRotatedAt: Date | null;
  now: Date;
};

const LEASE_SECONDS = 120;

/**
 * Claims up to `limit` due messages. Order is kept for each channel and Key Result or group: a later one waits while an
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
           AND earlier.channel_id = due.channel_id AND earlier.id < due.id
           AND (earlier.key_result_id = due.key_result_id OR earlier.group_key = due.group_key))
         -- Silenced since it was made: it is set aside when the channel's messages are next composed.
         AND NOT ${saysSnoozed('due')}
         -- What has piled up while a receiver was away goes out one by one, at most once a second.
         AND (n.kind = 'mixpanel' OR due.created_at > app_now() - interval '1 minute' OR (
           NOT EXISTS (SELECT 1 FROM outbox sent WHERE sent.channel_id = due.channel_id
             AND sent.delivered_at > app_now() - interval '1 second')
           -- Another relay has one on its way.
           AND NOT EXISTS (SELECT 1 FROM outbox flying WHERE flying.channel_id = due.channel_id
             AND flying.status = 'pending' AND flying.locked_until >= app_now())
           -- Whose turn it is: what waits for its own group, or for a silence to end, is in nobody's way.
           AND NOT EXISTS (SELECT 1 FROM outbox before WHERE before.channel_id = due.channel_id
             AND before.status = 'pending' AND before.id < due.id AND before.next_at <= app_now()
             AND (before.locked_until IS NULL OR before.locked_until < app_now()) AND NOT ${saysSnoozed('before')}
             AND NOT EXISTS (SELECT 1 FROM outbox ahead WHERE ahead.status = 'pending'
               AND ahead.channel_id = before.channel_id AND ahead.id < before.id
               AND (ahead.key_result_id = before.key_result_id OR ahead.group_key = before.group_key)))))
       ORDER BY next_at, due.id LIMIT $2 FOR UPDATE OF due SKIP LOCKED)
     RETURNING o.id::text, o.workspace_id AS "workspaceId", o.channel_id AS "channelId", c.kind AS "channelKind",
       c.config AS "channelConfig", o.delivery_id AS "deliveryId", o.kind, o.payload, o.taken, o.attempts,
       COALESCE(o.redelivered_at, o.created_at) AS "createdAt", c.secret_rotated_at AS "secretRotatedAt", app_now() AS now`,
    [owner, limit, LEASE_SECONDS],
  );
  return result.rows;
}

export type Settlement =
  | { status: 'delivered'; httpStatus: number | null }
  | {
      status: 'retry';
      delayMs: number;
      errorClass: string;
      httpStatus: number | null;
      taken?: string[] | undefined;
    }
  | { status: 'dead'; errorClass: string; httpStatus: number | null; disableChannel: string | null };

/** Records what became of a message, and of its channel with it, if the message is still this relay's. */
export async function settleMessage(
  pool: pg.Pool,
  owner: string,
  message: ClaimedMessage,
  settlement: Settlement,
  durationMs: number,
): Promise<void> {
  const retry = settlement.status === 'retry';
  await pool.query(
    `WITH settled AS (
       UPDATE outbox SET status = $3, attempts = attempts + 1, locked_by = NULL, locked_until = NULL,
         next_at = CASE WHEN $4 THEN app_now() + make_interval(secs => $5) ELSE next_at END,
         last_error_class = $6, last_status = $7, taken = taken || $10::text[],
         delivered_at = CASE WHEN $3 = 'delivered' THEN app_now() END
       WHERE id = $1 AND locked_by = $2 AND status = 'pending'
       RETURNING id, channel_id), tried AS (
       INSERT INTO delivery_try (outbox_id, ok, error_class, http_status, duration_ms)
       SELECT id, $3 = 'delivered', $6, $7, $9 FROM settled)
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
      Math.round(durationMs),
      settlement.status === 'retry' ? (settlement.taken ?? []) : [],
    ],
  );
}

/** Forgets the signing secret before, when its day is over. A rotation that came meanwhile has given it another day. */
export async function dropPreviousSecret(
  pool: pg.Pool,
  channelId: string,
  afterHours: number,
): Promise<void> {
  await pool.query(
    `DELETE FROM secret s USING channel c
     WHERE c.id = $1 AND s.table_name = 'channel' AND s.row_id = c.id AND s.field = 'previousSigningSecret'
       AND c.secret_rotated_at <= app_now() - make_interval(hours => $2)`,
    [channelId, afterHours],
  );
}

/** Gives claimed messages back untouched, as a relay does that shuts down. */
export async function returnMessages(pool: pg.Pool, owner: string): Promise<void> {
  await pool.query(
    `UPDATE outbox SET locked_by = NULL, locked_until = NULL WHERE locked_by = $1 AND status = 'pending'`,
    [owner],
  );
}
