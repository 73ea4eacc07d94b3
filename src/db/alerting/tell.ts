import type { Evaluate } from '../../app/evaluation.ts';
import type { AlertKindName, ChannelKindName } from '../../app/ports.ts';
import { nextOpening } from '../../domain/calm.ts';
import {
  audienceOf,
  type ChannelSettings,
  laneOf,
  settingsOf,
  type Topic,
} from '../../domain/channel-settings.ts';
import { daysBetween } from '../../domain/day.ts';
import {
  type AlertSeverity,
  type Circumstances,
  type Episode,
  nothingTold,
  type Saying,
  type Told,
  tell,
} from '../../domain/telling.ts';
import type { Tx } from '../database.ts';
import { alertsInFull } from './alerts-in-full.ts';

type AlertRow = {
  id: string;
  workspaceId: string;
  kind: AlertKindName;
  episode: number;
  state: Episode['state'];
  severity: AlertSeverity;
  firedAt: Date | null;
  firedDay: string | null;
  resolvedDay: string | null;
  acknowledged: { severity: AlertSeverity } | null;
  keyResultId: string | null;
  objectiveId: string | null;
  connectionId: string | null;
  owner: string | null;
  isInhibited: boolean;
  repeatDays: number | null;
};
type ChannelRow = {
  id: string;
  workspaceId: string;
  createdAt: Date;
  settings: ChannelSettings;
  timeZone: string;
};
type SnoozeRow = {
  workspaceId: string;
  keyResultId: string | null;
  objectiveId: string | null;
  connectionId: string | null;
  ownerName: string | null;
  kind: string | null;
  endsAt: Date;
};
type Due = { alert: AlertRow; channel: ChannelRow; told: Told; say: Saying | null; before: Told };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A source that is still away is said again daily: its owner can mend it. */
const SOURCE_REPEAT_DAYS = 1;

const topics: Record<AlertKindName, Topic> = {
  off_track: 'key_results',
  no_data: 'sources',
  error: 'sources',
  check_in_due: 'check_ins',
};

/**
 * Compares what these alerts are with what each channel has been told of them, and writes the difference as notices, in
 * the given transaction: run at any moment, by any number of workers, as often as one likes.
 *
 * @returns how many notices were written
 */
export async function tellIn(tx: Tx, alertIds: string[], newsItem: Evaluate['newsItem']): Promise<number> {
  if (alertIds.length === 0) return 0;
  // In the order in which an evaluation takes them, so that the two cannot cross.
  await tx.query(
    `SELECT 1 FROM key_result WHERE id IN (SELECT key_result_id FROM alert WHERE id = ANY($1))
     ORDER BY id FOR NO KEY UPDATE`,
    [alertIds],
  );
  await tx.query('SELECT 1 FROM alert WHERE id = ANY($1) ORDER BY id FOR UPDATE', [alertIds]);
  const { due, now } = await whatIsDue(tx, alertIds);
  const said = due.filter(({ say }) => say !== null);
  const full = await alertsInFull(tx, [...new Set(said.map(({ alert }) => alert.id))]);
  for (const each of due) {
    await keepTold(tx, each);
    const { alert, channel, say, told } = each;
    if (say === null && told.state === 'over') await dropWaiting(tx, alert.id, channel.id);
    const whole = full.get(alert.id);
    if (say === null || whole === undefined) continue;
    await keepNotice(tx, alert, channel, told.said, newsItem(whole, say, now), now);
  }
  return said.length;
}

