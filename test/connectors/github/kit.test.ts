import { describe, expect, it } from 'vitest';
import { github } from '../../../connectors/github/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { CONFIG, TOKEN, window } from './support/read.ts';
import { startGitHub, worldOf } from './support/server.ts';

const at = (day: string, time = '10:00') => `${day}T${time}:00Z`;

const world = () =>
  worldOf({
    pageSize: 2,
    issues: [
      { number: 1, created_at: at('2026-03-01'), labels: ['bug'] },
      { number: 2, created_at: at('2026-03-01'), closed_at: at('2026-03-03'), labels: ['enhancement'] },
      { number: 3, created_at: at('2026-03-02'), labels: ['bug'] },
      { number: 4, created_at: at('2026-03-03'), merged_at: at('2026-03-03', '16:00') },
      { number: 5, created_at: at('2026-03-03'), labels: ['bug'] },
      // 03-03 04:30 in Shanghai; 02-28 21:00 in New York
      { number: 6, created_at: at('2026-03-02', '20:30') },
      { number: 7, created_at: at('2026-03-01', '02:00') },
    ],
    releases: [
      { id: 3, tag_name: 'v2', published_at: at('2026-03-03', '12:00') },
      { id: 2, tag_name: 'v1', published_at: at('2026-03-01', '08:00') },
      { id: 1, tag_name: 'v0', published_at: null, draft: true },
    ],
    deployments: [1, 2, 3].map((id) => ({
      id,
      environment: 'production',
      created_at: at(`2026-03-0${id}`, '09:00'),
      statuses: [
        { state: 'in_progress', created_at: at(`2026-03-0${id}`, '09:05') },
        { state: 'success', created_at: at(`2026-03-0${id}`, `09:${5 + id * 2}`.replace(/:(\d)$/, ':0$1')) },
      ],
    })),
  });

const days = window('2026-03-01', '2026-03-04');
const each = (value: string | null) => ({ '2026-03-01': value, '2026-03-02': value, '2026-03-03': value });

const checks = connectorKit({
  connector: github,
  config: CONFIG,
  secrets: [TOKEN],
  start: () => startGitHub(world()),
  startEmpty: () => startGitHub(worldOf()),
  now: new Date('2026-03-20T12:00:00Z'),
  window: days,
  metrics: {
    issue_count: {
      params: {},
      // 1, 2 and 7; 3 and 6; 5, since 4 is a pull request
      values: { '2026-03-01': '3', '2026-03-02': '2', '2026-03-03': '1' },
      pages: 4,
      empty: each('0'),
      zones: {
        'Asia/Shanghai': { '2026-03-01': '3', '2026-03-02': '1', '2026-03-03': '2' },
        'America/New_York': { '2026-03-01': '2', '2026-03-02': '2', '2026-03-03': '1' },
      },
    },
    search_count: {
      params: { query: 'is:issue label:bug' },
      values: { '2026-03-01': '1', '2026-03-02': '1', '2026-03-03': '1' },
      pages: 2,
      empty: each('0'),
    },
    bugs_per_feature: {
      params: { days: 3 },
      // No feature was finished before the third; then 3 bugs by 1 feature.
      values: { '2026-03-01': null, '2026-03-02': null, '2026-03-03': '3' },
      pages: 4,
      empty: each(null),
    },
    lead_time: {
      params: {},
      // Two days of 86,400 seconds.
      values: { '2026-03-01': null, '2026-03-02': null, '2026-03-03': '172800' },
      pages: 4,
      empty: each(null),
    },
    post_release_bugs: {
      params: { withinDays: 1 },
      // v1's day runs from the 1st 08:00 to the 2nd 08:00: issue 1. On the 1st it is not over; on the 3rd v2's is not.
      values: { '2026-03-01': null, '2026-03-02': '1', '2026-03-03': '1' },
      pages: 6, // 2 of releases, 4 of issues
      empty: each(null),
    },
    releases: {
      params: {},
      values: { '2026-03-01': '1', '2026-03-02': '0', '2026-03-03': '1' },
      pages: 2,
      empty: each('0'),
    },
    deployment_minutes: {
      params: { days: 1 },
      // 2, 4 and 6 minutes
      values: { '2026-03-01': '120', '2026-03-02': '240', '2026-03-03': '360' },
      pages: 5, // 2 of deployments, 1 of statuses for each
      empty: each(null),
    },
    deployment_count: {
      params: {},
      values: { '2026-03-01': '1', '2026-03-02': '1', '2026-03-03': '1' },
      pages: 5,
      empty: each('0'),
    },
  },
});

describe('the connector kit on GitHub', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
