import { hostname } from 'node:os';
import pg from 'pg';
import pino from 'pino';
import { composeNews } from '../app/compose-news.ts';
import { createJudge } from '../app/evaluate-key-result.ts';
import type { Evaluate } from '../app/evaluation.ts';
import { newsItem } from '../app/news-item.ts';
import type { Deps } from '../app/ports.ts';
import type { AlertingRules } from '../app/ports-alerting.ts';
import { createAlertStore } from '../db/alert-store.ts';
import { createAlerting } from '../db/alerting/index.ts';
import { createAuditLog } from '../db/audit-log.ts';
import { createBeliefStore } from '../db/beliefs.ts';
import { createBillingStore } from '../db/billing/billing-store.ts';
import { createRevenueReader } from '../db/billing/measure/index.ts';
import { createRateStore } from '../db/billing/rate-store.ts';
import { createBillingSurvey } from '../db/billing-survey.ts';
import { createClock } from '../db/clock.ts';
import { createRunEngine } from '../db/create-run-engine.ts';
import { createDataKeyStore } from '../db/data-keys.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createDefinitionStore } from '../db/definitions.ts';
import { createEvaluator } from '../db/evaluate.ts';
import { createEventListings } from '../db/events/index.ts';
import { createImportStore } from '../db/imports.ts';
import { createIngestStore } from '../db/ingest-store.ts';
import { createInstance } from '../db/instance.ts';
import { migrate } from '../db/migrate.ts';
import { createPlanStore } from '../db/plan-store.ts';
import { createPublicLinkStore } from '../db/public-links.ts';
import { createQuotaStore } from '../db/quota.ts';
import { createRecordStore } from '../db/record-store.ts';
import { createResultStore } from '../db/result-store.ts';
import { createRunStore } from '../db/run-store.ts';
import { createScorecardStore } from '../db/scorecards.ts';
import { createSourceStore } from '../db/source-store.ts';
import { createTokenStore } from '../db/tokens.ts';
import { createGuardedSockets } from '../egress/guarded-socket.ts';
import { createEgress, type Egress } from '../egress/index.ts';
import { createEventFiles } from '../event-store/index.ts';
import { createEventUploads } from '../event-store/uploads.ts';
import { createForecaster } from '../forecast/create-forecaster.ts';
import { createChannels, fitNews } from '../notifications/index.ts';
import { newsPicture } from '../picture/news-chart.ts';
import { projectRoot } from '../project.ts';
import { createKeyRing, linkTokens } from '../secrets/index.ts';
import { withBilling } from './billing-source.ts';
import { createChannelKinds } from './channels.ts';
import type { Config } from './config.ts';
import { STATEMENT_LIMITS, withEventTables } from './event-tables/index.ts';
import { withEvents } from './events-source.ts';
import { loadMasterKeys } from './master-key.ts';
import { probeDatabase } from './probe.ts';
import { withRecords } from './records-source.ts';
import { createSources } from './sources.ts';
import { createVault } from './vault.ts';

export type Log = pino.Logger;

/** Mail is handed in over TLS from the start, or after STARTTLS. */
const MAIL_PORTS = [465, 587];
/** One file of events; what is larger comes in parts. */
const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;

/** JSON lines on standard error: standard output belongs to the answer. */
export function createLog(config: Pick<Config, 'logLevel'>): Log {
  const redact = {
    paths: ['url', 'err.config', 'err.input', '*.token', '*.secret', '*.password'],
    remove: true,
  };
  return pino(
    { level: config.logLevel, base: { pid: process.pid }, redact },
    pino.destination({ fd: 2, sync: false }),
  );
}

export type Services = Awaited<ReturnType<typeof openServices>>;

/** Opens everything that a process of Tidemark stands on. `databaseUrl` is a server that answers. */
export async function openServices(config: Config, databaseUrl: string, linkBase: string, log: Log) {
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
  const masterKeys = await loadMasterKeys(config.masterKey, config.dataDir, instance);
  const vault = createVault(database, createKeyRing({ masterKeys, store: createDataKeyStore(database) }));
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
  const sources = createSourceStore(database);
  const records = createRecordStore(database);
  const billing = createBillingStore(database);
  const revenue = createRevenueReader(database);
  const rates = createRateStore(database);
  const survey = createBillingSurvey(database);
  const eventFiles = createEventFiles({ folder: config.eventsDir });
  const eventListings = createEventListings(database);
  const events = { files: eventFiles, listings: eventListings };
  const quota = createQuotaStore(database.pool);
  const fromProviders = createSources(egress, vault, quota);
  // Statements take longer than requests may.
  const tableEgress = createEgress({ allow: config.egressAllow, limits: STATEMENT_LIMITS });
  const measured = withRecords(withEvents(fromProviders, events), records, events);
  const connectors = withEventTables(
    withBilling(measured, { billing, revenue, rates, survey, connections: sources, records }),
    { egress: tableEgress, vault, quota },
  );
  const slackHosts = config.egressAllow.flatMap((rule) =>
    rule.kind === 'host' ? [`${rule.host}:${rule.port}`] : [],
  );
  const channelKinds = createChannels({ slackHosts, picture: newsPicture });
  const sockets = createGuardedSockets({ allow: config.egressAllow, ports: MAIL_PORTS });
  const deps: Deps = {
    plan: createPlanStore(database),
    sources,
    results: createResultStore(database),
    beliefs: createBeliefStore(database),
    runs: createRunStore(database),
    alerts: createAlertStore(database),
    scorecards: createScorecardStore(database),
    publicLinks: { ...createPublicLinkStore(database), ...linkTokens },
    definitions: createDefinitionStore(database, evaluate),
    imports: createImportStore(database),
    ingest: createIngestStore(database, evaluate),
    records,
    eventFiles,
    eventListings,
    eventUploads: createEventUploads(config.eventsDir, MAX_UPLOAD_BYTES),
    billing,
    revenue,
    rates,
    audit: createAuditLog(database),
    vault,
    clock: createClock(database.pool),
    connectors,
    channels: createChannelKinds(channelKinds, { egress, sockets }),
    forecast,
    evaluate: (ids) => evaluator.evaluate(ids),
  };
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
    log,
    owner: `${hostname()}:${process.pid}:${Math.random().toString(36).slice(2, 8)}`,
    runs: createRunEngine(database, sources, evaluate),
    tokens: createTokenStore(database),
    vault,
    workspace,
    async close(): Promise<void> {
      await eventFiles.close();
      await tableEgress.close();
      await egress.close();
      await database.close();
    },
  };
}

/** BullMQ's own pool: every connection of it must look into its schema. */
export function openQueuePool(databaseUrl: string, concurrency: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: concurrency + 8,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    options: '-c search_path=bullmq',
  });
  pool.on('error', () => {});
  // A connection that is lost while BullMQ holds it tells so by an event of its own; unheard, that ends the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
