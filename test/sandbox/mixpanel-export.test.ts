import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { did, openProject, type Project, seconds } from './mixpanel-support.ts';

/*
 * Berlin in March is an hour ahead: 23:30 UTC of 2 March is 3 March there, but 2 March to the export.
 * The answer of u1 was sent twice, and comes a second time with another content; u3's came three days late.
 */
const answer = { insertId: 'a-1', properties: { score: 9, comment: 'très bien, 完璧' } };
const events = [
  did('u1', 'Survey Answered', '2026-03-02T10:00:00Z', answer),
  did('u1', 'Survey Answered', '2026-03-02T10:00:00Z', {
    ...answer,
    seenAt: seconds('2026-03-02T11:00:00Z'),
    properties: { score: 10, comment: 'corrigé' },
  }),
  did('u2', 'Survey Answered', '2026-03-02T23:30:00Z', { insertId: 'a-2', properties: { score: 3 } }),
  did('u3', 'Survey Answered', '2026-03-02T09:00:00Z', {
    insertId: 'a-3',
    seenAt: seconds('2026-03-05T09:00:00Z'),
    properties: { score: 5 },
  }),
  did('u1', 'Page Viewed', '2026-03-02T12:00:00Z', { insertId: 'p-1' }),
];

let project: Project;
beforeAll(async () => {
  project = await openProject({ events, now: '2026-03-04T12:00:00Z', timeZone: 'Europe/Berlin' });
});
afterAll(() => project.close());
afterEach(() => {
  project.at('2026-03-04T12:00:00Z');
  project.broken(null);
});

type Line = { event: string; properties: Record<string, unknown> };
const DAY = { from_date: '2026-03-02', to_date: '2026-03-02' };
const exported = (query: Record<string, string> = {}) => project.get('/api/2.0/export', { ...DAY, ...query });
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const ids = async (query: Record<string, string> = {}) =>
  linesOf((await exported(query)).text).map(({ properties }) => properties.$insert_id);

it('gives one JSON object a line, each copy with the time at which it was processed', async () => {
  const { status, headers, text } = await exported();
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain']);
  expect(text.endsWith('\n')).toBe(true);
  const copies = linesOf(text).filter(({ properties }) => properties.$insert_id === 'a-1');
  const both = { time: 1_772_445_600, distinct_id: 'u1', $insert_id: 'a-1' }; // 2026-03-02T10:00:00Z
  expect(copies).toEqual([
    {
      event: 'Survey Answered',
      properties: { ...both, mp_processing_time_ms: 1_772_445_600_000, ...answer.properties },
    },
    {
      event: 'Survey Answered',
      properties: { ...both, mp_processing_time_ms: 1_772_449_200_000, score: 10, comment: 'corrigé' },
    },
  ]);
});

it('cuts days in UTC although reports cut them in the zone of the project', async () => {
  expect(await ids()).toContain('a-2');
  const query = { event: 'Survey Answered', ...DAY };
  const { body } = await project.get('/segmentation', query);
  expect(body).toMatchObject({ data: { values: { 'Survey Answered': { '2026-03-02': 1 } } } });
});

it('shows a late event on its day once it was seen', async () => {
  expect(await ids()).not.toContain('a-3');
  project.at('2026-03-05T09:00:00Z');
  expect(await ids()).toContain('a-3');
});

it('filters by event and expression, limits, and tells milliseconds when asked', async () => {
  project.at('2026-03-05T10:00:00Z');
  expect(await ids({ event: '["Page Viewed"]' })).toEqual(['p-1']);
  expect(await ids({ where: 'properties["score"] < 6' })).toEqual(['a-2', 'a-3']);
  expect(await ids({ limit: '1' })).toEqual(['a-1']);
  const { text } = await exported({ event: '["Page Viewed"]', time_in_ms: 'true' });
  expect(linesOf(text)[0]?.properties.time).toBe(1_772_452_800_000); // 2026-03-02T12:00:00Z
});

it('refuses tomorrow, judged in the zone of the project', async () => {
  project.at('2026-03-04T23:30:00Z'); // already 5 March in Berlin
  expect((await exported({ to_date: '2026-03-05' })).status).toBe(200);
  const { status, body } = await exported({ to_date: '2026-03-06' });
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({ error: 'to_date cannot be later than today', status: 'error' }),
  ]);
  expect((await exported({ from_date: '2026-03-03' })).status).toBe(400);
});

/** The chunks as they come off the wire, and whether they were compressed. */
function chunks(acceptEncoding: string): Promise<{ parts: Buffer[]; encoding: string | undefined }> {
  const query = new URLSearchParams({ project_id: String(project.access.projectId), ...DAY });
  const headers = { ...project.account, 'accept-encoding': acceptEncoding };
  return new Promise((resolve, reject) => {
    const call = request(`${project.url}/api/2.0/export?${query.toString()}`, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ parts, encoding: response.headers['content-encoding'] }));
    });
    call.on('error', reject).end();
  });
}

it('cuts its chunks in the middle of a character', async () => {
  const { parts, encoding } = await chunks('identity');
  expect(encoding).toBeUndefined();
  expect(parts.length).toBeGreaterThan(1);
  const torn = parts.map((part) => part.toString('utf8')).join('');
  expect(torn).toContain('\ufffd');
  expect(Buffer.concat(parts).toString('utf8')).toContain('très bien, 完璧');
});

it('compresses when the client can read that', async () => {
  expect((await chunks('gzip, deflate')).encoding).toBe('gzip');
  expect(linesOf((await exported()).text)).toHaveLength(4); // fetch asks for gzip and unpacks it
});

it('can break off in a half line, say so in the text, and still be HTTP 200', async () => {
  project.broken({ kind: 'cut_off' });
  const { status, text } = await exported();
  expect(status).toBe(200);
  expect(text.endsWith('\nterminated early\n')).toBe(true);
  const half = text.split('\n').at(-3) ?? '';
  expect(() => JSON.parse(half) as unknown).toThrow(SyntaxError);
});

it('can hide all lines, and can rename what every line holds', async () => {
  project.broken({ kind: 'empty_list' });
  expect(await exported()).toMatchObject({ status: 200, text: '' });
  project.broken({ kind: 'changed_shape' });
  const [line] = linesOf((await exported()).text);
  expect(Object.keys(line ?? {})).toEqual(['event', 'props']);
});
