import { createHash } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemSchema } from '../../src/api/contract.ts';
import type { CreatedPublicLinkView } from '../../src/api/contracts/public-links.ts';
import { renderPng } from '../../src/picture/render-png.ts';
import { decodePng } from '../picture/support.ts';
import { audited } from './support/alerts.ts';
import { type Answer, request, startTestServer, type TestServer } from './support/server.ts';

const dayMs = 86_400_000;
const title = 'Visits <script>alert(1)</script> & "more"';
const never = 'a'.repeat(43);
let server: TestServer;
let link: CreatedPublicLinkView;

beforeAll(async () => {
  server = await startTestServer();
  await plant();
});
afterAll(() => server?.close());
beforeEach(async () => {
  link = await share('growth.visits');
});
afterEach(async () => {
  await pool().query('UPDATE public_link SET revoked_at = app_now() WHERE revoked_at IS NULL');
});

const day = (offset: number): string => new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10);
const pool = () => server.services.database.pool;

/** `growth.visits` on a metric, with what people wrote about it; `growth.launch`, whose steps are done or not. */
async function plant(): Promise<void> {
  const post = (path: string, body: unknown) => asked('POST', path, body, 201);
  await post('/api/v1/cycles', { key: 'q', startDay: day(-30), endDay: day(60) });
  await post('/api/v1/objectives', { key: 'growth', title: 'Inside objective', cycle: 'q' });
  await post('/api/v1/metrics/values', {
    key: 'visits',
    title: 'Inside metric',
    kind: 'stock',
    unit: 'count',
  });
  await pushVisits(Array.from({ length: 30 }, (_, at) => 40 + at));
  const goal = { kind: 'reach', startValue: 0, targetValue: 100 };
  const about = { objective: 'growth', owner: 'mei@example.com', description: 'Inside description' };
  await post('/api/v1/key-results', { ...about, key: 'growth.visits', title, goal, metric: 'visits' });
  await post('/api/v1/key-results/growth.visits/check-ins', { note: 'Inside note', confidence: 0.5 });
  const steps = [{ name: 'Inside step', weight: 1, doneOnDay: null }];
  const launch = { key: 'growth.launch', title: 'Launch', goal: { kind: 'milestone', steps }, unit: 'count' };
  await post('/api/v1/key-results', { ...about, ...launch });
  await pool().query(
    `INSERT INTO initiative (id, workspace_id, key_result_id, title, start_day)
     SELECT 'ini_1', workspace_id, id, 'Inside initiative', $1 FROM key_result WHERE key = 'growth.visits'`,
    [day(-9)],
  );
}

/** One value a day, the last one yesterday's. */
function pushVisits(values: number[]): Promise<Record<string, unknown>> {
  const rows = values.map((value, at) => ({ day: day(at - values.length), value }));
  return asked('POST', '/api/v1/metrics/visits/values', { values: rows }, 201);
}

