import { describe, expect, it } from 'vitest';
import { calendar } from '../../../connectors/calendar/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { ADDRESS, CONFIG, entry, startCalendar, window } from './support/read.ts';

const PASSWORD = 'an-app-password';

const entries = [
  entry('a', '2026-03-02T09:00', { repeats: { every: 'week', on: ['MO', 'TU'] }, categories: ['Interview'] }),
  entry('b', '2026-03-03T15:00', { title: 'Talk with Ann #interview', minutes: 90 }),
  entry('c', '2026-03-03T16:00', { title: 'Lunch' }),
  // Over midnight: of 1 March in New York, and of 4 March in Shanghai (23:30)
  entry('d', '2026-03-01T23:30', { categories: ['Interview'] }),
  entry('e', '2026-03-04T10:30', { categories: ['Interview'] }),
];

const start = (given: typeof entries) =>
  startCalendar({ account: { user: 'ann', password: PASSWORD }, entries: given }, '/gateway/calendar');
const none = { '2026-03-02': '0', '2026-03-03': '0', '2026-03-04': '0' };

const checks = connectorKit({
  connector: calendar,
  config: { ...CONFIG, user: 'ann', password: PASSWORD },
  secrets: [ADDRESS, PASSWORD],
  start: () => start(entries),
  startEmpty: () => start([]),
  now: new Date('2026-03-20T12:00:00Z'),
  window: window('2026-03-02', '2026-03-05', 'America/New_York'),
  metrics: {
    event_count: {
      params: { tag: 'INTERVIEW' },
      // Monday; Tuesday and b; e.
      values: { '2026-03-02': '1', '2026-03-03': '2', '2026-03-04': '1' },
      pages: 1,
      empty: none,
      zones: {
        // 9:00 in New York is 22:00 of the same day there. d at 12:30 and Monday; Tuesday; b at 4:00 and e.
        'Asia/Shanghai': { '2026-03-02': '2', '2026-03-03': '1', '2026-03-04': '2' },
      },
    },
    event_hours: {
      params: { tag: 'interview' },
      // 60 minutes and the second half of d; 60 and 90 minutes; 60 minutes.
      values: { '2026-03-02': '5400', '2026-03-03': '9000', '2026-03-04': '3600' },
      pages: 1,
      empty: none,
      zones: {
        // 60 and 60 minutes; 60 minutes; 90 minutes and the first half of e.
        'Asia/Shanghai': { '2026-03-02': '7200', '2026-03-03': '3600', '2026-03-04': '7200' },
      },
    },
  },
});

describe('the connector kit on a calendar', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
