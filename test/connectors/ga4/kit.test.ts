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
    totalUsers: 1_700,
    eventCount: 9_000,
    totalRevenue: '3120.5',
    'sessionKeyEventRate:sign_up': '0.032',
  },
  '2026-03-04': {
    newUsers: 240,
    activeUsers: 2_000,
    active7DayUsers: 6_300,
    sessions: 2_500,
    userEngagementDuration: 181_000,
    totalUsers: 2_100,
    eventCount: 9_500,
    totalRevenue: '2988',
    'sessionKeyEventRate:sign_up': '0.0276',
  },
};

const each = (value: string | null) => ({ '2026-03-02': value, '2026-03-03': value, '2026-03-04': value });

/** The metrics of reports by date; people of windows, cohorts and funnels have a kit of their own. */
const { users: _, users_of_month: __, funnel_conversion: ___, retention: ____, ...byDate } = ga4.metrics;

// One row a page: two rows make two pages. March 3 has no row and was over; today, March 5, has none yet.
const checks = connectorKit({
  connector: { ...ga4, metrics: byDate },
  config,
  secrets: [KEY],
  start: () => startRest(property(days, { pageSize: 1 })),
  startEmpty: () => startRest(property({})),
  now: new Date('2026-03-05T09:00:00Z'),
  window: berlin('2026-03-02', '2026-03-06'),
  metrics: {
    new_users: {
      params: {},
      values: { '2026-03-02': '212', '2026-03-03': '0', '2026-03-04': '240' },
      pages: 2,
      empty: each('0'),
    },
    active_users: {
      params: { days: 7 },
      // Nobody came on March 3, but people of the six days before still count: unknown, not zero.
      values: { '2026-03-02': '6120', '2026-03-03': null, '2026-03-04': '6300' },
      pages: 2,
      empty: each(null),
    },
    sessions: {
      params: {},
      values: { '2026-03-02': '2000', '2026-03-03': '0', '2026-03-04': '2500' },
      pages: 2,
      empty: each('0'),
    },
    engagement_seconds_per_user_day: {
      params: {},
      // 160000 / 1600; 181000 / 2000
      values: { '2026-03-02': '100', '2026-03-03': null, '2026-03-04': '90.5' },
      pages: 2,
      empty: each(null),
    },
    key_event_conversion: {
      params: { keyEvent: 'sign_up' },
      // 64 of 2000; 69 of 2500
      values: { '2026-03-02': '0.032', '2026-03-03': null, '2026-03-04': '0.0276' },
      pages: 2,
      empty: each(null),
    },
    sessions_per_user_day: {
      params: {},
      // 2000 / 1600; 2500 / 2000
      values: { '2026-03-02': '1.25', '2026-03-03': null, '2026-03-04': '1.25' },
      pages: 2,
      empty: each(null),
    },
    report_total: {
      params: { metric: 'eventCount', filter: 'platform == web' },
      values: { '2026-03-02': '9000', '2026-03-03': '0', '2026-03-04': '9500' },
      pages: 2,
      empty: each('0'),
    },
    report_ratio: {
      params: { numerator: 'eventCount', denominator: 'sessions', denominatorFilter: 'platform == web' },
      // 9000 / 2000; 9500 / 2500. Two reports, each of two pages.
      values: { '2026-03-02': '4.5', '2026-03-03': null, '2026-03-04': '3.8' },
      pages: 4,
      empty: each(null),
    },
    event_conversion: {
      // The server knows no events, so everybody has this one.
      params: { event: 'sign_up' },
      values: { '2026-03-02': '1', '2026-03-03': null, '2026-03-04': '1' },
      pages: 4,
      empty: each(null),
    },
    revenue: {
      params: { currency: 'EUR' },
      // in cents
      values: { '2026-03-02': '312050', '2026-03-03': '0', '2026-03-04': '298800' },
      pages: 2,
      empty: each('0'),
    },
  },
});

describe('the connector kit on GA4', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
