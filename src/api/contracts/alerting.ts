import { z } from 'zod';
import { list } from '../contract.ts';
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
  deliveryDetailSchema,
  deliverySchema,
  digestPreviewSchema,
  ruleTrialRequestSchema,
  ruleTrialSchema,
  secretRotationSchema,
  setCadenceSchema,
  snoozeSchema,
} from './alerting-row.ts';
import { reference } from './fields.ts';
import { changeAlertRuleSchema } from './resources-row.ts';

/** Who is told what, when, and what became of it. */

const channelRoutes = {
  createChannel: {
    method: 'POST',
    path: '/api/v1/channels',
    access: 'credentials',
    body: createChannelSchema,
    status: 201,
    answer: createdChannelSchema,
  },
  listChannels: {
    method: 'GET',
    path: '/api/v1/channels',
    access: 'view',
    status: 200,
    answer: list(channelSchema),
  },
  getChannel: {
    method: 'GET',
    path: '/api/v1/channels/:id',
    access: 'view',
    status: 200,
    answer: channelSchema,
  },
  /** Switches it off or on, and changes when and of what it hears. */
  changeChannel: {
    method: 'PATCH',
    path: '/api/v1/channels/:id',
    access: 'credentials',
    body: changeChannelSchema,
    status: 200,
    answer: channelSchema,
  },
  testChannel: {
    method: 'POST',
    path: '/api/v1/channels/:id/test-messages',
    access: 'edit',
    status: 202,
    answer: deliverySchema,
  },
  /** A new secret to sign with; for a day both sign. */
  rotateChannelSecret: {
    method: 'POST',
    path: '/api/v1/channels/:id/secret-rotations',
    access: 'credentials',
    status: 201,
    answer: secretRotationSchema,
  },
  /** What its digest would say now. Nothing is stored or sent. */
  previewDigest: {
    method: 'POST',
    path: '/api/v1/channels/:id/digest-previews',
    access: 'view',
    body: z.strictObject({ lang: z.enum(['en', 'zh-CN']).default('en') }),
    status: 200,
    answer: digestPreviewSchema,
  },
  listDeliveries: {
    method: 'GET',
    path: '/api/v1/deliveries',
    access: 'view',
    status: 200,
    answer: list(deliverySchema),
  },
  getDelivery: {
    method: 'GET',
    path: '/api/v1/deliveries/:id',
    access: 'view',
    status: 200,
    answer: deliveryDetailSchema,
  },
  /** Sends what arrived or was given up once more, under the same id. */
  redeliver: {
    method: 'POST',
    path: '/api/v1/deliveries/:id/redeliveries',
    access: 'edit',
    status: 202,
    answer: deliverySchema,
  },
} as const satisfies Record<string, Route>;

const ruleRoutes = {
  createAlertRule: {
    method: 'POST',
    path: '/api/v1/alert-rules',
    access: 'edit',
    body: createAlertRuleSchema,
    status: 201,
    answer: alertRuleSchema,
  },
  /** Switches it off or on, and changes how early and how often it speaks. */
  changeAlertRule: {
    method: 'PATCH',
    path: '/api/v1/alert-rules/:id',
    access: 'edit',
    body: changeAlertRuleSchema,
    status: 200,
    answer: alertRuleSchema,
  },
  listAlertRules: {
    method: 'GET',
    path: '/api/v1/alert-rules',
    access: 'view',
    status: 200,
    answer: list(alertRuleSchema),
  },
  /** What a rule would have said over the past. Nothing is stored, and nobody is told. */
  simulateAlertRule: {
    method: 'POST',
    path: '/api/v1/alert-rules/simulations',
    access: 'view',
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
    access: 'view',
    query: z.strictObject({
      keyResult: reference.optional(),
      connection: reference.optional(),
      /** Only those that burn, or are about to. */
      open: z.enum(['true', 'false']).optional(),
    }),
    status: 200,
    answer: list(alertSchema),
  },
  getAlert: {
    method: 'GET',
    path: '/api/v1/alerts/:id',
    access: 'view',
    status: 200,
    answer: alertDetailSchema,
  },
  acknowledgeAlert: {
    method: 'POST',
    path: '/api/v1/alerts/:id/acknowledgements',
    access: 'edit',
    body: acknowledgeSchema,
    status: 201,
    answer: alertSchema,
  },
  withdrawAcknowledgement: {
    method: 'DELETE',
    path: '/api/v1/alerts/:id/acknowledgements',
    access: 'edit',
    status: 200,
    answer: alertSchema,
  },
  createSnooze: {
    method: 'POST',
    path: '/api/v1/snoozes',
    access: 'edit',
    body: createSnoozeSchema,
    status: 201,
    answer: snoozeSchema,
  },
  /** Those in force, the one that ends first before the others. */
  listSnoozes: {
    method: 'GET',
    path: '/api/v1/snoozes',
    access: 'view',
    status: 200,
    answer: list(snoozeSchema),
  },
  endSnooze: {
    method: 'DELETE',
    path: '/api/v1/snoozes/:id',
    access: 'edit',
    status: 200,
    answer: snoozeSchema,
  },
  getCadence: {
    method: 'GET',
    path: '/api/v1/key-results/:id/check-in-cadence',
    access: 'view',
    status: 200,
    answer: cadenceSchema,
  },
  setCadence: {
    method: 'PUT',
    path: '/api/v1/key-results/:id/check-in-cadence',
    access: 'edit',
    body: setCadenceSchema,
    status: 200,
    answer: cadenceSchema,
  },
} as const satisfies Record<string, Route>;

export type ChannelView = z.infer<typeof channelSchema>;
export type ChannelSettingsView = z.infer<typeof channelSettingsSchema>;
export type AlertRuleView = z.infer<typeof alertRuleSchema>;
export type AlertDetailView = z.infer<typeof alertDetailSchema>;
export type AlertView = z.infer<typeof alertSchema>;
export type DeliveryView = z.infer<typeof deliverySchema>;
export type SnoozeView = z.infer<typeof snoozeSchema>;
export type RuleTrialView = z.infer<typeof ruleTrialSchema>;
