import type { LedgerKind } from '../domain/billing/ledger-records.ts';
import { deriveStale } from './derive-billing.ts';
import { createExcerpt } from './excerpt.ts';
import type { ConnectionRecord, Sources } from './ports.ts';
import type {
  BillingEventRecord,
  BillingNeeds,
  BillingStore,
  LedgerTouch,
  MirrorBatchRecord,
  Mirrored,
  RateStore,
} from './ports-billing.ts';
import { keepProviderRates } from './provider-rates.ts';

export type MirrorDeps = {
  sources: Pick<Sources, 'find' | 'mirror'>;
  billing: BillingStore;
  rates: RateStore;
};

/**
 * Brings the ledger of a connection up to date, and everything that is derived from it. Every batch is stored with the
 * place to go on, so that a kill costs one batch; told records need no mirror, and are derived alone.
 *
 * @param advanced told of each stored step that no later start has to take again
 */
export async function mirrorBilling(
  deps: MirrorDeps,
  connection: ConnectionRecord,
  needs: BillingNeeds,
  now: Date,
  signal: AbortSignal,
  advanced: () => Promise<void> = async () => {},
): Promise<Mirrored> {
  const { billing, sources } = deps;
  await billing.ensureSeries(connection.id, needs.series);
  const mirrors = sources.find(connection.connectorId)?.mirrors !== undefined;
  const mirrored = mirrors ? await follow(deps, connection, needs, now, signal, advanced) : NOTHING_READ;
  if (mirrored.failure === null && !mirrored.lost)
    await deriveStale(billing, connection.id, signal, advanced);
  return mirrored;
}

const NOTHING_READ: Mirrored = { exchanges: [], unlisted: 0, notes: [], failure: null, lost: false };

async function follow(
  { billing, rates, sources }: MirrorDeps,
  connection: ConnectionRecord,
  { kinds }: BillingNeeds,
  now: Date,
  signal: AbortSignal,
  advanced: () => Promise<void>,
): Promise<Mirrored> {
  const exchanges = createExcerpt('mirror');
  const position = await billing.position(connection.id);
  const events = await billing.openEvents(connection.id);
  const tellsRates = RATE_KINDS.some((kind) => kinds.includes(kind));
  const start = { state: position.state, kinds, touched: touchedBy(events) };
  let version: number | null = position.version;
  let last: MirrorBatchRecord | null = null;
  let records = 0;
  for await (const step of sources.mirror(connection, start, now, signal)) {
    exchanges.add(step.exchanges);
    if (!step.ok) return ended({ failure: step.failure });
    // Until its rates are kept nothing is complete that was not: whoever comes after a kill looks at the same records again.
    const throughAt = tellsRates ? earlier(position.throughAt, step.batch.throughAt) : step.batch.throughAt;
    version = await billing.keep(connection.id, version, { ...step.batch, throughAt }, []);
    if (version === null) return ended({ lost: true });
    if (step.batch.advances === true) await advanced();
    last = step.batch;
    records += step.batch.records.length;
    signal.throwIfAborted();
  }
  if (tellsRates) {
    const since = position.throughAt === null ? null : new Date(position.throughAt.getTime() - AGAIN_MS);
    await keepProviderRates(billing, rates, connection, since);
  }
  // Only now every hint has been followed to its end.
  if (last !== null && (events.length > 0 || tellsRates)) {
    const nothing = { ...last, records: [], deleted: [] };
    const followed = events.map(({ id }) => id);
    version = await billing.keep(connection.id, version, nothing, followed);
  }
  return ended({ lost: version === null });

  function ended(how: Partial<Mirrored>): Mirrored {
    const walked = last === null ? [] : [`mirror: ${records} records read, ${last.note}`];
    return {
      failure: null,
      lost: false,
      exchanges: exchanges.kept(),
      unlisted: exchanges.unlisted(),
      notes: [...walked, ...exchanges.notes()],
      ...how,
    };
  }
}

function touchedBy(events: readonly BillingEventRecord[]): LedgerTouch[] {
  const touched = new Map<string, LedgerTouch>();
  for (const each of events.flatMap((event) => event.touched)) touched.set(`${each.kind} ${each.id}`, each);
  return [...touched.values()];
}

/** Null: nothing is complete yet, which comes before every moment. */
function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return null;
  return a < b ? a : b;
}

const RATE_KINDS: readonly LedgerKind[] = ['exchange_rates', 'balance_entry'];
/**
 * What was stored in the days before the last read is looked at again: the payment that a conversion belongs to may be listed
 * after it, and clocks differ.
 */
const AGAIN_MS = 7 * 86_400_000;
