import { newId } from '../app/ids.ts';
import type {
  Acknowledgement,
  AlertKindName,
  AlertRecord,
  AlertStateName,
  AlertStore,
  ChannelKindName,
  ChannelRecord,
  DeliveryRecord,
  SnoozeRecord,
} from '../app/ports.ts';
import type { AlertStories } from '../app/ports-alert-story.ts';
import { type ChannelSettings, settingsOf } from '../domain/channel-settings.ts';
import type { OutwardEventType } from '../domain/outward-event.ts';
import type { Reason } from '../domain/status.ts';
import type { AlertSeverity } from '../domain/telling.ts';
import type { Titles } from '../domain/titles.ts';
import { storyOf } from './alert-story.ts';
import { createSnooze } from './alerting/create-snooze.ts';
import { type Silence, silencesOf, silentUntil } from './alerting/silences.ts';
import type { Database } from './database.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { Prisma } from './generated/client.ts';
import { toRule } from './resources/changes.ts';
import { saveSecrets } from './source-store.ts';
import { unlessTaken } from './unique.ts';

type ChannelRow = Prisma.ChannelGetPayload<object>;
const WITH_TRIES = {
  channel: true,
  tries: { orderBy: { id: 'desc' }, take: 20 },
} as const satisfies Prisma.OutboxInclude;
const ABOUT = {
  keyResult: {
    select: {
      key: true,
      title: true,
      titles: true,
      ownerName: true,
      objectiveId: true,
      unit: true,
      currency: true,
    },
  },
  connection: { select: { key: true, title: true, ownerName: true } },
  told: { where: { state: 'firing' }, select: { channel: { select: { key: true } } } },
} as const satisfies Prisma.AlertInclude;
type OutboxRow = Prisma.OutboxGetPayload<{ include: typeof WITH_TRIES }>;
type AlertRow = Prisma.AlertGetPayload<{ include: typeof ABOUT }>;

