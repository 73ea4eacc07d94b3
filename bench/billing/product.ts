import { setTimeout as delay } from 'node:timers/promises';
import { ApiProblem, type Client, createClient } from '../../src/api/client.ts';
import type { RunView } from '../../src/api/contract.ts';
import type { Product } from './processes.ts';

export type Measurable = { metric: string; params: Record<string, unknown> };
export type Synced = { seconds: number; runs: RunView[]; failures: string[] };

/** The product as its users have it: through the API, and nothing else. */
export type Account = {
  measurable(): Promise<Measurable[]>;
  /** Null, or why it cannot be created. */
  addMetric(
    metric: Measurable,
    historyDays: number,
    params?: Record<string, unknown>,
  ): Promise<string | null>;
  pause(paused: boolean): Promise<void>;
  /** Reads what is due, and waits until nothing is left to do. */
  sync(): Promise<Synced>;
};

const KEY = 'bench';
const POLL_MS = 100;
const RARELY = 44_640; // minutes: nothing happens by itself meanwhile
/** As much as the connector takes of the provider's hundred; ten unless its owner says otherwise. */
const REQUESTS_PER_SECOND = 90;
/** What the generated company bills in, in dollars. */
const RATES = ['EUR=1.08', 'JPY=0.0068'];

export async function openAccount(product: Product, providerPort: number): Promise<Account> {
  const client = createClient({ url: product.url, token: product.token });
  await client.call('createConnection', {
    body: {
      key: KEY,
      connectorId: 'stripe',
      environment: 'sandbox',
      endpoint: `http://127.0.0.1:${providerPort}`,
      everyMinutes: RARELY,
      config: { apiKey: 'rk_test_bench', requestsPerSecond: REQUESTS_PER_SECOND },
    },
  });
  return {
    async measurable() {
      const { data } = await client.call('listMeasurable', { params: { id: KEY } });
      return data.map(({ metric, params }) => ({ metric, params: paramsFor(params) }));
    },
    async addMetric({ metric, params }, historyDays) {
      const key = `${metric}-${historyDays}`.replaceAll('_', '-');
      try {
        await client.call('createMetric', {
          body: { key, connection: KEY, metric, params, historyDays },
        });
        return null;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return `${metric}: ${error.detail}`;
      }
    },
    async pause(paused) {
      await client.call('updateConnection', { params: { id: KEY }, body: { paused } });
    },
    sync: () => syncAndWait(client),
  };
}

/** Everything in dollars, where money is counted at all; of those won by referral, the partners' customers. */
function paramsFor(schema: Record<string, unknown>): Record<string, unknown> {
  const { properties } = schema as { properties?: Record<string, unknown> }; // JSON Schema
  const money =
    properties?.['reportingCurrency'] === undefined ? {} : { reportingCurrency: 'USD', rates: RATES };
  return properties?.['promotionCodes'] === undefined ? money : { ...money, coupons: ['BENCH_PARTNER'] };
}

async function syncAndWait(client: Client): Promise<Synced> {
  const before = new Set((await runsOf(client)).map(({ id }) => id));
  const began = performance.now();
  const started = await client.call('startSync', { body: { connection: KEY } });
  for (const { id } of started.data) before.delete(id);
  for (;;) {
    await delay(POLL_MS);
    const runs = (await runsOf(client)).filter(({ id }) => !before.has(id));
    if (runs.length === 0 || runs.some(({ status }) => status === 'queued' || status === 'running')) {
      const stuck = runs.find(
        ({ status, error, attempt }) => status === 'queued' && error !== null && attempt > 2,
      );
      if (stuck !== undefined) throw new Error(`a run failed again and again: ${stuck.error?.message ?? ''}`);
      continue;
    }
    const failures = runs.flatMap(({ error, metrics }) => [
      ...(error === null ? [] : [error.message]),
      ...metrics
        .filter(({ ok }) => !ok)
        .map(({ metricKey, message }) => `${metricKey}: ${message ?? 'failed'}`),
    ]);
    return { seconds: (performance.now() - began) / 1_000, runs, failures };
  }
}

async function runsOf(client: Client): Promise<RunView[]> {
  return (await client.call('listRuns', { query: { connection: KEY, limit: 50 } })).data;
}
