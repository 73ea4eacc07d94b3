import { syncConnection } from '../../../jobs/sync-connection.ts';
import { newId } from '../../../src/app/ids.ts';
import type { MetricRecord, ReadFailure, Sources } from '../../../src/app/ports.ts';
import type { MirrorBatchRecord, MirrorStart } from '../../../src/app/ports-billing.ts';
import type { RunEngine } from '../../../src/app/run-outcome.ts';
import { createBillingStore } from '../../../src/db/billing/billing-store.ts';
import { createRevenueReader } from '../../../src/db/billing/measure/index.ts';
import { createRateStore } from '../../../src/db/billing/rate-store.ts';
import { createBillingSurvey } from '../../../src/db/billing-survey.ts';
import { createRunEngine } from '../../../src/db/create-run-engine.ts';
import { createRecordStore } from '../../../src/db/record-store.ts';
import { createRunStore } from '../../../src/db/run-store.ts';
import { createSourceStore } from '../../../src/db/source-store.ts';
import type {
  LedgerCustomer,
  LedgerKind,
  LedgerPayment,
  LedgerPrice,
  LedgerRecord,
  LedgerSubscription,
} from '../../../src/domain/billing/ledger-records.ts';
import { withBilling } from '../../../src/wiring/billing-source.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { noKeyResults } from '../../support/evaluate.ts';

/** What a scripted provider says: batches, and what breaks off their row. The state is the number of batches told. */
export type Script = {
  batches: (Partial<MirrorBatchRecord> & { records: readonly LedgerRecord[] })[];
  /** After so many batches of one read. */
  breaksAfter?: { batches: number; failure: ReadFailure };
  /** What somebody does while it is read. */
  meanwhile?: () => Promise<void>;
};
export const KINDS: readonly LedgerKind[] = [
  'customer',
  'customer_observation',
  'price',
  'coupon',
  'subscription',
  'observation',
  'invoice',
  'payment',
  'refund',
  'dispute',
  'exchange_rates',
  'balance_entry',
];
/** A month has passed since the first record of the tests; their days are those of UTC. */
export const NOW = new Date('2026-03-31T12:00:00Z');

export type LedgerBench = Awaited<ReturnType<typeof startLedgerBench>>;

/** The real stores, run engine and arithmetic on a database of its own; only the provider is scripted. */
export async function startLedgerBench() {
  const database: TestDatabase = await freshDatabase();
  const sources = createSourceStore(database);
  const stores = {
    billing: createBillingStore(database),
    revenue: createRevenueReader(database),
    rates: createRateStore(database),
    survey: createBillingSurvey(database),
    records: createRecordStore(database),
    connections: sources,
  };
  const runs: RunEngine = createRunEngine(database, sources, noKeyResults);
  const starts: MirrorStart[] = [];
  const provider = (script: Script): Sources => withBilling(scripted(script, starts), stores);
  return {
    ...stores,
    database,
    sources,
    runs,
    starts,
    provider,
    async connect(key: string) {
      return sources.createConnection(
        {
          id: newId('con'),
          workspaceId: database.workspaceId,
          key,
          title: key,
          connectorId: 'stripe',
          environment: 'test',
          endpoint: null,
          config: {},
        },
        60,
        [],
      );
    },
    async measure(
      connectionId: string,
      metric: string,
      params: Record<string, unknown>,
      key = metric,
    ): Promise<MetricRecord> {
      const checked = provider({ batches: [] }).checkParams('stripe', metric, params);
      if (!checked.ok) throw new Error(checked.problems.join(' '));
      return sources.createMetric({
        workspaceId: database.workspaceId,
        source: 'connector',
        connectionId,
        key,
        title: key,
        connectorMetric: metric,
        params: checked.params,
        kind: checked.kind ?? 'stock',
        unit: 'money',
        currency: checked.currency,
        timeZone: 'UTC',
        settlesAfterHours: checked.settlesAfterHours,
        rereadDays: checked.rereadDays,
        staleAfterDays: 3,
        cadence: checked.cadence ?? 'day',
        readEveryHours: null,
        history: 'backfill',
        historyStartDay: '2026-02-01',
        definitionHash: 'hash',
        definition: null,
        inputs: [],
        changeReason: null,
      });
    },
    /** Asks for a run and works it off as a worker does. */
    async sync(connectionId: string, script: Script, signal = new AbortController().signal) {
      const run = await createRunStore(database).request(database.workspaceId, connectionId, 'manual');
      await database.pool.query('UPDATE sync_run SET not_before = app_now() WHERE id = $1', [run.id]);
      await database.pool.query('UPDATE connection SET blocked_until = NULL');
      const deps = { runs, sources: provider(script), owner: 'test' };
      await syncConnection.run({ v: 1, runId: run.id }, deps, { signal, log });
      return (await createRunStore(database).find(database.workspaceId, run.id)) as NonNullable<
        Awaited<ReturnType<ReturnType<typeof createRunStore>['find']>>
      >;
    },
    async points(metric: MetricRecord): Promise<Record<string, number | null>> {
      const stored = await sources.points(metric.versionId, '2000-01-01', '2100-01-01');
      return Object.fromEntries(stored.map(({ day, value }) => [day, value === null ? null : Number(value)]));
    },
    /** Each metric's newest evidence, by its key. */
    async evidence(): Promise<Record<string, Evidence>> {
      const { rows } = await database.pool.query<Evidence & { key: string }>(
        `SELECT DISTINCT ON (m.key) m.key, e.outcome, e.error_class, e.error_message, e.completeness, e.exchanges
         FROM sync_evidence e JOIN metric_version v ON v.id = e.metric_version_id JOIN metric m ON m.id = v.metric_id
         ORDER BY m.key, e.recorded_at DESC, e.id DESC`,
      );
      return Object.fromEntries(rows.map((row) => [row.key, row]));
    },
    close: () => database.close(),
  };
}

