import { acknowledgeAlert, withdrawAcknowledgement } from '../../app/acknowledge-alert.ts';
import { backTestRule } from '../../app/back-test-rule.ts';
import { changeAlertRule } from '../../app/change-alert-rule.ts';
import { changeChannel } from '../../app/change-channel.ts';
import { changeCadence, readCadence } from '../../app/check-in-cadence.ts';
import { createAlertRule } from '../../app/create-alert-rule.ts';
import { createChannel, testChannel } from '../../app/create-channel.ts';
import { findConnection, findKeyResult } from '../../app/find.ts';
import { findChannel } from '../../app/find-alerting.ts';
import { findDelivery } from '../../app/find-delivery.ts';
import { previewDigest } from '../../app/preview-digest.ts';
import { readAlert } from '../../app/read-alert.ts';
import { redeliver } from '../../app/redeliver.ts';
import { rotateChannelSecret } from '../../app/rotate-channel-secret.ts';
import { createSnooze, endSnooze, listSnoozes } from '../../app/snooze.ts';
import { beforeOf, type Operations, page, rowsFor, valuesOf } from '../call.ts';
import type { alertingRoutes } from '../contracts/alerting.ts';
import { alertDetailView, alertView, channelView, deliveryView, snoozeView } from '../views-alerting.ts';

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
  | 'redeliver'
  | 'rotateChannelSecret'
> = {
  createChannel: async ({ deps, actor, body }) => {
    const { channel, signingSecret } = await createChannel(deps, actor, body);
    return { ...channelView(channel), signingSecret };
  },
  listChannels: async ({ deps, actor }) =>
    page((await deps.alerts.listChannels(actor.workspace.id)).map(channelView)),
  getChannel: async ({ deps, actor, params }) => channelView(await findChannel(deps, actor, params.id)),
  changeChannel: async ({ deps, actor, params, body }) =>
    channelView(await deps.atomically((inside) => changeChannel(inside, actor, params.id, body))),
  testChannel: async ({ deps, actor, params, testMessage }) => {
    const message = testMessage(await deps.clock.now());
    return deliveryView(await testChannel(deps, actor, params.id, message));
  },
  previewDigest: async ({ deps, actor, params, body, digestOf }) =>
    previewDigest(deps, actor, params.id, (channelId) => digestOf(channelId, body.lang)),
  listDeliveries: async ({ deps, actor, filters, page: asked }) => {
    const only = {
      before: beforeOf(asked),
      channelKey: valuesOf(filters, 'channelKey'),
      kind: valuesOf(filters, 'kind'),
      status: valuesOf(filters, 'status'),
    };
    return page(
      (await deps.alerts.listDeliveries(actor.workspace.id, rowsFor(asked), only)).map(deliveryView),
    );
  },
  rotateChannelSecret: async ({ deps, actor, params }) => {
    const rotated = await rotateChannelSecret(deps, actor, params.id);
    const { channel, previousValidUntil, signingSecret } = rotated;
    return {
      channelKey: channel.key,
      signingSecret,
      previousValidUntil: previousValidUntil.toISOString(),
    };
  },
  redeliver: async ({ deps, actor, params }) =>
    deliveryView(await deps.atomically((inside) => redeliver(inside, actor, params.id))),
  getDelivery: async ({ deps, actor, params, contentOf }) => {
    const delivery = await findDelivery(deps, actor, params.id);
    const message = await deps.alerts.messageOf(actor.workspace.id, delivery.id);
    return { ...deliveryView(delivery), content: message === null ? null : contentOf(message) };
  },
};

const ruleOperations: Named<'createAlertRule' | 'changeAlertRule' | 'listAlertRules' | 'simulateAlertRule'> =
  {
    createAlertRule: async ({ deps, actor, body }) => createAlertRule(deps, actor, body),
    changeAlertRule: async ({ deps, actor, params, body }) => changeAlertRule(deps, actor, params.id, body),
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
    alertView(await deps.atomically((inside) => acknowledgeAlert(inside, actor, params.id, body.note))),
  withdrawAcknowledgement: async ({ deps, actor, params }) =>
    alertView(await deps.atomically((inside) => withdrawAcknowledgement(inside, actor, params.id))),
  createSnooze: async ({ deps, actor, body }) =>
    snoozeView(await deps.atomically((inside) => createSnooze(inside, actor, body))),
  listSnoozes: async ({ deps, actor }) => page((await listSnoozes(deps, actor)).map(snoozeView)),
  endSnooze: async ({ deps, actor, params }) =>
    snoozeView(await deps.atomically((inside) => endSnooze(inside, actor, params.id))),
  getCadence: async ({ deps, actor, params }) => readCadence(deps, deps.plan, actor, params.id),
  setCadence: async ({ deps, actor, params, body }) => changeCadence(deps, actor, params.id, body.everyDays),
};
