import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { definitionVersions } from '../../src/domain/catalog/index.ts';
import { fakeIo } from '../cli/support/fake-io.ts';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (const connection of [
    { key: 'shop', connectorId: 'stripe', environment: 'test', config: { apiKey: 'rk_test_0123456789' } },
    { key: 'survey', connectorId: 'records', config: {} },
  ]) {
    expect((await server.ask('POST', '/api/v1/connections', connection)).status).toBe(201);
  }
});
afterAll(() => server?.close());

async function tidemark(...argv: string[]) {
  const env = { TIDEMARK_URL: server.api.url, TIDEMARK_TOKEN: server.api.localToken, LANG: 'en_US.UTF-8' };
  const io = fakeIo({ env });
  return { code: await main(argv, io), out: io.out(), err: io.err() };
}

it('lists every metric of the catalogue with its definition, unit, window, parameters and sources', async () => {
  const data = await server.all('/api/v1/catalog');
  expect(new Set(data.map(({ key }) => key))).toEqual(new Set(Object.keys(definitionVersions)));
  expect(data).toHaveLength(Object.keys(definitionVersions).length);
  expect(data.find(({ key }) => key === 'nps')).toMatchObject({
    title: 'NPS',
    stage: { id: 'satisfaction', title: 'Satisfaction' },
    unit: { name: 'points', storedAs: 'score' },
    definitionVersion: 1,
    window: { rule: { kind: 'trailing', days: 90 }, text: 'the 90 days that end with each day' },
    params: [
      { name: 'dedupe', type: 'choice', default: 'latest_per_respondent', required: false },
      { name: 'minResponses', type: 'whole', min: 1 },
    ],
  });
});

it('speaks Chinese, and keeps keys, codes and names as they are', async () => {
  const { json } = await server.ask('GET', '/api/v1/catalog/nps?lang=zh-CN');
  expect(json).toMatchObject({ key: 'nps', stage: { id: 'satisfaction' } });
  for (const part of ['title', 'definition', 'reading']) expect(json[part]).toMatch(/\p{Script=Han}/u);
});

it('lists only a stage, or only what a source can feed', async () => {
  const of = async (query: string) => {
    const { json } = await server.ask('GET', `/api/v1/catalog?${query}`);
    return (json['data'] as { key: string }[]).map(({ key }) => key);
  };
  expect(await of('stage=referral')).toEqual(
    expect.arrayContaining(['referral_revenue', 'referral_new_mrr', 'share_rate']),
  );
  expect(await of('stage=referral')).not.toContain('mrr');
  expect(await of('source=stripe&stage=revenue')).toContain('mrr');
});

it.each([
  { path: '/api/v1/catalog?stage=joy', status: 422, says: 'no stage \\"joy\\"' },
  { path: '/api/v1/catalog?source=crystal', status: 422, says: 'no source \\"crystal\\"' },
  { path: '/api/v1/catalog?lang=fr', status: 422, says: 'lang' },
  { path: '/api/v1/catalog/net_churn', status: 404, says: 'logo_churn_rate' },
])('refuses $path and says what there is', async ({ path, says, status }) => {
  const answer = await server.ask('GET', path);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(says);
});

it('says which connections measure it now, as what, and what they have to be told', async () => {
  const { json } = await server.ask('GET', '/api/v1/catalog/trial_to_paid_rate');
  expect(json['measurable']).toMatchObject([
    { connectionKey: 'shop', connectorId: 'stripe', metric: 'trial_to_paid' },
    { connectionKey: 'survey', connectorId: 'records', metric: 'trial_to_paid_rate' },
  ]);
  const { out } = await tidemark('catalog', 'mrr');
  expect(out).toContain('MRR  mrr v1');
  expect(out).toMatch(/discountPolicy +recurring \(forever, all, none\)/);
  expect(out).toContain('tidemark metric add mrr --connection shop --metric mrr --param currency=…');
});

it('prints the table, one metric, and the same as JSON', async () => {
  const list = await tidemark('catalog', '--stage', 'retention');
  expect(list.code).toBe(0);
  expect(list.out).toMatch(/retention +Retention.* +Retention +share/);
  expect(list.out).not.toContain('net_revenue');
  const entry = await tidemark('catalog', 'nps', '--json', '--lang', 'zh-CN');
  expect(JSON.parse(entry.out)).toMatchObject({ key: 'nps', stage: { id: 'satisfaction' } });
  const wrong = await tidemark('catalog', 'npss');
  expect(wrong).toMatchObject({ code: 5, err: expect.stringContaining('npss') });
});

it('previews how a Key Result would be measured, in the words of the catalogue', async () => {
  const wanted = { params: { dedupe: 'all' }, window: { kind: 'trailing', days: 7 } };
  const answer = await server.ask('POST', '/api/v1/catalog/nps/previews', { connection: 'survey', wanted });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.json).toMatchObject({ unit: 'score', current: null });
  const refused = await server.ask('POST', '/api/v1/catalog/nps/previews', { connection: 'shop' });
  expect(refused.json).toMatchObject({
    status: 422,
    detail: 'The connection "shop" (Stripe) does not measure "nps".',
  });
});
