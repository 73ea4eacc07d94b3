import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FaultKind } from '../../sandbox/state.ts';
import { did, openProject, type Project } from './mixpanel-support.ts';

type Case = { name: string; http: number; body: Record<string, string> };
const fixture = new URL('../fixtures/mixpanel/made/errors.json', import.meta.url);
const cases = (JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] }).cases;
const published = (name: string) => cases.find((candidate) => candidate.name === name)?.body ?? {};

const SEGMENTS = { event: 'Sign Up', from_date: '2026-03-02', to_date: '2026-03-02' };
const DAY = { from_date: '2026-03-02', to_date: '2026-03-02' };
const PROJECT = /project_id: \d+/;

let project: Project;
let passedMs = 0;
let perRequestMs = 1_000;
beforeEach(async () => {
  perRequestMs = 1_000;
  project = await openProject({
    events: [did('u1', 'Sign Up', '2026-03-02T10:00:00Z')],
    now: '2026-03-03T12:00:00Z',
    monotonicMs: () => (passedMs += perRequestMs),
  });
});
afterEach(() => project.close());

const query = () => project.get('/segmentation', SEGMENTS);
const raw = () => project.get('/api/2.0/export', DAY);
const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });
/** The published body for our project's number. */
const limited = (name: string) => {
  const { error = '' } = published(name);
  return error.replace(PROJECT, `project_id: ${project.access.projectId}`);
};

it('refuses a wrong secret, a missing one, the token, and a project that is not shared, all alike', async () => {
  const { username, token, projectId } = project.access;
  const asked = new URLSearchParams({ ...SEGMENTS, project_id: String(projectId) });
  const path = `/api/query/segmentation?${asked.toString()}`;
  for (const headers of [basic(username, 'wrong'), basic(token, ''), {}]) {
    const { status, body } = await project.send(path, { headers });
    expect([status, body]).toEqual([401, published('bad_credentials')]);
  }
  const foreign = await project.get('/segmentation', { ...SEGMENTS, project_id: '1' });
  expect([foreign.status, foreign.body]).toEqual([401, published('bad_credentials')]);
  const unnamed = await project.send('/api/query/events/names', { headers: project.account });
  expect(unnamed.status).toBe(400);
  expect(project.server.usage().queries.asked).toBe(0); // who is not let in uses up no budget
});

it('answers 60 queries in any hour by its own clock, and does not say how long to wait', async () => {
  for (let index = 0; index < 60; index += 1) expect((await query()).status).toBe(200);
  const refused = await query();
  expect(refused.status).toBe(429);
  expect((refused.body as Case['body']).error).toBe(limited('query_rate'));
  expect(refused.headers.get('retry-after')).toBeNull();
  expect((await raw()).status).toBe(200); // another budget
  project.at('2026-03-03T12:59:59Z');
  expect((await query()).status).toBe(429);
  project.at('2026-03-03T13:00:00Z');
  expect((await query()).status).toBe(200);
  expect(project.server.usage()).toEqual({
    queries: { asked: 63, refused: 2, mostInAnHour: 62, mostAtOnce: 1 },
    exports: { asked: 1, refused: 0, mostInAnHour: 1, mostAtOnce: 1 },
  });
});

it('works on 5 queries at once, and refuses the sixth for a moment', async () => {
  project.broken({ kind: 'timeout', path: '/api/query/funnels' });
  const hangUp = new AbortController();
  const path = `/api/query/funnels?project_id=${project.access.projectId}`;
  const init = { headers: project.account, signal: hangUp.signal };
  const open = Array.from({ length: 5 }, () => fetch(`${project.url}${path}`, init).catch(() => null));
  await expect.poll(() => project.server.usage().queries.asked).toBe(5);
  const { status, headers, body } = await query();
  expect(status).toBe(429);
  expect((body as Case['body']).error).toBe(
    limited('query_concurrency').replace('12/60', '6/60'), // the published one had asked more in its hour
  );
  expect(headers.get('retry-after')).toBe('5');
  hangUp.abort();
  await Promise.all(open);
  await expect.poll(async () => (await query()).status).toBe(200);
  expect(project.server.usage().queries.mostAtOnce).toBe(6);
});

it('notices queries that overlap', async () => {
  const statuses = (await Promise.all([query(), query(), query()])).map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 200]);
  expect(project.server.usage().queries.mostAtOnce).toBeGreaterThan(1);
});

