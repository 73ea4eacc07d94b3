import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { ConnectionView, ConnectorView } from '../../src/api/contract.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

const secret = 'rk_live_planted_5ecret';

const stripe: ConnectorView = {
  id: 'stripe',
  title: 'Stripe',
  version: '1.0.0',
  guide: 'A restricted key that may read Charges.',
  secretFields: ['apiKey'],
  config: {
    type: 'object',
    properties: {
      apiKey: { type: 'string', description: 'Restricted key' },
      pageSize: { type: 'integer' },
      includeTest: { type: 'boolean' },
      accounts: { type: 'array', items: { type: 'string' } },
    },
    required: ['apiKey'],
  },
  metrics: [],
};
const twoSecrets: ConnectorView = {
  ...stripe,
  id: 'mixpanel',
  secretFields: ['username', 'serviceSecret'],
  config: {
    type: 'object',
    properties: { username: { type: 'string' }, serviceSecret: { type: 'string' } },
    required: ['username', 'serviceSecret'],
  },
};

const differs = {
  code: 'days_differ',
  values: { accountZone: 'America/Los_Angeles', workspaceZone: 'Europe/Berlin' },
  text: 'Days are cut elsewhere.',
};
const saved: ConnectionView = {
  id: 'con_1',
  key: 'stripe-eu',
  title: 'Stripe',
  connectorId: 'stripe',
  environment: 'live',
  endpoint: null,
  settings: {},
  state: 'active',
  stateReason: null,
  account: { timeZone: 'America/Los_Angeles', currency: null, checkedAt: '2026-08-16T12:00:00.000Z' },
  warnings: [differs],
  secrets: {
    apiKey: {
      set: true,
      last4: 'cret',
      updatedAt: '2026-08-16T12:00:00.000Z',
      allowedHosts: ['api.stripe.com'],
    },
  },
  schedule: { everyMinutes: 60, nextDueAt: null, enabled: true },
  lastSuccessAt: null,
  lastFailureAt: null,
  circuitOpenUntil: null,
  owner: null,
};

async function start(): Promise<void> {
  api = await fakeApi({
    listConnectors: () => list(stripe, twoSecrets),
    createConnection: () => saved,
    getConnection: () => saved,
    updateConnection: () => saved,
  });
}
const add = ['connection', 'add', 'stripe', '--key', 'stripe-eu'];
const created = () => api.asked.find((asked) => asked.name === 'createConnection')?.body;

it('takes the secret from the environment and the settings from flags, typed as the connector asks', async () => {
  await start();
  const io = fakeIo({ env: { ...api.env, TIDEMARK_SECRET_API_KEY: secret } });
  const flags = ['--every', '6h', '--environment', 'test', '--title', 'Stripe EU'];
  const config = ['--config', 'pageSize=50', '--config', 'includeTest=true', '--config', 'accounts=a, b'];
  expect(await main([...add, ...flags, ...config], io)).toBe(0);
  expect(created()).toEqual({
    key: 'stripe-eu',
    title: 'Stripe EU',
    connectorId: 'stripe',
    environment: 'test',
    everyMinutes: 360,
    config: { apiKey: secret, pageSize: 50, includeTest: true, accounts: ['a', 'b'] },
  });
  expect(io.out() + io.err()).not.toContain(secret);
});

it('takes the secret from a file that the environment names', async () => {
  await start();
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-secret-'));
  const path = join(folder, 'stripe.key');
  await writeFile(path, `${secret}\n`);
  const io = fakeIo({ env: { ...api.env, TIDEMARK_SECRET_API_KEY_FILE: path } });
  expect(await main(add, io)).toBe(0);
  expect(created()).toMatchObject({ config: { apiKey: secret } });
  await rm(folder, { recursive: true });
});

it('takes the secret from stdin', async () => {
  await start();
  const io = fakeIo({ env: api.env, input: `${secret}\n` });
  expect(await main([...add, '--secret-stdin'], io)).toBe(0);
  expect(created()).toMatchObject({ config: { apiKey: secret } });
});

it('takes several secrets from stdin as one JSON object', async () => {
  await start();
  const io = fakeIo({ env: api.env, input: JSON.stringify({ username: 'svc', serviceSecret: secret }) });
  expect(await main(['connection', 'add', 'mixpanel', '--key', 'mp', '--secret-stdin'], io)).toBe(0);
  expect(created()).toMatchObject({ config: { username: 'svc', serviceSecret: secret } });
});

it('asks on a terminal', async () => {
  await start();
  const io = fakeIo({ env: api.env, stdinIsTty: true, stdoutIsTty: true, answers: [secret] });
  expect(await main(add, io)).toBe(0);
  expect(created()).toMatchObject({ config: { apiKey: secret } });
  expect(io.out() + io.err()).not.toContain(secret);
});

it('saves nothing when the question is turned down', async () => {
  await start();
  const io = fakeIo({ env: api.env, stdinIsTty: true, stdoutIsTty: true, answers: [null] });
  expect(await main(add, io)).toBe(3);
  expect(created()).toBeUndefined();
});

