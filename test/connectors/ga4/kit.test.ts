import { describe, expect, it } from 'vitest';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { property } from './support/property.ts';
import { berlin, config } from './support/read.ts';
import { KEY, startRest } from './support/server.ts';

const days = {
  '2026-03-02': {
    newUsers: 212,
    activeUsers: 1_600,
    active7DayUsers: 6_120,
    sessions: 2_000,
    userEngagementDuration: 160_000,
    'sessionKeyEventRate:sign_up': '0.032',
  },
  '2026-03-04': {
    newUsers: 240,
    activeUsers: 2_000,
    active7DayUsers: 6_300,
    sessions: 2_500,
    userEngagementDuration: 181_000,
    'sessionKeyEventRate:sign_up': '0.0276',
  },
};

// One row a page: two rows make two pages. March 3 has no row and was over; today, March 5, has none yet.
const checks = connectorKit({
  connector: ga4,
  config,
  secrets: [KEY],
  start: () => startRest(property(days, { pageSize: 1 })),
  now: new Date('2026-03-05T09:00:00Z'),
  window: berlin('2026-03-02', '2026-03-06'),
  metrics: {
    new_users: {
      params: {},
      values: { '2026-03-02': '212', '2026-03-03': '0', '2026-03-04': '240' },
      pages: 2,
    },
    active_users: {
      params: { days: 7 },
      // Nobody came on March 3, but people of the six days before still count: unknown, not zero.
      values: { '2026-03-02': '6120', '2026-03-03': null, '2026-03-04': '6300' },
      pages: 2,
    },
    sessions: {
      params: {},
      values: { '2026-03-02': '2000', '2026-03-03': '0', '2026-03-04': '2500' },
      pages: 2,
    },
    engagement_seconds_per_user_day: {
      params: {},
      // 160000 / 1600; 181000 / 2000
      values: { '2026-03-02': '100', '2026-03-03': null, '2026-03-04': '90.5' },
      pages: 2,
    },
    key_event_conversion: {
      params: { keyEvent: 'sign_up' },
      // 64 of 2000; 69 of 2500
      values: { '2026-03-02': '0.032', '2026-03-03': null, '2026-03-04': '0.0276' },
      pages: 2,
    },
  },
});

describe('the connector kit on GA4', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
