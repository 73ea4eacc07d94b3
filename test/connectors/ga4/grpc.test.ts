import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Ga4Config } from '../../../connectors/ga4/config.ts';
import { grpcCaller } from '../../../connectors/ga4/grpc.ts';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { testContext } from '../support/context.ts';
import { property } from './support/property.ts';
import { berlin, config, later, readOne, runOn, valuesOf } from './support/read.ts';
import { startGrpc, startRest } from './support/server.ts';

const days = { '2026-03-02': { sessions: 150, newUsers: 3 }, '2026-03-03': { sessions: 160, newUsers: 4 } };
const two = berlin('2026-03-02', '2026-03-04');

describe('over gRPC', () => {
  it('reads the same points as over REST', async () => {
    const read = { metric: 'sessions', window: two };
    const [rest, grpc] = [
      await readOne(property(days), read),
      await readOne(property(days), read, { transport: 'grpc' }),
    ];
    expect(grpc.points).toEqual(rest.points);
    expect(valuesOf(grpc)).toEqual({ '2026-03-02': '150', '2026-03-03': '160' });
    expect(grpc.completeness).toEqual(rest.completeness);
  });

  it('leaves evidence of every call', async () => {
    const { exchanges } = await readOne(
      property(days),
      { metric: 'sessions', window: two },
      { transport: 'grpc' },
    );
    expect(exchanges).toMatchObject([{ method: 'POST', status: 200 }]);
    expect(exchanges[0]?.url).toMatch(
      /^grpc:\/\/127\.0\.0\.1:\d+\/google\.analytics\.data\.v1beta\.BetaAnalyticsData\/BatchRunReports$/,
    );
    expect(exchanges[0]?.responseSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(exchanges[0]?.responseBytes).toBeGreaterThan(100);
  });

  it('sends the owner’s own token and the property in the routing header', async () => {
    const { asked } = await readOne(
      property(days),
      { metric: 'sessions', window: two },
      { transport: 'grpc' },
    );
    expect(asked[0]?.headers).toMatchObject({ 'x-goog-request-params': 'property=properties%2F987654321' });
    expect(asked[0]?.headers['authorization']).toMatch(/^Bearer eyJ/);
  });

  it('check names the property, its zone and its currency', async () => {
    const server = await startGrpc(property(days));
    try {
      const { context } = testContext<Ga4Config>({ ...config, transport: 'grpc' }, server.endpoint, later);
      expect(await ga4.check(context)).toEqual({
        account: 'GA4 property 987654321 (Europe/Berlin, EUR)',
        livemode: null,
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
        warnings: [expect.stringContaining('Europe/Berlin')],
      });
    } finally {
      await server.close();
    }
  });

  it('connects to the vetted address by its number and never resolves the name again', async () => {
    const server = await startGrpc(property(days));
    try {
      const named = new URL(`http://analytics.does-not-exist.example:${server.endpoint.port}`);
      const { context } = testContext<Ga4Config>({ ...config, transport: 'grpc' }, named, later);
      const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }];
      expect(await ga4.check({ ...context, resolve })).toMatchObject({ livemode: null });
    } finally {
      await server.close();
    }
  });

  it('stops a call under way when the run is stopped', async () => {
    const server = await startGrpc(() => null);
    try {
      const { context, exchanges, stop } = testContext<Ga4Config>(
        { ...config, transport: 'grpc' },
        server.endpoint,
        later,
      );
      const reading = ga4.metrics['sessions']?.read(context, two, {}) as Promise<unknown>;
      const failed = reading.catch((error: unknown) => error);
      await expect.poll(() => server.asked.length).toBe(1);
      stop.abort();
      expect(await failed).toMatchObject({ errorClass: 'transient', code: 'aborted' });
      expect(exchanges).toMatchObject([{ status: null, error: 'aborted' }]);
    } finally {
      await server.close();
    }
  });

  it('does not take an empty message for a report without rows', async () => {
    const { outcomes } = await runOn(() => ({ body: {} }), [{ metric: 'sessions' }], { transport: 'grpc' });
    expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'wrong_kind' } }]);
  });
});

describe('transport auto', () => {
  it('uses REST for the rest of the run where gRPC cannot connect (a proxy that speaks HTTP/1 only), and says so', async () => {
    const server = await startRest(property(days));
    try {
      const { context, exchanges } = testContext<Ga4Config>(
        { ...config, transport: 'auto' },
        server.endpoint,
        later,
      );
      const reads = [two, berlin('2026-03-02', '2026-03-03')];
      const notes: (string[] | undefined)[] = [];
      for (const window of reads) {
        const reading = await ga4.metrics['sessions']?.read(context, window, {});
        notes.push(reading?.completeness.notes);
      }
      for (const told of notes) expect(told).toContain('gRPC could not connect, so REST was used');
      expect(exchanges.map(({ method, error }) => [method, error])).toEqual([
        ['CONNECT', 'grpc_unreachable'],
        ['POST', undefined],
        ['POST', undefined],
      ]);
    } finally {
      await server.close();
    }
  });

  it('uses gRPC where it connects', async () => {
    const server = await startGrpc(property(days));
    try {
      const { context, exchanges } = testContext<Ga4Config>(
        { ...config, transport: 'auto' },
        server.endpoint,
        later,
      );
      await ga4.metrics['sessions']?.read(context, two, {});
      expect(exchanges.map(({ url }) => new URL(url).protocol)).toEqual(['grpc:']);
    } finally {
      await server.close();
    }
  });

  it('does not ask again over REST what Google’s server has refused over gRPC', async () => {
    const body = { error: { message: 'The service is currently unavailable.' } };
    const server = await startGrpc(() => ({ grpc: 14, body }));
    try {
      const { context, exchanges } = testContext<Ga4Config>(
        { ...config, transport: 'auto' },
        server.endpoint,
        later,
      );
      await expect(ga4.metrics['sessions']?.read(context, two, {})).rejects.toMatchObject({
        code: 'http_503',
      });
      expect(exchanges).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it('waits no longer than a few seconds for a connection that says nothing, and leaves no socket behind', async () => {
    const open = new Set<unknown>();
    const silent = createServer((socket) => {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => open.delete(socket))
        .resume();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const { context } = testContext<Ga4Config>(config, new URL(`http://127.0.0.1:${port}`), later);
    expect(await grpcCaller(context, 'token', { connectMs: 200, timeoutMs: 1_000 })).toBeNull();
    await expect.poll(() => open.size).toBe(0);
    await new Promise((resolve) => silent.close(resolve));
  });
});
