import { z } from 'zod';
import { list, switchSchema } from '../contract.ts';
import type { Route } from '../route.ts';
import {
  acknowledgeSchema,
  alertDetailSchema,
  alertRuleSchema,
  alertSchema,
  cadenceSchema,
  changeChannelSchema,
  channelSchema,
  channelSettingsSchema,
  createAlertRuleSchema,
  createChannelSchema,
  createdChannelSchema,
  createSnoozeSchema,
  deliverySchema,
  digestPreviewSchema,
  ruleTrialRequestSchema,
  ruleTrialSchema,
  setCadenceSchema,
  snoozeSchema,
} from './alerting-row.ts';
import { reference } from './fields.ts';

/** Who is told what, when, and what became of it. */

const channelRoutes = {
  createChannel: {
    method: 'POST',
    path: '/api/v1/channels',
    body: createChannelSchema,
    status: 201,
    answer: createdChannelSchema,
  },
  listChannels: { method: 'GET', path: '/api/v1/channels', status: 200, answer: list(channelSchema) },
  getChannel: { method: 'GET', path: '/api/v1/channels/:id', status: 200, answer: channelSchema },
  /** Switches it off or on, and changes when and of what it hears. */
  changeChannel: {
    method: 'PATCH',
    path: '/api/v1/channels/:id',
    body: changeChannelSchema,
    status: 200,
    answer: channelSchema,
  },
  testChannel: {
    method: 'POST',
    path: '/api/v1/channels/:id/test-messages',
    status: 202,
    answer: deliverySchema,
  },
  /** What its digest would say now. Nothing is stored or sent. */
  previewDigest: {
    method: 'POST',
    path: '/api/v1/channels/:id/digest-previews',
    body: z.strictObject({ lang: z.enum(['en', 'zh-CN']).default('en') }),
    status: 200,
    answer: digestPreviewSchema,
  },
  listDeliveries: { method: 'GET', path: '/api/v1/deliveries', status: 200, answer: list(deliverySchema) },
  getDelivery: { method: 'GET', path: '/api/v1/deliveries/:id', status: 200, answer: deliverySchema },
} as const satisfies Record<string, Route>;

const ruleRoutes = {
  createAlertRule: {
    method: 'POST',
    path: '/api/v1/alert-rules',
    body: createAlertRuleSchema,
    status: 201,
    answer: alertRuleSchema,
  },
  switchAlertRule: {
    method: 'PATCH',
    path: '/api/v1/alert-rules/:id',
    body: switchSchema,
    status: 200,
    answer: alertRuleSchema,
  },
  listAlertRules: { method: 'GET', path: '/api/v1/alert-rules', status: 200, answer: list(alertRuleSchema) },
  /** What a rule would have said over the past. Nothing is stored, and nobody is told. */
  simulateAlertRule: {
    method: 'POST',
    path: '/api/v1/alert-rules/simulations',
    body: ruleTrialRequestSchema,
    status: 200,
    answer: ruleTrialSchema,
  },
} as const satisfies Record<string, Route>;

export const alertingRoutes = {
  ...channelRoutes,
  ...ruleRoutes,
  listAlerts: {
    method: 'GET',
    path: '/api/v1/alerts',
    query: z.strictObject({
      keyResult: reference.optional(),
      connection: reference.optional(),
      /** Only those that burn, or are about to. */
      open: z.enum(['true', 'false']).optional(),
    }),
    status: 200,
    answer: list(alertSchema),
  },
  getAlert: { method: 'GET', path: '/api/v1/alerts/:id', status: 200, answer: alertDetailSchema },
  acknowledgeAlert: {
    method: 'POST',
    path: '/api/v1/alerts/:id/acknowledgements',
    body: acknowledgeSchema,
    status: 201,
    answer: alertSchema,
  },
  withdrawAcknowledgement: {
    method: 'DELETE',
    path: '/api/v1/alerts/:id/acknowledgements',
    status: 200,
    answer: alertSchema,
  },
  createSnooze: {
    method: 'POST',
    path: '/api/v1/snoozes',
    body: createSnoozeSchema,
    status: 201,
    answer: snoozeSchema,
  },
  /** Those in force, the one that ends first before the others. */
  listSnoozes: { method: 'GET', path: '/api/v1/snoozes', status: 200, answer: list(snoozeSchema) },
  endSnooze: { method: 'DELETE', path: '/api/v1/snoozes/:id', status: 200, answer: snoozeSchema },
  getCadence: {
    method: 'GET',
    path: '/api/v1/key-results/:id/check-in-cadence',
    status: 200,
    answer: cadenceSchema,
  },
  setCadence: {
    method: 'PUT',
    path: '/api/v1/key-results/:id/check-in-cadence',
    body: setCadenceSchema,
    status: 200,
    answer: cadenceSchema,
  },
} as const satisfies Record<string, Route>;

export type ChannelView = z.infer<typeof channelSchema>;
export type ChannelSettingsView = z.infer<typeof channelSettingsSchema>;
export type ChangeSettings = NonNullable<z.input<typeof changeChannelSchema>['settings']>;
export type AlertRuleView = z.infer<typeof alertRuleSchema>;
export type AlertDetailView = z.infer<typeof alertDetailSchema>;
export type SnoozeView = z.infer<typeof snoozeSchema>;
export type RuleTrialView = z.infer<typeof ruleTrialSchema>;
