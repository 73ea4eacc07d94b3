import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import mixpanel, { type Callback, type InitConfig, type Mixpanel } from 'mixpanel';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openProject, type Project } from './mixpanel-support.ts';

type Recorded = {
  call: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  decoded: object;
  sent?: false;
};
const fixture = new URL('../fixtures/mixpanel/recorded/client_requests.json', import.meta.url);
const recorded = (JSON.parse(readFileSync(fixture, 'utf8')) as { requests: Recorded[] }).requests;

const NOW = '2026-03-02T12:00:00Z';
const AT_TEN = 1_772_445_600; // 2026-03-02T10:00:00Z

let project: Project;
// With a proxy in the environment the client cannot even be made (a bug of 0.24.0).
beforeAll(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) delete process.env[name];
});
beforeEach(async () => {
  project = await openProject({ events: [], now: NOW });
});
afterEach(() => project.close());

const clientOf = (url: string, token: string, config: Partial<InitConfig> = {}) =>
  mixpanel.init(token, { host: url.replace('http://', ''), protocol: 'http', ...config });
/** What the client makes of an answer: nothing, or its error. */
const told = (call: (done: Callback) => void) =>
  new Promise<string | null>((resolve) => call((error) => resolve(error?.message ?? null)));
const batched = (client: Mixpanel, events: { event: string; properties: object }[]) =>
  new Promise<string | null>((resolve) =>
    client.track_batch(events, (errors) => resolve(errors?.[0].message ?? null)),
  );

type Line = { event: string; properties: Record<string, unknown> };
async function stored(): Promise<Line[]> {
  const { text } = await project.get('/api/2.0/export', { from_date: '2026-02-01', to_date: '2026-03-02' });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}
async function counted(event: string, day = '2026-03-02'): Promise<unknown> {
  const { body } = await project.get('/segmentation', { event, from_date: day, to_date: day });
  return (body as { data: { values: unknown } }).data.values;
}

/** Every call of the recording, made again. */
const CALLS: Record<string, (client: Mixpanel, done: Callback) => void> = {
  track: (client, done) =>
    client.track(
      'Signup',
      { distinct_id: 'u1', time: new Date(AT_TEN * 1_000), $insert_id: 'i-1', plan: 'pro' },
      done,
    ),
  'track without time': (client, done) => client.track('Signup', { distinct_id: 'u1' }, done),
  'track verbose': (client, done) => client.track('Signup', { distinct_id: 'u1' }, done),
  'track_batch (base64 with + and / and =)': (client, done) =>
    client.track_batch(
      [
        { event: 'Signup', properties: { distinct_id: 'ü>>?~~', time: AT_TEN } },
        {
          event: 'KR updated',
          properties: { distinct_id: 'kr-1', time: AT_TEN, $insert_id: 'kr-1-2026-03-02', value: 0.42 },
        },
      ],
      (errors) => done(errors?.[0]),
    ),
  'people.set': (client, done) => client.people.set('u1', { plan: 'pro' }, done),
  'people.track_charge': (client, done) =>
    client.people.track_charge('u1', 29.99, { $time: '2026-03-02T10:00:00.000Z' }, done),
  'groups.set': (client, done) => client.groups.set('company', 'acme', { plan: 'ent' }, done),
  alias: (client, done) => client.alias('u1', 'u2', done),
  'import with the deprecated key': (client, done) =>
    client.import('Signup', new Date(AT_TEN * 1_000), { distinct_id: 'u1', $insert_id: 'i-1' }, done),
  'import_batch with the deprecated key': (client, done) =>
    client.import_batch(
      [
        {
          event: 'Signup',
          properties: { distinct_id: 'u1', time: new Date(AT_TEN * 1_000), $insert_id: 'i-1' },
        },
      ],
      (errors) => done(errors?.[0]),
    ),
  'track with path prefix and test flag': (client, done) =>
    client.track('Signup', { distinct_id: 'u1' }, done),
};
const CONFIGS: Record<string, object> = {
  'track verbose': { verbose: true },
  'import with the deprecated key': { key: 'APIKEY' },
  'import_batch with the deprecated key': { key: 'APIKEY' },
  'track with path prefix and test flag': { path: '/pre', test: true },
};

