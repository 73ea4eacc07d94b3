import { afterEach, describe, expect, it } from 'vitest';
import { allowedHosts } from '../../../connectors/http-json/config.ts';
import { httpJson } from '../../../connectors/http-json/index.ts';
import { prometheus } from '../../../connectors/http-json/presets/index.ts';
import { testContext } from '../support/context.ts';
import { readMetric } from './support/read.ts';
import { type FakeApi, startApi } from './support/server.ts';

const SECRET = 's3cret-0123456789';
const now = new Date('2026-03-10T12:00:00Z');
let api: FakeApi | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});

const checked = async (config: Record<string, unknown>) => {
  api ??= await startApi(({ url }) =>
    url.pathname === '/oauth/token'
      ? { body: { access_token: 'short-lived', token_type: 'Bearer', expires_in: 3600 } }
      : { body: { name: 'Acme' } },
  );
  const { context, exchanges } = testContext(httpJson.configSchema.parse(config), api.endpoint, now);
  return { result: await httpJson.check(context), exchanges, seen: api.seen };
};

describe('the key', () => {
  it.each([
    [{ auth: 'bearer' }, 'authorization', `Bearer ${SECRET}`],
    // Basic is base64 of user:password (RFC 7617).
    [{ auth: 'basic', name: 'ana' }, 'authorization', `Basic ${btoa(`ana:${SECRET}`)}`],
    [{ auth: 'header', name: 'X-Api-Key' }, 'x-api-key', SECRET],
  ])('goes as %j', async (config, header, value) => {
    const { seen } = await checked({
      ...config,
      secret: SECRET,
      headers: 'X-Org: 12\n\nAccept-Language: de',
    });
    expect(seen[0]?.headers).toMatchObject({ [header]: value, 'x-org': '12', 'accept-language': 'de' });
  });

  it('goes as a parameter, and stands in no evidence', async () => {
    const { exchanges, seen } = await checked({ auth: 'query', name: 'k', secret: SECRET });
    expect(seen[0]?.url.searchParams.get('k')).toBe(SECRET);
    expect(JSON.stringify(exchanges)).not.toContain(SECRET);
  });

  it('is exchanged for a token once a run, by client credentials', async () => {
    await checked({ auth: 'none' });
    const tokenUrl = new URL('/oauth/token', api?.endpoint).href;
    const { exchanges, seen } = await checked({
      auth: 'oauth2',
      name: 'app',
      secret: SECRET,
      tokenUrl,
      scope: 'read',
    });
    const [, token, asked] = seen;
    expect(token).toMatchObject({ method: 'POST', body: 'grant_type=client_credentials&scope=read' });
    expect(token?.headers.authorization).toBe(`Basic ${btoa(`app:${SECRET}`)}`);
    expect(asked?.headers.authorization).toBe('Bearer short-lived');
    expect(JSON.stringify(exchanges)).not.toMatch(/short-lived|s3cret/);
  });

  it('that a token endpoint refuses is the owner’s to look at', async () => {
    api = await startApi(() => ({
      status: 400,
      body: { error: 'invalid_client', error_description: `bad ${SECRET}` },
    }));
    const tokenUrl = new URL('/oauth/token', api.endpoint).href;
    const refused = checked({ auth: 'oauth2', name: 'app', secret: SECRET, tokenUrl });
    await expect(refused).rejects.toMatchObject({ errorClass: 'auth', remedy: { by: 'owner' } });
    await expect(refused).rejects.not.toThrow(SECRET);
  });

  it('is bound to the address, and to the token endpoint where there is one', () => {
    const endpoint = new URL('https://api.example.com');
    expect(allowedHosts(endpoint)).toEqual(['api.example.com']);
    expect(allowedHosts(endpoint, { auth: 'oauth2', tokenUrl: 'https://login.example.org:8443/t' })).toEqual([
      'api.example.com',
      'login.example.org:8443',
    ]);
    expect(allowedHosts(endpoint, { auth: 'bearer', tokenUrl: 'https://login.example.org/t' })).toEqual([
      'api.example.com',
    ]);
    expect(allowedHosts(null)).toEqual(['address-missing.invalid']);
    expect(prometheus.allowedHosts(null)).toEqual(['address-missing.invalid']);
  });
});

