import { describe, expect, it } from 'vitest';
import { feed } from '../../../connectors/feed/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { post, startFeed, TOKEN, window } from './support/read.ts';

const ADDRESS = `/feed.xml?token=${TOKEN}`;

const checks = connectorKit({
  connector: feed,
  config: feed.configSchema.parse({ access: 'secret_address', address: ADDRESS }),
  secrets: [ADDRESS],
  // Two documents of two posts each; the path is below a prefix, as behind a gateway.
  start: () =>
    startFeed(
      {
        access: { kind: 'token', token: TOKEN },
        older: 'pages',
        keeps: 2,
        posts: [
          post('a', '2026-03-01', { categories: ['Process'] }),
          post('b', '2026-03-01', { categories: ['process'] }),
          post('c', '2026-03-03', { categories: ['Process', 'News'] }),
          post('d', '2026-03-03', { categories: ['News'] }),
        ],
      },
      '/gateway/blog',
    ),
  now: new Date('2026-03-20T12:00:00Z'),
  window: window('2026-02-28', '2026-03-04'),
  metrics: {
    post_count: {
      params: { category: 'PROCESS' },
      // a and b; c. The last page was reached, so the day before the first post is a zero.
      values: { '2026-02-28': '0', '2026-03-01': '2', '2026-03-02': '0', '2026-03-03': '1' },
      pages: 2,
    },
  },
});

describe('the connector kit on a feed', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
