import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breakProvider, readState, type Sandbox, startSandbox, writeState } from '../../sandbox/index.ts';
import type { ConnectionRecord, QuotaStore, Vault } from '../../src/app/ports.ts';
import { createEgress, type Egress } from '../../src/egress/index.ts';
import { createSources } from '../../src/wiring/sources.ts';

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

async function readFour() {
  const vault = { open: async () => ({ apiKey: sandbox.apiKey }) } as unknown as Vault;
  const connection = {
    connectorId: 'stripe',
    endpoint: sandbox.url,
    config: {},
  } as unknown as ConnectionRecord;
  const now = new Date();
  const day = (offset: number): string =>
    new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  const week = { startDay: day(-6), endDay: day(1), timeZone: 'UTC' };
  const today = { startDay: day(0), endDay: day(1), timeZone: 'UTC' };
  const quota = {} as QuotaStore; // Stripe counts by the second, which needs no store
  const outcomes = await createSources(egress, vault, quota).read(
    connection,
    [
      { metric: 'net_revenue', params: { currency: 'usd' }, ...week },
      { metric: 'net_revenue', params: { currency: 'eur' }, ...week },
      { metric: 'mrr', params: { currency: 'usd' }, ...today },
      { metric: 'paying_customers', params: {}, ...today },
    ],
    now,
    new AbortController().signal,
  );
  const [usd, eur, mrr, customers] = outcomes.map((outcome) => outcome.exchanges);
  return { oks: outcomes.map((outcome) => outcome.ok), usd, eur, mrr, customers };
}

it('asks the provider once for what several metrics need, and keeps it as the evidence of each', async () => {
  const { oks, usd, eur, mrr, customers } = await readFour();
  expect(oks).toEqual([true, true, true, true]);
  expect(usd?.map((exchange) => new URL(exchange.url).pathname)).toEqual(
    expect.arrayContaining(['/v1/charges', '/v1/refunds', '/v1/disputes']),
  );
  expect(eur).toEqual(usd);
  expect(mrr?.length).toBeGreaterThan(0);
  expect(customers).toEqual(mrr);
});

it('does not ask a broken provider again for what has just failed', async () => {
  const path = join(folder, 'state.json');
  const state = readState(path);
  if (state === null) throw new Error('the sandbox has no state');
  writeState(path, breakProvider(state, 'stripe', 'server_error'));
  const { oks, usd, eur } = await readFour();
  expect(oks).toEqual([false, false, false, false]);
  // One request and its one quick repetition.
  expect(usd?.map((exchange) => exchange.status)).toEqual([500, 500]);
  expect(eur).toEqual(usd);
});
