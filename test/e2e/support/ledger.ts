import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Billing,
  type Life,
  newState,
  playLives,
  type StripeSettings,
  startSandbox,
} from '../../../sandbox/index.ts';
import { mirrorBilling } from '../../../src/app/mirror-billing.ts';
import type { RevenueReader, RevenueScope, SeriesRecord } from '../../../src/app/ports-billing.ts';
import { createBillingStore } from '../../../src/db/billing/billing-store.ts';
import { createRevenueReader } from '../../../src/db/billing/measure/index.ts';
import { createRateStore } from '../../../src/db/billing/rate-store.ts';
import { createQuotaStore } from '../../../src/db/quota.ts';
import { createSourceStore } from '../../../src/db/source-store.ts';
import type { Series } from '../../../src/domain/billing/derived.ts';
import { createEgress } from '../../../src/egress/index.ts';
import { loadConfig } from '../../../src/wiring/config.ts';
import { createSources } from '../../../src/wiring/sources.ts';
import type { TestDatabase } from '../../support/database.ts';

/** A sandbox company of scripted lives and its ledger, on a clock that the test moves. */
export type LedgerWorld = {
  billing: Billing;
  series: readonly SeriesRecord[];
  /** Reads on to an instant, as a run would: the real client, mirror, store and arithmetic. */
  sync(atSeconds: number): Promise<void>;
  rows(series: SeriesRecord): Promise<StoredRow[]>;
  measure: RevenueReader['measure'];
  scope(series: SeriesRecord | null, currency: string): RevenueScope;
  problems(): Promise<unknown[]>;
  close(): Promise<void>;
};

/** `before` and `after`: exact, as `numerator/denominator` in lowest terms. */
export type StoredRow = {
  customerId: string;
  day: string;
  currency: string;
  kind: string | null;
  before: string;
  after: string;
  basis: string;
};

export type WorldOptions = {
  anchorDay: string;
  untilSeconds: number;
  series: readonly Series[];
  stripe?: StripeSettings;
};

const KINDS = [
  ...(['customer', 'customer_observation', 'price', 'coupon', 'subscription', 'observation'] as const),
  ...(['invoice', 'payment', 'refund', 'dispute'] as const),
];

/** Keys of a sandbox take long to make, and one set of them opens any. */
const access = newState(new Date(0));
let made = 0;

export async function openLedgerWorld(
  database: TestDatabase,
  lives: readonly Life[],
  { anchorDay, series: wanted, stripe = {}, untilSeconds }: WorldOptions,
): Promise<LedgerWorld> {
  const billing = playLives(lives, { anchorDay }, untilSeconds);
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-ledger-'));
  let now = new Date(Date.parse(`${anchorDay}T00:00:00Z`));
  let requests = 0;
  const { apiKey, ga4, mixpanel } = access;
  const sandbox = await startSandbox({
    statePath: join(folder, 'sandbox.json'),
    port: 0,
    now: () => now,
    monotonicMs: () => (requests += 1_000), // its limit of requests a second is no part of this
    initial: { anchorDay, apiKey, ga4, mixpanel, stripe },
    billing: () => billing,
  });
  const egress = createEgress({
    allow: loadConfig({ TIDEMARK_EGRESS_ALLOW: new URL(sandbox.url).host }).egressAllow,
  });
  const noSecrets = { open: async () => ({}), seal: async () => {} };
  const sources = createSources(egress, noSecrets as never, createQuotaStore(database.pool)); // only `open` is asked
  const store = createBillingStore(database);
  const revenue = createRevenueReader(database);
  const deps = { sources, billing: store, rates: createRateStore(database) };
  made += 1;
  const connection = await createSourceStore(database).createConnection(
    {
      id: `con_ledger_${made}`,
      workspaceId: database.workspaceId,
      key: `ledger-${made}`,
      title: 'Ledger',
      connectorId: 'stripe',
      environment: 'sandbox',
      endpoint: sandbox.url,
      config: { apiKey, requestsPerSecond: 90 },
    },
    60,
    [],
  );
  const series = await store.ensureSeries(connection.id, wanted);
  return {
    billing,
    series,
    async sync(atSeconds) {
      now = new Date(atSeconds * 1_000);
      const needs = { kinds: KINDS, series: wanted };
      const mirrored = await mirrorBilling(deps, connection, needs, now, new AbortController().signal);
      if (mirrored.failure !== null) throw new Error(mirrored.failure.message);
    },
    async rows({ id }) {
      const { rows } = await database.pool.query<StoredRow>(
        `SELECT customer_id AS "customerId", day::text AS day, lower(currency) AS currency, kind, basis,
           before_numerator || '/' || before_denominator AS before,
           after_numerator || '/' || after_denominator AS after
         FROM mrr_movement WHERE series_id = $1 ORDER BY mrr_movement.day, customer_id, currency`,
        [id],
      );
      return rows;
    },
    measure: revenue.measure,
    scope: (one, currency) => ({
      connectionId: connection.id,
      series: one,
      onlyCurrency: currency.toUpperCase(),
      money: { reportingCurrency: currency.toUpperCase(), fx: undefined },
      referral: null,
      now,
    }),
    problems: () => store.problems(connection.id, 10),
    async close() {
      await egress.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
