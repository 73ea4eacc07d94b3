import type { ChannelKindName, MessengerKindName } from '../../app/ports.ts';
import type {
  AlertingRules,
  ComposingChannel,
  Composition,
  Standing,
  WaitingNotice,
} from '../../app/ports-alerting.ts';
import { type DueDigest, dueDigest } from '../../domain/calm.ts';
import { audienceOf, type ChannelSettings, settingsOf } from '../../domain/channel-settings.ts';
import { dayStart, localDay } from '../../domain/day.ts';
import type { Tx } from '../database.ts';
import { deliveryIdOf } from '../delivery-id.ts';
import { loadInputs } from '../evaluation-inputs.ts';
import { EVENT_KEYS } from '../outward-events.ts';
import { alertsInFull } from './alerts-in-full.ts';
import { setAsideSnoozed } from './set-aside.ts';
import { SNOOZED, SNOOZED_NOTICE, saysSnoozed } from './snoozed.ts';
import { withdraw } from './withdraw.ts';

const MORE_THAN_A_WEEK_MS = 8 * 86_400_000;

type News = Composition['messages'][number]['news'];

type ChannelRow = {
  id: string;
  workspaceId: string;
  kind: ChannelKindName;
  settings: Partial<ChannelSettings>;
  timeZone: string;
  workspace: string;
  digestAt: Date;
  now: Date;
};

type DueRow = Pick<ChannelRow, 'id' | 'kind' | 'settings' | 'timeZone' | 'digestAt' | 'now'> & {
  hasNews: boolean;
};

/** Channels that have something waiting that is due, and those whose digest is. */
export async function channelsToCompose(tx: Pick<Tx, 'query'>): Promise<string[]> {
  const rows = await tx.query<DueRow>(
    `SELECT c.id, c.kind, c.settings, w.time_zone AS "timeZone", COALESCE(c.digest_at, c.created_at) AS "digestAt",
       app_now() AS now,
       EXISTS (SELECT 1 FROM notice n WHERE n.channel_id = c.id AND n.state = 'waiting' AND n.lane = 'now'
         AND n.due_at <= app_now() AND NOT ${SNOOZED_NOTICE})
       -- What lies unsent may have come to nothing meanwhile.
       OR EXISTS (SELECT 1 FROM outbox o JOIN notice n ON n.outbox_id = o.id
         JOIN alert_told t ON t.alert_id = n.alert_id AND t.channel_id = o.channel_id AND t.state = 'over'
         WHERE o.channel_id = c.id AND o.status = 'pending' AND o.group_key IS NOT NULL)
       -- Or it was on its way when it was silenced, and has come back.
       OR EXISTS (SELECT 1 FROM outbox o WHERE o.channel_id = c.id AND o.status = 'pending'
         AND (o.locked_until IS NULL OR o.locked_until < app_now()) AND ${saysSnoozed('o')}) AS "hasNews"
     FROM channel c JOIN workspace w ON w.id = c.workspace_id
     WHERE c.enabled AND c.kind <> 'mixpanel' ORDER BY c.id`,
  );
  return rows.rows.filter((row) => row.hasNews || isDigestDue(row)).map(({ id }) => id);
}

function isDigestDue(row: DueRow): boolean {
  return digestSince(row, row.digestAt) !== null;
}

function digestSince(
  { kind, now, settings: stored, timeZone }: DueRow | ChannelRow,
  after: Date,
): DueDigest | null {
  const settings = settingsOf(kind, stored);
  const { digest } = settings;
  if (digest === null) return null;
  return dueDigest(digest, { ...settings, timeZone: settings.timeZone ?? timeZone }, after, now);
}

/** The last moment at which the newest digest was still to come, or that of the last digest where it is older. */
function justBeforeDigest(row: ChannelRow): Date {
  const newest = digestSince(row, new Date(row.now.getTime() - MORE_THAN_A_WEEK_MS));
  return newest === null || newest.at > row.digestAt ? row.digestAt : new Date(newest.at.getTime() - 1);
}

/**
 * Makes messages of what waits for one channel. Another process that is at it already is left to it.
 *
 * @returns how many messages were made
 */
export async function composeFor(tx: Tx, channelId: string, rules: AlertingRules): Promise<number> {
  const planned = await planFor(tx, channelId, rules, false);
  if (planned === null) return 0;
  await keep(tx, planned.row, planned.composition, planned.unsent);
  return planned.composition.messages.length;
}

/** The digest that the channel would be sent now, or null when there is nothing to say. The caller rolls back. */
export async function digestNow(tx: Tx, channelId: string, rules: AlertingRules): Promise<News | null> {
  const planned = await planFor(tx, channelId, rules, true);
  return planned?.composition.messages.find(({ kind }) => kind === 'digest')?.news ?? null;
}

