import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breakProvider, readState, type Sandbox, startSandbox, writeState } from '../../sandbox/index.ts';
import type { ConnectionRecord, QuotaStore, Vault } from '../../src/app/ports.ts';
import { createEgress, type Egress } from '../../src/egress/index.ts';
import { createSources } from '../../src/wiring/sources.ts';
import { accessOf } from '../e2e/support/simulation.ts';

let folder: string;
let sandbox: Sandbox;
let egress: Egress;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-shared-'));
  sandbox = await startSandbox({ statePath: join(folder, 'state.json'), port: 0 });
  egress = createEgress({ allow: [{ kind: 'host', host: '127.0.0.1', port: sandbox.port }] });
});
afterAll(async () => {
  await egress.close();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Room for every call. */
const quota: QuotaStore = {
  take: async () => ({ ok: true, id: 'call' }),
  renew: async () => {},
  done: async () => {},
  pause: async () => {},
  untilOldestExpiresMs: async () => 0,
  look: async () => ({ now: new Date(0), calls: 0, oldestAt: null, pausedUntil: null, book: null }),
  changeBook: async (_, step) => step(null, new Date()).result,
  costs: async () => ({}),
  learnCost: async () => {},
};

async function readTwo() {
  const access = accessOf(sandbox, 'mixpanel');
  const vault = {
    open: async () => ({ serviceAccountSecret: access['serviceAccountSecret'] }),
  } as unknown as Vault;
  const connection = {
    connectorId: 'mixpanel',
    endpoint: sandbox.url,
    config: access,
  } as unknown as ConnectionRecord;
  const now = new Date();
  const day = (offset: number): string =>
    new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  const week = { startDay: day(-6), endDay: day(1), timeZone: sandbox.state().timeZone };
  const wanted = { metric: 'event_total', params: { event: 'Sign Up' }, ...week };
  const outcomes = await createSources(egress, vault, quota).read(
    connection,
    [wanted, wanted],
    now,
    new AbortController().signal,
  );
  const [one, other] = outcomes.map((outcome) => outcome.exchanges);
  return { oks: outcomes.map((outcome) => outcome.ok), one, other };
}

it('asks the provider once for what several metrics need, and keeps it as the evidence of each', async () => {
  const { oks, one, other } = await readTwo();
  expect(oks).toEqual([true, true]);
  expect(one?.length).toBeGreaterThan(0);
  expect(other).toEqual(one);
});

it('does not ask a broken provider again for what has just failed', async () => {
  const path = join(folder, 'state.json');
  const state = readState(path);
  if (state === null) throw new Error('the sandbox has no state');
  writeState(path, breakProvider(state, 'mixpanel', 'server_error'));
  const { oks, one, other } = await readTwo();
  expect(oks).toEqual([false, false]);
  // One request: what is counted by the hour is not repeated at once.
  expect(one?.map((exchange) => exchange.status)).toEqual([500]);
  expect(other).toEqual(one);
});
