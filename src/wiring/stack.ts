import { startAlerting } from '../../jobs/alerting.ts';
import { startRelay } from '../../jobs/deliver-messages.ts';
import { startEvaluator } from '../../jobs/evaluate-key-results.ts';
import { startRotating } from '../../jobs/rotate-keys.ts';
import { postgresBackend, type QueueBackend, redisBackend, startScheduler } from '../../jobs/schedule.ts';
import { startTidying, type TidyDeps } from '../../jobs/tidy-events.ts';
import { startWorker } from '../../jobs/worker.ts';
import { startOperations } from '../api/operations-server.ts';
import { type ApiServer, DEFAULT_PORT, reservePort, startApi } from '../api/server.ts';
import { rotateKeys } from '../app/rotate-keys.ts';
import { tidyEvents } from '../app/tidy-events.ts';
import { serverNow } from '../db/clock.ts';
import { startPostgres } from '../embedded/postgres.ts';
import type { Config } from './config.ts';
import { takeDataFolder, writeApiFile } from './data-folder.ts';
import { countDeliveries, operationsOf, ownPortMetricsAccess } from './operations.ts';
import { probeDatabase, probeRedis } from './probe.ts';
import { relayDeps } from './relay.ts';
import { createLog, openQueuePool, openServices, type Services } from './services.ts';

export type StackOptions = {
  roles: readonly ('api' | 'worker')[];
  /** Told about every long step, and about what had to be decided for the user. */
  say(line: string): void;
  /** Throw-away data: nothing is flushed to disk. */
  durable?: boolean;
  /** Ends the start between two steps, with its reason. */
  signal?: AbortSignal;
  /** Where the page was built, if not in its usual place. */
  webRoot?: string;
};

export type Stack = {
  services: Services;
  api: ApiServer | null;
  /** True when the embedded PostgreSQL is used. */
  embedded: boolean;
  stop(): Promise<void>;
};

/** Undoes steps in the reverse order of their making. */
type Undo = (() => unknown)[];

/**
 * Starts what Tidemark consists of: the database when it is ours to start, the workers, the API.
 *
 * @throws Error in one sentence; whatever was started by then is stopped again
 */
export async function startStack(config: Config, options: StackOptions): Promise<Stack> {
  const undo: Undo = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    if (config.redisUrl !== null) await probeRedis(config.redisUrl);
    // Before anything is made: a start that cannot listen leaves nothing behind.
    const reserved = options.roles.includes('api') ? await reservePort(config.host, config.port) : null;
    if (reserved !== null) undo.push(() => reserved.release());
    const port = reserved?.port ?? null;
    const databaseUrl = await database(config, options, undo);
    options.signal?.throwIfAborted();
    if (port !== null && config.port === null && port !== DEFAULT_PORT)
      options.say(`Port ${DEFAULT_PORT} is taken; ${port} is used instead.`);
    const linkBase = config.publicUrl ?? `http://${config.host}:${port ?? config.port ?? DEFAULT_PORT}`;
    const log = createLog(config);
    const services = await openServices(config, databaseUrl, linkBase, log);
    undo.push(() => services.close());
    options.signal?.throwIfAborted();
    if (options.roles.includes('worker')) await startWorkers(services, undo);
    const api =
      reserved === null
        ? null
        : await startApi(
            services,
            reserved,
            options.webRoot === undefined ? {} : { webRoot: options.webRoot },
          );
    if (api !== null) {
      undo.push(() => api.stop());
      undo.push(writeApiFile(config.dataDir, { url: api.url, token: api.localToken }));
    }
    if (config.metricsPort !== null) {
      const at = { host: config.host, port: config.metricsPort };
      const operations = await startOperations(at, operationsOf(services, ownPortMetricsAccess(config)));
      undo.push(() => operations.stop());
    }
    return { services, api, embedded: config.databaseUrl === null, stop };
  } catch (error) {
    await stop();
    // Ctrl-C reaches the programs that we run too: what they then say is not the reason.
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function database(config: Config, options: StackOptions, undo: Undo): Promise<string> {
  if (config.databaseUrl !== null) {
    await probeDatabase(config.databaseUrl); // before the folder is made
    // A server of its own may serve many processes; the folder then holds the key and the API's address only.
    if (options.roles.includes('api')) undo.push(takeDataFolder(config.dataDir));
    return config.databaseUrl;
  }
  undo.push(takeDataFolder(config.dataDir));
  const postgres = await startPostgres({
    dataDir: config.dataDir,
    say: options.say,
    ...(options.durable === undefined ? {} : { durable: options.durable }),
  });
  undo.push(() => postgres.stop());
  return postgres.url;
}

async function startWorkers(services: Services, undo: Undo): Promise<void> {
  const { alerting, config, database, deps, evaluator, log, owner, runs } = services;
  const backend = await openBackend(services, undo);
  const worker = await startWorker(
    backend,
    { runs, sources: deps.connectors, owner },
    log,
    config.concurrency,
    () => serverNow(database.pool),
  );
  const relay = startRelay(countDeliveries(relayDeps(services), services.telemetry), log);
  const evaluate = startEvaluator(evaluator, log);
  const alerts = startAlerting(alerting, log);
  const tidying = startTidying(tidyDeps(services), log);
  const rotating = startRotating({ rotate: (signal) => rotateKeys(services.keys, signal) }, log);
  const scheduler = await startScheduler(backend, runs, log);
  services.telemetry.watchQueue(() => scheduler.depth());
  undo.push(async () => {
    await scheduler.stop(); // nothing new is handed out while the worker drains
    await Promise.all([relay.stop(), evaluate.stop(), alerts.stop(), tidying.stop(), rotating.stop()]);
    await worker.stop();
  });
}

function tidyDeps({ deps }: Services): TidyDeps {
  const store = { files: deps.eventFiles, listings: deps.eventListings };
  return {
    connections: () => deps.eventListings.connections(),
    tidy: async (connectionId, signal) => tidyEvents(store, connectionId, await deps.clock.now(), signal),
  };
}

async function openBackend(services: Services, undo: Undo): Promise<QueueBackend> {
  const { config, databaseUrl } = services;
  if (config.redisUrl !== null) {
    const backend = redisBackend(config.redisUrl);
    undo.push(() => backend.close());
    return backend;
  }
  const pool = openQueuePool(databaseUrl, config.concurrency + 8);
  undo.push(() => pool.end());
  return postgresBackend(pool);
}