it.each(recorded.filter(({ sent }) => sent !== false))(
  'the real client sends $call as recorded',
  async (record) => {
    const { call, method, url, body } = record;
    const seen: { method?: string | undefined; url?: string | undefined; body: string }[] = [];
    const listener = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, body: text });
        response.end('1');
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    await told((done) => CALLS[call]?.(clientOf(address, 'TOKEN', CONFIGS[call]), done));
    listener.close();
    listener.closeAllConnections();
    expect(seen).toEqual([{ method, url, body }]);
  },
);

it.each(
  recorded.filter(
    ({ call, sent }) => sent !== false && !call.startsWith('import') && !call.includes('prefix'),
  ),
)('takes $call from the real client, and the client believes it', async ({ call }) => {
  const client = clientOf(project.url, project.access.token, CONFIGS[call]);
  expect(await told((done) => CALLS[call]?.(client, done))).toBeNull();
});

it.each(recorded.filter(({ sent }) => sent === false))(
  'the real client does not even send $call',
  ({ call }) => {
    const { username, secret, projectId } = project.access;
    const credentials = new mixpanel.ServiceAccountCredentials(username, secret, String(projectId));
    const client = clientOf(
      project.url,
      project.access.token,
      call.includes('service account') ? { credentials } : {},
    );
    expect(() => client.import('Signup', AT_TEN, { distinct_id: 'u1' })).toThrow(/authentication|HTTPS/);
  },
);

it('lets what the real client tracked show up in export and reports, without the token', async () => {
  const client = clientOf(project.url, project.access.token);
  const properties = {
    distinct_id: 'u1',
    time: new Date(AT_TEN * 1_000 + 250),
    $insert_id: 'i-1',
    plan: 'pro',
  };
  expect(await told((done) => client.track('KR updated', properties, done))).toBeNull();
  expect(await stored()).toEqual([
    {
      event: 'KR updated',
      properties: {
        time: AT_TEN, // the client sent milliseconds
        distinct_id: 'u1',
        $insert_id: 'i-1',
        plan: 'pro',
        mp_lib: 'node',
        $lib_version: '0.24.0',
        mp_processing_time_ms: Date.parse(NOW),
      },
    },
  ]);
  expect(await counted('KR updated')).toEqual({ 'KR updated': { '2026-03-02': 1 } });
});

it('decodes a batch whose base64 carries + and / as they are', async () => {
  const body = recorded.find(({ call }) => call.startsWith('track_batch'))?.body ?? '';
  expect(body).toContain('+');
  const client = clientOf(project.url, project.access.token);
  expect(await told((done) => CALLS['track_batch (base64 with + and / and =)']?.(client, done))).toBeNull();
  const ids = (await stored()).map(({ properties }) => properties.distinct_id);
  expect(ids).toEqual(['ü>>?~~', 'kr-1']);
});

it('answers exactly 1, without a line break, or JSON when asked to be verbose', async () => {
  const data = btoa(
    JSON.stringify({ event: 'x', properties: { token: project.access.token, distinct_id: 'u1' } }),
  );
  const query = new URLSearchParams({ data }).toString();
  expect((await project.send(`/track?${query}`)).text).toBe('1');
  expect((await project.send(`/track?verbose=1&${query}`)).body).toEqual({ status: 1, error: null });
  expect((await project.send('/track?verbose=1')).body).toEqual({
    status: 0,
    error: 'data, missing or empty',
  });
  expect((await project.send('/track')).text).toBe('0');
});

it('believes anybody’s token, and what carries a wrong one vanishes', async () => {
  const stranger = clientOf(project.url, 'somebody-elses-token');
  expect(await told((done) => stranger.track('x', { distinct_id: 'u1' }, done))).toBeNull();
  expect(await stored()).toEqual([]);
});