/** `asIfDue`: the newest digest is taken for not sent yet. */
async function planFor(
  tx: Tx,
  channelId: string,
  rules: AlertingRules,
  asIfDue: boolean,
): Promise<{ row: ChannelRow; composition: Composition; unsent: string[] } | null> {
  const found = (await tx.query<ChannelRow>(CHANNEL, [channelId])).rows[0];
  if (found === undefined) return null;
  const row = asIfDue ? { ...found, digestAt: justBeforeDigest(found) } : found;
  const locked = (await tx.query<{ id: string; isGroup: boolean }>(UNSENT, [channelId])).rows;
  const emptied = await setAsideSnoozed(
    tx,
    locked.map(({ id }) => id),
  );
  const ofGroups = locked.filter(({ id, isGroup }) => isGroup && !emptied.includes(id)).map(({ id }) => id);
  const withdrawn = await withdraw(tx, channelId, ofGroups);
  const unsent = ofGroups.filter((id) => !withdrawn.includes(id));
  type NoticeRow = WaitingNotice & { outboxId: string | null; wasTried: boolean };
  const notices = (await tx.query<NoticeRow>(NOTICES, [channelId, unsent])).rows;
  const channel = await composingChannel(tx, row);
  const composition = await rules.compose(
    channel,
    notices.map(({ outboxId, wasTried, ...notice }) => ({
      ...notice,
      unsent: outboxId === null ? null : { outboxId, wasTried },
    })),
    () => standingOf(tx, row, rules),
    row.now,
  );
  return { row, composition, unsent };
}

async function composingChannel(tx: Tx, row: ChannelRow): Promise<ComposingChannel> {
  const settings = settingsOf(row.kind, row.settings);
  const timeZone = settings.timeZone ?? row.timeZone;
  const midnight = dayStart(localDay(row.now, timeZone), timeZone);
  const counts = (
    await tx.query<{ today: string; lastHour: string }>(
      `SELECT count(*) FILTER (WHERE created_at >= $2 AND kind <> 'digest') AS today,
         count(*) FILTER (WHERE created_at >= app_now() - interval '1 hour') AS "lastHour"
       FROM outbox WHERE channel_id = $1 AND kind <> 'test' AND event_key NOT LIKE '${EVENT_KEYS}%' AND status <> 'superseded' AND created_at >= LEAST($2, app_now() - interval '1 hour')`,
      [row.id, midnight],
    )
  ).rows[0];
  const groups = (
    await tx.query<{ groupKey: string; at: Date }>(
      `SELECT group_key AS "groupKey", max(created_at) AS at FROM outbox
       WHERE channel_id = $1 AND group_key IS NOT NULL AND status <> 'superseded' AND created_at > app_now() - interval '8 days' GROUP BY 1`,
      [row.id],
    )
  ).rows;
  return {
    id: row.id,
    kind: row.kind as MessengerKindName, // the query leaves out the others
    settings,
    timeZone: row.timeZone,
    workspace: row.workspace,
    digestAt: row.digestAt,
    lastByGroup: new Map(groups.map(({ at, groupKey }) => [groupKey, at])),
    composedToday: Number(counts?.today ?? 0),
    composedLastHour: Number(counts?.lastHour ?? 0),
  };
}

/** What still stands, as news items: what burns without being news, and what was decided since the last digest. */
async function standingOf(tx: Tx, row: ChannelRow, rules: AlertingRules): Promise<Standing> {
  const { digestAt, id, now, workspaceId } = row;
  const channel = { settings: settingsOf(row.kind, row.settings) };
  const burning = (
    await tx.query<{ id: string }>(
      `SELECT a.id FROM alert a JOIN alert_told t ON t.alert_id = a.id AND t.channel_id = $1
       WHERE a.kind = 'off_track' AND a.state = 'firing' AND t.state IN ('assumed', 'firing') AND NOT ${SNOOZED} ORDER BY a.fired_at, a.id LIMIT 50`,
      [id],
    )
  ).rows.map((row) => row.id);
  const full = await alertsInFull(tx, burning);
  const stillOffTrack = [...full.values()].map((alert) => rules.itemOf(alert, 'still', now));
  const decided = (await decidedSince(tx, workspaceId, digestAt)).filter(
    ({ keyResult }) => audienceOf([channel], 'key_results', keyResult.keyResult.owner).length > 0,
  );
  return {
    stillOffTrack,
    decided: decided.map((alert) => {
      const item = rules.itemOf(alert, 'over', now);
      const isMet = alert.keyResult?.previous?.status === 'achieved';
      return {
        ...item,
        alertId: null,
        event: isMet ? ('key_result.achieved' as const) : ('key_result.missed' as const),
      };
    }),
  };
}

