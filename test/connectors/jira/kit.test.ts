import { describe, expect, it } from 'vitest';
import { jira } from '../../../connectors/jira/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { BOARD } from '../../../sandbox/jira/answers.ts';
import { CONFIG, TOKEN, window } from './support/read.ts';
import { startJira, worldOf } from './support/server.ts';

const at = (day: string, time = '10:00') => `${day}T${time}:00Z`;
const done = (when: string) => ({ at: when, field: 'status', from: '20', to: '30' });
const story = (id: string, sprint: number, points: number, when: string) => ({
  id,
  created: at('2026-01-02'),
  resolutiondate: when,
  status: '30',
  points,
  sprints: [sprint],
  changes: [done(when)],
});

const world = () =>
  worldOf({
    pageSize: 2,
    sprints: [
      {
        id: 1,
        name: 'Sprint 1',
        state: 'closed',
        startDate: at('2026-02-02'),
        completeDate: at('2026-02-16'),
      },
      {
        id: 2,
        name: 'Sprint 2',
        state: 'closed',
        startDate: at('2026-02-16'),
        completeDate: at('2026-03-02'),
      },
      {
        id: 3,
        name: 'Sprint 3',
        state: 'closed',
        startDate: at('2026-03-02'),
        completeDate: at('2026-03-03'),
      },
    ],
    issues: [
      story('101', 1, 8, at('2026-02-10')),
      story('102', 2, 5, at('2026-02-20')),
      story('103', 2, 3, at('2026-02-21')),
      story('104', 2, 4, at('2026-02-22')),
      story('105', 3, 1, at('2026-03-02', '18:00')),
      { id: '201', created: at('2026-03-01'), type: 'Bug', versions: ['7'] },
      { id: '202', created: at('2026-03-02'), type: 'Bug', versions: ['7'] },
      { id: '203', created: at('2026-03-03'), type: 'Bug' },
    ],
    versions: [
      { id: '6', name: '0.9', released: true, releaseDate: '2026-01-01' },
      { id: '7', name: '1.0', released: true, releaseDate: '2026-03-01' },
      { id: '8', name: '1.1', released: false },
    ],
  });

const each = (value: string | null) => ({ '2026-03-01': value, '2026-03-02': value, '2026-03-03': value });

const checks = connectorKit({
  connector: jira,
  config: CONFIG,
  secrets: [TOKEN],
  start: () => startJira(world()),
  startEmpty: () => startJira(worldOf()),
  now: new Date('2026-03-20T12:00:00Z'),
  window: window('2026-03-01', '2026-03-04'),
  metrics: {
    sprint_velocity: {
      params: { board: BOARD, lastN: 2 },
      // 8; (8 + 12)/2; (12 + 1)/2
      values: { '2026-03-01': '8', '2026-03-02': '10', '2026-03-03': '6.5' },
      pages: 6, // 2 of sprints, 1 + 2 + 1 of their issues
      empty: each(null),
    },
    sprint_points: {
      params: { board: BOARD },
      values: { '2026-03-02': '12', '2026-03-03': '1' },
      pages: 5,
      empty: {},
    },
    issue_count: {
      params: { project: 'SHOP' },
      values: { '2026-03-01': '1', '2026-03-02': '1', '2026-03-03': '1' },
      pages: 2, // 105 and the three bugs
      empty: each('0'),
    },
    bugs_per_feature: {
      params: { project: 'SHOP', days: 10 },
      // 20 Feb to 1 Mar: 1 bug by 102 to 104; 21 Feb to 2 Mar: 2 by 103 to 105; 22 Feb to 3 Mar: 3 by 104 and 105
      values: { '2026-03-01': '0.333333333333', '2026-03-02': '0.666666666667', '2026-03-03': '1.5' },
      pages: 4,
      empty: each(null),
    },
    lead_time: {
      params: { project: 'SHOP', days: 1 },
      // 105: from 2 January 10:00 to 2 March 18:00 are 59 days and 8 hours.
      values: { '2026-03-01': null, '2026-03-02': '5126400', '2026-03-03': null },
      pages: 2,
      empty: each(null),
      zones: {
        // 18:00 in UTC is 02:00 of the next day in Shanghai, and 13:00 in New York.
        'Asia/Shanghai': { '2026-03-01': null, '2026-03-02': null, '2026-03-03': '5126400' },
        'America/New_York': { '2026-03-01': null, '2026-03-02': '5126400', '2026-03-03': null },
      },
    },
    post_release_bugs: {
      params: { project: 'SHOP', withinDays: 2 },
      // Of 0.9 there are none; the days of 1.0 are over with the close of 2 March.
      values: { '2026-03-01': '0', '2026-03-02': '2', '2026-03-03': '2' },
      pages: 6, // 2 of versions, 4 of all eight issues since January
      empty: each(null),
    },
  },
});

describe('the connector kit on Jira', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
