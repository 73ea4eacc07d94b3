import { describe, expect, it } from 'vitest';
import { calendar } from '../../../connectors/calendar/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { ADDRESS, CONFIG, entry, startCalendar, window } from './support/read.ts';

const PASSWORD = 'an-app-password';

const checks = connectorKit({
  connector: calendar,
  config: { ...CONFIG, user: 'ann', password: PASSWORD },
  secrets: [ADDRESS, PASSWORD],
  start: () =>
    startCalendar(
      {
        account: { user: 'ann', password: PASSWORD },
        entries: [
          entry('a', '2026-03-02T09:00', {
            repeats: { every: 'week', on: ['MO', 'TU'] },
            categories: ['Interview'],
          }),
          entry('b', '2026-03-03T15:00', { title: 'Talk with Ann #interview', minutes: 90 }),
          entry('c', '2026-03-03T16:00', { title: 'Lunch' }),
        ],
      },
      '/gateway/calendar',
    ),
  now: new Date('2026-03-20T12:00:00Z'),
  window: window('2026-03-02', '2026-03-05', 'America/New_York'),
  metrics: {
    event_count: {
      params: { tag: 'INTERVIEW' },
      // Monday; Tuesday and b; nothing.
      values: { '2026-03-02': '1', '2026-03-03': '2', '2026-03-04': '0' },
      pages: 1,
    },
    event_hours: {
      params: { tag: 'interview' },
      // 60 minutes; 60 and 90 minutes.
      values: { '2026-03-02': '3600', '2026-03-03': '9000', '2026-03-04': '0' },
      pages: 1,
    },
  },
});

describe('the connector kit on a calendar', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
