import { acknowledgeAlert, withdrawAcknowledgement } from '../../app/acknowledge-alert.ts';
import { backTestRule } from '../../app/back-test-rule.ts';
import { changeChannel } from '../../app/change-channel.ts';
import { changeCadence, readCadence } from '../../app/check-in-cadence.ts';
import { createAlertRule } from '../../app/create-alert-rule.ts';
import { createChannel, testChannel } from '../../app/create-channel.ts';
import { findConnection, findKeyResult } from '../../app/find.ts';
import { findChannel } from '../../app/find-alerting.ts';
import { findDelivery } from '../../app/find-delivery.ts';
import { previewDigest } from '../../app/preview-digest.ts';
import { readAlert } from '../../app/read-alert.ts';
import { createSnooze, endSnooze, listSnoozes } from '../../app/snooze.ts';
import { switchAlertRule } from '../../app/switch-alerting.ts';
import { type Operations, page } from '../call.ts';
import type { alertingRoutes } from '../contracts/alerting.ts';
import { alertDetailView, alertView, channelView, deliveryView, snoozeView } from '../views-alerting.ts';

/** Deliveries that a list shows, the newest of them. */
const DELIVERIES_SHOWN = 200;

type Named<Route extends keyof typeof alertingRoutes> = Pick<Operations, Route>;

const channelOperations: Named<
  | 'createChannel'
  | 'listChannels'
  | 'getChannel'
  | 'changeChannel'
  | 'testChannel'
  | 'previewDigest'
  | 'listDeliveries'
  | 'getDelivery'
> = {
  createChannel: async ({ deps, actor, body }) => {
    const { channel, signingSecret } = await createChannel(deps, actor, body);
    return { ...channelView(channel), signingSecret };
  },
  listChannels: async ({ deps, actor }) =>
    page((await deps.alerts.listChannels(actor.workspace.id)).map(channelView)),
  getChannel: async ({ deps, actor, params }) => channelView(await findChannel(deps, actor, params.id)),
  changeChannel: async ({ deps, actor, params, body }) =>
    channelView(await changeChannel(deps, actor, params.id, body)),
  testChannel: async ({ deps, actor, params, testMessage }) => {
    const message = testMessage(await deps.clock.now());
    return deliveryView(await testChannel(deps, actor, params.id, message));
  },
  previewDigest: async ({ deps, actor, params, body, digestOf }) =>
    previewDigest(deps, actor, params.id, (channelId) => digestOf(channelId, body.lang)),
  listDeliveries: async ({ deps, actor }) =>
    page((await deps.alerts.listDeliveries(actor.workspace.id, DELIVERIES_SHOWN)).map(deliveryView)),
  getDelivery: async ({ deps, actor, params }) => deliveryView(await findDelivery(deps, actor, params.id)),
};

const ruleOperations: Named<'createAlertRule' | 'switchAlertRule' | 'listAlertRules' | 'simulateAlertRule'> =
  {
    createAlertRule: async ({ deps, actor, body }) => createAlertRule(deps, actor, body),
    switchAlertRule: async ({ deps, actor, params, body }) =>
      switchAlertRule(deps, actor, params.id, body.enabled),
    listAlertRules: async ({ deps, actor }) => page(await deps.alerts.listRules(actor.workspace.id)),
    simulateAlertRule: async ({ deps, actor, body }) => backTestRule(deps, actor, body),
  };

/** Who is told what, when, and what became of it. */
export const alertingOperations: Named<keyof typeof alertingRoutes> = {
  ...channelOperations,
  ...ruleOperations,
  listAlerts: async ({ deps, actor, query: { connection, keyResult, open } }) => {
    const found = await deps.alerts.listAlerts(actor.workspace.id, {
      keyResultId: keyResult === undefined ? undefined : (await findKeyResult(deps, actor, keyResult)).id,
      connectionId: connection === undefined ? undefined : (await findConnection(deps, actor, connection)).id,
      open: open === 'true',
    });
    return page(found.map(alertView));
  },
  getAlert: async ({ deps, actor, params }) => alertDetailView(await readAlert(deps, actor, params.id)),
  acknowledgeAlert: async ({ deps, actor, params, body }) =>
    alertView(await acknowledgeAlert(deps, actor, params.id, body.note)),
  withdrawAcknowledgement: async ({ deps, actor, params }) =>
    alertView(await withdrawAcknowledgement(deps, actor, params.id)),
  createSnooze: async ({ deps, actor, body }) => snoozeView(await createSnooze(deps, actor, body)),
  listSnoozes: async ({ deps, actor }) => page((await listSnoozes(deps, actor)).map(snoozeView)),
  endSnooze: async ({ deps, actor, params }) => snoozeView(await endSnooze(deps, actor, params.id)),
  getCadence: async ({ deps, actor, params }) => readCadence(deps, deps.plan, actor, params.id),
  setCadence: async ({ deps, actor, params, body }) =>
    changeCadence(deps, deps.plan, actor, params.id, body.everyDays),
};
