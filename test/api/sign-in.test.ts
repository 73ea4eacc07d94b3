import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../src/app/sign-in.ts';
import { resetLink, switchAccount } from '../../src/wiring/accounts.ts';
import { moveClock } from '../support/database.ts';
import { type Answer, request, startTestServer, type TestServer } from './support/server.ts';

// Sections 9, 12 and 13 of the reliability rules: accounts, sessions, tokens and what ends them.

const password = 'copper lantern under seven hills';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let server: TestServer;
let mei: string;
beforeAll(async () => {
  server = await startTestServer();
  mei = await invite('mei@example.com', 'Mei', 'editor');
  await request(`${server.api.url}/api/v1/passwords`, 'POST', { token: mei, password });
}, 60_000);
afterAll(() => server?.close());
beforeEach(async () => {
  await moveClock(server.services.database.pool, 0);
  await server.services.database.pool.query('DELETE FROM sign_in_attempt');
});

const tokenIn = (url: unknown): string => new URL(String(url)).hash.replace('#token=', '');
const later = (ms: number): Promise<void> => moveClock(server.services.database.pool, ms);

async function invite(email: string, name: string, role: string): Promise<string> {
  const added = await server.ask('POST', '/api/v1/members', { email, name, role });
  expect(added.status, added.text).toBe(201);
  expect(String(added.json['invitationUrl'])).toMatch(/\/set-password#token=tdm_/);
  return tokenIn(added.json['invitationUrl']);
}

/** As nobody. */
const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  request(`${server.api.url}${path}`, method, body, headers);
const enter = (given: Record<string, unknown>): Promise<Answer> => ask('POST', '/api/v1/sessions', given);
const cookieOf = (answer: Answer): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const page = (cookie: string) => ({ cookie, 'x-tdm-csrf': '1', 'sec-fetch-site': 'same-origin' });
const board = async (headers: Record<string, string>): Promise<number> =>
  (await ask('GET', '/api/v1/board', undefined, headers)).status;

async function signedIn(email = 'mei@example.com'): Promise<string> {
  const answer = await enter({ email, password });
  expect(answer.status, answer.text).toBe(204);
  return cookieOf(answer);
}

describe('section 12: login; section 13: signing in by e-mail and password', () => {
  it('opens a session that only HTTP can read, another one each time', async () => {
    const answer = await enter({ email: ' MEI@Example.com ', password });
    expect(answer.status).toBe(204);
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const flag of [/^tdm_sid=tdm_/, /; HttpOnly/, /; SameSite=Lax/, /; Path=\//, /; Max-Age=604800/])
      expect(cookie).toMatch(flag);
    const me = await ask('GET', '/api/v1/me', undefined, { cookie: cookieOf(answer) });
    expect(me.json).toMatchObject({
      user: { name: 'Mei', email: 'mei@example.com' },
      role: 'editor',
      workspace: { name: 'Test' },
      memberships: [{ current: true }],
    });
    expect(await signedIn()).not.toBe(cookieOf(answer));
  });

  it('keeps neither the password nor the session in clear text', async () => {
    const cookie = await signedIn();
    const { pool } = server.services.database;
    const secret = cookie.slice(-43);
    for (const table of ['app_user', 'api_token', 'audit_log', 'sign_in_attempt']) {
      const found = await pool.query(
        `SELECT FROM ${table} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0`,
        [password, secret],
      );
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
    const kept = await pool.query<{ hash: string }>('SELECT password_hash AS hash FROM app_user');
    expect(kept.rows[0]?.hash).toMatch(/^scrypt\$17\$8\$1\$/);
  });

  it('answers an unknown address as a wrong password, byte for byte, after the same work', async () => {
    const wrong = await enter({ email: 'mei@example.com', password: 'not this one at all' });
    const unknown = await enter({ email: 'nobody@example.com', password: 'not this one at all' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const { requestId: _a, ...first } = wrong.json;
    const { requestId: _b, ...second } = unknown.json;
    expect(first).toEqual(second);
    expect(wrong.json['code']).toBe('sign_in_failed');
  });

  it('works out one hash whether the account is there, is disabled, or has no password', async () => {
    const { access } = server.services.deps;
    const worked: boolean[] = [];
    const passwords = {
      ...access.passwords,
      verify: async (_given: string, stored: string | null) => {
        worked.push(stored !== null);
        return false;
      },
    };
    await invite('waiting@example.com', 'Waiting', 'viewer');
    for (const email of ['mei@example.com', 'waiting@example.com', 'nobody@example.com']) {
      const attempt = signIn(
        { ...access, passwords },
        { email, password },
        { ip: '192.0.2.1', requestId: null },
      );
      await expect(attempt).rejects.toMatchObject({ code: 'sign_in_failed' });
    }
    expect(worked).toEqual([true, false, false]);
    const once = async (stored: string | null): Promise<number> => {
      const begun = performance.now();
      await access.passwords.verify('not this one at all', stored);
      return performance.now() - begun;
    };
    const found = await server.services.deps.access.accounts.findByEmail('mei@example.com');
    const times = { known: await once(found?.passwordHash ?? ''), unknown: await once(null) };
    // 128 MiB are filled either way; without that work the second would take a hundredth of the first.
    expect(times.unknown).toBeGreaterThan(times.known / 5);
  });

  it('locks an account after five failures, for a quarter of an hour, and lets it in after that', async () => {
    for (let failure = 0; failure < 5; failure += 1)
      expect((await enter({ email: 'mei@example.com', password: 'not this one' })).status).toBe(401);
    const locked = await enter({ email: 'mei@example.com', password });
    expect(locked.status).toBe(429);
    const wait = Number(locked.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(14 * 60);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    await later(14 * MINUTE);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(429);
    await later(15 * MINUTE + 10_000);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(204);
  });

  it('locks an address that nobody has in the same way', async () => {
    for (let failure = 0; failure < 5; failure += 1)
      await enter({ email: 'nobody@example.com', password: 'not this one' });
    expect((await enter({ email: 'NOBODY@example.com', password })).status).toBe(429);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(204);
  });

  it('counts guesses that come at the same moment one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => enter({ email: 'mei@example.com', password: 'not this one' })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it('lets one address try twenty times a minute, whoever it tries', async () => {
    const { attempts } = server.services.deps.access;
    for (let at = 0; at < 20; at += 1)
      expect((await attempts.begin(`user${at}@example.com`, '127.0.0.1')).ok).toBe(true);
    expect((await attempts.begin('user20@example.com', '192.0.2.9')).ok).toBe(true);
    const refused = await enter({ email: 'mei@example.com', password });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    await later(MINUTE + 1_000);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(204);
  });

  it('cannot be done for somebody by a page of another site', async () => {
    const body = { email: 'mei@example.com', password };
    const foreign = await ask('POST', '/api/v1/sessions', body, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
  });
});

describe('section 13: a session', () => {
  it('ends after twelve idle hours, and not before', async () => {
    const cookie = await signedIn();
    expect(await board({ cookie })).toBe(200);
    await later(12 * HOUR - MINUTE);
    expect(await board({ cookie })).toBe(200);
    await later(24 * HOUR - 3 * MINUTE); // used twelve hours ago, less three minutes
    expect(await board({ cookie })).toBe(200);
    await later(36 * HOUR);
    expect(await board({ cookie })).toBe(401);
  });

  it('ends after seven days, however much it is used', async () => {
    const cookie = await signedIn();
    for (let at = 10 * HOUR; at < 7 * DAY; at += 10 * HOUR) {
      await later(at);
      expect(await board({ cookie })).toBe(200);
    }
    await later(7 * DAY + MINUTE);
    expect(await board({ cookie })).toBe(401);
  });

  it('ends when its holder signs out, and the browser is told to forget it', async () => {
    const cookie = await signedIn();
    expect((await ask('DELETE', '/api/v1/sessions/current', undefined, { cookie })).status).toBe(403);
    const out = await ask('DELETE', '/api/v1/sessions/current', undefined, page(cookie));
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^tdm_sid=;/);
    expect(await board({ cookie })).toBe(401);
  });

  it('is for browsers: nobody opens anything by sending it as a token', async () => {
    const cookie = await signedIn();
    expect(await board({ authorization: `Bearer ${cookie.replace('tdm_sid=', '')}` })).toBe(401);
  });

  it('writes only with the header and the proof that our own page sent it', async () => {
    const cookie = await signedIn();
    const write = (headers: Record<string, string>) =>
      ask('POST', '/api/v1/imports/text/drafts', { text: 'Objective: grow' }, { cookie, ...headers });
    const origin = server.api.url;
    for (const headers of [
      {},
      { 'x-tdm-csrf': '1' },
      { 'sec-fetch-site': 'same-origin' },
      { 'x-tdm-csrf': '1', 'sec-fetch-site': 'none' },
      { 'x-tdm-csrf': '1', origin: 'https://evil.example' },
      { 'x-tdm-csrf': '1', origin: 'null' },
      { 'x-tdm-csrf': '0', origin },
    ])
      expect([headers, (await write(headers)).json['code']]).toEqual([headers, 'csrf']);
    expect((await write({ 'x-tdm-csrf': '1', origin })).status).toBe(200);
    expect((await write({ 'x-tdm-csrf': '1', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('has a name that browsers keep to this host where people come by https', async () => {
    const tls = await startTestServer('', { publicUrl: 'https://tidemark.example.com' });
    const token = tokenIn(await tls.api.signInLink());
    const answer = await request(`${tls.api.url}/api/v1/sessions`, 'POST', { token });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-tdm_sid=tdm_/);
    for (const flag of [/; Secure/, /; HttpOnly/, /; Path=\//]) expect(cookie).toMatch(flag);
    expect(cookie).not.toMatch(/Domain/i);
    const at = (headers: Record<string, string>) =>
      request(`${tls.api.url}/api/v1/board`, 'GET', undefined, headers);
    expect((await at({ cookie: cookieOf(answer) })).status).toBe(200);
    expect((await at({ cookie: cookieOf(answer).replace('__Host-', '') })).status).toBe(401);
    await tls.close();
  }, 30_000);

  it('moves to another workspace of its user, and to no other', async () => {
    const made = await server.ask('POST', '/api/v1/workspaces', {
      name: 'Second',
      timeZone: 'Asia/Shanghai',
      admin: { email: 'mei@example.com', name: 'Mei' },
    });
    expect(made.status, made.text).toBe(201);
    expect((made.json['admin'] as { invitationUrl: unknown }).invitationUrl).toBeNull(); // she has a password
    const cookie = await signedIn();
    const move = (workspace: unknown) =>
      ask('POST', '/api/v1/sessions/current/workspace', { workspace }, page(cookie));
    expect((await move(made.json['id'])).json).toMatchObject({ name: 'Second', role: 'admin' });
    const me = await ask('GET', '/api/v1/me', undefined, { cookie });
    expect(me.json).toMatchObject({ workspace: { name: 'Second' }, role: 'admin' });
    expect((await move('wsp_unknown')).status).toBe(404);
  });
});

describe('section 13: a link that sets a password', () => {
  it('works once, and signs in', async () => {
    const token = await invite('ana@example.com', 'Ana', 'viewer');
    const first = await ask('POST', '/api/v1/passwords', { token, password });
    expect(first.status).toBe(204);
    expect(await board({ cookie: cookieOf(first) })).toBe(200);
    expect((await ask('POST', '/api/v1/passwords', { token, password })).json['code']).toBe('link_used');
    expect((await enter({ email: 'ana@example.com', password })).status).toBe(204);
  });

  it('is no token, and no link that signs in', async () => {
    const token = await invite('bo@example.com', 'Bo', 'admin');
    expect(await board({ authorization: `Bearer ${token}` })).toBe(401);
    expect((await enter({ token })).json['code']).toBe('link_used');
    const link = tokenIn(await server.api.signInLink());
    expect((await ask('POST', '/api/v1/passwords', { token: link, password })).json['code']).toBe(
      'link_used',
    );
  });

  it.each([
    { poor: 'elevenchars', code: 'password_too_short' },
    { poor: 'x'.repeat(201), code: 'password_too_long' },
    { poor: 'Password1234', code: 'password_common' },
    { poor: '123456789012', code: 'password_common' },
    { poor: 'qwertyuiop12', code: 'password_common' },
    { poor: 'cara.cara.cara', code: 'password_own_name' },
    { poor: 'cara@example.com', code: 'password_own_name' },
  ])('refuses "$poor" ($code) without being used up', async ({ poor, code }) => {
    const listed = await server.ask('GET', '/api/v1/members');
    const known = (listed.json['data'] as { email: string }[]).some(
      ({ email }) => email === 'cara@example.com',
    );
    const again = known ? await server.ask('POST', '/api/v1/members/cara@example.com/invitations', {}) : null;
    const token =
      again === null
        ? await invite('cara@example.com', 'Cara', 'viewer')
        : tokenIn(again.json['invitationUrl']);
    const answer = await ask('POST', '/api/v1/passwords', { token, password: poor });
    expect([answer.status, (answer.json['errors'] as { code: string }[])[0]?.code]).toEqual([422, code]);
    expect((await server.services.deps.access.grants.holder(token))?.kind).toBe('password');
  });

  it('of a reset works for half an hour, and ends every session', async () => {
    const cookie = await signedIn();
    const first = await resetLink(server.services, 'MEI@example.com');
    const second = await resetLink(server.services, 'mei@example.com');
    const used = { token: tokenIn(first.url), password };
    expect((await ask('POST', '/api/v1/passwords', used)).json['code']).toBe('link_used'); // the newer one counts
    await later(31 * MINUTE);
    const token = tokenIn(second.url);
    expect((await ask('POST', '/api/v1/passwords', { token, password })).json['code']).toBe('link_used');
    await later(29 * MINUTE);
    expect((await ask('POST', '/api/v1/passwords', { token, password })).status).toBe(204);
    await later(0);
    expect(await board({ cookie })).toBe(401);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(204);
  });

  it('is not given to admins of another workspace for an account of ours', async () => {
    await invite('dee@example.com', 'Dee', 'viewer');
    const made = await server.ask('POST', '/api/v1/workspaces', {
      name: 'Greedy',
      timeZone: 'UTC',
      admin: { email: 'dee@example.com', name: 'Dee' },
    });
    expect(made.json['admin']).toMatchObject({ invitationUrl: null, state: 'invited' });
  });

  it('is not made for somebody who can sign in already', async () => {
    const again = await server.ask('POST', '/api/v1/members/mei@example.com/invitations', {});
    expect([again.status, again.json['code']]).toEqual([409, 'has_account']);
    const twice = { email: 'mei@example.com', name: 'Mei', role: 'admin' };
    expect((await server.ask('POST', '/api/v1/members', twice)).status).toBe(409);
  });
});

describe('section 13: what ends access at once', () => {
  it('a changed password ends the other sessions, and takes the present one', async () => {
    const here = await signedIn();
    const there = await signedIn();
    const change = (current: string) =>
      ask('PUT', '/api/v1/me/password', { current, password: `${password}!` }, page(here));
    expect((await change('not this one')).status).toBe(422);
    expect((await change(password)).status).toBe(204);
    expect([await board({ cookie: here }), await board({ cookie: there })]).toEqual([200, 401]);
    const back = { current: `${password}!`, password };
    expect((await ask('PUT', '/api/v1/me/password', back, page(here))).status).toBe(204);
  });

  it('a role that changes holds from the next request on', async () => {
    const cookie = await signedIn();
    const write = async () => (await ask('POST', '/api/v1/objectives', { key: 'x' }, page(cookie))).status;
    expect(await write()).toBe(422);
    await server.ask('PATCH', '/api/v1/members/mei@example.com', { role: 'viewer' });
    expect(await write()).toBe(403);
    await server.ask('PATCH', '/api/v1/members/mei@example.com', { role: 'editor' });
    expect(await write()).toBe(422);
  });

  it('a disabled account has no session and no token, nor when it is enabled again', async () => {
    const cookie = await signedIn();
    const token = await ask('POST', '/api/v1/tokens', { name: 'ci', scopes: ['read'] }, page(cookie));
    const bearer = { authorization: `Bearer ${String(token.json['token'])}` };
    expect(await board(bearer)).toBe(200);
    await switchAccount(server.services, 'mei@example.com', true);
    expect([await board({ cookie }), await board(bearer)]).toEqual([401, 401]);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(401);
    await switchAccount(server.services, 'mei@example.com', false);
    expect([await board({ cookie }), await board(bearer)]).toEqual([401, 401]);
    expect((await enter({ email: 'mei@example.com', password })).status).toBe(204);
  });

  it('a removed member has no session and no token here, and the connections lose their owner', async () => {
    const token = await invite('eve@example.com', 'Eve', 'editor');
    const cookie = cookieOf(await ask('POST', '/api/v1/passwords', { token, password }));
    const draft = { key: 'eves', connectorId: 'records', config: {} };
    expect((await ask('POST', '/api/v1/connections', draft, page(cookie))).status).toBe(201);
    const { accounts } = server.services.deps.access;
    expect(await accounts.connectionOwner(server.services.workspace.id, 'eves')).toMatch(/^usr_/);
    expect((await server.ask('DELETE', '/api/v1/members/eve@example.com')).status).toBe(204);
    expect(await board({ cookie })).toBe(401);
    expect((await enter({ email: 'eve@example.com', password })).status).toBe(401);
    expect(await accounts.connectionOwner(server.services.workspace.id, 'eves')).toBeNull();
  });

  it('never the last admin, also when two admins remove each other at the same moment', async () => {
    for (const name of ['one', 'two']) await invite(`${name}@example.com`, name, 'admin');
    await server.ask('PATCH', '/api/v1/members/bo@example.com', { role: 'viewer' });
    const removed = await Promise.all(
      ['one', 'two'].map((name) => server.ask('DELETE', `/api/v1/members/${name}@example.com`)),
    );
    expect(removed.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    expect(removed.find(({ status }) => status === 409)?.json['code']).toBe('last_admin');
    const left = removed[0]?.status === 409 ? 'one' : 'two';
    const demoted = await server.ask('PATCH', `/api/v1/members/${left}@example.com`, { role: 'editor' });
    expect([demoted.status, demoted.json['code']]).toEqual([409, 'last_admin']);
  });
});

describe('section 9: an API token', () => {
  const make = async (cookie: string, body: unknown) => ask('POST', '/api/v1/tokens', body, page(cookie));

  it('is told once, is listed without its secret, and ends at once when it is revoked', async () => {
    const cookie = await signedIn();
    const made = await make(cookie, { name: 'ci', scopes: ['read'] });
    expect(made.status).toBe(201);
    const token = String(made.json['token']);
    expect(token).toMatch(/^tdm_[A-Za-z0-9_-]+_[A-Za-z0-9_-]{43}$/);
    const days = (Date.parse(String(made.json['expiresAt'])) - Date.now()) / DAY;
    expect(days).toBeGreaterThan(89.9);
    expect(days).toBeLessThan(90.1);
    const bearer = { authorization: `Bearer ${token}` };
    expect(await board(bearer)).toBe(200);
    const listed = await ask('GET', '/api/v1/tokens', undefined, { cookie });
    expect(listed.text).toContain(String(made.json['id']));
    expect(listed.text).not.toContain(token.slice(-43));
    expect((listed.json['data'] as { lastUsedAt: string }[])[0]?.lastUsedAt).toMatch(/Z$/);
    const id = String(made.json['id']);
    expect((await ask('DELETE', `/api/v1/tokens/${id}`, undefined, page(cookie))).status).toBe(204);
    expect(await board(bearer)).toBe(401);
    expect((await ask('DELETE', `/api/v1/tokens/${id}`, undefined, page(cookie))).status).toBe(404);
  });

  it('expires on its day', async () => {
    const made = await make(await signedIn(), { name: 'short', scopes: ['read'], expiresInDays: 1 });
    const bearer = { authorization: `Bearer ${String(made.json['token'])}` };
    await later(DAY - MINUTE);
    expect(await board(bearer)).toBe(200);
    await later(DAY + MINUTE);
    expect(await board(bearer)).toBe(401);
  });

  it('has no scope that its user has not, nor more days than 366', async () => {
    const cookie = await signedIn();
    const beyond = await make(cookie, { name: 'x', scopes: ['read', 'admin'] });
    expect((beyond.json['errors'] as { code: string }[])[0]?.code).toBe('scope_beyond_role');
    expect((await make(cookie, { name: 'x', scopes: ['read'], expiresInDays: 367 })).status).toBe(422);
    expect((await make(cookie, { name: 'x', scopes: [] })).status).toBe(422);
    expect((await make(cookie, { name: 'x', scopes: ['root'] })).status).toBe(422);
  });

  it('makes no other token, and no link', async () => {
    const all = ['read', 'write', 'sync', 'credentials', 'admin'];
    const made = await server.ask('POST', '/api/v1/tokens', { name: 'all', scopes: all });
    const bearer = { authorization: `Bearer ${String(made.json['token'])}` };
    for (const path of ['/api/v1/tokens', '/api/v1/sign-in-links'])
      expect((await ask('POST', path, { name: 'y', scopes: ['read'] }, bearer)).json['code']).toBe(
        'in_person_only',
      );
  });

  it('is one of fifty at most', async () => {
    const { grants } = server.services.deps.access;
    const workspaceId = server.services.workspace.id;
    const user = await server.services.deps.access.accounts.findByEmail('mei@example.com');
    const held = (await grants.list(workspaceId, user?.id ?? '')).length;
    for (let at = held; at < 50; at += 1)
      await grants.issue({
        workspaceId,
        userId: user?.id ?? '',
        kind: 'api',
        name: `t${at}`,
        scopes: ['read'],
        validSeconds: 3_600,
      });
    const cookie = await signedIn();
    const answers = await Promise.all([1, 2].map(() => make(cookie, { name: 'one more', scopes: ['read'] })));
    expect(answers.map(({ json, status }) => [status, json['code']])).toEqual([
      [409, 'limit_reached'],
      [409, 'limit_reached'],
    ]);
  });

  it('acts under the name of its user and its own', async () => {
    const made = await server.ask('POST', '/api/v1/tokens', { name: 'robot', scopes: ['write'] });
    const bearer = { authorization: `Bearer ${String(made.json['token'])}` };
    const cycle = { key: 'by-robot', startDay: '2026-01-01', endDay: '2026-04-01' };
    expect((await ask('POST', '/api/v1/cycles', cycle, bearer)).status).toBe(201);
    const { pool } = server.services.database;
    const line = await pool.query<{ actor: string }>(
      `SELECT actor FROM audit_log WHERE object_type = 'cycle' ORDER BY id DESC LIMIT 1`,
    );
    expect(line.rows).toEqual([{ actor: 'robot' }]);
  });
});

it('every change of access is a line of the record', async () => {
  const { pool } = server.services.database;
  const lines = await pool.query<{ what: string }>(
    `SELECT DISTINCT object_type || ' ' || action AS what FROM audit_log
     WHERE object_type IN ('member', 'token', 'user', 'session', 'workspace') ORDER BY 1`,
  );
  expect(lines.rows.map(({ what }) => what)).toEqual([
    'member add',
    'member change_role',
    'member remove',
    'session leave_for',
    'session sign_in',
    'session sign_out',
    'token create',
    'token revoke',
    'user change_password',
    'user disable',
    'user enable',
    'user set_password',
    'workspace create',
  ]);
});
