import { z } from 'zod';
import { begunDays, defineConnector, defineMetric } from '../sdk/index.ts';
import { checkTemplate } from './check.ts';
import { limits } from './client.ts';
import { allowedHosts, configSchema, type TemplateConfig } from './config.ts';
import { listItems } from './list.ts';
import { itemsByDay } from './map.ts';

const itemsCreated = defineMetric<TemplateConfig, Record<string, never>>({
  title: 'Items created',
  description: 'How many items were created on the day.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema: z.strictObject({}),
  settlesAfterHours: 24,
  rereadDays: 2,
  history: 'backfill',
  async read(context, window) {
    const { items, completeness } = await listItems(context, window.startAt, window.endAt);
    return { points: itemsByDay(items, begunDays(window, context.now), window.timeZone), completeness };
  },
});

export const template = defineConnector<TemplateConfig>({
  id: 'template',
  title: 'New Provider',
  // Goes when an exchange that was recorded at the provider stands behind its tests.
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['token'],
  guide: 'Make an access token with the scope items:read in the settings of New Provider.',
  allowedHosts,
  limits,
  check: checkTemplate,
  metrics: { items_created: itemsCreated },
});
