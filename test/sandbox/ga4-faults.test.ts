import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../sandbox/state.ts';
import {
  type Bench,
  berlin,
  headers,
  named,
  openBench,
  PROPERTY,
  post,
  refusal,
  signed,
  table,
  token,
  visit,
  week,
} from './ga4-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench([visit('s1', 'A', berlin('2026-03-02T09:00'))]);
});
afterAll(() => bench.close());
afterEach(() => bench.set({ fault: null }));

const REPORT = { dateRanges: week('2026-03-02', '2026-03-02'), metrics: named('sessions') };

async function overGrpc(timeout = 5_000) {
  const client = await bench.client('grpc');
  const [report] = await client.runReport({ property: PROPERTY, ...REPORT }, { ...signed(), timeout });
  return report;
}

const REFUSING = [
  { kind: 'rate_limit', http: 429, grpc: 8, text: 'Exhausted concurrent requests quota' },
  { kind: 'rate_limit_retry_after', http: 429, grpc: 8, text: 'Exhausted concurrent requests quota' },
  { kind: 'quota', http: 429, grpc: 8, text: 'Exhausted property tokens for a project per hour' },
  { kind: 'server_error', http: 500, grpc: 13, text: 'Internal error encountered.' },
  { kind: 'revoked', http: 401, grpc: 16, text: 'invalid authentication credentials' },
  { kind: 'forbidden', http: 403, grpc: 7, text: 'sufficient permissions for this property' },
] as const;

it.each(REFUSING)('$kind answers $http and gRPC $grpc, in the words of Google', async (given) => {
  const { kind, http, grpc, text } = given;
  bench.set({ fault: { kind } });
  const { status, body } = await post(bench, 'runReport', REPORT);
  expect(status).toBe(http);
  expect(body).toMatchObject({ error: { code: http, message: expect.stringContaining(text) } });
  const refused = await refusal(overGrpc());
  expect(refused).toMatchObject({ code: grpc, details: expect.stringContaining(text) });
});

it('says after which time to come back only when the fault is about that, over both transports', async () => {
  bench.set({ fault: { kind: 'rate_limit_retry_after', retryAfterSeconds: 7 } });
  expect((await post(bench, 'runReport', REPORT)).headers.get('retry-after')).toBe('7');
  const refused = await refusal(overGrpc());
  expect(refused).toMatchObject({ metadata: expect.anything() });
  expect(
    String((refused as { metadata?: { get(name: string): unknown[] } }).metadata?.get('retry-after')),
  ).toBe('7');
  bench.set({ fault: { kind: 'rate_limit' } });
  expect((await post(bench, 'runReport', REPORT)).headers.get('retry-after')).toBeNull();
});

const raw = (signal: AbortSignal | null = null) =>
  fetch(`${bench.url}/v1beta/${PROPERTY}:runReport`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}` },
    body: JSON.stringify(REPORT),
    signal,
  });

it.each(['timeout', 'drip'] as const)('%s keeps a caller waiting until it gives up', async (kind) => {
  bench.set({ fault: { kind } });
  const reading = raw(AbortSignal.timeout(300)).then((response) => response.text());
  await expect(reading).rejects.toThrow('aborted due to timeout');
  expect((await refusal(overGrpc(300))).code).toBe(4);
});

it('cut_off loses the connection in the middle of the answer', async () => {
  bench.set({ fault: { kind: 'cut_off' } });
  const response = await raw();
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
  expect((await refusal(overGrpc())).code).toBe(14);
});

it('empty and not_json answer 200 with what is no report', async () => {
  bench.set({ fault: { kind: 'empty' } });
  expect(await (await raw()).text()).toBe('');
  bench.set({ fault: { kind: 'not_json' } });
  expect(await (await raw()).text()).toContain('<!doctype html>');
  // The closest over gRPC decodes to an empty report, known only by the kind that it lacks.
  for (const kind of ['empty', 'not_json'] as const) {
    bench.set({ fault: { kind } });
    expect(await overGrpc()).toMatchObject({ kind: '', metricHeaders: [], rows: [] });
  }
});

it('changed_shape loses the metric headers on the way through the client', async () => {
  bench.set({ fault: { kind: 'changed_shape' } });
  expect((await post(bench, 'runReport', REPORT)).body).toHaveProperty('metricColumns');
  const [overRest] = await bench.rest.runReport({ property: PROPERTY, ...REPORT }, signed());
  for (const report of [overRest, await overGrpc()]) {
    expect(report).toMatchObject({ kind: 'analyticsData#runReport', metricHeaders: [] });
    expect(table(report)).toEqual([['1']]);
  }
});

it('empty_list is a well-formed report without the rows that there are, in a batch, too', async () => {
  bench.set({ fault: { kind: 'empty_list' } });
  const [overRest] = await bench.rest.runReport({ property: PROPERTY, ...REPORT }, signed());
  for (const report of [overRest, await overGrpc()]) {
    expect(headers(report)).toEqual(['sessions']);
    expect(report).toMatchObject({ kind: 'analyticsData#runReport', rows: [], rowCount: 0 });
  }
  const batch = await post(bench, 'batchRunReports', { requests: [REPORT] });
  expect(batch.body).toMatchObject({ reports: [{ kind: 'analyticsData#runReport' }] });
  expect(JSON.stringify(batch.body)).not.toContain('rows');
});

it('meets only the path that a fault is for, on both transports', async () => {
  bench.set({ fault: { kind: 'server_error', path: `/v1beta/${PROPERTY}:batchRunReports` } });
  expect((await post(bench, 'runReport', REPORT)).status).toBe(200);
  expect((await post(bench, 'batchRunReports', { requests: [REPORT] })).status).toBe(500);
  const client = await bench.client('grpc');
  expect(table(await overGrpc())).toEqual([['1']]);
  const batch = client.batchRunReports({ property: PROPERTY, requests: [REPORT] }, signed());
  expect((await refusal(batch)).code).toBe(13);
});

it('knows every fault there is', () => {
  const tried = ['timeout', 'drip', 'cut_off', 'empty', 'not_json', 'changed_shape', 'empty_list'];
  expect([...FAULT_KINDS].toSorted()).toEqual([...tried, ...REFUSING.map(({ kind }) => kind)].toSorted());
});
