import type { LedgerKind, LedgerRecord } from '../../src/domain/billing/ledger-records.ts';
import type { ConnectorContext, ErrorClass } from './types.ts';

export type * from '../../src/domain/billing/ledger-records.ts';

/**
 * A connector that mirrors billing yields records; the metrics over them are computed by us, the same way for every
 * provider. It reads everything once, then what has changed since.
 */
export type BillingMirror<Config> = {
  /** The kinds that this provider has. */
  kinds: readonly LedgerKind[];
  /**
   * Goes on where `from.state` ended, until everything up to `context.now` has been read. Each batch is stored together
   * with its state in one transaction before the next is asked for: after a kill at any moment the last stored state is
   * where it goes on, and a batch that comes twice changes nothing.
   *
   * @throws ConnectorError as every read does; a page limit or a list that is cut off is an error, never a smaller mirror
   */
  read(context: ConnectorContext<Config>, from: MirrorStart): AsyncIterable<MirrorBatch>;
  /** Hints that the provider sends by itself; absent where it sends none. */
  webhook?: WebhookReader<Config>;
};

export type MirrorStart = {
  /** What the last stored batch carried; null at the very beginning. */
  state: unknown;
  /** What the metrics need. A kind that nobody needs is not read; one that is needed later is read from the beginning. */
  kinds: readonly LedgerKind[];
  /** Objects that the provider said have changed, beside what its list of changes tells. */
  touched: readonly MirrorTouch[];
};

export type MirrorTouch = { kind: LedgerKind; id: string };

export type MirrorBatch = {
  records: readonly LedgerRecord[];
  /** Gone at the provider. What was stored of them is kept, and marked. */
  deleted: readonly { kind: LedgerKind; id: string; at: Date }[];
  /** Plain JSON: where to go on. */
  state: unknown;
  /** Kinds that cannot be read at present, all of them each time: metrics that need one fail, others go on. */
  gaps: readonly MirrorGap[];
  /** Up to when everything of the kinds asked for, gaps aside, is here; null while the first walk is not over. */
  throughAt: Date | null;
  /** Since when every change of a subscription has been told by an observation; absent or null where that is not known. */
  watchedSinceAt?: Date | null;
  /**
   * A step that is taken once: whoever goes on from its state comes nearer to the end of a first walk. Absent for what is
   * read again at each start, such as what is new.
   */
  advances?: boolean;
  /** What was walked for this batch, for the evidence: "invoices: page 3, 100 objects". */
  note: string;
};

export type MirrorGap = {
  kinds: readonly LedgerKind[];
  errorClass: ErrorClass;
  /** One sentence that names the right or the object that is missing. */
  message: string;
  hint: string | null;
};

export type WebhookReader<Config> = {
  /** The name of the setting that holds the endpoint's secret. */
  secretField: string;
  /**
   * Proves that the provider sent these bytes, now.
   *
   * @returns null for an event that says nothing about the ledger
   * @throws ConnectorError in one sentence: a wrong signature, a body that is no event, a time too far from `now`
   */
  read(
    request: { body: Uint8Array; headers: Readonly<Record<string, string | undefined>> },
    config: Config,
    now: Date,
  ): WebhookEvent | null;
};

export type WebhookEvent = { id: string; at: Date; livemode: boolean; touched: readonly MirrorTouch[] };