/** Alerts of which some channel may not know how they stand: those that burn, and those that are over. */
export async function openAlerts(tx: Pick<Tx, 'query'>): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM alert WHERE state = 'firing'
     UNION SELECT t.alert_id FROM alert_told t JOIN alert a ON a.id = t.alert_id
       JOIN channel c ON c.id = t.channel_id AND c.enabled
       WHERE t.state IN ('assumed', 'firing') AND a.state IN ('resolved', 'closed')
     ORDER BY 1`,
  );
  return rows.rows.map(({ id }) => id);
}

/** What would be said or noted now; nothing is changed. */
export async function whatIsDue(
  tx: Pick<Tx, 'query'>,
  alertIds: string[],
): Promise<{ due: Due[]; now: Date }> {
  const alerts = (await tx.query<AlertRow>(ALERTS, [alertIds])).rows;
  const workspaces = [...new Set(alerts.map(({ workspaceId }) => workspaceId))];
  const channels = await channelsOf(tx, workspaces);
  const snoozes = (await tx.query<SnoozeRow>(SNOOZES, [workspaces])).rows;
  const known = (
    await tx.query<Told & { alertId: string; channelId: string }>(
      `SELECT alert_id AS "alertId", channel_id AS "channelId", state, severity, last_at AS "lastAt", said
       FROM alert_told WHERE alert_id = ANY($1)`,
      [alertIds],
    )
  ).rows;
  const now = (await tx.query<{ now: Date }>('SELECT app_now() AS now')).rows[0]?.now as Date; // one row, always
  const toldOf = new Map(known.map((row) => [`${row.alertId} ${row.channelId}`, row]));
  const due = alerts.flatMap((alert) => {
    const own = channels.filter(({ workspaceId }) => workspaceId === alert.workspaceId);
    // Who was told that it began is told that it is over, whoever the owner is by then.
    const audience =
      alert.state === 'pending' || alert.state === 'firing'
        ? audienceOf(own, topics[alert.kind], alert.owner)
        : own.filter(({ id }) => toldOf.has(`${alert.id} ${id}`));
    return audience.flatMap((channel): Due[] => {
      const row = toldOf.get(`${alert.id} ${channel.id}`);
      const before: Told =
        row === undefined
          ? nothingTold
          : { state: row.state, severity: row.severity, lastAt: row.lastAt, said: row.said };
      const { say, told } = tell(before, episodeOf(alert), circumstances(alert, channel, snoozes, now));
      return say === null && told === before ? [] : [{ alert, channel, told, say, before }];
    });
  });
  return { due, now };
}

function episodeOf({ firedAt, firedDay, kind, resolvedDay, severity, state }: AlertRow): Episode {
  // The end of an outage is worth saying however short it was; that somebody has checked in is not.
  const lasted =
    kind === 'off_track'
      ? firedDay !== null && resolvedDay !== null && daysBetween(firedDay, resolvedDay) >= 1
      : kind !== 'check_in_due';
  return { state, severity, firedAt, lasted };
}

function circumstances(alert: AlertRow, channel: ChannelRow, snoozes: SnoozeRow[], now: Date): Circumstances {
  const covering = snoozes.filter((snooze) => covers(snooze, alert));
  const ended = covering.filter(({ endsAt }) => endsAt <= now).map(({ endsAt }) => endsAt.getTime());
  const repeatDays =
    topics[alert.kind] === 'sources'
      ? SOURCE_REPEAT_DAYS
      : alert.kind === 'check_in_due'
        ? 7
        : alert.repeatDays;
  return {
    now,
    channelSince: channel.createdAt,
    snoozed: covering.some(({ endsAt }) => endsAt > now),
    snoozeEndedAt: ended.length === 0 ? null : new Date(Math.max(...ended)),
    inhibited: alert.isInhibited,
    acknowledged: alert.acknowledged?.severity ?? null,
    repeatAfterMs: repeatDays === null ? null : repeatDays * DAY_MS,
  };
}

function covers(snooze: SnoozeRow, alert: AlertRow): boolean {
  const fits = (wanted: string | null, actual: string | null): boolean =>
    wanted === null || wanted === actual;
  return (
    snooze.workspaceId === alert.workspaceId &&
    fits(snooze.keyResultId, alert.keyResultId) &&
    fits(snooze.objectiveId, alert.objectiveId) &&
    fits(snooze.connectionId, alert.connectionId) &&
    fits(snooze.ownerName, alert.owner) &&
    fits(snooze.kind, alert.kind)
  );
}

/** Off-track news waits while the numbers are away, and a source that gives nothing while it is known not to answer. */
const ALERTS = `
SELECT a.id, a.workspace_id AS "workspaceId", a.kind, a.episode, a.state, a.severity, a.fired_at AS "firedAt",
  a.fired_day AS "firedDay", a.resolved_day AS "resolvedDay", a.acknowledged, a.key_result_id AS "keyResultId",
  k.objective_id AS "objectiveId", a.connection_id AS "connectionId", COALESCE(k.owner_name, c.owner_name) AS owner,
  r.repeat_days AS "repeatDays",
  CASE a.kind
    WHEN 'off_track' THEN s.data_state NOT IN ('fresh', 'late') OR EXISTS (
      SELECT 1 FROM metric_version v JOIN metric m ON m.id = v.metric_id
      JOIN alert e ON e.connection_id = m.connection_id AND e.kind IN ('error', 'no_data') AND e.state = 'firing'
      WHERE v.id = k.metric_version_id)
    WHEN 'no_data' THEN EXISTS (
      SELECT 1 FROM alert e WHERE e.connection_id = a.connection_id AND e.kind = 'error' AND e.state = 'firing')
    ELSE false END AS "isInhibited"