it('tracks 5 days back and no further, moves the future to now, and refuses ids that many would share', async () => {
  const client = clientOf(project.url, project.access.token);
  const days = (count: number) => ({ distinct_id: 'u1', time: Date.parse(NOW) / 1_000 - count * 86_400 });
  expect(await told((done) => client.track('old', days(5.1), done))).toMatch(/Server Error: 0/);
  expect(await told((done) => client.track('recent', days(4.9), done))).toBeNull();
  expect(await told((done) => client.track('ahead', days(-2), done))).toBeNull();
  expect(await told((done) => client.track('x', { distinct_id: 'undefined' }, done))).toMatch(
    /Server Error: 0/,
  );
  expect((await stored()).map(({ event, properties }) => [event, properties.time])).toEqual([
    ['recent', Date.parse(NOW) / 1_000 - 423_360], // 4.9 × 86,400
    ['ahead', Date.parse(NOW) / 1_000],
  ]);
});

const good = (id: string, more: object = {}) => ({
  event: 'Key Result Progress',
  properties: { time: AT_TEN, distinct_id: 'kr-1', $insert_id: id, value: 0.42, ...more },
});
function imported(
  events: unknown,
  init: { headers?: Record<string, string>; query?: object; body?: string | Uint8Array<ArrayBuffer> } = {},
) {
  const query = new URLSearchParams({
    strict: '1',
    project_id: String(project.access.projectId),
    ...init.query,
  });
  const headers = { 'content-type': 'application/json', ...project.account, ...init.headers };
  return project.send(`/import?${query.toString()}`, {
    method: 'POST',
    headers,
    body: init.body ?? JSON.stringify(events),
  });
}

it('imports events of any age as JSON, as lines, and compressed, with the account or the token', async () => {
  const done = (count: number) => ({ code: 200, num_records_imported: count, status: 'OK' });
  expect((await imported([good('a'), good('b', { time: 1_500_000_000 })])).body).toEqual(done(2));
  const lines = `${JSON.stringify(good('c'))}\n${JSON.stringify(good('d'))}\n`;
  const ndjson = { 'content-type': 'application/x-ndjson' };
  expect((await imported(null, { headers: ndjson, body: lines })).body).toEqual(done(2));
  const zipped = { headers: { 'content-encoding': 'gzip' }, body: gzipSync(JSON.stringify([good('e')])) };
  expect((await imported(null, zipped)).body).toEqual(done(1));
  const token = { authorization: `Basic ${btoa(`${project.access.token}:`)}` };
  expect((await imported([good('f')], { headers: token })).body).toEqual(done(1));
  expect(await counted('Key Result Progress')).toEqual({ 'Key Result Progress': { '2026-03-02': 5 } });
  expect(await counted('Key Result Progress', '2017-07-14')).toEqual({
    'Key Result Progress': { '2017-07-14': 1 },
  });
});

it('takes the good events of a strict batch and names the refused one in the published shape', async () => {
  const text = readFileSync(
    new URL('../fixtures/mixpanel/made/import_partly_refused.json', import.meta.url),
    'utf8',
  );
  const { response } = JSON.parse(text) as { response: object };
  const { status, body } = await imported([good('b1'), good('b2', { time: 'today' }), good('b3')]);
  expect([status, body]).toEqual([400, response]);
  expect((await stored()).map(({ properties }) => properties.$insert_id)).toEqual(['b1', 'b3']);
});

it.each([
  { field: 'properties.$insert_id', more: { $insert_id: undefined } },
  { field: 'properties.$insert_id', more: { $insert_id: 'under_score' } },
  { field: 'properties.$insert_id', more: { $insert_id: 'x'.repeat(37) } },
  { field: 'properties.distinct_id', more: { distinct_id: undefined } },
  { field: 'properties.distinct_id', more: { distinct_id: '00000000-0000-0000-0000-000000000000' } },
  { field: 'properties.time', more: { time: Date.parse(NOW) / 1_000 + 3_601 } },
  { field: 'properties', more: { a: { b: { c: { d: 1 } } } } },
])('refuses an event for its $field: $more', async ({ field, more }) => {
  const { status, body } = await imported([good('x', more)]);
  expect(status).toBe(400);
  expect(body).toMatchObject({ failed_records: [{ index: 0, field }], num_records_imported: 0 });
});

