import { afterEach, expect, it } from 'vitest';
import type { ConnectionView, ConnectorView } from '../../src/api/contract.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

const secret = 'whsec_planted_5ecret';
const set = {
  set: true,
  last4: '5ecr',
  updatedAt: '2026-08-16T12:00:00.000Z',
  allowedHosts: ['api.stripe.com'],
};
const stripe: ConnectorView = {
  id: 'stripe',
  title: 'Stripe',
  version: '1',
  guide: '',
  secretFields: ['apiKey', 'webhookSecret'],
  config: {
    type: 'object',
    properties: { apiKey: { type: 'string' }, webhookSecret: { type: 'string', description: 'whsec_…' } },
    required: ['apiKey'],
  },
  metrics: [],
};
const connection: ConnectionView = {
  id: 'con_1',
  key: 'stripe',
  title: 'Stripe',
  connectorId: 'stripe',
  environment: 'live',
  endpoint: null,
  settings: {},
  state: 'active',
  stateReason: null,
  account: null,
  warnings: [],
  secrets: { apiKey: set },
  schedule: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  circuitOpenUntil: null,
  owner: null,
  webhook: {
    url: 'https://okr.example.com/api/v1/webhooks/con_1',
    secretField: 'webhookSecret',
    lastEventAt: null,
  },
};

async function run(argv: string[], env: Record<string, string> = {}) {
  const io = fakeIo({ env: { LANG: 'en_US.UTF-8', ...api.env, ...env } });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}

it('says which address to enter at the provider, and how its secret is stored', async () => {
  api = await fakeApi({ getConnection: () => connection });
  const { code, out } = await run(['connection', 'webhook', 'stripe']);
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'Enter this address at the provider:',
    '  https://okr.example.com/api/v1/webhooks/con_1',
    'Then store the secret that it shows for it:',
    '  TIDEMARK_SECRET_WEBHOOK_SECRET=… tidemark connection set-key stripe --field webhookSecret',
    'webhookSecret: the secret is not stored yet',
    'Last event: none yet',
    '',
  ]);
});

it('says when the last event came, and warns of an address that nobody else can reach', async () => {
  const url = 'http://127.0.0.1:4400/api/v1/webhooks/con_1';
  const webhook = { url, secretField: 'webhookSecret', lastEventAt: '2026-08-16T11:00:00.000Z' };
  api = await fakeApi({
    getConnection: () => ({ ...connection, secrets: { apiKey: set, webhookSecret: set }, webhook }),
    listConnectors: () => list(stripe),
  });
  const { out } = await run(['connection', 'webhook', 'stripe', '--verbose']);
  expect(out).toContain('TIDEMARK_PUBLIC_URL');
  expect(out).toContain('webhookSecret: the secret is stored');
  expect(out).toContain('Last event: 2026-08-16T11:00:00.000Z');
  expect((await run(['connection', 'show', 'stripe', '--verbose'])).out).toMatch(
    /Last event +2026-08-16T11:00:00/,
  );
});

it('stores that secret alone, from the environment, and shows it nowhere', async () => {
  api = await fakeApi({
    getConnection: () => connection,
    listConnectors: () => list(stripe),
    updateConnection: () => connection,
  });
  const { code, err, out } = await run(['connection', 'set-key', 'stripe', '--field', 'webhookSecret'], {
    TIDEMARK_SECRET_WEBHOOK_SECRET: secret,
  });
  expect(code, err).toBe(0);
  expect(out + err).not.toContain(secret);
  expect(api.asked.at(-1)?.body).toEqual({ config: { webhookSecret: secret } });
});

it('knows which secrets there are', async () => {
  api = await fakeApi({ getConnection: () => connection, listConnectors: () => list(stripe) });
  expect(await run(['connection', 'set-key', 'stripe', '--field', 'pin'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Its secrets are: apiKey, webhookSecret.'),
  });
});

it('says of a provider without events that it is read on its schedule', async () => {
  const { webhook: _none, ...silent } = connection;
  api = await fakeApi({ getConnection: () => silent });
  const { code, err } = await run(['connection', 'webhook', 'stripe']);
  expect(code).not.toBe(0);
  expect(err).toContain('The provider of stripe sends no events');
});
