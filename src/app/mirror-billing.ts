import { deriveStale } from './derive-billing.ts';
import type { ConnectionRecord, ExchangeRecord, Sources } from './ports.ts';
import type {
  BillingEventRecord,
  BillingNeeds,
  BillingStore,
  LedgerTouch,
  MirrorBatchRecord,
  Mirrored,
  RateStore,
} from './ports-billing.ts';
import { createRateKeeper } from './provider-rates.ts';

export type MirrorDeps = {
  sources: Pick<Sources, 'find' | 'mirror'>;
  billing: BillingStore;
  rates: RateStore;
};

/** The first and the last requests of a walk tell what there is to tell; a backfill makes thousands. */
const KEPT_EXCHANGES = 60;

/**
 * Brings the ledger of a connection up to date, and everything that is derived from it. Every batch is stored with the
 * place to go on, so that a kill costs one batch; told records need no mirror, and are derived alone.
 */
export async function mirrorBilling(
  deps: MirrorDeps,
  connection: ConnectionRecord,
  needs: BillingNeeds,
  now: Date,
  signal: AbortSignal,
): Promise<Mirrored> {
  const { billing, sources } = deps;
  await billing.ensureSeries(connection.id, needs.series);
  const mirrors = sources.find(connection.connectorId)?.mirrors !== undefined;
  const mirrored = mirrors ? await follow(deps, connection, needs, now, signal) : NOTHING_READ;
  if (mirrored.failure === null && !mirrored.lost) await deriveStale(billing, connection.id, signal);
  return mirrored;
}

const NOTHING_READ: Mirrored = { exchanges: [], notes: [], failure: null, lost: false };

async function follow(
  { billing, rates, sources }: MirrorDeps,
  connection: ConnectionRecord,
  { kinds }: BillingNeeds,
  now: Date,
  signal: AbortSignal,
): Promise<Mirrored> {
  const exchanges = createExcerpt();
  const rateKeeper = createRateKeeper(rates, connection);
  const position = await billing.position(connection.id);
  const events = await billing.openEvents(connection.id);
  const start = { state: position.state, kinds, touched: touchedBy(events) };
  let version: number | null = position.version;
  let last: MirrorBatchRecord | null = null;
  let records = 0;
  for await (const step of sources.mirror(connection, start, now, signal)) {
    exchanges.add(step.exchanges);
    if (!step.ok) return ended({ failure: step.failure });
    version = await billing.keep(connection.id, version, step.batch, []);
    if (version === null) return ended({ lost: true });
    last = step.batch;
    records += step.batch.records.length;
    await rateKeeper.keep(step.batch.records);
    signal.throwIfAborted();
  }
  // Only now every hint has been followed to its end.
  if (last !== null && events.length > 0) {
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

/** Some requests of many, from both ends. */
function createExcerpt() {
  const first: ExchangeRecord[] = [];
  let newest: ExchangeRecord[] = [];
  let count = 0;
  return {
    add(exchanges: readonly ExchangeRecord[]): void {
      count += exchanges.length;
      for (const exchange of exchanges) {
        if (first.length < KEPT_EXCHANGES / 2) first.push(exchange);
        else newest = [...newest.slice(1 - KEPT_EXCHANGES / 2), exchange];
      }
    },
    kept: (): ExchangeRecord[] => [...first, ...newest],
    notes(): string[] {
      const left = count - first.length - newest.length;
      return left === 0
        ? []
        : [`mirror: ${count} requests, ${left} between the first and the last are not listed`];
    },
  };
}
