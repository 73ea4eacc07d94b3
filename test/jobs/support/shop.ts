import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../../sandbox/index.ts';
import { createConnection } from '../../../src/app/create-connection.ts';
import { createCycle } from '../../../src/app/create-cycle.ts';
import { createKeyResult } from '../../../src/app/create-key-result.ts';
import { createMetric } from '../../../src/app/create-metric.ts';
import { createObjective } from '../../../src/app/create-objective.ts';
import type { Actor } from '../../../src/app/ports.ts';
import { loadConfig } from '../../../src/wiring/config.ts';
import { createLog, openServices, type Services } from '../../../src/wiring/services.ts';
import { createDatabase, dropDatabase, moveClock } from '../../support/database.ts';

export type Shop = {
  services: Services;
  connectionId: string;
  /** What a worker process of this shop needs in its environment. */
  env: Record<string, string>;
  close(): Promise<void>;
};

/**
 * A workspace on the fake company: one connection, three metrics, two Key Results, and one run that waits.
 *
 * @param settings of the connection, beside its key
 */
export async function openShop(
  sandbox: Pick<Sandbox, 'url' | 'apiKey'>,
  appNow: Date,
  redisUrl: string | null,
  settings: Record<string, unknown> = {},
): Promise<Shop> {
  const url = await createDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-shop-'));
  const env = {
    DATABASE_URL: url,
    TIDEMARK_DATA_DIR: dataDir,
    TIDEMARK_EGRESS_ALLOW: new URL(sandbox.url).host,
    TIDEMARK_TIME_ZONE: 'UTC',
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  };
  const config = loadConfig(env);
  const services = await openServices(config, url, 'http://localhost', createLog({ logLevel: 'silent' }));
  await moveClock(services.database.pool, appNow.getTime() - Date.now());
  const connectionId = await fill(services, sandbox, settings);
  return {
    services,
    connectionId,
    env,
    async close() {
      await services.close();
      await dropDatabase(url);
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function fill(
  { deps, workspace }: Services,
  sandbox: Pick<Sandbox, 'url' | 'apiKey'>,
  settings: Record<string, unknown>,
): Promise<string> {
  const actor: Actor = { workspace, name: 'test', requestId: null };
  const connection = await createConnection(deps, actor, {
    key: 'shop',
    connectorId: 'stripe',
    environment: 'sandbox',
    endpoint: sandbox.url,
    config: { apiKey: sandbox.apiKey, ...settings },
    everyMinutes: 44_640, // no slot of the schedule falls due during a test
  });
  const metrics = [
    { key: 'revenue', metric: 'net_revenue', params: { currency: 'usd' } },
    { key: 'mrr', metric: 'mrr', params: { currency: 'usd' } },
    { key: 'customers', metric: 'paying_customers', params: {} },
  ];
  for (const metric of metrics)
    await createMetric(deps, actor, { ...metric, connection: 'shop', historyDays: 45 });
  await createCycle(deps, actor, { key: 'spring', startDay: '2026-04-01', endDay: '2026-07-01' });
  const objective = {
    key: 'grow',
    title: 'Grow',
    description: '',
    cycle: 'spring',
    parent: null,
    owner: null,
  };
  await createObjective(deps, actor, objective);
  const common = {
    description: '',
    objective: 'grow',
    owner: null,
    paceCurve: { kind: 'linear' },
    aggregate: null,
  } as const;
  await createKeyResult(deps, actor, {
    ...common,
    key: 'sell',
    title: 'Sell',
    metric: 'revenue',
    goal: { kind: 'accumulate', targetValue: 10_000_000 },
  });
  await createKeyResult(deps, actor, {
    ...common,
    key: 'win',
    title: 'Win customers',
    metric: 'customers',
    goal: { kind: 'reach', startValue: 0, targetValue: 200 },
  });
  return connection.id;
}
