import { describe, expect, it } from 'vitest';
import { appStorePreset } from '../../../connectors/http-json/presets/app-store.ts';
import * as presets from '../../../connectors/http-json/presets/index.ts';
import { presetConnector } from '../../../connectors/http-json/presets/preset.ts';
import type { Connector } from '../../../connectors/sdk/index.ts';
import { connectorKit, type Kit, type KitMetric } from '../../../connectors/sdk/test-kit.ts';
import { window } from './support/read.ts';
import { type Seen, startApi, type Told } from './support/server.ts';

const KEY = 'key-0123456789abcdef';
const days = window('2026-02-01', '2026-02-04');
/** Beside the answers of the facts page: what is asked for, and a list of two pages where the provider has pages. */
type Case = {
  connector: Connector;
  config: Record<string, unknown>;
  secrets: string[];
  answer(seen: Seen): Told | null;
  metrics: Record<string, KitMetric>;
  means?: Kit<unknown>['means'];
};

const json = (body: unknown): Told => ({ body });

const cases: Case[] = [
  {
    connector: presets.prometheus,
    config: { auth: 'basic', user: 'tidemark', secret: KEY, orgId: 'team' },
    secrets: [KEY],
    answer: ({ url }) =>
      url.pathname.endsWith('/query')
        ? json({ status: 'success', data: { resultType: 'vector', result: [] } })
        : json({
            status: 'success',
            data: {
              resultType: 'matrix',
              result: [
                {
                  metric: {},
                  values: [
                    [Date.parse('2026-02-01T12:00:00Z') / 1_000, '4'],
                    [Date.parse('2026-02-02T00:00:00Z') / 1_000, '12.5'],
                    [Date.parse('2026-02-03T00:00:00Z') / 1_000, 'NaN'],
                  ],
                },
              ],
            },
          }),
    // Noon is not the end of a day.
    metrics: {
      query: { params: { query: 'up' }, values: { '2026-02-01': '12.5', '2026-02-02': null }, pages: 1 },
    },
  },
  {
    // Apple is asked slowly; a fake has no limits to be kept.
    connector: presetConnector({ ...appStorePreset, limits: { requestsPerSecond: 100, concurrent: 1 } }),
    config: { appId: '284882215' },
    secrets: [],
    // There is no key and no right to take away: Apple says "slow down" by it.
    means: { forbidden: { classes: ['rate_limited'], by: 'time' } },
    answer({ url }) {
      const of: Record<string, [number, number]> = { us: [4.5, 200], de: [3.75, 100] };
      const [average, count] = of[url.searchParams.get('country') ?? ''] ?? [];
      const found = { trackName: 'Acme', averageUserRating: average, userRatingCount: count };
      return json({
        resultCount: average === undefined ? 0 : 1,
        results: average === undefined ? [] : [found],
      });
    },
    metrics: {
      // (4.5 x 200 + 3.75 x 100) / 300 = 1275 / 300; in fr it is not sold.
      rating: { params: { countries: ['us', 'de', 'fr'] }, values: { '2026-02-03': '4.25' }, pages: 3 },
      ratings: { params: { countries: ['us', 'de'] }, values: { '2026-02-03': '300' }, pages: 2 },
    },
  },
  {
    connector: presets.codecov,
    config: { token: KEY, owner: 'acme' },
    secrets: [KEY],
    answer({ url, headers }) {
      if (url.pathname === '/api/v2/github/acme/') return json({ service: 'github', username: 'acme' });
      const row = (timestamp: string, avg: number) => ({ timestamp, min: 80, max: 90, avg });
      const next = new URL(url.href.replace('fake.example', headers.host ?? ''));
      next.searchParams.set('page', '2');
      return url.searchParams.get('page') === '2'
        ? json({ next: null, results: [row('2026-02-03T00:00:00Z', 85.5)] })
        : json({
            next: next.href,
            results: [row('2026-01-28T00:00:00Z', 70), row('2026-02-01T00:00:00Z', 84.02512)],
          });
    },
    metrics: {
      coverage: {
        params: { repo: 'shop' },
        values: { '2026-02-01': '0.8402512', '2026-02-03': '0.855' },
        pages: 2,
      },
      flag_coverage: {
        params: { repo: 'shop', flag: 'unit tests' },
        values: { '2026-02-01': '0.8402512', '2026-02-03': '0.855' },
        pages: 2,
      },
    },
  },
  {
    connector: presets.sonarqube,
    config: { token: KEY },
    secrets: [KEY],
    answer({ url }) {
      if (url.pathname === '/api/users/current') return json({ login: 'ana' });
      const second = url.searchParams.get('p') === '2';
      const history = second
        ? [{ date: '2026-02-02T08:00:00+0000' }]
        : [
            { date: '2026-02-01T08:00:00+0000', value: '46.3' },
            { date: '2026-02-01T20:00:00+0000', value: '47' },
          ];
      return json({ paging: { total: 3 }, measures: [{ metric: 'line_coverage', history }] });
    },
    // The last analysis of the first day; that of the second one told nothing.
    metrics: {
      coverage: {
        params: { component: 'shop' },
        values: { '2026-02-01': '0.47', '2026-02-02': null },
        pages: 2,
      },
    },
  },
  {
    connector: presets.shopify,
    config: { accessToken: KEY },
    secrets: [KEY],
    answer({ url }) {
      if (url.pathname.endsWith('/shop.json')) return json({ shop: { name: 'Acme' } });
      const row = (day: string, sessions: string, done: string) => ({
        day,
        sessions,
        sessions_that_completed_checkout: done,
      });
      const rows = [row('2026-02-01', '200', '5'), row('2026-02-02', '0', '0')];
      return json({ data: { shopifyqlQuery: { tableData: { columns: [], rows }, parseErrors: [] } } });
    },
    metrics: {
      sessions: { params: {}, values: { '2026-02-01': '200', '2026-02-02': '0' }, pages: 1 },
      store_conversion: { params: {}, values: { '2026-02-01': '0.025', '2026-02-02': null }, pages: 1 }, // 5 / 200
    },
  },
  {
    connector: presets.revenuecat,
    config: { secretKey: KEY, project: 'proj1ab2c3d4' },
    secrets: [KEY],
    answer: () =>
      json({
        object: 'overview_metrics',
        metrics: [
          { id: 'active_trials', value: 7 },
          { id: 'active_subscriptions', value: 31 },
        ],
      }),
    metrics: {
      active_subscriptions: { params: {}, values: { '2026-02-03': '31' }, pages: 1 },
      active_trials: { params: {}, values: { '2026-02-03': '7' }, pages: 1 },
    },
  },
  {
    connector: presets.paddle,
    config: { apiKey: KEY },
    secrets: [KEY],
    answer: () =>
      json({
        data: {
          currency_code: 'EUR',
          interval: 'day',
          timeseries: [{ timestamp: '2026-02-01T00:00:00Z', amount: '123456', count: 8, completed_count: 2 }],
        },
      }),
    metrics: {
      mrr: { params: { currency: 'EUR' }, values: { '2026-02-01': '123456' }, pages: 1 },
      revenue: { params: { currency: 'EUR' }, values: { '2026-02-01': '123456' }, pages: 1 },
      checkout_conversion: { params: {}, values: { '2026-02-01': '0.25' }, pages: 1 }, // 2 / 8
    },
  },
  {
    connector: presets.chartmogul,
    config: { apiKey: KEY },
    secrets: [KEY],
    answer: ({ url }) =>
      url.pathname === '/v1/account'
        ? json({ name: 'Acme', currency: 'EUR' })
        : json({ entries: [{ date: '2026-02-01', mrr: 363819722, 'mrr-churn': -600866 }], summary: {} }),
    metrics: { mrr: { params: { currency: 'EUR' }, values: { '2026-02-01': '363819722' }, pages: 1 } },
  },
];

describe.each(cases)(
  'the connector kit on $connector.title',
  ({ answer, config, connector, means = {}, metrics, secrets }) => {
    const checks = connectorKit({
      connector,
      config: connector.configSchema.parse(config),
      secrets,
      // Apple is asked slowly; a fake has no limits to be kept.
      start: () => startApi(answer),
      now: new Date('2026-02-03T12:00:00Z'),
      window: days,
      metrics,
      means,
    });
    it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
      await expect(run()).resolves.toBeUndefined();
    });
  },
);

it('every preset that no exchange stands behind says so', () => {
  const experimental = Object.values<Connector>(presets).filter((each) => each.experimental === true);
  // Prometheus is tried on a real server.
  expect(
    Object.values<Connector>(presets)
      .filter((each) => !experimental.includes(each))
      .map(({ id }) => id),
  ).toEqual(['prometheus']);
});
