import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Bench,
  berlin,
  NOW,
  named,
  openBench,
  PROPERTY,
  post,
  refusal,
  signed,
  TRANSPORTS,
  visit,
  week,
} from './ga4-support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench([visit('s1', 'A', berlin('2026-03-02T09:00'))]);
});
afterEach(() => bench.close());

// Without dimensions and filters a report costs 1 and one more for each 90 days:
// 2,000 years are 730,485 days (365.2425 × 2,000), so 1 + floor(730,485 / 90) = 8,117.
const HUGE = { dateRanges: week('0025-01-01', '2024-12-31'), metrics: named('sessions') };
const HUGE_TOKENS = 8_117;
const SMALL = { dateRanges: week('2026-03-02', '2026-03-02'), metrics: named('sessions') };

async function ask(request: object, transport: (typeof TRANSPORTS)[number] = 'rest') {
  const client = await bench.client(transport);
  const [report] = await client.runReport(
    { property: PROPERTY, returnPropertyQuota: true, ...request },
    signed(),
  );
  return report.propertyQuota;
}

it('tells what a report cost and what is left of each pool', async () => {
  // 1, and 1 for the dimension
  expect(await ask({ ...SMALL, dimensions: named('date') })).toMatchObject({
    tokensPerDay: { consumed: 2, remaining: 199_998 },
    tokensPerHour: { consumed: 2, remaining: 39_998 },
    tokensPerProjectPerHour: { consumed: 2, remaining: 13_998 },
    concurrentRequests: { remaining: 10 },
    serverErrorsPerProjectPerHour: { remaining: 10 },
    potentiallyThresholdedRequestsPerHour: { remaining: 120 },
  });
});

it('charges each member of a batch', async () => {
  await post(bench, 'batchRunReports', { requests: [SMALL, { ...SMALL, dimensions: named('date') }] });
  expect(bench.server.usage()).toMatchObject({ requests: 1, tokens: 3 });
});

it('charges nothing for what it refuses, and counts it all the same', async () => {
  await post(bench, 'runReport', { metrics: named('nonsense') });
  expect(bench.server.usage()).toEqual({ requests: 1, tokens: 0, peakConcurrent: 1 });
});

it('refuses everybody when the tokens of the project are gone, until the next hour', async () => {
  await ask(HUGE);
  const left = await ask(HUGE); // the last call may cost more than there is
  expect(left?.tokensPerProjectPerHour).toMatchObject({ consumed: HUGE_TOKENS });
  expect(left?.tokensPerProjectPerHour?.remaining ?? 0).toBe(0);
  for (const transport of TRANSPORTS) {
    const refused = await refusal(ask(SMALL, transport));
    expect(refused.code).toBe(transport === 'rest' ? 429 : 8);
    expect(refused.message).toContain('Exhausted property tokens for a project per hour');
    expect(refused.message).toContain('return in under an hour');
  }
  bench.set({ now: NOW + 3_600 });
  expect((await ask(SMALL))?.tokensPerProjectPerHour).toMatchObject({ remaining: 13_999 });
});

it('refuses everybody when the tokens of the day are gone, until midnight in California', async () => {
  // 25 × 8,117 = 202,925, two of them an hour: 13 hours, from 00:00 to 13:00 Pacific time (UTC-7 in March 2026).
  const midnight = Date.parse('2026-03-11T07:00:00Z') / 1_000;
  for (let call = 0; call < 25; call += 1) {
    bench.set({ now: midnight + Math.floor(call / 2) * 3_600 });
    await ask(HUGE);
  }
  bench.set({ now: midnight + 24 * 3_600 - 1 });
  expect((await refusal(ask(SMALL))).message).toContain('Exhausted property tokens per day');
  bench.set({ now: midnight + 24 * 3_600 });
  expect((await ask(SMALL))?.tokensPerDay).toMatchObject({ remaining: 199_999 });
});

it.each(TRANSPORTS)('lets ten calls wait at once and refuses the eleventh over %s', async (transport) => {
  bench.set({ fault: { kind: 'timeout' } });
  const client = await bench.client(transport);
  const waiting = Array.from({ length: 10 }, () => {
    const call = client.runReport({ property: PROPERTY, ...SMALL }, signed());
    call.catch(() => {}); // nobody answers it
    return call;
  });
  await expect.poll(() => bench.server.usage().peakConcurrent).toBe(10);
  bench.set({ fault: null });
  const refused = await refusal(ask(SMALL, transport));
  expect(refused.message).toContain('Exhausted concurrent requests quota');
  expect(bench.server.usage()).toMatchObject({ requests: 11, peakConcurrent: 10 });
  await bench.close();
  await Promise.allSettled(waiting);
  bench = await openBench([]);
});

it('frees the place of a caller who hangs up', async () => {
  bench.set({ fault: { kind: 'timeout' } });
  const client = await bench.client('grpc');
  const calls = Array.from({ length: 10 }, () =>
    client.runReport({ property: PROPERTY, ...SMALL }, { ...signed(), timeout: 300 }),
  );
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  bench.set({ fault: null });
  await expect.poll(async () => (await ask(SMALL))?.concurrentRequests?.remaining).toBe(10);
});

it('locks everybody out after ten server errors, for the rest of the hour', async () => {
  bench.set({ fault: { kind: 'server_error' } });
  for (let call = 0; call < 10; call += 1) {
    expect((await post(bench, 'runReport', SMALL)).status).toBe(500);
  }
  bench.set({ fault: null });
  const refused = await post(bench, 'runReport', SMALL);
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ error: { message: expect.stringContaining('server errors') } });
  bench.set({ now: NOW + 3_600 });
  expect((await post(bench, 'runReport', SMALL)).status).toBe(200);
});

it('takes 120 reports an hour that may be thresholded', async () => {
  bench.set({ quirks: { thresholded: true } });
  const requests = Array.from({ length: 5 }, () => SMALL);
  for (let call = 0; call < 24; call += 1) await post(bench, 'batchRunReports', { requests });
  expect((await refusal(ask(SMALL))).message).toContain('potentially thresholded');
});