it('exports 3 times a second and 60 times an hour', async () => {
  perRequestMs = 0;
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) statuses.push((await raw()).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await raw();
  expect(refused.body).toEqual(published('export_rate'));
  perRequestMs = 1_000;
  for (let index = 0; index < 57; index += 1) expect((await raw()).status).toBe(200);
  expect((await raw()).status).toBe(429);
});

it.each([
  { kind: 'rate_limit', status: 429, name: 'query_rate' },
  { kind: 'revoked', status: 401, name: 'bad_credentials' },
  { kind: 'forbidden', status: 403, name: 'no_role' },
] as const)('when broken by $kind answers $status as published', async ({ kind, status, name }) => {
  project.broken({ kind });
  const seen = await query();
  expect([seen.status, (seen.body as Case['body']).error]).toEqual([status, limited(name)]);
  expect(Object.keys(seen.body as object)).toEqual(Object.keys(published(name)));
});

it('can say how long to wait, and can be out of its hourly budget', async () => {
  project.broken({ kind: 'rate_limit_retry_after', retryAfterSeconds: 7 });
  expect((await query()).headers.get('retry-after')).toBe('7');
  project.broken({ kind: 'quota' });
  const { status, headers, body } = await query();
  expect([status, headers.get('retry-after')]).toEqual([429, null]);
  expect((body as Case['body']).error).toContain('60/60 queries running in the last hour');
});

it('answers a server error as a page for people', async () => {
  project.broken({ kind: 'server_error' });
  const { status, headers, text } = await query();
  expect([status, headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
  expect(text).toMatch(/^<html>/);
});

it.each(['timeout', 'cut_off'] satisfies FaultKind[])(
  'when broken by %s never gives a whole answer',
  async (kind) => {
    project.broken({ kind });
    const path = `/api/query/funnels/list?project_id=${project.access.projectId}`;
    const init = { headers: project.account, signal: AbortSignal.timeout(300) };
    await expect(project.send(path, init)).rejects.toThrow(/terminated|abort/);
  },
);

it('drips a byte at a time', async () => {
  project.broken({ kind: 'drip' });
  const hangUp = new AbortController();
  const path = `${project.url}/api/query/funnels/list?project_id=${project.access.projectId}`;
  const response = await fetch(path, { headers: project.account, signal: hangUp.signal });
  const { value } = (await response.body?.getReader().read()) ?? {};
  expect(value).toHaveLength(1);
  hangUp.abort();
});

it.each(['empty', 'not_json'] satisfies FaultKind[])(
  'when broken by %s answers 200 with nothing readable',
  async (kind) => {
    project.broken({ kind });
    const { status, text } = await query();
    expect(status).toBe(200);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  },
);

it.each([
  { path: '/segmentation', asked: SEGMENTS, body: { data: { series: [], values: {} }, legend_size: 0 } },
  { path: '/retention', asked: { ...DAY, born_event: 'Sign Up' }, body: {} },
  { path: '/funnels', asked: { ...DAY, funnel_id: '7509' }, body: { meta: { dates: [] }, data: {} } },
  { path: '/events/names', asked: {}, body: [] },
])('can hide everything of $path behind a well-formed empty answer', async ({ path, asked, body }) => {
  project.broken({ kind: 'empty_list' });
  expect((await project.get(path, { ...asked })).body).toEqual(body);
});

it.each([
  { path: '/segmentation', asked: SEGMENTS, gone: '"data"' },
  { path: '/segmentation/sum', asked: { ...SEGMENTS, on: '1' }, gone: '"results"' },
  { path: '/retention', asked: { ...DAY, born_event: 'Sign Up' }, gone: '"counts"' },
  { path: '/insights', asked: { bookmark_id: '5512' }, gone: '"series"' },
])('can rename what readers of $path need', async ({ path, asked, gone }) => {
  expect((await project.get(path, { ...asked })).text).toContain(gone);
  project.broken({ kind: 'changed_shape' });
  const { status, text } = await project.get(path, { ...asked });
  expect(status).toBe(200);
  expect(text).not.toContain(gone);
});

it('can break one address and leave the others whole', async () => {
  project.broken({ kind: 'forbidden', path: '/api/query/funnels' });
  expect((await project.get('/funnels/list')).status).toBe(403);
  expect((await query()).status).toBe(200);
});
