import { newId } from '../app/ids.ts';
import type {
  AlertRuleRecord,
  AlertStateName,
  AlertStore,
  ChannelKindName,
  ChannelRecord,
  DeliveryRecord,
} from '../app/ports.ts';
import type { Database } from './database.ts';
import { deliveryIdOf } from './delivery-id.ts';
import type { Prisma } from './generated/client.ts';
import { saveSecrets } from './source-store.ts';
import { unlessTaken } from './unique.ts';

type ChannelRow = Prisma.ChannelGetPayload<object>;
type OutboxRow = Prisma.OutboxGetPayload<{ include: { channel: true } }>;

/** Channels, rules, alerts and the log of what was sent. */
export function createAlertStore({ prisma }: Database): AlertStore {
  return {
    async createChannel({ config, ...channel }, secrets) {
      const data = { ...channel, config: config as Prisma.InputJsonObject };
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
      return (await prisma.channel.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } })).map(
        toChannel,
      );
    },
    async findChannel(workspaceId, keyOrId) {
      const row = await prisma.channel.findFirst({
        where: { workspaceId, OR: [{ id: keyOrId }, { key: keyOrId }] },
      });
      return row === null ? null : toChannel(row);
    },
    async createRule(rule) {
      const row = await prisma.alertRule.create({ data: { id: newId('rul'), ...rule } });
      return { ...row, kind: 'off_track' };
    },
    async listRules(workspaceId) {
      const rows = await prisma.alertRule.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } });
      return rows.map((row): AlertRuleRecord => ({ ...row, kind: 'off_track' }));
    },
    async switchRule(workspaceId, id, enabled) {
      const { count } = await prisma.alertRule.updateMany({ where: { workspaceId, id }, data: { enabled } });
      if (count === 0) return null;
      return { ...(await prisma.alertRule.findUniqueOrThrow({ where: { id } })), kind: 'off_track' };
    },
    async switchChannel(workspaceId, keyOrId, enabled, disabledReason) {
      const known = await prisma.channel.findFirst({
        where: { workspaceId, OR: [{ id: keyOrId }, { key: keyOrId }] },
      });
      if (known === null) return null;
      return toChannel(
        await prisma.channel.update({ where: { id: known.id }, data: { enabled, disabledReason } }),
      );
    },
    async listAlerts(workspaceId, keyResultId) {
      const rows = await prisma.alert.findMany({
        where: { workspaceId, ...(keyResultId === null ? {} : { keyResultId }) },
        include: { keyResult: { select: { key: true } } },
        orderBy: { since: 'desc' },
        take: 200,
      });
      return rows.map(({ id, kind, since, firedAt, resolvedAt, ...row }) => ({
        id,
        keyResultId: row.keyResultId,
        keyResultKey: row.keyResult.key,
        kind,
        state: row.state as AlertStateName, // the table's check allows nothing else
        since,
        firedAt,
        resolvedAt,
      }));
    },
    async listDeliveries(workspaceId, limit) {
      const rows = await prisma.outbox.findMany({
        where: { workspaceId },
        include: { channel: true },
        orderBy: { id: 'desc' },
        take: limit,
      });
      return rows.map(toDelivery);
    },
    async enqueue({ payload, ...message }) {
      const row = await prisma.outbox.upsert({
        where: { eventKey_channelId: { eventKey: message.eventKey, channelId: message.channelId } },
        create: {
          ...message,
          payload: payload as Prisma.InputJsonValue,
          deliveryId: deliveryIdOf(message.eventKey, message.channelId),
        },
        update: {},
        include: { channel: true },
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
    enabled,
    disabledReason,
  };
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
  };
}
