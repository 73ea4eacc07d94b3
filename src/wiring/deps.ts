import type { Evaluate } from '../app/evaluation.ts';
import type { Channels, Deps, QuotaStore, Sources } from '../app/ports.ts';
import { createAlertStore } from '../db/alert-store.ts';
import { createTransactions } from '../db/atomic.ts';
import { createAuditLog } from '../db/audit-log.ts';
import { createBeliefStore } from '../db/beliefs.ts';
import { createBillingStore } from '../db/billing/billing-store.ts';
import { createRevenueReader } from '../db/billing/measure/index.ts';
import { createRateStore } from '../db/billing/rate-store.ts';
import { createBillingSurvey } from '../db/billing-survey.ts';
import { createClock } from '../db/clock.ts';
import { createDataKeyStore } from '../db/data-keys.ts';
import type { Database } from '../db/database.ts';
import { createDefinitionStore } from '../db/definitions.ts';
import { createEvaluator } from '../db/evaluate.ts';
import { createEventListings } from '../db/events/index.ts';
import { createImportStore } from '../db/imports.ts';
import { createIngestStore } from '../db/ingest-store.ts';
import { createPlanStore } from '../db/plan-store.ts';
import { createPublicLinkStore } from '../db/public-links.ts';
import { createRecordStore } from '../db/record-store.ts';
import { createResourceStore } from '../db/resources/index.ts';
import { createResultStore } from '../db/result-store.ts';
import { createRunStore } from '../db/run-store.ts';
import { createScorecardStore } from '../db/scorecards.ts';
import { createSourceStore } from '../db/source-store.ts';
import type { Egress } from '../egress/index.ts';
import { createKeyRing, linkTokens, type MasterKeySource } from '../secrets/index.ts';
import { withBilling } from './billing-source.ts';
import { withEventTables } from './event-tables/index.ts';
import { withEvents } from './events-source.ts';
import { withRecords } from './records-source.ts';
import { createSources } from './sources.ts';
import { createVault } from './vault.ts';

/** What does not depend on whose rows are looked at: ways out, files, keys, the model. */
export type Common = {
  egress: Egress;
  /** For statements: they take longer than requests may. */
  tableEgress: Egress;
  /** The folder whose files queries may read; null: none. */
  sqlFiles: string | null;
  /** Budgets belong to accounts of providers, whoever asks. */
  quota: QuotaStore;
  /** People are found before their workspace is. */
  access: Deps['access'];
  masterKeys: MasterKeySource;
  forecast: Deps['forecast'];
  evaluate: Evaluate;
  eventFiles: Deps['eventFiles'];
  eventUploads: Deps['eventUploads'];
  channels: Channels;
  /** Counts what the connectors send. */
  watched(sources: Sources): Sources;
};

/** Everything that use cases are handed, on one database: the owner's for the workers, a workspace's for its people. */
export function createDeps(database: Database, common: Common): Deps {
  const transactions = createTransactions(database, (inside): Deps => {
    // Who is in a transaction already stays in it.
    const deps: Deps = { ...createStores(inside, common), atomically: (work) => work(deps) };
    return deps;
  });
  return { ...createStores(database, common), atomically: (work) => transactions.run(work) };
}

function createStores(database: Database, common: Common): Omit<Deps, 'atomically'> {
  const {
    access,
    egress,
    tableEgress,
    quota,
    masterKeys,
    forecast,
    evaluate,
    eventFiles,
    eventUploads,
    channels,
  } = common;
  const vault = createVault(database, createKeyRing({ masterKeys, store: createDataKeyStore(database) }));
  const evaluator = createEvaluator(database, evaluate);
  const sources = createSourceStore(database);
  const records = createRecordStore(database);
  const billing = createBillingStore(database);
  const revenue = createRevenueReader(database);
  const rates = createRateStore(database);
  const survey = createBillingSurvey(database);
  const eventListings = createEventListings(database);
  const events = { files: eventFiles, listings: eventListings };
  const measured = withRecords(
    withEvents(
      createSources(egress, vault, quota, { folder: common.sqlFiles, slowEgress: tableEgress }),
      events,
    ),
    records,
    events,
  );
  const connectors = common.watched(
    withEventTables(
      withBilling(measured, { billing, revenue, rates, survey, connections: sources, records }),
      { egress: tableEgress, vault, quota },
    ),
  );
  return {
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
    eventUploads,
    billing,
    revenue,
    rates,
    resources: createResourceStore(database),
    access,
    audit: createAuditLog(database),
    vault,
    clock: createClock(database.pool),
    connectors,
    channels,
    forecast,
    evaluate: (ids) => evaluator.evaluate(ids),
  };
}
