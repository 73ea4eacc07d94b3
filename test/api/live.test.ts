import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, reservePort, startApi } from '../../src/api/server.ts';
import { request, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
const path = '/api/v1/key-results/growth.talks/check-ins';
beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2026-04-01' });
  await server.ask('POST', '/api/v1/objectives', { key: 'growth', title: 'Grow', cycle: 'q' });
  const goal = { kind: 'reach', startValue: 0, targetValue: 10 };
  const made = { key: 'growth.talks', title: 'Talks', objective: 'growth', goal, unit: 'count' };
  expect((await server.ask('POST', '/api/v1/key-results', made)).status).toBe(201);
  await checkIn(1);
});
afterAll(() => server.close());

async function checkIn(value: number): Promise<void> {
  const answer = await server.ask('POST', path, { day: '2026-02-01', value });
  expect(answer.status, answer.text).toBe(201);
}

type Heard = { id: string; event: string; data: { type: string; data: Record<string, unknown> } };

/** Listens until enough was heard, as a browser does. */
async function listen(headers: Record<string, string> = {}, api: ApiServer = server.api) {
  const stop = new AbortController();
  const response = await fetch(`${api.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${api.localToken}`, ...headers },
    signal: stop.signal,
  });
  const heard: Heard[] = [];
  const waiting: (() => void)[] = [];
  let text = '';
  let all = '';
  let begun = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const more = decoder.decode(chunk as Uint8Array, { stream: true });
      text += more;
      all += more;
      begun = true;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        text = text.slice(end + 2);
        if (fields.has('event'))
          heard.push({
            id: fields.get('id') ?? '',
            event: fields.get('event') ?? '',
            data: JSON.parse(fields.get('data') ?? '{}') as Heard['data'],
          });
      }
      for (const wake of waiting.splice(0)) wake();
    }
  })().catch(() => {});
  const until = async (enough: () => boolean): Promise<void> => {
    while (!enough()) await new Promise<void>((wake) => waiting.push(wake));
  };
  if (response.ok) await until(() => begun);
  return { response, heard, until, reading, said: () => all, stop: () => stop.abort() };
}

describe('the stream of events', () => {
  it('tells of a change when it is committed, and of nothing that was before', async () => {
    const stream = await listen();
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await checkIn(4);
    await stream.until(() => stream.heard.some(({ data }) => data.data['progress'] === 0.4));
    expect(stream.heard.at(-1)).toMatchObject({
      event: 'key_result.changed',
      id: expect.stringMatching(/^\d+$/),
      data: { type: 'key_result.changed', data: { key: 'growth.talks' } },
    });
    expect(stream.heard.some(({ data }) => data.data['progress'] === 0.1)).toBe(false);
    stream.stop();
  });

  it('tells whoever comes back what was missed', async () => {
    const before = await listen();
    await checkIn(5);
    await before.until(() => before.heard.some(({ data }) => data.data['progress'] === 0.5));
    const last = before.heard.at(-1)?.id ?? '';
    before.stop();
    await checkIn(6);
    const after = await listen({ 'last-event-id': last });
    await after.until(() => after.heard.some(({ data }) => data.data['progress'] === 0.6));
    expect(after.heard.map(({ id }) => id)).not.toContain(last);
    after.stop();
  });

  it('says that everything has to be read again when the last event is not known any more', async () => {
    const stream = await listen({ 'last-event-id': '999999999' });
    await stream.until(() => stream.heard.length > 0);
    expect(stream.heard[0]).toMatchObject({ event: 'reset' });
    stream.stop();
  });

  it('is for those who may read: nobody else hears anything', async () => {
    const stream = await listen({ authorization: '' });
    expect(stream.response.status).toBe(401);
    stream.stop();
  });

  it('lets one token open ten streams, and frees the place of one that was closed', async () => {
    const streams = await Promise.all(Array.from({ length: 10 }, () => listen()));
    const surplus = await server.ask('GET', '/api/v1/events');
    expect(surplus.json).toMatchObject({ status: 429, code: 'too_many_streams' });
    streams[0]?.stop();
    // The server hears of it when the connection is closed, which is a moment later.
    let next = await listen();
    while (next.response.status === 429) next = await listen();
    expect(next.response.status).toBe(200);
    for (const stream of [...streams, next]) stream.stop();
    await Promise.all(streams.map(({ reading }) => reading));
  });

  it('tells nobody of what another workspace does', async () => {
    const stream = await listen();
    const { pool } = server.services.database;
    await pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_other', 'Other', 'UTC')`);
    await pool.query(
      `INSERT INTO live_event (workspace_id, type, data) VALUES ('wsp_other', 'run.changed', '{}')`,
    );
    await checkIn(7);
    await stream.until(() => stream.heard.some(({ data }) => data.data['progress'] === 0.7));
    expect(stream.heard.filter(({ event }) => event === 'run.changed')).toEqual([]);
    stream.stop();
  });

  it('section 9: shows that the line is open, and ends when the token that opened it is revoked', async () => {
    const own = await startTestServer();
    const api = await startApi(own.services, await reservePort('127.0.0.1', null), { heartbeatMs: 20 });
    const local = { authorization: `Bearer ${api.localToken}` };
    const body = { name: 'watcher', scopes: ['read'] };
    const made = await request(`${api.url}/api/v1/tokens`, 'POST', body, local);
    expect(made.status, made.text).toBe(201);
    const { id, token } = made.json as { id: string; token: string };
    const stream = await listen({ authorization: `Bearer ${token}` }, api);
    await stream.until(() => stream.said().includes(': still here'));
    expect((await request(`${api.url}/api/v1/tokens/${id}`, 'DELETE', undefined, local)).status).toBe(204);
    await stream.reading; // by itself
    await api.stop();
    await own.close();
  });

  it('ends when the server stops', async () => {
    const own = await startTestServer();
    const response = await fetch(`${own.api.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${own.api.localToken}` },
    });
    const read = response.text().catch(() => 'cut');
    await own.close();
    expect(await read).toMatch(/^retry: 3000|^cut/);
  });
});