export type Evidence = {
  outcome: string;
  error_class: string | null;
  error_message: string | null;
  completeness: { items: number; notes: string[] };
  exchanges: { url: string }[];
};

const log = { info() {}, warn() {}, error() {} };
const unused = (): never => {
  throw new Error('nobody asks this here');
};

function scripted({ batches, breaksAfter, meanwhile }: Script, starts: MirrorStart[]): Sources {
  const info = {
    id: 'stripe',
    title: 'Stripe',
    version: '1',
    guide: '',
    secretFields: [],
    mirrors: KINDS,
    config: {},
    metrics: [],
  };
  return {
    list: () => [info],
    find: () => info,
    splitConfig: unused,
    allowedHosts: unused,
    checkEndpoint: unused,
    checkParams: unused,
    check: unused,
    budgets: unused,
    accept: unused,
    read: unused,
    prepare: unused,
    revenueScope: unused,
    collect: unused,
    readWebhook: unused,
    async *mirror(_connection, start, now) {
      starts.push(start);
      await meanwhile?.();
      const from = typeof start.state === 'number' ? start.state : 0;
      for (const [index, batch] of batches.entries()) {
        if (index < from) continue;
        if (index - from === breaksAfter?.batches) {
          yield {
            ok: false,
            failure: breaksAfter.failure,
            exchanges: [exchange(`page ${index + 1}, refused`)],
          };
          return;
        }
        const isLast = index === batches.length - 1;
        yield {
          ok: true,
          exchanges: [exchange(`page ${index + 1}`)],
          batch: {
            deleted: [],
            gaps: [],
            state: index + 1,
            throughAt: isLast ? now : null,
            note: `page ${index + 1} of ${batches.length}`,
            ...batch,
          },
        };
      }
    },
  };
}

function exchange(url: string) {
  return {
    method: 'GET',
    url,
    status: 200,
    requestId: null,
    responseSha256: null,
    responseBytes: 0,
    startedAt: NOW.toISOString(),
    durationMs: 1,
  };
}

const at = (day: string): Date => new Date(`${day}T09:00:00Z`);
type Owner = { customerId: string | null; parentId: string | null; at: Date };
const record = (kind: LedgerKind, id: string, owner: Owner, data: unknown): LedgerRecord =>
  ({ kind, id, ...owner, data }) as LedgerRecord; // the makers below give each kind its own data

export function customer(id: string, day: string, change: Partial<LedgerCustomer> = {}): LedgerRecord {
  const data = { id, name: null, createdAt: at(day), isTest: false, discount: null, metadata: {}, ...change };
  return record('customer', id, { customerId: id, parentId: null, at: at(day) }, data);
}

/** A licensed monthly price, in minor units. */
export function price(
  id: string,
  currency: string,
  unitAmount: string,
  change: Partial<LedgerPrice> = {},
): LedgerRecord {
  const data: LedgerPrice = {
    id,
    productId: null,
    currency,
    recurring: { interval: 'month', intervalCount: 1, usage: 'licensed' },
    scheme: 'per_unit',
    packs: null,
    amounts: { [currency]: { unitAmount, tiers: [] } },
    problem: null,
    ...change,
  };
  return record('price', id, { customerId: null, parentId: null, at: at('2026-02-10') }, data);
}

/** Runs without a trial from a day on, one of a price. */
export function subscription(
  id: string,
  customerId: string,
  days: { from: string; until?: string; seenOn?: string },
  priceId: string,
  currency: string,
): LedgerRecord {
  const endedAt = days.until === undefined ? null : at(days.until);
  const data: LedgerSubscription = {
    id,
    customerId,
    currency,
    createdAt: at(days.from),
    endedAt,
    trialStartAt: null,
    trialEndAt: null,
    isTest: false,
    stateAt: days.seenOn === undefined ? NOW : at(days.seenOn),
    state: {
      status: endedAt === null ? 'active' : 'canceled',
      items: [
        { id: `si_${id}`, priceId, quantity: 1, discounts: [], trial: null, inclusiveTaxPercent: null },
      ],
      discounts: [],
      collectionPaused: null,
      inclusiveTaxPercent: null,
    },
  };
  return record('subscription', id, { customerId, parentId: null, at: at(days.from) }, data);
}

export function payment(
  id: string,
  customerId: string,
  day: string,
  currency: string,
  amountMinor: number,
): LedgerRecord {
  const data: LedgerPayment = {
    id,
    customerId,
    intentId: null,
    currency,
    status: 'succeeded',
    amountMinor,
    capturedMinor: amountMinor,
    createdAt: at(day),
  };
  return record('payment', id, { customerId, parentId: null, at: at(day) }, data);
}
