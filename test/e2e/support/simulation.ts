import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncConnection } from '../../../jobs/sync-connection.ts';
import {
  breakProvider,
  type Fault,
  type FaultKind,
  heal,
  type Provider,
  readState,
  type Sandbox,
  type SandboxState,
  startSandbox,
  writeState,
} from '../../../sandbox/index.ts';
import { createConnection } from '../../../src/app/create-connection.ts';
import { createMetric } from '../../../src/app/create-metric.ts';
import type { Actor } from '../../../src/app/ports.ts';
import { loadConfig } from '../../../src/wiring/config.ts';
import { createLog, openServices, type Services } from '../../../src/wiring/services.ts';
import { createDatabase, dropDatabase, moveClock } from '../../support/database.ts';

/**
 * Tidemark and the sandbox company on one clock that the test moves: the real database, run engine, connectors and
 * provider clients; only the queue is left out, whose part (handing out run ids) `work` plays.
 */
export type Simulation = {
  services: Services;
  sandbox: Sandbox;
  /** Where the sandbox keeps its state. */
  folder: string;
  actor: Actor;
  now(): Date;
  /** Moves both clocks to this many milliseconds after the start. */
  moveTo(sinceStartMs: number): Promise<void>;
  /** `settings`: on top of what reaches the sandbox. */
  connect(
    provider: Provider,
    key: string,
    everyMinutes: number,
    settings?: Record<string, unknown>,
  ): Promise<string>;
  measure(connection: string, key: string, metric: string, params?: Record<string, unknown>): Promise<void>;
  /** Makes runs of what is due and runs them, one after the other, until nothing is due at this moment. */
  work(): Promise<void>;
  breakProvider(provider: Provider, fault: FaultKind | Fault): void;
  heal(provider: Provider): void;
  change(change: (state: SandboxState) => SandboxState): void;
  close(): Promise<void>;
};

export type SimulationOptions = {
  startAt: Date;
  historyDays: number;
  sandbox?: Partial<SandboxState>;
  /** Something that stands before the sandbox: connections are made to its address. */
  front?: (sandboxUrl: string) => Promise<{ url: string; close(): Promise<void> }>;
};

export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  const { startAt, historyDays } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-simulation-'));
  const statePath = join(folder, 'sandbox.json');
  let sinceStartMs = 0;
  const now = () => new Date(startAt.getTime() + sinceStartMs);
  const sandbox = await startSandbox({
    statePath,
    port: 0,
    now,
    // Limits per second go by the moved clock too: runs that are hours apart here are milliseconds apart outside.
    monotonicMs: () => performance.now() + sinceStartMs,
    initial: options.sandbox ?? {},
  });
  const front = await options.front?.(sandbox.url);
  const endpoint = front?.url ?? sandbox.url;
  const url = await createDatabase();
  const config = loadConfig({
    DATABASE_URL: url,
    TIDEMARK_DATA_DIR: join(folder, 'data'),
    TIDEMARK_EGRESS_ALLOW: new URL(endpoint).host,
    TIDEMARK_TIME_ZONE: sandbox.state().timeZone,
  });
  const log = createLog({ logLevel: 'silent' });
  const services = await openServices(config, url, 'http://localhost', log);
  const { pool } = services.database;
  const actor: Actor = { workspace: services.workspace, name: 'test', requestId: null };
  const { timeZone } = sandbox.state();
  const change = (next: (state: SandboxState) => SandboxState): void => {
    const state = readState(statePath);
    if (state !== null) writeState(statePath, next(state));
  };
  /** The database's clock goes on by itself: what has passed since is taken off again. */
  const alignClock = () => moveClock(pool, now().getTime() - Date.now());
  await alignClock();

  return {
    services,
    sandbox,
    folder,
    actor,
    now,
    change,
    async moveTo(ms) {
      sinceStartMs = ms;
      await alignClock();
    },
    async connect(provider, key, everyMinutes, settings = {}) {
      const connection = await createConnection(services.deps, actor, {
        key,
        connectorId: provider,
        environment: 'sandbox',
        endpoint,
        config: { ...accessOf(sandbox, provider), ...settings },
        everyMinutes,
      });
      // A slot starts up to a minute late, at random; here it starts when the test says.
      await pool.query('UPDATE schedule SET jitter_ms = 0 WHERE connection_id = $1', [connection.id]);
      return connection.id;
    },
    async measure(connection, key, metric, params = {}) {
      await createMetric(services.deps, actor, { key, connection, metric, params, timeZone, historyDays });
    },
    async work() {
      const context = { signal: new AbortController().signal, log };
      const deps = { runs: services.runs, sources: services.deps.connectors, owner: services.owner };
      await services.runs.claimDueSlots();
      for (;;) {
        const due = await services.runs.takeDispatchable();
        if (due.length === 0) return;
        await Promise.all(due.map(({ id }) => syncConnection.run({ v: 1, runId: id }, deps, context)));
      }
    },
    breakProvider: (provider, fault) => change((state) => breakProvider(state, provider, fault)),
    heal: (provider) => change((state) => heal(state, provider)),
    async close() {
      await services.close();
      await front?.close();
      await sandbox.close();
      await dropDatabase(url);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The settings of a connection to the sandbox, as its owner would enter them. */
export function accessOf(sandbox: Sandbox, provider: Provider): Record<string, unknown> {
  const { apiKey, ga4, mixpanel } = sandbox.state();
  switch (provider) {
    case 'stripe':
      return { apiKey };
    case 'ga4': {
      const key = { type: 'service_account', client_email: ga4.clientEmail, private_key: ga4.privateKey };
      return { propertyId: ga4.propertyId, serviceAccountKey: JSON.stringify(key) };
    }
    case 'mixpanel':
      return {
        projectId: mixpanel.projectId,
        serviceAccount: mixpanel.username,
        serviceAccountSecret: mixpanel.secret,
      };
  }
}
