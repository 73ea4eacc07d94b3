import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes.ts';
import { startTestServer, type TestServer } from './support/server.ts';

// Section 9: a secret goes in and never comes out. What is shown is that it is set, its end, when and for which hosts.

const FIRST = 'rk_test_theFirstPlantedSecret0001';
const SECOND = 'rk_test_theSecondPlantedSecret0002';
const HOOK = 'whsec_thePlantedHookSecret0003';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const made = await server.ask('POST', '/api/v1/connections', {
    key: 'shop',
    connectorId: 'stripe',
    endpoint: 'https://stripe.example.com',
    config: { apiKey: FIRST, webhookSecret: HOOK },
  });
  expect(made.status, made.text).toBe(201);
  expect(made.text).not.toContain('Planted');
});
afterAll(() => server.close());

async function patch(body: unknown) {
  const { headers } = await server.ask('GET', '/api/v1/connections/shop');
  const etag = headers.get('etag');
  return server.ask('PATCH', '/api/v1/connections/shop', body, etag === null ? {} : { 'if-match': etag });
}

describe('section 9: a secret is write-only', () => {
  it('shows that it is set, its last four characters, when it changed, and where it may be sent', async () => {
    const { json } = await server.ask('GET', '/api/v1/connections/shop');
    expect(json['secrets']).toEqual({
      apiKey: {
        set: true,
        last4: '0001',
        updatedAt: expect.any(String),
        allowedHosts: ['stripe.example.com'],
      },
      webhookSecret: {
        set: true,
        last4: '0003',
        updatedAt: expect.any(String),
        allowedHosts: ['stripe.example.com'],
      },
    });
  });

  it('is in no answer of any address that can be read', async () => {
    for (const { method, path } of Object.values(routes)) {
      if (method !== 'GET' || path.endsWith('/events')) continue;
      const { text } = await server.ask('GET', path.replace(/:\w+/g, 'shop'));
      expect(text, path).not.toMatch(/Planted|v1\.dk-/);
    }
  });

  it('has to be entered again when the address changes, and is not taken along', async () => {
    for (const body of [{ endpoint: 'https://other.example.com' }, { endpoint: null }]) {
      const refused = await patch(body);
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('secret_needed');
    }
    // Other settings alone are no secret.
    const half = await patch({ endpoint: 'https://other.example.com', config: { requestsPerSecond: 3 } });
    expect(half.status).toBe(422);
    const { json } = await server.ask('GET', '/api/v1/connections/shop');
    expect(json).toMatchObject({ endpoint: 'https://stripe.example.com' });
    const moved = await patch({ endpoint: 'https://other.example.com', config: { apiKey: SECOND } });
    expect(moved.status, moved.text).toBe(200);
    expect(moved.text).not.toContain('Planted');
    expect(moved.json['secrets']).toMatchObject({
      apiKey: { last4: '0002', allowedHosts: ['other.example.com'] },
    });
    // The one that was not entered again still opens for the old host alone, so it can be sent nowhere.
    const { deps } = server.services;
    const id = String(moved.json['id']);
    const stored = await deps.sources.secretsOf('connection', id);
    for (const [field, { allowedHosts }] of Object.entries(stored))
      expect(allowedHosts).toEqual([field === 'apiKey' ? 'other.example.com' : 'stripe.example.com']);
  });

  it('is opened only where it is bound: hosts that were edited in the database open nothing', async () => {
    const { database, deps, workspace } = server.services;
    await database.pool.query(
      `UPDATE secret SET allowed_hosts = ARRAY['evil.example.com'] WHERE field = 'apiKey'`,
    );
    const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM connection');
    const opened = deps.vault.open(workspace.id, 'connection', rows[0]?.id ?? '');
    await expect(opened).rejects.toMatchObject({ code: 'not_authentic' });
  });
});

describe('a token endpoint of its own is a host that the secret goes to', () => {
  const OAUTH = 'thePlantedClientSecret0004';
  const NEXT = 'thePlantedClientSecret0005';
  const path = '/api/v1/connections/reports';
  const config = { auth: 'oauth2', name: 'tidemark', tokenUrl: 'https://login.example.com/token' };
  const change = (body: unknown) => server.ask('PATCH', path, body);
  const state = async () => {
    const { json } = await server.ask('GET', path);
    return { settings: json['settings'], secrets: json['secrets'] };
  };
  beforeAll(async () => {
    const made = await server.ask('POST', '/api/v1/connections', {
      key: 'reports',
      connectorId: 'http_json',
      endpoint: 'https://api.example.com',
      config: { ...config, secret: OAUTH },
    });
    expect(made.status, made.text).toBe(201);
  });

  it('binds the secret to both hosts', async () => {
    expect((await state()).secrets).toMatchObject({
      secret: { last4: '0004', allowedHosts: ['api.example.com', 'login.example.com'] },
    });
  });

  it.each([
    'https://evil.example.com/token',
    'https://login.example.com:8443/token',
    'https://login.example.com.evil.example.com/token',
    'https://login.example.com@evil.example.com/token',
  ])('does not go to %s with what was entered for another one', async (tokenUrl) => {
    const before = await state();
    const refused = await change({ config: { tokenUrl } });
    expect(refused.status, refused.text).toBe(422);
    expect(refused.json['errors']).toEqual([expect.objectContaining({ pointer: '/config/secret' })]);
    expect(await state()).toEqual(before);
  });

  it('does not go there either when the way in changes with it', async () => {
    const made = await server.ask('POST', '/api/v1/connections', {
      key: 'bearer',
      connectorId: 'http_json',
      endpoint: 'https://api.example.com',
      config: { auth: 'bearer', secret: OAUTH },
    });
    expect(made.status, made.text).toBe(201);
    const elsewhere = { ...config, tokenUrl: 'https://evil.example.com/token' };
    const refused = await server.ask('PATCH', '/api/v1/connections/bearer', { config: elsewhere });
    expect(refused.status, refused.text).toBe(422);
    const { json } = await server.ask('GET', '/api/v1/connections/bearer');
    expect(json['secrets']).toMatchObject({ secret: { allowedHosts: ['api.example.com'] } });
  });

  it('stays as it is while only the path changes', async () => {
    const tokenUrl = 'https://login.example.com/oauth/token';
    const moved = await change({ config: { tokenUrl } });
    expect(moved.status, moved.text).toBe(200);
    expect(await state()).toMatchObject({
      settings: { tokenUrl },
      secrets: { secret: { last4: '0004', allowedHosts: ['api.example.com', 'login.example.com'] } },
    });
  });

  it('goes to another host when it is entered again, and to the old one no more', async () => {
    const moved = await change({ config: { tokenUrl: 'https://login.example.org/token', secret: NEXT } });
    expect(moved.status, moved.text).toBe(200);
    expect(moved.text).not.toContain('Planted');
    expect((await state()).secrets).toMatchObject({
      secret: { last4: '0005', allowedHosts: ['api.example.com', 'login.example.org'] },
    });
  });
});