it.each([
  { where: 'a pipe', tty: false, env: {} },
  { where: 'CI', tty: true, env: { CI: 'true' } },
])('names the missing variable instead of asking in $where', async ({ tty, env }) => {
  await start();
  const io = fakeIo({ env: { ...api.env, ...env }, stdinIsTty: tty, stdoutIsTty: tty, answers: [secret] });
  expect(await main(add, io)).toBe(2);
  expect(io.err()).toContain('TIDEMARK_SECRET_API_KEY');
  expect(created()).toBeUndefined();
});

it.each([
  { flags: ['--config', `apiKey=${secret}`], why: 'as a setting' },
  { flags: ['--config', secret], why: 'as a setting without a name' },
  { flags: [`--api-key=${secret}`], why: 'as a flag of its own' },
  { flags: ['--api-key', secret], why: 'as the word after a flag' },
  { flags: [`--secret-stdin=${secret}`], why: 'as the value of a switch' },
])('never accepts a secret $why, and never repeats it', async ({ flags }) => {
  await start();
  const io = fakeIo({ env: { ...api.env, TIDEMARK_SECRET_API_KEY: 'another' } });
  expect(await main([...add, ...flags], io)).toBe(2);
  expect(created()).toBeUndefined();
  expect(io.out() + io.err()).not.toContain(secret);
});

it('replaces only the secrets with set-key', async () => {
  await start();
  const io = fakeIo({ env: { ...api.env, TIDEMARK_SECRET_API_KEY: secret } });
  expect(await main(['connection', 'set-key', 'stripe-eu', '--json'], io)).toBe(0);
  const change = api.asked.find((asked) => asked.name === 'updateConnection');
  expect(change).toMatchObject({ params: { id: 'stripe-eu' }, body: { config: { apiKey: secret } } });
  expect(Object.keys(change?.body as object)).toEqual(['config']);
  expect(io.out()).not.toContain(secret);
});

it('shows of a secret only that it is set and how it ends', async () => {
  await start();
  const io = fakeIo({ env: api.env });
  await main(['connection', 'show', 'stripe-eu'], io);
  expect(io.out()).toMatch(/apiKey +set, ends in cret, for api\.stripe\.com/);
});

it.each([
  { verb: 'pause', paused: true },
  { verb: 'resume', paused: false },
])('$verb sends only that', async ({ verb, paused }) => {
  await start();
  expect(await main(['connection', verb, 'stripe-eu'], fakeIo({ env: api.env }))).toBe(0);
  expect(api.asked[0]?.body).toEqual({ paused });
});

it('names the connectors that there are when one does not exist', async () => {
  await start();
  const io = fakeIo({ env: api.env });
  expect(await main(['connection', 'add', 'stipe', '--key', 'x'], io)).toBe(5);
  expect(io.err()).toContain('stripe, mixpanel');
});

it.each([
  { flag: ['--config', 'pageSize=many'], says: '--config pageSize has to be a number' },
  { flag: ['--config', 'includeTest=yes'], says: '--config includeTest has to be true or false' },
  { flag: ['--config', 'a=1', '--config', 'a=2'], says: '--config a is given twice' },
  { flag: ['--every', '90s'], says: 'not a whole number of minutes' },
])('refuses $flag before anything is saved', async ({ flag, says }) => {
  await start();
  const io = fakeIo({ env: { ...api.env, TIDEMARK_SECRET_API_KEY: secret } });
  expect(await main([...add, ...flag], io)).toBe(2);
  expect(io.err()).toContain(says);
  expect(created()).toBeUndefined();
});

it('shows the account that a check reached, with its warnings', async () => {
  api = await fakeApi({
    checkConnection: () => ({
      ok: true,
      account: 'Acme GmbH',
      livemode: false,
      warnings: ['The key may not read Invoices.'],
      timeZone: null,
      currency: null,
      notices: [],
      requests: [],
    }),
  });
  const io = fakeIo({ env: api.env });
  expect(await main(['connection', 'check', 'stripe-eu'], io)).toBe(0);
  expect(io.out()).toBe('✓ Account: Acme GmbH (test)\n  Warning: The key may not read Invoices.\n');
});

it.each([
  {
    lang: 'en',
    says: 'Warning: Days are cut in America/Los_Angeles, the workspace’s are Europe/Berlin.',
    unknown: 'Account currency  unknown',
  },
  {
    lang: 'zh-CN',
    says: '警告: 日期按 America/Los_Angeles 划分，而工作区使用 Europe/Berlin。',
    unknown: '未知',
  },
])('shows in $lang that the account cuts its days elsewhere', async ({ lang, says, unknown }) => {
  await start();
  const io = fakeIo({ env: { ...api.env, TIDEMARK_LANG: lang } });
  await main(['connection', 'show', 'stripe-eu'], io);
  expect(io.out()).toContain(says);
  expect(io.out()).toContain('America/Los_Angeles');
  expect(io.out()).toContain(unknown);
});
