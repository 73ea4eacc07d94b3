import { derivation, deriveTold } from '../domain/billing/derive.ts';
import type { DerivedCustomer } from '../domain/billing/derived.ts';
import type { BillingStore, LoadedCustomer } from './ports-billing.ts';

/** Customers between two looks at the clock of the run's lease, and between two transactions. */
const CHUNK = 200;

/** A customer whose movements do not add up; nothing of them is written, and the sentence names them. */
export type BrokenCustomer = { customerId: string; message: string };
export type Derived = { customers: number; broken: readonly BrokenCustomer[] };

/**
 * Works out anew whoever's records have changed, until nobody is left but those whose movements do not add up: they stay
 * stale, and are tried again the next time.
 */
export async function deriveStale(
  billing: BillingStore,
  connectionId: string,
  signal: AbortSignal,
): Promise<Derived> {
  const broken = new Map<string, string>();
  let customers = 0;
  for (;;) {
    signal.throwIfAborted();
    await breathe();
    // Those who are broken are loaded again and again, and must not crowd out the others.
    const loaded = await billing.loadStale(connectionId, CHUNK + broken.size);
    const fresh = loaded.filter((each) => !broken.has(customerOf(each)));
    if (fresh.length === 0) break;
    // A price or a series that came after these were read has made its customers stale once more.
    const series = await billing.listSeries(connectionId);
    const derive = derivation(await billing.catalogue(connectionId), series);
    const derived = fresh.flatMap((each) => {
      const customer = guarded(each, broken, () =>
        each.from === 'ledger' ? derive(each.ledger) : deriveTold(each.told, series),
      );
      return customer === null ? [] : [{ customer, staleSeq: each.staleSeq }];
    });
    if (derived.length > 0) await billing.keepDerived(connectionId, series, derived);
    customers += derived.length;
  }
  return {
    customers,
    broken: [...broken].map(([customerId, message]) => ({ customerId, message })),
  };
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
