import { Fraction } from 'fraction.js';
import type { LedgerData, LedgerKind, LedgerRecord, MirrorBatch } from '../../../../connectors/sdk/index.ts';
import { localDay } from '../../../../connectors/sdk/index.ts';
import { derivation } from '../../../../src/domain/billing/derive.ts';
import type { DerivedCustomer } from '../../../../src/domain/billing/derived.ts';
import type { CustomerLedger } from '../../../../src/domain/billing/ledger-records.ts';
import { type Fake, startFake, stored } from '../mirror/fake.ts';
import { emptyLedger, KINDS, type Ledger, readOn } from '../mirror/support.ts';
import type { Thing } from './objects.ts';
import type { StripeData } from './server.ts';

export const KEY = 'rk_test_51KeptOutOfSight';

/** What Stripe's objects come to for their customers: mirrored by the real client, worked out by the real arithmetic. */
export type Read = {
  customers: DerivedCustomer[];
  ledger: Ledger;
  /** Paths with their query, decoded, in the order of asking. */
  asked: string[];
  last: MirrorBatch | null;
};

export type ReadOptions = { now: string; kinds?: readonly LedgerKind[]; timeZone?: string };

/** Reads from a fake Stripe that is already up: everything, or on from what a ledger holds. */
export async function readFrom(
  fake: Fake,
  { now, kinds = KINDS, timeZone = 'UTC' }: ReadOptions,
  ledger: Ledger = emptyLedger(),
): Promise<Read> {
  const last = await readOn(ledger, fake.place(now), { kinds });
  return { customers: derived(ledger, timeZone), ledger, asked: fake.server.asked, last };
}

/** The same over a Stripe that lives for this read only; `pageSize` is how much a page of it holds. */
export async function readOnce(
  data: StripeData,
  options: ReadOptions & { pageSize?: number },
): Promise<Read> {
  const fake = await startFake(whole(data), options.pageSize);
  try {
    return await readFrom(fake, options);
  } finally {
    await fake.server.close();
  }
}

/** Objects as Stripe lists them, with the prices of all items in the list of prices. */
export function whole(data: StripeData): StripeData {
  const inItems = (data.subscriptions ?? []).flatMap((each) =>
    (each['items'] as { data: { price: Thing }[] }).data.map(({ price }) => price),
  );
  const prices = new Map([...inItems, ...(data.prices ?? [])].map((price) => [price.id, price]));
  const lists = Object.entries({ ...data, prices: [...prices.values()] });
  return Object.fromEntries(
    lists.map(([name, things]) => [name, Array.isArray(things) ? things.map(stored) : things]),
  );
}

/** What customers bring in a month at the close of a day, exact, as a fraction: `100/3`. */
export function mrrOf({ customers }: Read, day: string, currency = 'USD'): string {
  return customers
    .reduce((sum, customer) => sum.add(mrrAt(customer, day, currency)), new Fraction(0))
    .toFraction();
}

/** Who pays at the close of a day, in one currency or in any. */
export function payersOf({ customers }: Read, day: string, currency?: string): string[] {
  return customers
    .filter((customer) => {
      const found = currency === undefined ? currenciesOf(customer) : [currency];
      return found.some((code) => mrrAt(customer, day, code).gt(0));
    })
    .map(({ customerId }) => customerId)
    .toSorted();
}

/** Money in less money back, by the local day of each. */
export function netRevenueOf(
  { customers }: Read,
  currency = 'USD',
  timeZone = 'UTC',
): Record<string, number> {
  const days: Record<string, number> = {};
  for (const { amountMinor, at, ...flow } of customers.flatMap(({ cash }) => cash)) {
    if (flow.currency !== currency) continue;
    const day = localDay(at.getTime(), timeZone);
    days[day] = (days[day] ?? 0) + amountMinor;
  }
  return days;
}

/** Why somebody's MRR cannot be worked out. */
export function problemsOf({ customers }: Read): string[] {
  return customers.flatMap(({ problem }) => (problem === null ? [] : [problem.message]));
}

function mrrAt({ movements }: DerivedCustomer, day: string, currency: string): Fraction {
  const own = (movements?.[0] ?? []).filter((row) => row.currency === currency && row.day <= day);
  return own.at(-1)?.after ?? new Fraction(0);
}

function currenciesOf({ movements }: DerivedCustomer): string[] {
  return [...new Set((movements?.[0] ?? []).map(({ currency }) => currency))];
}

/** Of one kind; the union of all kinds hides that they belong together. */
type Told<Kind extends LedgerKind> = Omit<LedgerRecord, 'kind' | 'data'> & {
  kind: Kind;
  data: LedgerData[Kind];
};

function derived({ records }: Ledger, timeZone: string): DerivedCustomer[] {
  const all = [...records.values()];
  const of = <Kind extends LedgerKind>(kind: Kind) =>
    all.filter((record) => record.kind === kind) as Told<Kind>[]; // the kind says which data it has
  const ownerOf = new Map(of('payment').map(({ id, customerId }) => [id, customerId]));
  const owner = ({ customerId, parentId }: Pick<LedgerRecord, 'customerId' | 'parentId'>) =>
    customerId ?? ownerOf.get(parentId ?? '') ?? 'nobody known';
  const catalogue = {
    prices: new Map(of('price').map(({ id, data }) => [id, data])),
    coupons: new Map(of('coupon').map(({ id, data }) => [id, data])),
  };
  const derive = derivation(catalogue, [{ timeZone, discountPolicy: 'recurring' }]);
  const shared: LedgerKind[] = ['price', 'coupon', 'balance_entry', 'credit_note', 'exchange_rates'];
  const ids = new Set(all.filter(({ kind }) => !shared.includes(kind)).map(owner));
  return [...ids].toSorted().map((customerId) => {
    const own = <Kind extends LedgerKind>(kind: Kind) =>
      of(kind).filter((record) => owner(record) === customerId);
    return derive({
      customerId,
      customer: own('customer')[0]?.data ?? null,
      customerObservations: own('customer_observation').map(({ data }) => data),
      subscriptions: own('subscription').map(({ data }) => data),
      observations: own('observation').map(({ data }) => data),
      invoices: own('invoice').map(({ data }) => data),
      payments: own('payment').map(({ data }) => data),
      refunds: own('refund').map(({ data }) => data),
      disputes: own('dispute').map(({ data }) => data),
    } satisfies CustomerLedger);
  });
}
