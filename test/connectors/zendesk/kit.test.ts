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
      // 28 February, 22:30 in New York; 1 March, 01:00 in Shanghai; 3 March, 22:00 in New York
      { id: 6, createdAt: at('2026-03-01', '03:30') },
      { id: 7, createdAt: at('2026-02-28', '17:00') },
      { id: 8, createdAt: at('2026-03-04', '03:00') },
    ],
    ratings: [
      { id: 1, ticketId: 1, requesterId: 11, score: 'good', createdAt: at('2026-03-01') },
      { id: 2, ticketId: 2, requesterId: 12, score: 'bad', createdAt: at('2026-03-01', '16:30') },
      { id: 3, ticketId: 3, requesterId: 13, score: 'offered', createdAt: at('2026-03-02') },
      { id: 4, ticketId: 4, requesterId: 14, score: 'good', createdAt: at('2026-03-03', '04:30') },
    ],
  });

const each = (value: string | null) => ({ '2026-03-01': value, '2026-03-02': value, '2026-03-03': value });

const checks = connectorKit({
  connector: zendesk,
  config: CONFIG,
  secrets: [TOKEN],
  start: () => startZendesk(world()),
  startEmpty: () => startZendesk(worldOf()),
  now: new Date(NOW),
  window: window('2026-03-01', '2026-03-04'),
  metrics: {
    ticket_count: {
      params: {},
      // 1, 2 and 6; nothing; 4, since 3 was merged into another
      values: { '2026-03-01': '3', '2026-03-02': '0', '2026-03-03': '1' },
      pages: 3, // 1, 2, 3, 4 and 6
      empty: each('0'),
      zones: {
        // 1, 6 and 7; 2 at 07:59; 4
        'Asia/Shanghai': { '2026-03-01': '3', '2026-03-02': '1', '2026-03-03': '1' },
        // 1 and 2; nothing; 4 and 8
        'America/New_York': { '2026-03-01': '2', '2026-03-02': '0', '2026-03-03': '2' },
      },
    },
    csat: {
      params: { days: 1 },
      // One of two; nobody answered; one of one
      values: { '2026-03-01': '0.5', '2026-03-02': null, '2026-03-03': '1' },
      pages: 2,
      empty: each(null),
      zones: {
        // The bad one came at half past midnight of the 2nd, and the last good one at 23:30 of the 2nd.
        'Asia/Shanghai': { '2026-03-01': '1', '2026-03-02': '0', '2026-03-03': '1' },
        'America/New_York': { '2026-03-01': '0.5', '2026-03-02': '1', '2026-03-03': null },
      },
    },
  },
});

describe('the connector kit on Zendesk', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
