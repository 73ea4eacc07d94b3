import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpJsonConfig } from '../../../connectors/http-json/config.ts';
import { httpJson } from '../../../connectors/http-json/index.ts';
import type { ConnectorContext } from '../../../connectors/sdk/index.ts';
import { createEgress, type ResolvedAddress } from '../../../src/egress/index.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';
import { window } from './support/read.ts';

const now = new Date('2026-03-10T12:00:00Z');
const SECRET = 'tok-0123456789abcdef';
let server: TestServer;
afterEach(() => server.close());

/** A run on the real way out, with the test's own server opened by the operator. */
function guarded(
  resolve?: (name: string) => Promise<ResolvedAddress[]>,
  endpoint: URL = server.url,
  auth: Record<string, unknown> = { auth: 'bearer' },
): ConnectorContext<HttpJsonConfig> {
  const allow = [{ kind: 'host' as const, host: server.url.hostname, port: Number(server.url.port) }];
  const egress = createEgress({ allow, ...(resolve === undefined ? {} : { resolve }) });
  const config = httpJson.configSchema.parse({ ...auth, secret: SECRET });
  const { context } = testContext(config, endpoint, now);
  return { ...context, fetch: egress.forHosts(httpJson.allowedHosts(endpoint)) };
}

const metric = httpJson.metrics['series'];
const params = { path: '/stats', items: '/rows', day: '/d', value: '/v', combine: 'sum' };
const read = (context: ConnectorContext<HttpJsonConfig>, more: Record<string, unknown> = {}) =>
  metric?.read(
    context,
    window('2026-03-01', '2026-03-04'),
    metric.paramsSchema.parse({ ...params, ...more }),
  );

/** Sends JSON until somebody stops it, two gigabytes at most. */
async function endless(response: ServerResponse, sent: { bytes: number }): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.setMaxListeners(0);
  const piece = Buffer.alloc(65_536, '{"d":"2026-03-01","v":1},');
  response.write('{"rows":[');
  while (sent.bytes < 2 * 1024 ** 3 && !response.destroyed) {
    sent.bytes += piece.byteLength;
    if (!response.write(piece)) {
      await new Promise<void>((go) => {
        response.once('drain', go);
        response.once('close', go);
      });
    }
  }
}

it('stops reading an answer of two gigabytes long before its end', async () => {
  const sent = { bytes: 0 };
  server = await startHttpServer((_request, response) => void endless(response, sent));
  const before = process.memoryUsage().rss;
  await expect(read(guarded())).rejects.toMatchObject({
    errorClass: 'too_large',
    message: expect.stringContaining('larger than allowed') as string,
  });
  // Ten mebibytes are allowed; what lies in the buffers of both sides comes on top.
  expect(sent.bytes).toBeLessThan(64 * 1024 ** 2);
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2);
});

it.each([
  ['loopback', 'http://127.0.0.1:1/latest'],
  ['link-local', 'http://169.254.169.254/latest/meta-data'],
  ['private', 'http://10.0.0.5/'],
  ['metadata', 'http://metadata.google.internal/'],
])('follows no redirect to a %s address', async (_name, location) => {
  server = await startHttpServer((_request, response) => response.writeHead(302, { location }).end());
  await expect(read(guarded())).rejects.toMatchObject({ code: 'http_302', remedy: { by: 'owner' } });
});

it.each([['127.0.0.1'], ['169.254.169.254'], ['10.1.2.3'], ['fd00::1'], ['::1'], ['100.64.0.1']])(
  'goes to no name that a name server leads to %s',
  async (address) => {
    server = await startHttpServer((_request, response) => response.end('{}'));
    const resolve = async () => [{ address, family: address.includes(':') ? (6 as const) : (4 as const) }];
    const context = guarded(resolve, new URL('https://api.example.com'));
    await expect(read(context)).rejects.toMatchObject({
      errorClass: 'blocked_destination',
      remedy: { by: 'owner', hint: expect.stringContaining('TIDEMARK_EGRESS_ALLOW') as string },
    });
  },
);

describe('an answer made to cost time', () => {
  const big = JSON.stringify({
    rows: Array.from({ length: 20_000 }, (_, id) => ({ id, d: '2026-03-01', v: 1 })),
  });

  it.each([['$..[?count($..*) > 1]'], ['$.rows[?$.rows[?@ == @]]']])(
    'ends by counting: %s',
    async (items) => {
      server = await startHttpServer((_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(big),
      );
      await expect(read(guarded(), { items })).rejects.toMatchObject({
        errorClass: 'config',
        code: 'path_too_costly',
        message: expect.stringContaining('2000000 places') as string,
      });
    },
  );

  it('is read by a plain path all the same', async () => {
    server = await startHttpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(big),
    );
    const reading = await read(guarded());
    expect(reading?.points).toEqual([{ day: '2026-03-01', value: '20000' }]);
  });

  it('of a million brackets is refused like any other shape', async () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    server = await startHttpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(deep),
    );
    await expect(read(guarded())).rejects.toMatchObject({ errorClass: 'schema_drift' });
  });
});

it.each([
  ['bearer', { auth: 'bearer' }],
  ['a header', { auth: 'header', name: 'X-Key' }],
  ['a parameter', { auth: 'query', name: 'k' }],
])('shows no part of a key in %s that an answer repeats', async (_name, auth) => {
  server = await startHttpServer((_request, response) => {
    // Long enough that what is shown is cut in the middle of the key.
    const row = { d: '2026-03-01', v: `is no number at all: ${SECRET}` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ rows: [row] }));
  });
  const error: unknown = await read(guarded(undefined, server.url, auth))?.catch((reason: unknown) => reason);
  expect(String(error)).toContain('is no number at all: [redacted]');
  expect(String(error)).not.toContain(SECRET.slice(0, 6));
});
