import { derivation, deriveTold } from '../domain/billing/derive.ts';
import type { DerivedCustomer } from '../domain/billing/derived.ts';
import type { LedgerCatalogue } from '../domain/billing/ledger-records.ts';
import type { BillingStore, LoadedCustomer, SeriesRecord } from './ports-billing.ts';

/** Customers between two looks at the clock of the run's lease, and between two transactions. */
const CHUNK = 200;

/** A customer whose movements do not add up; nothing of them is written, and the sentence names them. */
export type BrokenCustomer = { customerId: string; message: string };
export type Derived = { customers: number; broken: readonly BrokenCustomer[] };

/**
 * Works out anew whoever's records have changed, until nobody is left but those whose movements do not add up: they stay
 * stale, and are tried again the next time.
 *
 * @param advanced told of each full row of customers that is stored: fewer may have changed again at the next start
 */
export async function deriveStale(
  billing: BillingStore,
  connectionId: string,
  signal: AbortSignal,
  advanced: () => Promise<void> = async () => {},
): Promise<Derived> {
  const rules = createRules(billing, connectionId);
  const broken = new Map<string, string>();
  let customers = 0;
  for (;;) {
    signal.throwIfAborted();
    await breathe();
    // Those who are broken are loaded again and again, and must not crowd out the others.
    const loaded = await billing.loadStale(connectionId, CHUNK + broken.size);
    const fresh = loaded.filter((each) => !broken.has(customerOf(each)));
    if (fresh.length === 0) break;
    const { derive, series } = await rules.now();
    const derived = fresh.flatMap((each) => {
      const customer = guarded(each, broken, () =>
        each.from === 'ledger' ? derive(each.ledger) : deriveTold(each.told, series),
      );
      return customer === null ? [] : [{ customer, staleSeq: each.staleSeq }];
    });
    if (derived.length > 0) await billing.keepDerived(connectionId, series, derived);
    customers += derived.length;
    if (derived.length >= CHUNK) await advanced();
  }
  return {
    customers,
    broken: [...broken].map(([customerId, message]) => ({ customerId, message })),
  };
}

type Rules = { series: readonly SeriesRecord[]; derive: ReturnType<typeof derivation> };

/**
 * What customers are worked out by: the price list, and the series. Asked after customers were loaded, never before: a price
 * or a series that came after that has made them stale once more. The price list is read again when the ledger has moved
 * on, because a price comes with a batch, and whoever it concerns was made stale with it.
 */
function createRules(billing: BillingStore, connectionId: string): { now(): Promise<Rules> } {
  let read: { version: number; catalogue: LedgerCatalogue } | null = null;
  let rules: Rules | null = null;
  return {
    async now() {
      const { version } = await billing.position(connectionId);
      if (read?.version !== version) {
        read = { version, catalogue: await billing.catalogue(connectionId) };
        rules = null;
      }
      const series = await billing.listSeries(connectionId);
      if (rules === null || !sameSeries(rules.series, series))
        rules = { series, derive: derivation(read.catalogue, series) };
      return rules;
    },
  };
}

function sameSeries(some: readonly SeriesRecord[], others: readonly SeriesRecord[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => id === others[index]?.id);
}

/** Null when opening and movements do not make the closing: that is ours to mend, and no reason to stop the others. */
function guarded(
  loaded: LoadedCustomer,
  broken: Map<string, string>,
  derive: () => DerivedCustomer,
): DerivedCustomer | null {
  try {
    return derive();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    broken.set(customerOf(loaded), error.message);
    return null;
  }
}

function customerOf(loaded: LoadedCustomer): string {
  return loaded.from === 'ledger' ? loaded.ledger.customerId : loaded.told.customerId;
}

/** Lets timers run, so that a long row of customers does not cost the run its lease. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