it('takes an event of nobody', async () => {
  expect((await imported([good('n', { distinct_id: '' })])).status).toBe(200);
  const query = {
    event: 'Key Result Progress',
    from_date: '2026-03-02',
    to_date: '2026-03-02',
    type: 'unique',
  };
  expect((await project.get('/segmentation', query)).body).toMatchObject({
    data: { values: { 'Key Result Progress': {} } },
  });
});

it('refuses whole batches: wrong credentials, too many, too long, unreadable', async () => {
  const wrong = await imported([good('a')], { headers: { authorization: `Basic ${btoa('someone:else')}` } });
  expect([wrong.status, wrong.body]).toEqual([
    401,
    { code: 401, error: 'Invalid credentials', status: 'Unauthorized' },
  ]);
  expect((await imported([good('a')], { query: { project_id: '1' } })).status).toBe(401);
  expect((await imported(Array.from({ length: 2_001 }, (_, index) => good(`i${index}`)))).status).toBe(400);
  const long = JSON.stringify([good('a', { note: 'x'.repeat(2_100_000) })]);
  const tooLong = {
    code: 413,
    error: 'request exceeds max limit of 2097152 bytes',
    status: 'Request Entity Too Large',
  };
  expect((await imported(null, { body: long })).body).toEqual(tooLong);
  const zipped = { headers: { 'content-encoding': 'gzip' }, body: gzipSync(long) };
  expect((await imported(null, zipped)).body).toEqual(tooLong);
  expect((await imported(null, { body: '[{' })).body).toMatchObject({ code: 400 });
  expect(await stored()).toEqual([]);
});

it('can be broken for senders too, in the shapes that they know', async () => {
  project.broken({ kind: 'rate_limit', path: '/import' });
  expect((await imported([good('a')])).body).toEqual({
    code: 429,
    error: 'Project exceeded rate limits. Please retry the request with exponential backoff.',
    status: 'Too Many Requests',
  });
  project.broken({ kind: 'server_error' });
  const client = clientOf(project.url, project.access.token);
  expect(await told((done) => client.track('x', { distinct_id: 'u1' }, done))).toMatch(
    /Server Error: <html>/,
  );
});

it('folds a repeated import in reports at once, and keeps the same id with another time on another day', async () => {
  await imported([good('r')]);
  project.at('2026-03-02T13:00:00Z');
  await imported([good('r', { value: 0.43 })]); // the same moment: a copy, and the newer content counts
  await imported([good('r', { time: AT_TEN - 86_400 })]);
  expect(await stored()).toHaveLength(3);
  expect(await counted('Key Result Progress')).toEqual({ 'Key Result Progress': { '2026-03-02': 1 } });
  expect(await counted('Key Result Progress', '2026-03-01')).toEqual({
    'Key Result Progress': { '2026-03-01': 1 },
  });
  const query = { from_date: '2026-03-02', to_date: '2026-03-02', on: 'properties["value"]' };
  const { body } = await project.get('/segmentation/sum', { event: 'Key Result Progress', ...query });
  expect(body).toMatchObject({ results: { '2026-03-02': 0.43 } });
});

it('folds the same id at another time of the same day only weeks later', async () => {
  await imported([good('s'), good('s', { time: AT_TEN + 60 })]);
  expect(await counted('Key Result Progress')).toEqual({ 'Key Result Progress': { '2026-03-02': 2 } });
  project.at('2026-03-22T12:00:00Z'); // 20 days after both came in
  expect(await counted('Key Result Progress')).toEqual({ 'Key Result Progress': { '2026-03-02': 1 } });
});

it('keeps what it took in a file beside the state, also after a line that a crash cut short', async () => {
  await imported([good('k1')]);
  const path = join(dirname(project.statePath), 'ingested.jsonl');
  appendFileSync(path, '{"kind":"event","half');
  await imported([good('k2')]);
  expect((await stored()).map(({ properties }) => properties.$insert_id)).toEqual(['k1', 'k2']);
});

type Page = {
  page: number;
  page_size: number;
  session_id: string;
  total: number;
  results: { $distinct_id: string | number; $properties: Record<string, unknown> }[];
};

