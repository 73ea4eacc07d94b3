import type { LedgerKind, LedgerRecord, MirrorBatch, MirrorStart } from '../../../../connectors/sdk/index.ts';
import { stripeMirror } from '../../../../connectors/stripe/mirror/index.ts';
import type { StripeConfig } from '../../../../connectors/stripe/official.ts';
import { testContext } from '../../support/context.ts';

/** What the sandbox has in every version of it. */
export const KINDS: readonly LedgerKind[] = [
  ...([
    'customer',
    'customer_observation',
    'price',
    'coupon',
    'subscription',
    'observation',
    'invoice',
  ] as const),
  ...(['payment', 'refund', 'dispute', 'balance_entry'] as const),
];

export type Place = { config: StripeConfig; endpoint: URL; now: Date };

/** A ledger as the database keeps it: by kind and id, the newest telling last, and where to go on. */
export type Ledger = {
  state: unknown;
  records: Map<string, LedgerRecord>;
  deleted: Map<string, Date>;
  batches: MirrorBatch[];
  requests: string[];
};

export const emptyLedger = (): Ledger => ({
  state: null,
  records: new Map(),
  deleted: new Map(),
  batches: [],
  requests: [],
});

export function keep(ledger: Ledger, batch: MirrorBatch): void {
  for (const record of batch.records) ledger.records.set(`${record.kind}:${record.id}`, record);
  for (const { kind, id, at } of batch.deleted) ledger.deleted.set(`${kind}:${id}`, at);
  // As it comes out of a column of JSON.
  ledger.state = JSON.parse(JSON.stringify(batch.state));
  ledger.batches.push(batch);
}

/** Reads on from what the ledger holds; `batches` bounds how many are kept before the process dies. */
export async function readOn(
  ledger: Ledger,
  place: Place,
  options: {
    kinds?: readonly LedgerKind[];
    touched?: MirrorStart['touched'];
    batches?: number;
    onRequest?: () => void;
  } = {},
): Promise<MirrorBatch | null> {
  const { kinds = KINDS, touched = [], batches = Number.POSITIVE_INFINITY, onRequest } = options;
  const { context } = testContext(place.config, place.endpoint, place.now);
  const counted = {
    ...context,
    fetch: (input: string | URL, init?: Parameters<typeof context.fetch>[1]) => {
      onRequest?.();
      ledger.requests.push(decodeURIComponent(new URL(input).pathname + new URL(input).search));
      return context.fetch(input, init);
    },
  };
  let last: MirrorBatch | null = null;
  let kept = 0;
  for await (const batch of stripeMirror.read(counted, { state: ledger.state, kinds, touched })) {
    if (kept >= batches) break;
    keep(ledger, batch);
    kept += 1;
    last = batch;
  }
  return last;
}

export function idsOf(ledger: Ledger, kind: LedgerKind): string[] {
  return [...ledger.records.values()]
    .flatMap((record) => (record.kind === kind ? [record.id] : []))
    .toSorted();
}