/** Channels, rules, alerts and the log of what was sent. */
export function createAlertStore({ pool, prisma }: Database): AlertStore & AlertStories {
  return {
    async createChannel({ config, events = [], settings = {}, ...channel }, secrets) {
      const data = {
        ...channel,
        events,
        config: config as Prisma.InputJsonObject,
        settings: settings as Prisma.InputJsonObject,
      };
      const row = await unlessTaken(
        'channel',
        channel.key,
        prisma.$transaction(async (tx) => {
          const created = await tx.channel.create({ data });
          await saveSecrets(tx, channel.workspaceId, 'channel', channel.id, secrets);
          return created;
        }),
      );
      return toChannel(row);
    },
    async listChannels(workspaceId) {
      return (
        await prisma.channel.findMany({ where: { workspaceId, archivedAt: null }, orderBy: { id: 'asc' } })
      ).map(toChannel);
    },
    async findChannel(workspaceId, keyOrId) {
      const row = await prisma.channel.findFirst({
        where: { workspaceId, archivedAt: null, OR: [{ id: keyOrId }, { key: keyOrId }] },
      });
      return row === null ? null : toChannel(row);
    },
    async subscribe(workspaceId, id, events) {
      const { count } = await prisma.channel.updateMany({ where: { workspaceId, id }, data: { events } });
      return count === 0 ? null : toChannel(await prisma.channel.findUniqueOrThrow({ where: { id } }));
    },
    async rotateSecrets(workspaceId, id, secrets) {
      return prisma.$transaction(async (tx) => {
        const rows = await tx.$queryRaw<{ at: Date }[]>`
          UPDATE channel SET secret_rotated_at = app_now() WHERE workspace_id = ${workspaceId} AND id = ${id}
          RETURNING secret_rotated_at AS at`;
        const at = rows[0]?.at ?? null;
        if (at !== null) await saveSecrets(tx, workspaceId, 'channel', id, secrets);
        return at;
      });
    },
    async createRule(rule) {
      const row = await prisma.alertRule.create({ data: { id: newId('rul'), ...rule } });
      return toRule(row);
    },
    async listRules(workspaceId) {
      const where = { workspaceId, archivedAt: null };
      return (await prisma.alertRule.findMany({ where, orderBy: { id: 'asc' } })).map(toRule);
    },
    async switchRule(workspaceId, id, enabled) {
      const { count } = await prisma.alertRule.updateMany({
        where: { workspaceId, id, archivedAt: null },
        data: { enabled },
      });
      if (count === 0) return null;
      return toRule(await prisma.alertRule.findUniqueOrThrow({ where: { id } }));
    },
    async switchChannel(workspaceId, keyOrId, enabled, disabledReason) {
      const known = await prisma.channel.findFirst({
        where: { workspaceId, archivedAt: null, OR: [{ id: keyOrId }, { key: keyOrId }] },
      });
      if (known === null) return null;
      return toChannel(
        await prisma.channel.update({ where: { id: known.id }, data: { enabled, disabledReason } }),
      );
    },
    async listAlerts(workspaceId, { connectionId, keyResultId, open }) {
      const rows = await prisma.alert.findMany({
        where: {
          workspaceId,
          ...(keyResultId === undefined ? {} : { keyResultId }),
          ...(connectionId === undefined ? {} : { connectionId }),
          ...(open === true ? { state: { in: ['pending', 'firing'] } } : {}),
        },
        include: ABOUT,
        orderBy: [{ since: 'desc' }, { id: 'desc' }],
      });
      const silences = await silencesOf(pool, workspaceId);
      return rows.map((row) => toAlert(row, silences));
    },
    async findAlert(workspaceId, id) {
      const row = await prisma.alert.findFirst({ where: { workspaceId, id }, include: ABOUT });
      return row === null ? null : toAlert(row, await silencesOf(pool, workspaceId));
    },
    async acknowledge(id, acknowledged) {
      await prisma.alert.update({ where: { id }, data: { acknowledged: acknowledged ?? Prisma.DbNull } });
    },
    async createSnooze(snooze) {
      const id = await createSnooze(pool, snooze);
      return toSnooze(await prisma.snooze.findUniqueOrThrow({ where: { id } }));
    },
    async listSnoozes(workspaceId) {
      const rows = await pool.query<{ id: string }>(
        'SELECT id FROM snooze WHERE workspace_id = $1 AND ended_at IS NULL AND until > app_now()',
        [workspaceId],
      );
      const found = await prisma.snooze.findMany({
        where: { id: { in: rows.rows.map(({ id }) => id) } },
        orderBy: [{ until: 'asc' }, { id: 'asc' }],
      });
      return found.map(toSnooze);
    },
    async endSnooze(workspaceId, id) {
      const ended = await pool.query(
        `UPDATE snooze SET ended_at = app_now() WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL AND until > app_now()`,
        [workspaceId, id],
      );
      return ended.rowCount === 0 ? null : toSnooze(await prisma.snooze.findUniqueOrThrow({ where: { id } }));
    },
    async changeChannel(workspaceId, keyOrId, settings) {
      const known = await prisma.channel.findFirst({
        where: { workspaceId, archivedAt: null, OR: [{ id: keyOrId }, { key: keyOrId }] },
      });
      if (known === null) return null;
      const merged = { ...(known.settings as Prisma.JsonObject), ...settings } as Prisma.InputJsonObject;
      return toChannel(await prisma.channel.update({ where: { id: known.id }, data: { settings: merged } }));
    },
    async listDeliveries(workspaceId, limit, only = {}) {
      const { before = null, channelKey = null, kind = null, status = null } = only;
      const rows = await prisma.outbox.findMany({
        where: {
          workspaceId,
          ...(before === null ? {} : { id: { lt: BigInt(before) } }),
          ...(status === null ? {} : { status: { in: status } }),
          ...(kind === null ? {} : { kind: { in: kind } }),
          ...(channelKey === null ? {} : { channel: { key: { in: channelKey } } }),
        },
        include: WITH_TRIES,
        orderBy: { id: 'desc' },
        take: limit,
      });
      return rows.map(toDelivery);
    },
    async findDelivery(workspaceId, id) {
      const byNumber = /^\d{1,18}$/.test(id) ? [{ id: BigInt(id) }] : [];
      const row = await prisma.outbox.findFirst({
        where: { workspaceId, OR: [...byNumber, { deliveryId: id }] },
        include: { channel: true, tries: { orderBy: { id: 'desc' } } },
      });
      return row === null ? null : toDelivery(row);
    },
    async messageOf(workspaceId, id) {
      const row = await prisma.outbox.findFirst({
        where: { workspaceId, id: BigInt(id) },
        select: { payload: true, channel: { select: { kind: true, config: true } } },
      });
      if (row === null) return null;
      const { config, kind } = row.channel;
      const lang = (config as Record<string, unknown>)['lang'] === 'zh-CN' ? 'zh-CN' : 'en';
      return { channelKind: kind as ChannelKindName, lang, payload: row.payload };
    },
    async redeliver(workspaceId, id) {
      // Who has it of several recipients is forgotten only where all of them had it.
      const sent = await pool.query(
        `UPDATE outbox SET taken = CASE WHEN status = 'delivered' THEN '{}' ELSE taken END, status = 'pending', attempts = 0,
           next_at = app_now(), redelivered_at = app_now(), delivered_at = NULL, locked_by = NULL, locked_until = NULL
         WHERE workspace_id = $1 AND id = $2 AND status IN ('delivered', 'dead')`,
        [workspaceId, id],
      );
      if (sent.rowCount === 0) return null;
      return toDelivery(
        await prisma.outbox.findUniqueOrThrow({ where: { id: BigInt(id) }, include: WITH_TRIES }),
      );
    },
    storyOf: (alertId) => storyOf(prisma, alertId),
    async enqueue({ payload, ...message }) {
      const row = await prisma.outbox.upsert({
        where: { eventKey_channelId: { eventKey: message.eventKey, channelId: message.channelId } },
        create: {
          ...message,
          payload: payload as Prisma.InputJsonValue,
          deliveryId: deliveryIdOf(message.eventKey, message.channelId),
        },
        update: {},
        include: WITH_TRIES,
      });
      return toDelivery(row);
    },
  };
}