it('lists profiles, 1,000 a page of one session, with ids as they were sent', async () => {
  const profile = (id: string | number) => ({
    $token: project.access.token,
    $distinct_id: id,
    $set: { plan: id === 42 ? 'free' : 'pro' },
  });
  const ids = [42, ...Array.from({ length: 1_000 }, (_, index) => `u${index}`)];
  const data = Buffer.from(JSON.stringify(ids.map(profile))).toString('base64');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = await project.send('/engage?verbose=0', { method: 'POST', headers, body: `data=${data}` });
  expect(sent.text).toBe('1');
  const first = (await project.post('/engage')).body as Page;
  expect(first).toMatchObject({ page: 0, page_size: 1_000, status: 'ok', total: 1_001 });
  expect(first.results[0]).toEqual({ $distinct_id: 42, $properties: { plan: 'free' } });
  const last = (await project.post('/engage', { session_id: first.session_id, page: '1' })).body as Page;
  expect(last.results).toHaveLength(1);
  const free = (await project.post('/engage', { where: 'properties["plan"] == "free"' })).body as Page;
  expect(free.total).toBe(1);
  project.at('2026-03-02T14:00:00Z');
  const forgotten = await project.post('/engage', { session_id: first.session_id, page: '1' });
  expect(forgotten.status).toBe(400);
});

it('changes a profile in all the ways that a client can', async () => {
  const client = clientOf(project.url, project.access.token);
  const steps: ((done: Callback) => void)[] = [
    (done) => client.people.set('u1', { plan: 'free', teams: ['a'] }, done),
    (done) => client.people.set_once('u1', { plan: 'pro', first: 'yes' }, done),
    (done) => client.people.increment('u1', { logins: 2 }, done),
    (done) => client.people.increment('u1', { logins: 3 }, done),
    (done) => client.people.append('u1', { teams: 'b' }, done),
    (done) => client.people.union('u1', { teams: ['b', 'c'] }, done),
    (done) => client.people.remove('u1', { teams: 'a' }, done),
    (done) => client.people.unset('u1', 'first', done),
    (done) => client.people.set('gone', { plan: 'free' }, done),
    (done) => client.people.delete_user('gone', done),
  ];
  for (const step of steps) expect(await told(step)).toBeNull();
  const { results } = (await project.post('/engage')).body as Page;
  expect(results).toEqual([
    { $distinct_id: 'u1', $properties: { plan: 'free', teams: ['b', 'c'], logins: 5 } },
  ]);
});

it('counts saved cohorts and filters profiles by them', async () => {
  const client = clientOf(project.url, project.access.token);
  const signUp = (id: string) => ({ event: 'Sign Up', properties: { distinct_id: id } });
  expect(await batched(client, [signUp('u1'), signUp('u2')])).toBeNull();
  expect(await told((done) => client.track('Report Shared', { distinct_id: 'u2' }, done))).toBeNull();
  const { body } = await project.post('/cohorts/list');
  expect(body).toMatchObject([
    { id: 1000, count: 2, project_id: project.access.projectId },
    { id: 2000, count: 1, is_visible: 1 },
  ]);
  const sharers = (await project.post('/engage', { filter_by_cohort: '{"id":2000}' })).body as Page;
  expect(sharers.results.map(({ $distinct_id }) => $distinct_id)).toEqual(['u2']);
  expect((await project.post('/engage', { filter_by_cohort: '{"id":1}' })).status).toBe(400);
});

it('filters by the profile of today, so that history moves when a profile changes', async () => {
  const client = clientOf(project.url, project.access.token);
  expect(await told((done) => client.track('Report Shared', { distinct_id: 'u1' }, done))).toBeNull();
  const free = async () => {
    const query = { event: 'Report Shared', from_date: '2026-03-02', to_date: '2026-03-02' };
    const { body } = await project.get('/segmentation', { ...query, where: 'user["plan"] == "free"' });
    return (body as { data: { values: object } }).data.values;
  };
  expect(await told((done) => client.people.set('u1', { plan: 'free' }, done))).toBeNull();
  expect(await free()).toEqual({ 'Report Shared': { '2026-03-02': 1 } });
  expect(await told((done) => client.people.set('u1', { plan: 'pro' }, done))).toBeNull();
  expect(await free()).toEqual({ 'Report Shared': {} });
});
