import { newId } from '../../../../src/app/ids.ts';
import type { ReadOutcome, Vault } from '../../../../src/app/ports.ts';
import { createBillingStore } from '../../../../src/db/billing/billing-store.ts';
import { createRevenueReader } from '../../../../src/db/billing/measure/index.ts';
import { createRateStore } from '../../../../src/db/billing/rate-store.ts';
import { createBillingSurvey } from '../../../../src/db/billing-survey.ts';
import { createQuotaStore } from '../../../../src/db/quota.ts';
import { createRecordStore } from '../../../../src/db/record-store.ts';
import { createSourceStore } from '../../../../src/db/source-store.ts';
import { createEgress, parseEgressAllow } from '../../../../src/egress/index.ts';
import { withBilling } from '../../../../src/wiring/billing-source.ts';
import { createSources } from '../../../../src/wiring/sources.ts';
import { freshDatabase } from '../../../support/database.ts';

export type Days = { startDay: string; endDay: string; timeZone: string };
export type Reading = Extract<ReadOutcome, { ok: true }>['reading'];

/** A connection to some Stripe with a database of its own: metrics as a run reads them, mirrored first. */
export type Shop = {
  read(metric: string, params: Record<string, unknown>, days: Days): Promise<Reading>;
  close(): Promise<void>;
};

export async function openShop(endpoint: URL, apiKey: string, now: () => Date): Promise<Shop> {
  const database = await freshDatabase();
  const allowed = parseEgressAllow(endpoint.host);
  const egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  const store = createSourceStore(database);
  const vault = { open: async () => ({ apiKey }) } as unknown as Vault; // nothing is sealed here
  const sources = withBilling(createSources(egress, vault, createQuotaStore(database.pool)), {
    billing: createBillingStore(database),
    revenue: createRevenueReader(database),
    rates: createRateStore(database),
    survey: createBillingSurvey(database),
    records: createRecordStore(database),
    connections: store,
  });
  const connection = await store.createConnection(
    {
      id: newId('con'),
      workspaceId: database.workspaceId,
      key: 'shop',
      title: 'Shop',
      connectorId: 'stripe',
      environment: 'test',
      endpoint: endpoint.href,
      config: { requestsPerSecond: 90 },
    },
    60,
    [],
  );
  const { signal } = new AbortController();
  return {
    async read(metric, params, days) {
      const checked = sources.checkParams('stripe', metric, params);
      if (!checked.ok) throw new Error(checked.problems.join(' '));
      const request = { metric, params: checked.params, ...days };
      const prepared = await sources.prepare(connection, [request], now(), signal);
      if (prepared !== null && prepared.failure !== null) throw new Error(prepared.failure.message);
      const [outcome] = await sources.read(connection, [request], now(), signal);
      if (outcome === undefined || !outcome.ok) throw new Error(outcome?.failure.message ?? 'no answer');
      return outcome.reading;
    },
    async close() {
      await egress.close();
      await database.close();
    },
  };
}