async function decidedSince(tx: Tx, workspaceId: string, since: Date) {
  const ids = (
    await tx.query<{ id: string }>(
      `SELECT k.id FROM key_result k JOIN key_result_state s ON s.key_result_id = k.id AND s.status IN ('achieved', 'missed')
       JOIN cycle y ON y.id = k.cycle_id AND y.closed_at IS NULL
       WHERE k.workspace_id = $1 AND k.archived_at IS NULL AND (
         SELECT min(computed_at) FROM progress_snapshot p WHERE p.key_result_id = k.id AND p.status = s.status) > $2
       ORDER BY k.id LIMIT 50`,
      [workspaceId, since],
    )
  ).rows.map((row) => row.id);
  const { inputs } = await loadInputs(tx, ids);
  return inputs.map((keyResult) => ({
    id: '',
    workspaceId,
    kind: 'off_track' as const,
    severity: 'warning' as const,
    sinceDay: keyResult.previous?.statusAsOfDay ?? null,
    reason: keyResult.previous?.statusReason ?? { code: 'goal_met', values: {} },
    rule: null,
    keyResult,
    initiatives: [],
    connection: null,
    sandbox: keyResult.connection?.environment === 'sandbox',
  }));
}

async function keep(
  tx: Tx,
  row: ChannelRow,
  { digestAt, dropped, messages, postponed }: Composition,
  unsent: string[],
): Promise<void> {
  await tx.query(`UPDATE notice SET state = 'dropped' WHERE id = ANY($1)`, [dropped]);
  await tx.query(`UPDATE notice SET lane = 'digest' WHERE id = ANY($1) AND state = 'waiting'`, [postponed]);
  // A message all of whose news is dropped has nothing left to say.
  await tx.query(
    `UPDATE outbox o SET status = 'superseded' WHERE o.id = ANY($1) AND o.attempts = 0
       AND EXISTS (SELECT 1 FROM notice n WHERE n.outbox_id = o.id)
       AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.outbox_id = o.id AND n.state <> 'dropped')`,
    [unsent],
  );
  for (const { eventKey, groupKey, kind, news, noticeIds, supersedes } of messages) {
    await tx.query(`UPDATE outbox SET status = 'superseded' WHERE id = ANY($1) AND status = 'pending'`, [
      supersedes,
    ]);
    const written = await tx.query<{ id: string }>(
      `WITH written AS (
         INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, group_key, kind, payload)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         -- What was taken back and is to be said after all goes out under the id that it had.
         ON CONFLICT (event_key, channel_id) DO UPDATE SET status = 'pending', payload = EXCLUDED.payload,
           kind = EXCLUDED.kind, attempts = LEAST(outbox.attempts, 1), next_at = app_now(), created_at = app_now()
           WHERE outbox.status = 'superseded' RETURNING id)
       SELECT id FROM written UNION ALL SELECT id FROM outbox WHERE event_key = $2 AND channel_id = $3 LIMIT 1`,
      [
        row.workspaceId,
        eventKey,
        row.id,
        deliveryIdOf(eventKey, row.id),
        groupKey,
        kind,
        JSON.stringify(news),
      ],
    );
    await tx.query(`UPDATE notice SET state = 'composed', outbox_id = $2 WHERE id = ANY($1)`, [
      noticeIds,
      written.rows[0]?.id ?? null,
    ]);
  }
  if (digestAt !== null)
    await tx.query('UPDATE channel SET digest_at = $2 WHERE id = $1', [row.id, digestAt]);
}

/** Writing a notice for the channel, which any evaluation does, goes on meanwhile. */
const CHANNEL = `
SELECT c.id, c.workspace_id AS "workspaceId", c.kind, c.settings, w.time_zone AS "timeZone", w.name AS workspace,
  COALESCE(c.digest_at, c.created_at) AS "digestAt", app_now() AS now
FROM channel c JOIN workspace w ON w.id = c.workspace_id
WHERE c.id = $1 AND c.enabled AND c.kind <> 'mixpanel' FOR NO KEY UPDATE OF c SKIP LOCKED`;

/** Messages that nobody is sending at this moment; they stay locked, so that nobody begins to. */
const UNSENT = `
SELECT id::text, group_key IS NOT NULL AS "isGroup" FROM outbox WHERE channel_id = $1 AND status = 'pending'
  AND (locked_until IS NULL OR locked_until < app_now()) ORDER BY id FOR UPDATE SKIP LOCKED`;

/** What waits and is not held back by a silence, and what stands in those messages. */
const NOTICES = `
SELECT n.id::text, n.alert_id AS "alertId", n.event, n.severity, n.lane, n.group_key AS "groupKey", n.item,
  n.due_at AS "dueAt", n.outbox_id::text AS "outboxId", COALESCE(o.attempts > 0, false) AS "wasTried"
FROM notice n LEFT JOIN outbox o ON o.id = n.outbox_id
WHERE n.channel_id = $1 AND ((n.state = 'waiting' AND NOT ${SNOOZED_NOTICE}) OR (n.state = 'composed' AND n.outbox_id = ANY($2)))
ORDER BY n.id`;
