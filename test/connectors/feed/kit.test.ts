import { describe, expect, it } from 'vitest';
import { feed } from '../../../connectors/feed/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { post, startFeed, TOKEN, window } from './support/read.ts';

const ADDRESS = `/feed.xml?token=${TOKEN}`;

const posts = [
  post('a', '2026-03-01', { categories: ['Process'] }),
  post('b', '2026-03-01', { categories: ['process'] }),
  post('c', '2026-03-03', { categories: ['Process', 'News'] }),
  post('d', '2026-03-03', { categories: ['News'] }),
  // 3 March, 04:30 in Shanghai; 28 February, 21:00 in New York
  post('e', '2026-03-02', { categories: ['Process'], publishedAt: '2026-03-02T20:30:00Z' }),
  post('f', '2026-03-01', { categories: ['Process'], publishedAt: '2026-03-01T02:00:00Z' }),
];

/** Documents of two posts each; the path is below a prefix, as behind a gateway. */
const start = (given: typeof posts) =>
  startFeed(
    { access: { kind: 'token', token: TOKEN }, older: 'pages', keeps: 2, posts: given },
    '/gateway/blog',
  );

const checks = connectorKit({
  connector: feed,
  config: feed.configSchema.parse({ access: 'secret_address', address: ADDRESS }),
  secrets: [ADDRESS],
  start: () => start(posts),
  startEmpty: () => start([]),
  now: new Date('2026-03-20T12:00:00Z'),
  window: window('2026-02-28', '2026-03-04'),
  metrics: {
    post_count: {
      params: { category: 'PROCESS' },
      // a, b and f; e; c. The last page was reached, so the day before the first post is a zero.
      values: { '2026-02-28': '0', '2026-03-01': '3', '2026-03-02': '1', '2026-03-03': '1' },
      pages: 3,
      // The one page says that it is the last. An empty feed that does not say so knows of no day (readings.test.ts).
      empty: { '2026-02-28': '0', '2026-03-01': '0', '2026-03-02': '0', '2026-03-03': '0' },
      zones: {
        'Asia/Shanghai': { '2026-02-28': '0', '2026-03-01': '3', '2026-03-02': '0', '2026-03-03': '2' },
        'America/New_York': { '2026-02-28': '1', '2026-03-01': '2', '2026-03-02': '1', '2026-03-03': '1' },
      },
    },
  },
});

describe('the connector kit on a feed', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
