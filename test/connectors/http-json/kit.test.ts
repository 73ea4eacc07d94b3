import { describe, expect, it } from 'vitest';
import { httpJson } from '../../../connectors/http-json/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { window } from './support/read.ts';
import { type Seen, startApi, type Told } from './support/server.ts';

const SECRET = 'tok-0123456789abcdef';

/** Rows of two days on two pages; of 31 January there is none in Berlin. */
function answer({ url }: Seen): Told | null {
  const cursor = url.searchParams.get('cursor');
  const day = /^\/v1\/days\/(\d{4}-\d\d-\d\d)$/.exec(url.pathname)?.[1];
  if (url.pathname === '/v1/me') return { body: { data: { name: 'Acme' } } };
  if (url.pathname === '/v1/now') return { body: { data: { open: '12.50' } } };
  if (day !== undefined) return { body: { data: { total: Number(day.slice(-2)) } } };
  if (url.pathname !== '/v1/stats') return null;
  const rows =
    cursor === null ? [{ at: '2026-01-30T22:30:00Z', n: 7 }] : [{ at: '2026-02-01T05:30:00Z', n: 2 }];
  return { body: { data: rows, next: cursor === null ? 'more' : null } };
}

/** The same without a number anywhere. */
function answerNothing({ url, ...seen }: Seen): Told | null {
  if (url.pathname === '/v1/stats') return { body: { data: [], next: null } };
  if (url.pathname === '/v1/now') return { body: { data: { open: null } } };
  if (url.pathname.startsWith('/v1/days/')) return { body: { data: { total: null } } };
  return answer({ url, ...seen });
}

const checks = connectorKit({
  connector: httpJson,
  config: { auth: 'bearer' as const, secret: SECRET, checkPath: '/v1/me', accountAt: '/data/name' },
  secrets: [SECRET],
  start: () => startApi(answer),
  startEmpty: () => startApi(answerNothing),
  now: new Date('2026-02-01T12:00:00Z'),
  window: window('2026-01-30', '2026-02-02', 'Europe/Berlin'),
  metrics: {
    series: {
      params: {
        path: '/v1/stats?from={{start_day}}&to={{last_day}}',
        items: '/data',
        day: '/at',
        dayAs: 'instant',
        value: '/n',
        missing: 'zero',
        paging: 'cursor',
        pagingAt: '/next',
        pageParam: 'cursor',
      },
      values: { '2026-01-30': '7', '2026-01-31': '0', '2026-02-01': '2' },
      pages: 2,
      empty: { '2026-01-30': '0', '2026-01-31': '0', '2026-02-01': '0' },
      zones: {
        // 22:30 in UTC is 06:30 of the next day in Shanghai; 05:30 is half past midnight in New York.
        'Asia/Shanghai': { '2026-01-30': '0', '2026-01-31': '7', '2026-02-01': '2' },
        'America/New_York': { '2026-01-30': '7', '2026-01-31': '0', '2026-02-01': '2' },
        // In Honolulu it is 19:30 of 31 January, and 1 February has begun two hours ago.
        'Pacific/Honolulu': { '2026-01-30': '7', '2026-01-31': '2', '2026-02-01': '0' },
      },
    },
    daily: {
      params: { path: '/v1/days/{{day}}', value: '/data/total' },
      values: { '2026-01-30': '30', '2026-01-31': '31', '2026-02-01': '1' },
      pages: 3,
      empty: { '2026-01-30': null, '2026-01-31': null, '2026-02-01': null },
    },
    current: {
      params: { path: '/v1/now', value: '$.data.open' },
      values: { '2026-02-01': '12.5' },
      pages: 1,
      empty: { '2026-02-01': null },
    },
  },
});

describe('the connector kit on HTTP JSON', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
