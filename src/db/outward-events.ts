import type { OutwardEvent, OutwardNews } from '../domain/outward-event.ts';
import { connectionLinks, keyResultLinks } from '../domain/outward-event.ts';
import type { Tx } from './database.ts';
import { deliveryIdOf } from './delivery-id.ts';

/** Event keys of the outbox that begin so are no messages to people: they count against nobody's patience. */
export const EVENT_KEYS = 'event:';

type Listener = { id: string; workspaceId: string; events: string[]; at: Date };

/**
 * Writes events for the webhooks that want them, in the very transaction that made them true: what is rolled back was
 * never told, and what is committed is sent until it arrives. One row an event and channel, however often it is written.
 */
export async function tellOutside(tx: Pick<Tx, 'query'>, news: OutwardNews[]): Promise<void> {
  if (news.length === 0) return;
  const listeners = (
    await tx.query<Listener>(
      `SELECT id, workspace_id AS "workspaceId", events, app_now() AS at FROM channel
       WHERE workspace_id = ANY($1) AND enabled AND cardinality(events) > 0 ORDER BY id`,
      [[...new Set(news.map(({ workspaceId }) => workspaceId))]],
    )
  ).rows;
  const rows = news.flatMap((each) =>
    listeners
      .filter(({ events, workspaceId }) => workspaceId === each.workspaceId && events.includes(each.type))
      .map((channel) => rowOf(each, channel)),
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, key_result_id, kind, payload)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
     ON CONFLICT (event_key, channel_id) DO NOTHING`,
    [
      rows.map(({ workspaceId }) => workspaceId),
      rows.map(({ eventKey }) => eventKey),
      rows.map(({ channelId }) => channelId),
      rows.map(({ eventKey, channelId }) => deliveryIdOf(eventKey, channelId)),
      rows.map(({ keyResultId }) => keyResultId),
      rows.map(({ event }) => event.type),
      rows.map(({ event }) => JSON.stringify(event)),
    ],
  );
}

function rowOf({ data, key, keyResultId, type, workspaceId }: OutwardNews, channel: Listener) {
  const event: OutwardEvent = { v: 1, type, at: channel.at.toISOString(), data };
  return {
    workspaceId,
    eventKey: `${EVENT_KEYS}${type}:${key}`,
    channelId: channel.id,
    keyResultId,
    event,
  };
}

type AlertRow = {
  id: string;
  workspaceId: string;
  kind: string;
  severity: string;
  state: string;
  firedDay: string | null;
  resolvedDay: string | null;
  code: string | null;
  keyResultId: string | null;
  keyResultKey: string | null;
  connectionId: string | null;
  connectionKey: string | null;
};

/** Alerts that this transaction has fired or ended. One that ended before it fired was never told of. */
export async function tellAlertsOutside(
  tx: Pick<Tx, 'query'>,
  type: 'alert.fired' | 'alert.resolved',
  alertIds: string[],
): Promise<void> {
  if (alertIds.length === 0) return;
  const rows = (
    await tx.query<AlertRow>(
      `SELECT a.id, a.workspace_id AS "workspaceId", a.kind, a.severity, a.state, a.fired_day::text AS "firedDay",
         a.resolved_day::text AS "resolvedDay", a.reason->>'code' AS code, k.id AS "keyResultId", k.key AS "keyResultKey",
         c.id AS "connectionId", c.key AS "connectionKey"
       FROM alert a LEFT JOIN key_result k ON k.id = a.key_result_id LEFT JOIN connection c ON c.id = a.connection_id
       WHERE a.id = ANY($1) AND a.fired_at IS NOT NULL ORDER BY a.id`,
      [alertIds],
    )
  ).rows;
  await tellOutside(
    tx,
    rows.map(({ code, workspaceId, ...alert }) => ({
      workspaceId,
      key: alert.id, // an episode of its own: it fires once and ends once
      type,
      keyResultId: alert.keyResultId,
      data: {
        ...alert,
        reason: code === null ? null : { code },
        links: { api: `/api/v1/alerts/${alert.id}`, open: placeOf(alert) },
      },
    })),
  );
}

function placeOf(
  about: Pick<AlertRow, 'connectionId' | 'connectionKey' | 'keyResultId' | 'keyResultKey'>,
): string {
  const { connectionId, connectionKey, keyResultId, keyResultKey } = about;
  return keyResultId === null
    ? connectionLinks(connectionId ?? '', connectionKey ?? '').open
    : keyResultLinks(keyResultId, keyResultKey ?? '').open;
}

type RunRow = {
  id: string;
  workspaceId: string;
  connectionId: string;
  connectionKey: string;
  status: string;
  trigger: string;
  attempt: number;
  pointsRead: number;
  pointsChanged: number;
  errorClass: string | null;
};

/** Runs that this transaction has brought to their end. */
export async function tellRunsOutside(tx: Pick<Tx, 'query'>, runIds: string[]): Promise<void> {
  if (runIds.length === 0) return;
  const rows = (
    await tx.query<RunRow>(
      `SELECT r.id, r.workspace_id AS "workspaceId", c.id AS "connectionId", c.key AS "connectionKey", r.status, r.trigger,
         r.attempt, r.points_read AS "pointsRead", r.points_changed AS "pointsChanged", r.error_class AS "errorClass"
       FROM sync_run r JOIN connection c ON c.id = r.connection_id
       WHERE r.id = ANY($1) AND r.status IN ('succeeded', 'failed', 'dead') ORDER BY r.id`,
      [runIds],
    )
  ).rows;
  await tellOutside(
    tx,
    rows.map(({ attempt, workspaceId, ...run }) => ({
      workspaceId,
      key: `${run.id}:${attempt}`, // one that was given up may be run again
      type: 'run.finished' as const,
      keyResultId: null,
      data: {
        ...run,
        links: {
          api: `/api/v1/runs/${run.id}`,
          open: connectionLinks(run.connectionId, run.connectionKey).open,
        },
      },
    })),
  );
}

/** As many failures in a row as make an alert: single ones happen to everybody. */
const MAX_FAILURES = 3;

type SourceRow = { id: string; workspaceId: string; key: string; connectorId: string; since: string };

/**
 * Notes that a source no longer works, once a streak: its owner has to act, a run of it was given up, or it failed three
 * times in a row. What a provider's limit holds back goes on by itself and is no failure.
 */
export async function noteFailure(
  tx: Pick<Tx, 'query'>,
  connectionId: string,
  { errorClass, isOver }: { errorClass: string; isOver: boolean },
): Promise<void> {
  if (errorClass === 'rate_limited' || errorClass === 'quota_exhausted') return;
  const failed = await tx.query<SourceRow>(
    `UPDATE connection SET failed_since = app_now()
     WHERE id = $1 AND failed_since IS NULL
       AND (state IN ('needs_reauth', 'misconfigured') OR failures_in_row >= $2 OR $3::boolean)
     RETURNING id, workspace_id AS "workspaceId", key, connector_id AS "connectorId", ${SINCE}`,
    [connectionId, MAX_FAILURES, isOver],
  );
  await tellSources(tx, 'source.failed', failed.rows, { errorClass });
}

/** Notes that a source works again; nothing is told where nobody was told that it did not. */
export async function noteSuccess(tx: Pick<Tx, 'query'>, connectionId: string): Promise<void> {
  const working = await tx.query<SourceRow>(
    `SELECT id, workspace_id AS "workspaceId", key, connector_id AS "connectorId", ${SINCE}
     FROM connection WHERE id = $1 AND failed_since IS NOT NULL FOR NO KEY UPDATE`,
    [connectionId],
  );
  if (working.rowCount === 0) return;
  await tx.query('UPDATE connection SET failed_since = NULL WHERE id = $1', [connectionId]);
  await tellSources(tx, 'source.recovered', working.rows, {});
}

const SINCE = `to_char(failed_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since`;

function tellSources(
  tx: Pick<Tx, 'query'>,
  type: 'source.failed' | 'source.recovered',
  rows: SourceRow[],
  more: Record<string, unknown>,
): Promise<void> {
  return tellOutside(
    tx,
    rows.map(({ connectorId, id, key, since, workspaceId }) => ({
      workspaceId,
      key: `${id}:${since}`,
      type,
      keyResultId: null,
      data: { id, key, connector: connectorId, failedSince: since, ...more, links: connectionLinks(id, key) },
    })),
  );
}
