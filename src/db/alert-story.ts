import type { DeliveryRecord } from '../app/ports.ts';
import type { AlertStory, SaidRecord, ToldRecord } from '../app/ports-alert-story.ts';
import type { AlertSeverity } from '../domain/telling.ts';
import type { Database } from './database.ts';

/** Pieces of news that are listed, the newest of them. */
const SHOWN = 200;

/** What every channel was told of an alert, and the messages that this was said in. */
export async function storyOf(prisma: Database['prisma'], alertId: string): Promise<AlertStory> {
  const channel = { select: { key: true } };
  const told = await prisma.alertTold.findMany({
    where: { alertId },
    include: { channel },
    orderBy: { channelId: 'asc' },
  });
  const notices = await prisma.notice.findMany({
    where: { alertId },
    include: { channel, outbox: { select: { deliveryId: true, status: true, deliveredAt: true } } },
    orderBy: { id: 'desc' },
    take: SHOWN,
  });
  return {
    told: told.map(({ lastAt, said, severity, state, ...row }) => ({
      channelKey: row.channel.key,
      state: state as ToldRecord['state'], // what writes them knows no other
      severity: severity as AlertSeverity, // nor here
      lastAt,
      said,
    })),
    messages: notices.map(({ createdAt, dueAt, event, outbox, ...row }) => ({
      channelKey: row.channel.key,
      event,
      severity: row.severity as AlertSeverity, // nor here
      lane: row.lane as SaidRecord['lane'],
      state: row.state as SaidRecord['state'],
      createdAt,
      dueAt,
      delivery:
        outbox === null
          ? null
          : {
              deliveryId: outbox.deliveryId,
              status: outbox.status as DeliveryRecord['status'],
              deliveredAt: outbox.deliveredAt,
            },
    })),
  };
}
