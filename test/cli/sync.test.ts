import { afterEach, expect, it } from 'vitest';
import type { RunView } from '../../src/api/contract.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

function run(id: string, over: Partial<RunView> = {}): RunView {
  return {
    id,
    connectionId: `con_${id}`,
    connectionKey: `key-${id}`,
    trigger: 'manual',
    status: 'queued',
    attempt: 1,
    slot: '2026-08-16T12:00:00.000Z',
    notBefore: '2026-08-16T12:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    error: null,
    points: { read: 0, changed: 0 },
    requests: 0,
    metrics: [],
    ...over,
  };
}

const succeeded: Partial<RunView> = {
  status: 'succeeded',
  startedAt: '2026-08-16T12:00:00.000Z',
  finishedAt: '2026-08-16T12:00:01.500Z',
  points: { read: 30, changed: 2 },
  requests: 4,
};

it('waits for the runs and shows what each brought', async () => {
  let polls = 0;
  api = await fakeApi({
    startSync: () => list(run('a')),
    getRun: () => (++polls < 3 ? run('a', { status: 'running' }) : run('a', succeeded)),
  });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now', '--connection', 'stripe'], io)).toBe(0);
  expect(api.asked[0]?.body).toEqual({ connection: 'stripe' });
  expect(polls).toBe(3);
  expect(io.out()).toMatch(/key-a +✓ Succeeded +30 +2 +4 +1\.5 s/);
  expect(io.err()).toBe('');
});

it('ends with 7 when one source failed, though the other one succeeded, and says why', async () => {
  api = await fakeApi({
    startSync: () => list(run('a'), run('b')),
    getRun: ({ params }) =>
      params['id'] === 'a'
        ? run('a', succeeded)
        : run('b', { status: 'dead', error: { class: 'auth', message: 'Stripe refused the key (401)' } }),
  });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now'], io)).toBe(7);
  expect(io.out()).toContain('key-b: Stripe refused the key (401)');
  expect(io.out()).toContain('✓ Succeeded');
});

it('ends with 7 when a run brought only some of its metrics', async () => {
  const metrics = [
    { metricKey: 'mrr', ok: true, message: null },
    { metricKey: 'arr', ok: false, message: 'the key may not read invoices' },
  ];
  api = await fakeApi({ startSync: () => list(run('a', { ...succeeded, metrics })) });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now'], io)).toBe(7);
  expect(io.out()).toContain('key-a arr: the key may not read invoices');
});

it('ends with 8 when a run is still going after --timeout, and not a moment earlier', async () => {
  api = await fakeApi({ startSync: () => list(run('a')), getRun: () => run('a', { status: 'running' }) });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now', '--timeout', '2s'], io)).toBe(8);
  const waited = io.waits.reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeGreaterThanOrEqual(2_000);
  expect(io.err()).toContain('Still running after 2s');
});

it('does not wait when told not to', async () => {
  api = await fakeApi({ startSync: () => list(run('a')) });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now', '--no-wait', '--key-result', 'growth.mrr'], io)).toBe(0);
  expect(api.asked.map((asked) => asked.name)).toEqual(['startSync']);
  expect(api.asked[0]?.body).toEqual({ keyResult: 'growth.mrr' });
  expect(io.waits).toEqual([]);
});

it('prints one JSON document even when a source failed', async () => {
  api = await fakeApi({ startSync: () => list(run('a', { status: 'failed' })) });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now', '--json'], io)).toBe(7);
  expect(JSON.parse(io.out())).toMatchObject({
    data: [{ id: 'a', status: 'failed' }],
    page: { nextCursor: null },
  });
});

it('shows progress on the terminal beside the answer, and takes it away again', async () => {
  api = await fakeApi({ startSync: () => list(run('a')), getRun: () => run('a', succeeded) });
  const io = fakeIo({ env: api.env, stderrIsTty: true });
  await main(['sync', 'now'], io);
  expect(io.err()).toContain('0/1');
  expect(io.err().endsWith('\r\u001b[K')).toBe(true);
  expect(io.out()).not.toContain('\u001b');
});

it('stops waiting at once when it is interrupted', async () => {
  api = await fakeApi({ startSync: () => list(run('a')) });
  const io = fakeIo({ env: api.env });
  const wait = io.wait;
  io.wait = async (ms, signal) => {
    io.interrupt();
    await wait(ms, signal);
  };
  expect(await main(['sync', 'now'], io)).toBe(130);
});

it('has nothing to do without a connection, and that is a success', async () => {
  api = await fakeApi({ startSync: () => list() });
  const io = fakeIo({ env: api.env });
  expect(await main(['sync', 'now'], io)).toBe(0);
  expect(io.out()).toBe('None yet.\n');
});
