import { describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { CONFIG, SECRET, utcWindow } from './support/read.ts';
import {
  ADDICTION,
  EVENTS,
  EXPORT,
  FUNNELS,
  INSIGHTS,
  line,
  lines,
  NAMES,
  RETENTION,
  SEGMENTATION,
  SUM,
  series,
  startMixpanel,
} from './support/server.ts';

const days = ['2026-01-30', '2026-01-31', '2026-02-01'] as const;
const step = (event: string, count: number) => ({ event, count });
const midnight = (day: string) => `${day}T00:00:00+00:00`;
/** A number, a funnel of two steps or a cohort, as the report that is asked for holds them by day. */
const saved = (query: URLSearchParams, index: number) =>
  ({
    '90': { count: { '1. Sign Up': { all: 4 }, '2. Paid': { all: index } } },
    '78': { first: 5, counts: [5, index] },
  })[query.get('bookmark_id') ?? ''] ?? index * 2.5;
const answers = {
  [NAMES]: () => ({ body: ['Sign Up'] }),
  [EVENTS]: (query: URLSearchParams) =>
    query.get('type') === 'unique'
      ? series([...days], { 'Sign Up': { '2026-01-30': 3, '2026-02-01': 2 } })
      : series([...days], { 'Sign Up': { '2026-01-30': 4, '2026-02-01': 2 } }),
  [FUNNELS]: () => ({
    body: {
      meta: { dates: [...days] },
      data: {
        '2026-01-30': { steps: [step('Sign Up', 4), step('Paid', 1)] },
        '2026-01-31': { steps: [step('Sign Up', 0), step('Paid', 0)] },
        '2026-02-01': { steps: [step('Sign Up', 5), step('Paid', 2)] },
      },
    },
  }),
  [SUM]: () => ({ body: { status: 'ok', results: { [days[0]]: 4.5, [days[1]]: 0, [days[2]]: 6 } } }),
  // The events that carry the property.
  [SEGMENTATION]: () => series([...days], { 'Sign Up': { '2026-01-30': 3, '2026-02-01': 4 } }),
  [ADDICTION]: () => ({ body: { data: { '2026-01-26': [8, 6, 2, 1, 0, 0, 0] } } }),
  [RETENTION]: (query: URLSearchParams) => ({
    body:
      query.get('unit') === 'month'
        ? { '2026-01-01': { first: 8, counts: [7, 3] } }
        : Object.fromEntries(days.map((day, index) => [day, { first: 4, counts: [4, index] }])),
  }),
  [EXPORT]: () =>
    lines(
      line('Survey Answered', 'a', '2026-01-30T10:00:00Z', { score: 9 }),
      line('Survey Answered', 'b', '2026-01-31T10:00:00Z', { score: 4 }),
      line('Survey Answered', 'c', '2026-02-01T10:00:00Z', { score: 10 }),
    ),
  [INSIGHTS]: (query: URLSearchParams) => ({
    body: {
      computed_at: '2026-04-10T11:00:00+00:00',
      headers: ['$metric'],
      series: { Revenue: Object.fromEntries(days.map((day, index) => [midnight(day), saved(query, index)])) },
    },
  }),
};

/** A project in which nothing has happened: days are listed, and nothing is in them. */
const nothing = {
  ...answers,
  [EVENTS]: () => series([...days], {}),
  [FUNNELS]: () => ({
    body: {
      meta: { dates: [...days] },
      data: Object.fromEntries(days.map((day) => [day, { steps: [step('Sign Up', 0), step('Paid', 0)] }])),
    },
  }),
  [SUM]: () => ({ body: { status: 'ok', results: Object.fromEntries(days.map((day) => [day, 0])) } }),
  [SEGMENTATION]: () => series([...days], {}),
  [ADDICTION]: () => ({ body: { data: {} } }),
  [RETENTION]: () => ({ body: {} }),
  [EXPORT]: () => lines(),
  [INSIGHTS]: (query: URLSearchParams) => {
    const nobody = { count: { '1. Sign Up': { all: 0 }, '2. Paid': { all: 0 } } };
    const isFunnel = query.get('bookmark_id') === '90';
    const Revenue = isFunnel ? Object.fromEntries(days.map((day) => [midnight(day), nobody])) : {};
    return {
      body: { computed_at: '2026-04-10T11:00:00+00:00', headers: ['$metric'], series: { Revenue } },
    };
  },
};

const each = (value: string | null) => ({ '2026-01-30': value, '2026-01-31': value, '2026-02-01': value });

const checks = connectorKit({
  connector: mixpanel,
  config: CONFIG,
  secrets: [SECRET],
  start: () => startMixpanel(answers),
  startEmpty: () => startMixpanel(nothing),
  now: new Date('2026-04-10T12:00:00Z'),
  window: utcWindow('2026-01-30', '2026-02-02'),
  metrics: {
    event_total: {
      params: { event: 'Sign Up' },
      values: { '2026-01-30': '4', '2026-01-31': '0', '2026-02-01': '2' },
      pages: 1,
      empty: each('0'),
    },
    unique_users: {
      params: { event: 'Sign Up' },
      values: { '2026-01-30': '3', '2026-01-31': '0', '2026-02-01': '2' },
      pages: 1,
      empty: each('0'),
    },
    events_per_user: {
      params: { event: 'Sign Up' },
      // 4 by 3, nobody, 2 by 2
      values: { '2026-01-30': '1.333333333333', '2026-01-31': null, '2026-02-01': '1' },
      pages: 2,
      empty: each(null),
    },
    event_property_sum: {
      params: { event: 'Sign Up', property: 'seats' },
      values: { '2026-01-30': '4.5', '2026-01-31': '0', '2026-02-01': '6' },
      pages: 1,
      empty: each('0'),
    },
    event_property_average: {
      params: { event: 'Sign Up', property: 'seats' },
      // 4.5 over 3, of no event, 6 over 4
      values: { '2026-01-30': '1.5', '2026-01-31': null, '2026-02-01': '1.5' },
      pages: 2,
      empty: each(null),
    },
    unique_ratio: {
      params: { event: 'Sign Up', ofEvent: 'Sign Up' },
      values: { '2026-01-30': '1', '2026-01-31': null, '2026-02-01': '1' },
      pages: 1,
      empty: each(null),
    },
    retention: {
      params: { bornEvent: 'Sign Up' },
      // 0, 1 and 2 of 4
      values: { '2026-01-30': '0', '2026-01-31': '0.25', '2026-02-01': '0.5' },
      pages: 1,
      empty: {},
    },
    // The week of 26 January ends on Sunday, 1 February: 2 of 8 came on three days of it.
    frequency: { params: { atLeast: 3 }, values: { '2026-02-01': '0.25' }, pages: 1, empty: {} },
    saved_funnel: {
      params: { bookmarkId: 90, lengthDays: 14 },
      values: { '2026-01-30': '0', '2026-01-31': '0.25', '2026-02-01': '0.5' },
      pages: 1,
      empty: each(null),
    },
    saved_retention: {
      params: { bookmarkId: 78 },
      // 0, 1 and 2 of 5
      values: { '2026-01-30': '0', '2026-01-31': '0.2', '2026-02-01': '0.4' },
      pages: 1,
      empty: {},
    },
    funnel_conversion: {
      params: { funnelId: 7509 },
      // 1/4, nobody, 2/5
      values: { '2026-01-30': '0.25', '2026-01-31': null, '2026-02-01': '0.4' },
      pages: 1,
      empty: each(null),
    },
    retention_one_month: { params: {}, values: { '2026-01-31': '0.375' }, pages: 1, empty: {} }, // 3/8
    nps: {
      params: { event: 'Survey Answered', days: 2 },
      // (1 - 0)/1, (1 - 1)/2, (1 - 1)/2
      values: { '2026-01-30': '100', '2026-01-31': '0', '2026-02-01': '0' },
      pages: 1,
      empty: each(null),
    },
    nps_average: {
      params: { event: 'Survey Answered', days: 2 },
      // 9, (9 + 4)/2, (4 + 10)/2
      values: { '2026-01-30': '9', '2026-01-31': '6.5', '2026-02-01': '7' },
      pages: 1,
      empty: each(null),
    },
    saved_report: {
      params: { bookmarkId: 5512, series: 'Revenue' },
      values: { '2026-01-30': '0', '2026-01-31': '2.5', '2026-02-01': '5' },
      pages: 1,
      empty: {},
    },
  },
});

describe('the connector kit on Mixpanel', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