async function asked(method: string, path: string, body: unknown, status: number) {
  const answer = await server.ask(method, path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}

async function share(key: string, body: unknown = {}): Promise<CreatedPublicLinkView> {
  const made = await asked('POST', `/api/v1/key-results/${key}/public-links`, body, 201);
  return made as unknown as CreatedPublicLinkView; // the server has parsed it with the contract's schema
}
const revoke = (id: string) => asked('DELETE', `/api/v1/public-links/${id}`, undefined, 200);

/** As anybody asks for it: without a token of the API. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  request(path.startsWith('http') ? path : `${server.api.url}${path}`, method, undefined, headers);

async function bytes(url: string): Promise<{ type: string | null; body: Buffer }> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return { type: response.headers.get('content-type'), body: Buffer.from(await response.arrayBuffer()) };
}

/** Without what differs from request to request. */
function same({ headers, json, status }: Answer) {
  const { requestId: _, ...problem } = problemSchema.parse(json);
  const kept = [...headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
  return { status, problem, headers: Object.fromEntries(kept) };
}

describe('sharing', () => {
  it('tells token and addresses once, and keeps no more of the token than its hash', async () => {
    const { token, urls } = link;
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(urls).toEqual({
      badgeSvg: `${server.api.url}/badge/${token}.svg`,
      badgeJson: `${server.api.url}/badge/${token}.json`,
      chartSvg: `${server.api.url}/chart/${token}.svg`,
      chartPng: `${server.api.url}/chart/${token}.png`,
    });
    const rows = await pool().query<{ token_hash: string }>('SELECT * FROM public_link WHERE id = $1', [
      link.id,
    ]);
    expect(rows.rows[0]?.token_hash).toBe(createHash('sha256').update(token).digest('hex'));
    const log = await pool().query('SELECT * FROM audit_log');
    const listed = await server.ask('GET', '/api/v1/key-results/growth.visits/public-links');
    expect(JSON.stringify([rows.rows, log.rows]) + listed.text).not.toContain(token);
    expect(listed.text).not.toContain(rows.rows[0]?.token_hash);
  });

  it('lists the links in force, the newest first, with what they are for and who made them', async () => {
    const second = await share('growth.visits', { label: ' README of the app ' });
    await share('growth.launch');
    const path = '/api/v1/key-results/growth.visits/public-links';
    const listed = (await asked('GET', path, undefined, 200))['data'] as unknown[];
    expect(listed).toHaveLength(2);
    expect(listed).toMatchObject([
      { id: second.id, label: 'README of the app', createdBy: 'command line', keyResultKey: 'growth.visits' },
      { id: link.id, label: '', revokedAt: null },
    ]);
    expect(await revoke(link.id)).toMatchObject({ id: link.id, revokedAt: expect.any(String) });
    expect((await asked('GET', path, undefined, 200))['data']).toMatchObject([{ id: second.id }]);
  });

  it('is written down, and so is its end', async () => {
    await revoke(link.id);
    const lines = (await audited(server, 'public_link')).filter(({ objectId }) => objectId === link.id);
    expect(lines).toEqual([
      { action: 'create', objectId: link.id, details: { keyResultId: link.keyResultId, label: '' } },
      { action: 'revoke', objectId: link.id, details: {} },
    ]);
  });

  it('ends once: a link that is revoked, or never was, cannot be revoked', async () => {
    await revoke(link.id);
    for (const id of [link.id, 'lnk_0']) {
      const problem = await asked('DELETE', `/api/v1/public-links/${id}`, undefined, 404);
      expect(problem['fix']).toContain('tidemark kr shares');
    }
  });

  it('has no address of a chart where there is no line to draw, and says so there', async () => {
    const { token, urls } = await share('growth.launch');
    expect(urls).toMatchObject({ chartSvg: null, chartPng: null });
    expect((await get(urls.badgeSvg)).text).toMatch(/>0\/1 · .+<\/text>/);
    expect(await get(`/chart/${token}.svg`)).toMatchObject({ status: 404, json: { code: 'no_chart' } });
  });

  it('stops at twenty links of one Key Result', async () => {
    for (let count = 1; count < 20; count += 1) await share('growth.visits');
    const path = '/api/v1/key-results/growth.visits/public-links';
    expect(await asked('POST', path, {}, 409)).toMatchObject({ code: 'too_many_links' });
    await revoke(link.id);
    await share('growth.visits');
  });

  it.each([
    { body: { label: 'x'.repeat(201) }, why: 'an essay' },
    { body: { label: 'a\u0007' }, why: 'a control character' },
    { body: { token: never }, why: 'a token of the caller’s choice' },
  ])('takes no $why', async ({ body }) => {
    const path = '/api/v1/key-results/growth.visits/public-links';
    expect(await asked('POST', path, body, 422)).toMatchObject({ code: 'validation' });
  });

  it('reaches no Key Result and no link of another workspace', async () => {
    const token = 'b'.repeat(43);
    const foreign = createHash('sha256').update(token).digest('hex');
    await pool().query(`
      INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_x', 'Other', 'UTC');
      INSERT INTO cycle (id, workspace_id, key, title, start_day, end_day, time_zone)
        VALUES ('cyc_x', 'wsp_x', 'q', 'q', '2026-01-01', '2099-01-01', 'UTC');
      INSERT INTO objective (id, workspace_id, cycle_id, key, title) VALUES ('obj_x', 'wsp_x', 'cyc_x', 'o', 'o');
      INSERT INTO key_result (id, workspace_id, objective_id, cycle_id, key, title, goal_kind, goal, unit)
        VALUES ('kr_x', 'wsp_x', 'obj_x', 'cyc_x', 'foreign', 'Foreign', 'accumulate',
          '{"kind": "accumulate", "targetValue": 10}', 'count');
      INSERT INTO public_link (id, workspace_id, key_result_id, token_hash, created_by)
        VALUES ('lnk_x', 'wsp_x', 'kr_x', '${foreign}', 'somebody');`);
    for (const key of ['foreign', 'kr_x']) {
      await asked('POST', `/api/v1/key-results/${key}/public-links`, {}, 404);
      await asked('GET', `/api/v1/key-results/${key}/public-links`, undefined, 404);
    }
    await asked('DELETE', '/api/v1/public-links/lnk_x', undefined, 404);
    const kept = await pool().query('SELECT revoked_at FROM public_link WHERE id = $1', ['lnk_x']);
    expect(kept.rows).toEqual([{ revoked_at: null }]);
    // Whoever has the address sees what its own workspace shows, and nothing of another one.
    const badge = await get(`/badge/${token}.svg`);
    expect(badge.status).toBe(200);
    expect(badge.text).toContain('Foreign');
  });
});

describe('a public page', () => {
  it('is an SVG that any strict reader of XML takes, in which a title stays text', async () => {
    for (const url of [link.urls.badgeSvg, link.urls.chartSvg ?? '']) {
      const { body, type } = await bytes(url);
      expect(type).toBe('image/svg+xml; charset=utf-8');
      expect(String(body)).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
      expect(String(body)).not.toMatch(/<script|<foreignObject|<style|\son[a-z]+=|href=/i);
      await renderPng(String(body));
    }
    // The renderer's own parser is strict: it refuses what is not well-formed.
    const broken = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g></svg>';
    await expect(renderPng(broken)).rejects.toThrow('g');
  });

  it('is a PNG of the chart, in the theme that is asked for', async () => {
    const { body, type } = await bytes(`${link.urls.chartPng}?theme=dark`);
    expect(type).toBe('image/png');
    expect(body.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
    const { rgba, width } = decodePng(body);
    expect(width).toBe(1600);
    expect([...rgba.subarray(0, 3)]).toEqual([0x14, 0x1b, 0x1a]); // #141b1a, the dark ground
  });

  it('has the badge for shields.io in the shape of their endpoint', async () => {
    const answer = await get(link.urls.badgeJson);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { color, message, ...rest } = answer.json;
    // https://shields.io/badges/endpoint-badge: a version, a label, a message that is not empty, at least 300 seconds.
    expect(rest).toEqual({ schemaVersion: 1, label: title, cacheSeconds: 300 });
    expect(message).toMatch(/^69 · /); // 40 and one more each day, thirty of them
    expect(color).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('speaks Chinese when it is asked to', async () => {
    expect((await get(`${link.urls.badgeJson}?lang=zh-CN`)).json['message']).toMatch(
      /^69 · \p{Script=Han}+/u,
    );
    expect((await get(`${link.urls.chartSvg}?lang=zh-CN`)).text).toContain('>目标值</text>');
    expect((await get(`${link.urls.chartSvg}`)).text).toContain('>Target</text>');
  });

  it('says nothing but the Key Result: no owner, no note, no metric, no objective, no initiative, no key', async () => {
    const texts = await Promise.all(
      [link.urls.badgeSvg, link.urls.badgeJson, link.urls.chartSvg ?? ''].map(async (url) => {
        const { headers, text } = await get(url);
        return text + JSON.stringify([...headers]);
      }),
    );
    for (const text of texts) expect(text).not.toMatch(/inside|mei@|growth\.visits|kr_|met_/i);
  });

  it('may be shown on every page and kept for five minutes, and does nothing when it is opened', async () => {
    for (const url of Object.values(link.urls)) {
      const { headers } = await get(url ?? '');
      expect(headers.get('cache-control')).toBe('public, max-age=300');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      );
      expect(headers.get('vary')).toBeNull();
    }
    const page = await get('/livez');
    expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('neither reads nor sets a cookie', async () => {
    const plain = await get(link.urls.badgeSvg);
    const withCookie = await get(link.urls.badgeSvg, { cookie: `tdm_sid=${server.api.localToken}` });
    expect(withCookie.headers.get('set-cookie')).toBeNull();
    expect(withCookie.headers.get('etag')).toBe(plain.headers.get('etag'));
    const cookie = { cookie: `tdm_sid=${server.api.localToken}` };
    expect((await get(`/badge/${never}.svg`, cookie)).status).toBe(404);
  });

  it('is not sent again to who has it, and is when the numbers have changed', async () => {
    for (const url of Object.values(link.urls)) {
      const first = await get(url ?? '');
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[^"]+"$/); // strong
      for (const known of [etag, `"other", W/${etag}`, '*']) {
        const again = await get(url ?? '', { 'if-none-match': known });
        expect(again).toMatchObject({ status: 304, text: '' });
        expect(again.headers.get('etag')).toBe(etag);
        expect(again.headers.get('cache-control')).toBe('public, max-age=300');
      }
    }
    const before = await Promise.all(Object.values(link.urls).map((url) => get(url ?? '')));
    await pushVisits([50]);
    for (const [at, url] of Object.values(link.urls).entries()) {
      const etag = before[at]?.headers.get('etag') ?? '';
      expect((await get(url ?? '', { 'if-none-match': etag })).status).toBe(200);
    }
    await pushVisits([69]);
  });

  it('answers HEAD as GET, without the body', async () => {
    const [head, full] = [await get(link.urls.badgeSvg, {}, 'HEAD'), await get(link.urls.badgeSvg)];
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers.get('etag')).toBe(full.headers.get('etag'));
  });

  it('takes the words that it knows, and no others', async () => {
    const { badgeSvg, chartSvg } = link.urls;
    for (const url of [
      `${badgeSvg}?lang=fr`,
      `${badgeSvg}?lang=en&lang=en`,
      `${badgeSvg}?theme=dark`,
      `${chartSvg}?theme=blue`,
      `${chartSvg}?width=100000`,
      `${chartSvg}?lang=${'x'.repeat(5000)}`,
    ]) {
      const answer = await get(url);
      expect(answer.status, url).toBe(422);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(problemSchema.parse(answer.json)).toMatchObject({ code: 'validation' });
      expect(answer.text).not.toContain(link.token);
    }
  });

  it('is answered under the names of this server only', async () => {
    const { port } = server.api;
    const path = `/badge/${link.token}.svg`;
    const status = await new Promise((done, fail) => {
      rawRequest({ host: '127.0.0.1', port, path, headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        done(response.statusCode);
      })
        .once('error', fail)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('an address that shows nothing', () => {
  it('answers the same for a token that was revoked, that never was, and that is none', async () => {
    const { token } = link;
    await get(link.urls.chartPng ?? ''); // kept in memory, and closed all the same
    await revoke(link.id);
    for (const [place, ending] of [
      ['badge', 'svg'],
      ['badge', 'json'],
      ['chart', 'svg'],
      ['chart', 'png'],
    ]) {
      const revoked = same(await get(`/${place}/${token}.${ending}`));
      expect(revoked).toMatchObject({ status: 404, problem: { code: 'not_found', instance: `/${place}` } });
      expect(revoked.headers['cache-control']).toBe('no-store');
      for (const other of [never, 'short', `${never}a`])
        expect(same(await get(`/${place}/${other}.${ending}`))).toEqual(revoked);
    }
    expect(same(await get(`/badge/${token}.png`))).toEqual(same(await get(`/badge/${never}.svg`)));
  });

  it('is what an archived Key Result leaves behind', async () => {
    await pool().query(`UPDATE key_result SET archived_at = app_now() WHERE key = 'growth.visits'`);
    try {
      expect(same(await get(link.urls.badgeSvg))).toEqual(same(await get(`/badge/${never}.svg`)));
    } finally {
      await pool().query('UPDATE key_result SET archived_at = NULL');
    }
  });
});

it('the token of a link opens nothing else', async () => {
  const headers = { authorization: `Bearer ${link.token}` };
  expect((await server.ask('GET', '/api/v1/board', undefined, headers)).status).toBe(401);
});
