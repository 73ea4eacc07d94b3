import { Fraction } from 'fraction.js';
import { newId } from '../../../src/app/ids.ts';
import type { MirrorBatchRecord, SeriesRecord } from '../../../src/app/ports-billing.ts';
import { createBillingStore } from '../../../src/db/billing/billing-store.ts';
import { createSourceStore } from '../../../src/db/source-store.ts';
import type { DerivedCustomer, MovementRow } from '../../../src/domain/billing/derived.ts';
import type { LedgerData, LedgerKind, LedgerRecord } from '../../../src/domain/billing/ledger-records.ts';
import type { TestDatabase } from '../../support/database.ts';

export const at = (day: string): Date => new Date(`${day}T12:00:00Z`);

export async function connect(database: TestDatabase, connectorId: string): Promise<string> {
  const connection = await createSourceStore(database).createConnection(
    {
      id: newId('con'),
      workspaceId: database.workspaceId,
      key: connectorId,
      title: connectorId,
      connectorId,
      environment: 'test',
      endpoint: null,
      config: {},
    },
    60,
    [],
  );
  return connection.id;
}

type Whose = { customerId?: string | null; parentId?: string | null; on?: string };
function record<Kind extends LedgerKind>(kind: Kind, data: LedgerData[Kind], whose: Whose): LedgerRecord {
  const { customerId = null, parentId = null, on = '2026-01-10' } = whose;
  const id = 'id' in data ? data.id : data.day;
  // Kind and data belong together, as the signature says.
  return { kind, id, customerId, parentId, at: at(on), data } as unknown as LedgerRecord;
}

const state = (priceId: string, status = 'active'): LedgerData['subscription']['state'] => ({
  status,
  items: [{ id: 'si', priceId, quantity: 1, discounts: [], trial: null, inclusiveTaxPercent: null }],
  discounts: [],
  collectionPaused: null,
  inclusiveTaxPercent: null,
});

/** Records with nothing in them but what a test is about. */
export const ledger = {
  customer: (id: string, change: Partial<LedgerData['customer']> = {}) =>
    record(
      'customer',
      { id, name: id, createdAt: at('2026-01-01'), isTest: false, discount: null, metadata: {}, ...change },
      { customerId: id },
    ),
  subscription: (id: string, customerId: string, change: Partial<LedgerData['subscription']> = {}) =>
    record(
      'subscription',
      {
        id,
        customerId,
        currency: 'USD',
        createdAt: at('2026-01-10'),
        endedAt: null,
        trialStartAt: null,
        trialEndAt: null,
        isTest: false,
        state: state('price_a'),
        stateAt: at('2026-02-01'),
        ...change,
      },
      { customerId },
    ),
  observation: (id: string, subscriptionId: string, on: string, status = 'past_due') =>
    record(
      'observation',
      { id, subscriptionId, customerId: '', at: at(on), state: state('price_a', status), before: null },
      { parentId: subscriptionId, on },
    ),
  invoice: (id: string, customerId: string | null, change: Partial<LedgerData['invoice']> = {}) =>
    record(
      'invoice',
      {
        id,
        customerId,
        subscriptionId: null,
        currency: 'USD',
        createdAt: at('2026-01-10'),
        status: 'paid',
        isHeld: false,
        paidAt: at('2026-01-10'),
        uncollectibleAt: null,
        voidedAt: null,
        totalMinor: 1000,
        taxMinor: 0,
        paidMinor: 1000,
        paymentIds: [],
        lines: [],
        discounts: [],
        isTest: false,
        ...change,
      },
      { customerId },
    ),
  payment: (id: string, customerId: string | null, change: Partial<LedgerData['payment']> = {}) =>
    record(
      'payment',
      {
        id,
        customerId,
        intentId: `pi_${id}`,
        currency: 'USD',
        status: 'succeeded',
        amountMinor: 1000,
        capturedMinor: 1000,
        createdAt: at('2026-01-10'),
        ...change,
      },
      { customerId },
    ),
  refund: (id: string, paymentId: string, amountMinor = 100) =>
    record(
      'refund',
      {
        id,
        paymentId,
        currency: 'USD',
        amountMinor,
        createdAt: at('2026-01-20'),
        status: 'succeeded',
        movedMoney: true,
      },
      { parentId: paymentId },
    ),
  dispute: (id: string, paymentId: string) =>
    record(
      'dispute',
      { id, paymentId, currency: 'USD', amountMinor: 5, createdAt: at('2026-01-21'), status: 'open' },
      { parentId: paymentId },
    ),
  price: (id: string, unitAmount = '1000') =>
    record(
      'price',
      {
        id,
        productId: null,
        currency: 'USD',
        recurring: { interval: 'month', intervalCount: 1, usage: 'licensed' },
        scheme: 'per_unit',
        packs: null,
        amounts: { USD: { unitAmount, tiers: [] } },
        problem: null,
      },
      {},
    ),
  coupon: (id: string, percentOff = '10') =>
    record('coupon', { id, percentOff, amountOff: {}, duration: 'forever', productIds: null }, {}),
};

export const batch = (
  records: LedgerRecord[],
  change: Partial<MirrorBatchRecord> = {},
): MirrorBatchRecord => ({
  records,
  deleted: [],
  state: { page: 1 },
  gaps: [],
  throughAt: null,
  note: 'page 1',
  ...change,
});

export const row = (
  day: string,
  before: number | string,
  after: number | string,
  change: Partial<MovementRow> = {},
): MovementRow => ({
  day,
  currency: 'USD',
  before: new Fraction(before),
  after: new Fraction(after),
  kind: 'new',
  heads: 0,
  basis: 'observed',
  causes: [],
  ...change,
});

export const derivedOf = (customerId: string, change: Partial<DerivedCustomer> = {}): DerivedCustomer => ({
  customerId,
  movements: [[]],
  problem: null,
  cash: [],
  trial: null,
  traits: { firstPaidAt: null, coupons: [], promotionCodes: [], metadata: {}, channel: null },
  isTest: false,
  ...change,
});

/** A mirrored connection with one series, and the steps of a run over it. */
export async function openLedger(database: TestDatabase, connectorId = 'stub-billing') {
  const store = createBillingStore(database);
  const connectionId = await connect(database, connectorId);
  const [series] = await store.ensureSeries(connectionId, [{ timeZone: 'UTC', discountPolicy: 'recurring' }]);
  const all = [series as SeriesRecord]; // it was just made
  const stale = async () => (await store.loadStale(connectionId, 1000)).map(idOf).toSorted();
  return {
    store,
    connectionId,
    series: all,
    stale,
    async keep(records: LedgerRecord[], change: Partial<MirrorBatchRecord> = {}) {
      const { version } = await store.position(connectionId);
      return store.keep(connectionId, version, batch(records, change), []);
    },
    /** Derives whoever is stale as given; everybody else has nothing. */
    async derive(given: readonly DerivedCustomer[] = []) {
      const loaded = await store.loadStale(connectionId, 1000);
      const derived = loaded.map((one) => ({
        customer: given.find(({ customerId }) => customerId === idOf(one)) ?? derivedOf(idOf(one)),
        staleSeq: one.staleSeq,
      }));
      return store.keepDerived(connectionId, all, derived);
    },
  };
}
export type OpenLedger = Awaited<ReturnType<typeof openLedger>>;

function idOf(one: Awaited<ReturnType<ReturnType<typeof createBillingStore>['loadStale']>>[number]): string {
  return one.from === 'ledger' ? one.ledger.customerId : one.told.customerId;
}
