import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { zendesk } from '../../../connectors/zendesk/index.ts';
import { CONFIG, window } from './support/read.ts';
import { NOW, startZendesk, TOKEN, worldOf } from './support/server.ts';

const at = (day: string, time = '10:00') => `${day}T${time}:00Z`;

const world = () =>
  worldOf({
    maxPageSize: 2,
    tickets: [
      { id: 1, createdAt: at('2026-03-01') },
      { id: 2, createdAt: at('2026-03-01', '23:59') },
      { id: 3, createdAt: at('2026-03-03'), tags: ['closed_by_merge'] },
      { id: 4, createdAt: at('2026-03-03') },
      { id: 5, createdAt: at('2026-03-04') },
    ],
    ratings: [
      { id: 1, ticketId: 1, requesterId: 11, score: 'good', createdAt: at('2026-03-01') },
      { id: 2, ticketId: 2, requesterId: 12, score: 'bad', createdAt: at('2026-03-01') },
      { id: 3, ticketId: 3, requesterId: 13, score: 'offered', createdAt: at('2026-03-02') },
      { id: 4, ticketId: 4, requesterId: 14, score: 'good', createdAt: at('2026-03-03') },
    ],
  });

const checks = connectorKit({
  connector: zendesk,
  config: CONFIG,
  secrets: [TOKEN],
  start: () => startZendesk(world()),
  now: new Date(NOW),
  window: window('2026-03-01', '2026-03-04'),
  metrics: {
    ticket_count: {
      params: {},
      // 1 and 2; nothing; 4, since 3 was merged into another
      values: { '2026-03-01': '2', '2026-03-02': '0', '2026-03-03': '1' },
      pages: 2,
    },
    csat: {
      params: { days: 1 },
      // One of two; nobody answered; one of one
      values: { '2026-03-01': '0.5', '2026-03-02': null, '2026-03-03': '1' },
      pages: 2,
    },
  },
});

describe('the connector kit on Zendesk', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
