import { hostname } from 'node:os';
import pg from 'pg';
import { composeNews } from '../app/compose-news.ts';
import { createJudge } from '../app/evaluate-key-result.ts';
import type { Evaluate } from '../app/evaluation.ts';
import { newsItem } from '../app/news-item.ts';
import type { AlertingRules } from '../app/ports-alerting.ts';
import { createAlerting } from '../db/alerting/index.ts';
import { createRunEngine } from '../db/create-run-engine.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createEvaluator } from '../db/evaluate.ts';
import { createInstance } from '../db/instance.ts';
import { migrate } from '../db/migrate.ts';
import { createQuotaStore } from '../db/quota.ts';
import { createTokenStore } from '../db/tokens.ts';
import { createGuardedSockets } from '../egress/guarded-socket.ts';
import { createEgress, type Egress } from '../egress/index.ts';
import { createEventFiles } from '../event-store/index.ts';
import { createEventUploads } from '../event-store/uploads.ts';
import { createForecaster } from '../forecast/create-forecaster.ts';
import { createChannels, fitNews } from '../notifications/index.ts';
import { newsPicture } from '../picture/news-chart.ts';
import { packageVersion, projectRoot } from '../project.ts';
import { createAccess } from './access.ts';
import { createChannelKinds } from './channels.ts';
import type { Config } from './config.ts';
import { type Common, createDeps } from './deps.ts';
import { STATEMENT_LIMITS } from './event-tables/index.ts';
import { keyDeps } from './keys.ts';
import { createLog, hideForever, type Log, passwordsOf } from './log.ts';
import { loadMasterKeys } from './master-key.ts';
import { probeDatabase } from './probe.ts';
import { createTelemetry } from './telemetry.ts';
import { createTenancy } from './tenancy.ts';

export { createLog, type Log };

/** Mail is handed in over TLS from the start, or after STARTTLS. */
const MAIL_PORTS = [465, 587];
/** One file of events; what is larger comes in parts. */
const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;

export type Services = Awaited<ReturnType<typeof openServices>>;

/** Opens everything that a process of Tidemark stands on. `databaseUrl` is a server that answers. */
export async function openServices(config: Config, databaseUrl: string, linkBase: string, log: Log) {
  hideForever(
    ...passwordsOf(databaseUrl),
    ...passwordsOf(config.redisUrl),
    config.masterKey,
    config.metricsToken,
  );
  await probeDatabase(databaseUrl);
  await migrate(databaseUrl, projectRoot());
  const database = openDatabase(databaseUrl);
  const egress = createEgress({ allow: config.egressAllow });
  try {
    return await assemble(config, database, egress, linkBase, log, databaseUrl);
  } catch (error) {
    await egress.close();
    await database.close();
    throw error;
  }
}

async function assemble(
  config: Config,
  database: Database,
  egress: Egress,
  linkBase: string,
  log: Log,
  databaseUrl: string,
) {
  const instance = createInstance(database);
  const workspace = await instance.workspace(config.workspaceName, config.timeZone);
  const masterKeys = await loadMasterKeys(config.masterKey, config.dataDir, instance, config.masterKeyFile);
  const telemetry = createTelemetry({ pool: database.pool, version: packageVersion() });
  const forecast = createForecaster();
  const rules: AlertingRules = {
    itemOf: (alert, saying, now) => newsItem(alert, saying, now, linkBase),
    async compose(channel, notices, standing, now) {
      const composed = await composeNews(channel, notices, standing, now, linkBase);
      return {
        ...composed,
        messages: composed.messages.map((each) => ({ ...each, news: fitNews(each.news) })),
      };
    },
  };
  const evaluate: Evaluate = { judge: createJudge(forecast), newsItem: rules.itemOf };
  const evaluator = createEvaluator(database, evaluate);
  const slackHosts = config.egressAllow.flatMap((rule) =>
    rule.kind === 'host' ? [`${rule.host}:${rule.port}`] : [],
  );
  const channelKinds = createChannels({ slackHosts, picture: newsPicture });
  const sockets = createGuardedSockets({ allow: config.egressAllow, ports: MAIL_PORTS });
  const tableEgress = createEgress({ allow: config.egressAllow, limits: STATEMENT_LIMITS });
  const eventFiles = createEventFiles({ folder: config.eventsDir });
  const common: Common = {
    egress,
    tableEgress,
    sqlFiles: config.sqlFiles,
    quota: createQuotaStore(database.pool),
    access: createAccess(database),
    masterKeys,
    forecast,
    evaluate,
    eventFiles,
    eventUploads: createEventUploads(config.eventsDir, MAX_UPLOAD_BYTES),
    channels: createChannelKinds(channelKinds, { egress, sockets }),
    watched: telemetry.sources,
  };
  const deps = createDeps(database, common);
  const tenancy = createTenancy(database, common);
  return {
    config,
    database,
    databaseUrl,
    deps,
    egress,
    sockets,
    evaluator,
    alerting: createAlerting(database, rules),
    channelKinds,
    /** Where people open the page. */
    linkBase,
    log,
    owner: `${hostname()}:${process.pid}:${Math.random().toString(36).slice(2, 8)}`,
    runs: telemetry.runs(createRunEngine(database, deps.sources, evaluate, telemetry.stored)),
    telemetry,
    tokens: createTokenStore(database),
    /** Ways to the rows of one workspace each. */
    tenancy,
    vault: deps.vault,
    masterKeys,
    /** Keys and secrets of all workspaces, for their rotation. */
    keys: keyDeps(database, masterKeys),
    workspace,
    async close(): Promise<void> {
      await eventFiles.close();
      await tenancy.close();
      await tableEgress.close();
      await egress.close();
      await database.close();
    },
  };
}

/** BullMQ's own pool: every connection of it must look into its schema. */
export function openQueuePool(databaseUrl: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    options: '-c search_path=bullmq',
  });
  pool.on('error', () => {});
  // A connection that is lost while BullMQ holds it tells so by an event of its own; unheard, that ends the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
