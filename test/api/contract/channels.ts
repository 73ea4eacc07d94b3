import type { Driver } from './driver.ts';
import { idOf } from './plan.ts';

/** Who is told, and what became of each message. */
export async function channels({ done, reads, refused, server }: Driver): Promise<void> {
  const { pool } = server.services.database;
  const hook = (key: string) => ({ body: { key, kind: 'webhook', url: 'https://hooks.example.com/in' } });
  const made = idOf(await done('createChannel', hook('h-ops')));
  await reads('listChannels', {}, { key: 'h-ops' });
  await refused('createChannel', 409, 'already_exists', hook('h-ops'));
  await refused('createChannel', 422, 'blocked_destination', {
    body: { ...hook('h-in').body, url: 'https://127.0.0.1/in' },
  });
  await refused('createChannel', 422, 'channel_invalid', {
    body: { key: 'h-bot', kind: 'slack', config: { channelId: 'C0123456789' } },
  });
  await refused('previewDigest', 409, 'no_digest', { id: 'h-ops', body: {} });
  await done('changeChannel', {
    id: 'h-ops',
    body: { settings: { digest: { period: 'daily', at: '09:00' } } },
  });
  await reads('getChannel', { id: 'h-ops' }, { settings: { digest: { period: 'daily' } } });
  await reads('previewDigest', { id: 'h-ops', body: {} }, {});
  await done('rotateChannelSecret', { id: 'h-ops' });
  await reads('listAuditLog', { query: { objectId: made } }, { objectId: made });
  const delivery = idOf(await done('testChannel', { id: 'h-ops' }));
  await reads('listDeliveries', {}, { id: delivery });
  await reads('getDelivery', { id: delivery }, { id: delivery });
  await refused('redeliver', 409, 'delivery_not_over', { id: delivery });
  await pool.query(`UPDATE outbox SET status = 'delivered', delivered_at = app_now() WHERE id = $1`, [
    delivery,
  ]);
  const again = idOf(await done('redeliver', { id: delivery }));
  await reads('getDelivery', { id: again }, { id: again });
  await done('changeChannel', { id: 'h-ops', body: { enabled: false } });
  await reads('getChannel', { id: 'h-ops' }, { enabled: false });
  await refused('redeliver', 409, 'channel_off', { id: delivery });
  await done('archiveChannel', { id: 'h-ops' });
  await refused('getChannel', 404, 'not_found', { id: 'h-ops' });
  await done('restoreChannel', { id: 'h-ops' });
  await reads('getChannel', { id: 'h-ops' }, { key: 'h-ops' });
  await refused('restoreChannel', 409, 'not_archived', { id: 'h-ops' });

  const slack = { key: 'h-slack', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/planted' };
  await done('createChannel', { body: slack });
  await refused('rotateChannelSecret', 422, 'no_signing_secret', { id: 'h-slack' });
  const written = await pool.query<{ key: string }>(`SELECT key FROM channel WHERE kind = 'mixpanel'`);
  const back = written.rows[0]?.key ?? 'none';
  await refused('changeChannel', 422, 'no_settings', {
    id: back,
    body: { settings: { topics: ['sources'] } },
  });
  await refused('testChannel', 422, 'no_test_message', { id: back });
}