it.each([
  [{}, 'auth'],
  [{ auth: 'bearer' }, 'secret'],
  [{ auth: 'none', secret: SECRET }, 'secret'],
  [{ auth: 'basic', secret: SECRET }, 'name'],
  [{ auth: 'basic', secret: SECRET, name: 'a:b' }, 'name'],
  [{ auth: 'header', secret: SECRET, name: 'Host' }, 'name'],
  [{ auth: 'header', secret: SECRET, name: 'X Y' }, 'name'],
  [{ auth: 'bearer', secret: 'two\nlines' }, 'secret'],
  [{ auth: 'oauth2', secret: SECRET, name: 'app' }, 'tokenUrl'],
  [{ auth: 'oauth2', secret: SECRET, name: 'app', tokenUrl: 'ftp://x' }, 'tokenUrl'],
  [{ auth: 'none', headers: 'Cookie: a=b' }, 'headers'],
  [{ auth: 'none', headers: 'Authorization: Bearer x' }, 'headers'],
  [{ auth: 'none', headers: 'no colon' }, 'headers'],
  [{ auth: 'none', headers: 'X-A: 1\n'.repeat(21) }, 'headers'],
  [{ auth: 'none', headers: `X-A: ${'1'.repeat(5_000)}` }, 'headers'],
  [{ auth: 'none', accountAt: 'name' }, 'accountAt'],
])('refuses the settings %j, and names the field', (config, field) => {
  const parsed = httpJson.configSchema.safeParse(config);
  expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
});

const series = { path: '/s', items: '/rows', day: '/d', value: '/v' };
it.each([
  [{ path: 'https://evil.example/s' }, 'path'],
  [{ path: '//evil.example/s' }, 'path'],
  [{ path: '/a/../b' }, 'path'],
  [{ path: '/s?x={{secret}}' }, 'path'],
  [{ path: '/s?x={{ constructor }}' }, 'path'],
  [{ path: `/${'x'.repeat(2_000)}` }, 'path'],
  [{ body: '{"a": {{start}}}' }, 'body'],
  [{ body: '"text"' }, 'body'],
  [{ value: 'v' }, 'value'],
  [{ value: '$[?match(@.a, "(a+)+")]' }, 'value'],
  [{ value: `/${'a/'.repeat(40)}` }, 'value'],
  [{ value: '/a~2' }, 'value'],
  [{ value: undefined }, 'value'],
  [{ kind: 'ratio' }, 'numerator'],
  [{ unit: 'money' }, 'currency'],
  [{ unit: 'custom:<b>' }, 'unit'],
  [{ scale: '1/3' }, 'scale'],
  [{ missing: 'zero', items: '$.rows[*]' }, 'missing'],
  [{ paging: 'cursor', pageParam: 'c' }, 'pagingAt'],
  [{ paging: 'page' }, 'pageParam'],
])('refuses the metric %j, and names the parameter', (more, field) => {
  const parsed = httpJson.metrics['series']?.paramsSchema.safeParse({ ...series, ...more });
  expect(parsed?.error?.issues.map(({ path }) => path[0])).toContain(field);
});

it('says that the key was not tried where the address has no page', async () => {
  api = await startApi(() => null);
  const { result } = await checked({ auth: 'bearer', secret: SECRET });
  expect(result.warnings).toEqual([expect.stringContaining('the key was not tried')]);
});

it('takes an error in spite of its status for an error', async () => {
  api = await startApi(() => ({ body: { errors: [{ message: 'Field is gone' }], rows: [] } }));
  await expect(readMetric(api, 'series', { ...series, errorAt: '/errors' })).rejects.toMatchObject({
    errorClass: 'config',
    message: expect.stringContaining('says: Field is gone.') as string,
  });
});

it('takes unit and kind from the parameters', () => {
  const metric = httpJson.metrics['series'];
  const params: unknown = metric?.paramsSchema.parse({ ...series, unit: 'custom:builds', kind: 'stock' });
  expect([metric?.unitOf?.(params), metric?.kindOf?.(params)]).toEqual(['custom:builds', 'stock']);
});
