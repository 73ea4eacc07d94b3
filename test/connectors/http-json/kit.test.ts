import { describe, expect, it } from 'vitest';
import { httpJson } from '../../../connectors/http-json/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { window } from './support/read.ts';
import { type Seen, startApi, type Told } from './support/server.ts';

const SECRET = 'tok-0123456789abcdef';

/** Rows of two days on two pages; of 31 January there is none. */
function answer({ url }: Seen): Told | null {
  const cursor = url.searchParams.get('cursor');
  const day = /^\/v1\/days\/(\d{4}-\d\d-\d\d)$/.exec(url.pathname)?.[1];
  if (url.pathname === '/v1/me') return { body: { data: { name: 'Acme' } } };
  if (url.pathname === '/v1/now') return { body: { data: { open: '12.50' } } };
  if (day !== undefined) return { body: { data: { total: Number(day.slice(-2)) } } };
  if (url.pathname !== '/v1/stats') return null;
  const rows = cursor === null ? [{ day: '2026-01-30', n: 7 }] : [{ day: '2026-02-01', n: 0 }];
  return { body: { data: rows, next: cursor === null ? 'more' : null } };
}

const checks = connectorKit({
  connector: httpJson,
  config: { auth: 'bearer' as const, secret: SECRET, checkPath: '/v1/me', accountAt: '/data/name' },
  secrets: [SECRET],
  start: () => startApi(answer),
  now: new Date('2026-02-01T12:00:00Z'),
  window: window('2026-01-30', '2026-02-02', 'Europe/Berlin'),
  metrics: {
    series: {
      params: {
        path: '/v1/stats?from={{start_day}}&to={{last_day}}',
        items: '/data',
        day: '/day',
        value: '/n',
        missing: 'zero',
        paging: 'cursor',
        pagingAt: '/next',
        pageParam: 'cursor',
      },
      values: { '2026-01-30': '7', '2026-01-31': '0', '2026-02-01': '0' },
      pages: 2,
    },
    daily: {
      params: { path: '/v1/days/{{day}}', value: '/data/total' },
      values: { '2026-01-30': '30', '2026-01-31': '31', '2026-02-01': '1' },
      pages: 3,
    },
    current: {
      params: { path: '/v1/now', value: '$.data.open' },
      values: { '2026-02-01': '12.5' },
      pages: 1,
    },
  },
});

describe('the connector kit on HTTP JSON', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
