import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncConnection } from '../../../jobs/sync-connection.ts';
import { startSandbox } from '../../../sandbox/index.ts';
import { type StripeProxy, startStripeProxy } from '../../support/stripe-proxy.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

export type Company = { server: TestServer; proxy: StripeProxy; close(): Promise<void> };
const log = { info() {}, warn() {}, error() {} };

/** The real API and the sandbox company behind a proxy; the connection `shop` with the metric `mrr` is read once. */
export async function startCompany(): Promise<Company> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-contract-'));
  let clockMs = 0;
  const statePath = join(folder, 'sandbox.json');
  const sandbox = await startSandbox({ statePath, monotonicMs: () => (clockMs += 1_000) });
  const proxy = await startStripeProxy(sandbox.url);
  const server = await startTestServer(`${new URL(proxy.url).host},127.0.0.1:2525`);
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await server.ask('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.json;
  };
  await post('/api/v1/connections', {
    key: 'shop',
    title: 'Shop',
    connectorId: 'stripe',
    environment: 'sandbox',
    endpoint: proxy.url,
    config: { apiKey: sandbox.apiKey },
  });
  const mrr = { key: 'mrr', title: 'MRR', connection: 'shop', metric: 'mrr' };
  await post('/api/v1/metrics', { ...mrr, params: { currency: 'usd' } });
  const revenue = { key: 'revenue', connection: 'shop', metric: 'net_revenue', historyDays: 30 };
  await post('/api/v1/metrics', { ...revenue, params: { currency: 'usd' } });
  const asked = await post('/api/v1/sync-runs', { connection: 'shop' });
  const id = (asked['data'] as { id: string }[])[0]?.id ?? '';
  const { database, deps, runs } = server.services;
  await database.pool.query('UPDATE sync_run SET not_before = app_now() WHERE id = $1', [id]);
  const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
  await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
  return {
    server,
    proxy,
    async close() {
      await server.close();
      await proxy.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
