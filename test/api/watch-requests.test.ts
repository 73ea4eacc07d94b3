import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { addOperationsEndpoints } from '../../src/api/operations-endpoints.ts';
import { watchRequests } from '../../src/api/watch-requests.ts';
import { createLog } from '../../src/wiring/log.ts';

type Line = Record<string, unknown>;

/** A server with one read and one change, and the lines that it has written at this level. */
async function watched(logLevel: 'info' | 'debug') {
  const text: string[] = [];
  const counted: unknown[][] = [];
  const app = Fastify({ genReqId: () => 'req_of_the_test' });
  const log = createLog({ logLevel }, { write: (line) => void text.push(line) });
  watchRequests(app, { log, request: (...given) => void counted.push(given.slice(0, 3)) });
  app.get('/api/v1/things/:id', async () => ({}));
  app.post('/api/v1/things', async (_request, reply) => reply.code(201).send({}));
  addOperationsEndpoints(app, {
    ready: async () => ({ x: { ok: false } }),
    version: '1',
    metricsAccess: null,
  });
  return {
    app,
    counted,
    text: () => text.join(''),
    lines: () => text.map((line) => JSON.parse(line) as Line),
  };
}
const headers = { authorization: 'Bearer planted-header', 'content-type': 'application/json' };

it('writes a line about every change and every failure, and about reads only to whoever looks closely', async () => {
  const { app, lines, text } = await watched('info');
  await app.inject({ url: '/api/v1/things/planted-id?name=planted-query', headers });
  await app.inject({ method: 'POST', url: '/api/v1/things', headers, payload: { secret: 'planted-body' } });
  await app.inject({ url: '/planted/nowhere', headers });
  await app.inject({ url: '/readyz' }); // what watches us asks every few seconds, and knows itself what it was told
  expect(lines()).toMatchObject([
    {
      event: 'request_finished',
      requestId: 'req_of_the_test',
      method: 'POST',
      route: '/api/v1/things',
      status: 201,
    },
    {
      event: 'request_finished',
      requestId: 'req_of_the_test',
      method: 'GET',
      route: 'unmatched',
      status: 404,
    },
  ]);
  for (const line of lines()) expect(line['durationMs']).toBeGreaterThanOrEqual(0);
  expect(text()).not.toContain('planted');
  await app.close();
});

it('names a read by its pattern, never by its address', async () => {
  const { app, counted, lines, text } = await watched('debug');
  await app.inject({ url: '/api/v1/things/planted-id?name=planted-query', headers });
  expect(lines()).toMatchObject([{ level: 'debug', route: '/api/v1/things/:id', status: 200 }]);
  expect(text()).not.toContain('planted');
  expect(counted).toEqual([['GET', '/api/v1/things/:id', 200]]);
  await app.close();
});
