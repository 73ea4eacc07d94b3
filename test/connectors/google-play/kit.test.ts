import { describe, expect, it } from 'vitest';
import { googlePlay } from '../../../connectors/google-play/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { CONFIG, NOW, rated, startPlay, window, worldOf } from './support/read.ts';

const ratings = [
  rated('2026-02-27', '4.49'),
  rated('2026-02-28', '4.50'),
  rated('2026-03-01', null),
  rated('2026-03-02', '4.51'),
  rated('2026-03-02', '4.20', 'country', 'DE'),
];

const checks = connectorKit({
  connector: googlePlay,
  config: CONFIG,
  secrets: [CONFIG.serviceAccountKey],
  start: () => startPlay(worldOf(ratings, { pageSize: 2 })),
  startEmpty: () => startPlay(worldOf([])),
  now: NOW,
  window: window('2026-02-28', '2026-03-04'),
  metrics: {
    store_rating: {
      params: {},
      values: { '2026-02-28': '4.50', '2026-03-01': null, '2026-03-02': '4.51', '2026-03-03': null },
      pages: 4, // two of three names, two files
      // Without a report there is no rating, and never a rating of zero.
      empty: { '2026-02-28': null, '2026-03-01': null, '2026-03-02': null, '2026-03-03': null },
    },
  },
});

describe('the connector kit on Google Play', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