FROM alert a
LEFT JOIN key_result k ON k.id = a.key_result_id
LEFT JOIN key_result_state s ON s.key_result_id = k.id
LEFT JOIN connection c ON c.id = a.connection_id
LEFT JOIN alert_rule r ON r.id = a.rule_id
WHERE a.id = ANY($1) ORDER BY a.id`;

/** Also those that have ended: what burns on after a silence is said once. */
const SNOOZES = `
SELECT workspace_id AS "workspaceId", key_result_id AS "keyResultId", objective_id AS "objectiveId",
  connection_id AS "connectionId", owner_name AS "ownerName", kind, LEAST(until, ended_at) AS "endsAt"
FROM snooze WHERE workspace_id = ANY($1) AND until > app_now() - interval '31 days'`;

async function channelsOf(tx: Pick<Tx, 'query'>, workspaceIds: string[]): Promise<ChannelRow[]> {
  const rows = await tx.query<ChannelRow & { kind: ChannelKindName }>(
    `SELECT c.id, c.workspace_id AS "workspaceId", c.created_at AS "createdAt", c.kind, c.settings, w.time_zone AS "timeZone"
     FROM channel c JOIN workspace w ON w.id = c.workspace_id
     WHERE c.workspace_id = ANY($1) AND c.enabled AND c.kind <> 'mixpanel' ORDER BY c.id`,
    [workspaceIds],
  );
  return rows.rows.map((row) => ({ ...row, settings: settingsOf(row.kind, row.settings) }));
}

async function keepTold(tx: Tx, { alert, channel, told }: Due): Promise<void> {
  await tx.query(
    `INSERT INTO alert_told (alert_id, channel_id, state, severity, last_at, said) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (alert_id, channel_id) DO UPDATE SET state = EXCLUDED.state, severity = EXCLUDED.severity,
       last_at = EXCLUDED.last_at, said = EXCLUDED.said`,
    [alert.id, channel.id, told.state, told.severity, told.lastAt, told.said],
  );
}

/** What ended without a word is not told afterwards either. */
async function dropWaiting(tx: Tx, alertId: string, channelId: string): Promise<void> {
  await tx.query(
    `UPDATE notice SET state = 'dropped' WHERE alert_id = $1 AND channel_id = $2 AND state = 'waiting'`,
    [alertId, channelId],
  );
}

async function keepNotice(
  tx: Tx,
  alert: AlertRow,
  channel: ChannelRow,
  said: number,
  item: ReturnType<Evaluate['newsItem']>,
  now: Date,
): Promise<void> {
  const { settings } = channel;
  const lane = laneOf(settings, {
    isUrgent: alert.severity === 'critical' || topics[alert.kind] === 'sources',
    isReminder: alert.kind === 'check_in_due' || item.event === 'key_result.still_off_track',
  });
  const calm = { ...settings, timeZone: settings.timeZone ?? channel.timeZone };
  const dueAt = nextOpening(calm, new Date(now.getTime() + settings.groupWaitMinutes * MINUTE_MS));
  await tx.query(
    `INSERT INTO notice (workspace_id, event_key, channel_id, alert_id, event, severity, lane, group_key, item, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (event_key, channel_id) DO NOTHING`,
    [
      alert.workspaceId,
      `alert:${alert.id}:${said}`,
      channel.id,
      alert.id,
      item.event,
      alert.severity,
      lane,
      alert.connectionId ??
        `${alert.kind === 'check_in_due' ? 'check-ins' : 'objective'}:${alert.objectiveId ?? ''}`,
      JSON.stringify(item),
      dueAt,
    ],
  );
}
