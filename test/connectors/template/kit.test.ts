import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { template } from '../../../connectors/template/index.ts';
import { windowOf } from '../../../src/domain/day.ts';
import { startTemplate } from './support/server.ts';
import { itemAt, NOW, TOKEN, worldOf } from './support/world.ts';

const items = [
  itemAt('2026-03-06T02:00:00Z'), // 5 March, 21:00 in New York
  itemAt('2026-03-06T10:00:00Z'),
  itemAt('2026-03-07T20:00:00Z'), // 8 March, 04:00 in Shanghai
];

const checks = connectorKit({
  connector: template,
  config: { token: TOKEN },
  secrets: [TOKEN],
  // Two items a page: three items are two pages.
  start: () => startTemplate(worldOf({ items, pageSize: 2 })),
  startEmpty: () => startTemplate(worldOf()),
  now: NOW,
  window: windowOf('2026-03-06', '2026-03-09', 'UTC'),
  metrics: {
    items_created: {
      params: {},
      values: { '2026-03-06': '2', '2026-03-07': '1', '2026-03-08': '0' },
      pages: 2,
      empty: { '2026-03-06': '0', '2026-03-07': '0', '2026-03-08': '0' },
      zones: {
        'Asia/Shanghai': { '2026-03-06': '2', '2026-03-07': '0', '2026-03-08': '1' },
        'America/New_York': { '2026-03-06': '1', '2026-03-07': '1', '2026-03-08': '0' },
      },
    },
  },
});

describe('the connector kit on New Provider', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
