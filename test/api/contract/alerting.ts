import { plantAlert } from '../support/alerts.ts';
import type { Driver } from './driver.ts';
import { idOf } from './plan.ts';

/** The most that one Key Result can have. */
const RULES = 20;

/** Rules, alerts, silences. */
export async function alerting({ done, reads, refused, server }: Driver): Promise<void> {
  const rule = idOf(await done('createAlertRule', { body: { keyResult: 'k-hand', sensitivity: 'early' } }));
  await reads('listAlertRules', {}, { id: rule });
  await done('changeAlertRule', { id: rule, body: { enabled: false } });
  await reads('getAlertRule', { id: rule }, { enabled: false });
  await done('archiveAlertRule', { id: rule });
  await refused('getAlertRule', 404, 'not_found', { id: rule });
  let full = { id: '' };
  for (let made = 0; made < RULES; made += 1)
    full = { id: idOf(await done('createAlertRule', { body: { keyResult: 'k-hand' } })) };
  await refused('createAlertRule', 409, 'limit_reached', { body: { keyResult: 'k-hand' } });
  await refused('restoreAlertRule', 409, 'limit_reached', { id: rule });
  await done('archiveAlertRule', { id: full.id });
  await done('restoreAlertRule', { id: rule });
  await reads('getAlertRule', { id: rule }, { id: rule });
  await refused('restoreAlertRule', 409, 'not_archived', { id: rule });
  await reads('simulateAlertRule', { body: { keyResult: 'k-hand' } }, {});

  await plantAlert(server, { id: 'alr_firing', keyResult: 'k-hand' });
  await plantAlert(server, { id: 'alr_over', keyResult: 'k-steps', state: 'resolved' });
  await reads('listAlerts', {}, { id: 'alr_firing' });
  await refused('withdrawAcknowledgement', 409, 'not_acknowledged', { id: 'alr_firing' });
  await done('acknowledgeAlert', { id: 'alr_firing', body: { note: 'seen' } });
  await reads('getAlert', { id: 'alr_firing' }, { acknowledged: { note: 'seen' } });
  await plantAlert(server, {
    id: 'alr_pending',
    keyResult: 'k-steps',
    state: 'pending',
    kind: 'check_in_due',
  });
  await refused('acknowledgeAlert', 409, 'not_fired', { id: 'alr_pending', body: {} });
  await done('withdrawAcknowledgement', { id: 'alr_firing' });
  await reads('getAlert', { id: 'alr_firing' }, { acknowledged: null });
  await refused('acknowledgeAlert', 409, 'alert_over', { id: 'alr_over', body: {} });

  const snooze = idOf(
    await done('createSnooze', { body: { keyResult: 'k-hand', forMinutes: 60, reason: 'planned work' } }),
  );
  await reads('listSnoozes', {}, { id: snooze, reason: 'planned work' });
  await done('endSnooze', { id: snooze });
  const left = (await done('listSnoozes'))['data'] as { id: string }[];
  if (left.some(({ id }) => id === snooze)) throw new Error('an ended snooze is still listed');
}
