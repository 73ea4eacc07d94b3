import { afterEach, expect, it } from 'vitest';
import type { ConnectionView, ConnectorView } from '../../src/api/contract.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

const connector = (id: string, mark: { experimental?: true }): ConnectorView => ({
  id,
  title: id,
  version: '1',
  guide: '',
  secretFields: [],
  config: { type: 'object', properties: {} },
  metrics: [],
  ...mark,
});
const connection = (connectorId: string): ConnectionView => ({
  id: `con_${connectorId}`,
  key: `our-${connectorId}`,
  title: 'Ours',
  connectorId,
  environment: 'live',
  endpoint: null,
  settings: {},
  state: 'active',
  stateReason: null,
  account: null,
  warnings: [],
  secrets: {},
  schedule: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  circuitOpenUntil: null,
  owner: null,
});

it.each([
  { lang: 'en_US.UTF-8', word: 'experimental' },
  { lang: 'zh_CN.UTF-8', word: '实验性' },
])(
  'a connector without an exchange behind it is marked wherever it is listed ($word)',
  async ({ lang, word }) => {
    api = await fakeApi({
      listConnectors: () => list(connector('jira', { experimental: true }), connector('stripe', {})),
      listConnections: () => list(connection('jira'), connection('stripe')),
      getConnection: ({ params }) => connection(String(params['id']).replace('our-', '')),
    });
    const told = async (...argv: string[]) => {
      const io = fakeIo({ env: { ...api.env, LANG: lang } });
      expect(await main(argv, io), io.err()).toBe(0);
      return io.out();
    };
    for (const out of [await told('connector', 'list'), await told('connection', 'list')]) {
      expect(out).toContain(`jira (${word})`);
      expect(out).not.toContain(`stripe (${word})`);
    }
    expect(await told('connection', 'show', 'our-jira')).toContain(`jira (${word})`);
    expect(await told('connection', 'show', 'our-stripe')).not.toContain(word);
  },
);