function toChannel(row: ChannelRow): ChannelRecord {
  const { id, workspaceId, key, title, enabled, disabledReason } = row;
  const kind = row.kind as ChannelKindName;
  return {
    id,
    workspaceId,
    key,
    title,
    kind,
    config: row.config as Record<string, unknown>,
    settings: settingsOf(kind, row.settings as Partial<ChannelSettings>),
    events: row.events as OutwardEventType[], // only the contract's are written
    enabled,
    disabledReason,
  };
}

function toAlert(row: AlertRow, silences: readonly Silence[]): AlertRecord {
  const owner = row.keyResult?.ownerName ?? row.connection?.ownerName ?? null;
  return {
    id: row.id,
    keyResultId: row.keyResultId,
    keyResultKey: row.keyResult?.key ?? null,
    connectionId: row.connectionId,
    connectionKey: row.connection?.key ?? null,
    title: row.keyResult?.title ?? row.connection?.title ?? '',
    titles: (row.keyResult?.titles ?? {}) as Titles, // written after the contract's schema had read it
    kind: row.kind as AlertKindName, // what writes them knows no other
    state: row.state as AlertStateName, // the table's check allows nothing else
    severity: row.severity as AlertSeverity, // nor here
    since: row.since,
    firedAt: row.firedAt,
    firedDay: row.firedDay === null ? null : row.firedDay.toISOString().slice(0, 10),
    resolvedAt: row.resolvedAt,
    reason: row.reason as Reason | null,
    acknowledged: row.acknowledged as Acknowledgement | null,
    owner,
    unit: row.keyResult?.unit ?? null,
    currency: row.keyResult?.currency ?? null,
    snoozedUntil: silentUntil(silences, { ...row, objectiveId: row.keyResult?.objectiveId ?? null, owner }),
    ruleId: row.ruleId,
    toldChannels: row.told.map(({ channel }) => channel.key).toSorted(),
  };
}

function toSnooze({ ownerName, ...row }: Prisma.SnoozeGetPayload<object>): SnoozeRecord {
  return { ...row, owner: ownerName, kind: row.kind as AlertKindName | null };
}

function toDelivery(row: OutboxRow): DeliveryRecord {
  const { deliveryId, kind, attempts, createdAt, deliveredAt } = row;
  return {
    id: String(row.id),
    deliveryId,
    channelKey: row.channel.key,
    kind,
    status: row.status as DeliveryRecord['status'], // the table's check allows nothing else
    attempts,
    createdAt,
    deliveredAt,
    lastError:
      row.lastErrorClass === null
        ? null
        : `${row.lastErrorClass}${row.lastStatus === null ? '' : ` (${row.lastStatus})`}`,
    nextAt: row.status === 'pending' ? row.nextAt : null,
    tries: row.tries.map(({ at, durationMs, errorClass, httpStatus, ok }) => ({
      at,
      ok,
      errorClass,
      httpStatus,
      durationMs,
    })),
  };
}
