import type { DerivedCustomer, MovementRow, Series } from '../domain/billing/derived.ts';
import type {
  CustomerLedger,
  LedgerCatalogue,
  LedgerKind,
  LedgerRecord,
} from '../domain/billing/ledger-records.ts';
import type { Dispute, FxRates, Payment, Refund, Subscription } from '../domain/billing/records.ts';
import type { Measurement } from '../domain/catalog/index.ts';
import type { MetricWindow, ParamValues } from '../domain/catalog/types.ts';
import type { ExchangeRecord, ReadFailure } from './ports.ts';

/** The billing ledger: what mirrors tell, what is derived from it, and the metrics that are sums over it. */

export type MirrorGapRecord = {
  kinds: readonly LedgerKind[];
  errorClass: string;
  message: string;
  hint: string | null;
};
/** How far a mirror is. Version 0: nothing was stored yet. */
export type MirrorPosition = {
  version: number;
  state: unknown;
  /** Up to when everything asked for is here; null while the first walk is not over. */
  throughAt: Date | null;
  gaps: readonly MirrorGapRecord[];
  note: string;
};
export type MirrorBatchRecord = Omit<MirrorPosition, 'version'> & {
  /** Since when every change of a subscription has been told; absent or null: what was said before holds. */
  watchedSinceAt?: Date | null;
  /** A step of a first walk, which no later start takes again. */
  advances?: boolean;
  records: readonly LedgerRecord[];
  deleted: readonly { kind: LedgerKind; id: string; at: Date }[];
};
export type LedgerTouch = { kind: LedgerKind; id: string };
export type BillingEventRecord = { id: string; at: Date; touched: readonly LedgerTouch[] };

/** What metrics need of the ledger: the kinds to mirror, and the series that their days are cut by. */
export type BillingNeeds = { kinds: readonly LedgerKind[]; series: readonly Series[] };
export type MirrorStart = {
  state: unknown;
  kinds: readonly LedgerKind[];
  touched: readonly LedgerTouch[];
};
export type MirrorStep = { exchanges: ExchangeRecord[] } & (
  | { ok: true; batch: MirrorBatchRecord }
  | { ok: false; failure: ReadFailure }
);

/** What a mirror came to, for the evidence of the metrics that are read from it. */
export type Mirrored = {
  /** The first and the last, and those that failed. */
  exchanges: readonly ExchangeRecord[];
  /** How many more there were between them. */
  unlisted: number;
  notes: readonly string[];
  /** The provider's, when it ended early; what was stored by then stays, and the next run goes on from it. */
  failure: ReadFailure | null;
  /** Another process has gone on meanwhile: whatever this one read after that is not stored. */
  lost: boolean;
  /** The connector's metrics that stand on it; absent: all. The others are asked of the provider as if it were not there. */
  metrics?: readonly string[];
};

export type SeriesRecord = Series & { id: string; connectionId: string };
/** Ready facts of a customer that people or programs sent, without a ledger behind them. */
export type ToldCustomer = {
  customerId: string;
  subscriptions: readonly Subscription[];
  payments: readonly Payment[];
  refunds: readonly Refund[];
  disputes: readonly Dispute[];
  channel: string | null;
};
export type LoadedCustomer = { staleSeq: bigint } & (
  | { from: 'ledger'; ledger: CustomerLedger }
  | { from: 'told'; told: ToldCustomer }
);

export type BillingStore = {
  position(connectionId: string): Promise<MirrorPosition>;
  /** Hints that no read has followed yet, oldest first. */
  openEvents(connectionId: string): Promise<BillingEventRecord[]>;
  /** Keeps an event that the provider sent; `known` when it was here before, and then nothing is written. */
  receive(connectionId: string, event: BillingEventRecord): Promise<'new' | 'known'>;
  /** When the provider last sent one; null when it never did. */
  lastEventAt(connectionId: string): Promise<Date | null>;
  /**
   * Stores a batch with its position in one transaction, and marks everybody stale whose records it touched or who could not
   * be worked out for want of a price or coupon that it brings. `followed`: events that are done with it.
   *
   * @returns the new version, or null when another process has gone on since `version`; then nothing is written
   */
  keep(
    connectionId: string,
    version: number,
    batch: MirrorBatchRecord,
    followed: readonly string[],
  ): Promise<number | null>;
  /** The series of these pairs; one that is new makes every customer stale. */
  ensureSeries(connectionId: string, wanted: readonly Series[]): Promise<SeriesRecord[]>;
  /** Every series that the connection has. */
  listSeries(connectionId: string): Promise<SeriesRecord[]>;
  /** Some whose derived rows are not those of their records, longest first; empty when there are none. */
  loadStale(connectionId: string, limit: number): Promise<LoadedCustomer[]>;
  catalogue(connectionId: string): Promise<LedgerCatalogue>;
  /**
   * What the stored records tell of exchange rates, on the days of which something was stored or changed since then; null: on
   * all days. One a day and currency: that of the provider's list, else of the day's last conversion.
   */
  conversions(connectionId: string, since: Date | null): Promise<ToldRate[]>;
  /**
   * Replaces everything derived of these customers in one transaction, and takes the cursors of the connection's metrics back
   * to before the first day that came out differently. Who was touched meanwhile stays stale.
   */
  keepDerived(
    connectionId: string,
    series: readonly SeriesRecord[],
    derived: readonly { customer: DerivedCustomer; staleSeq: bigint }[],
  ): Promise<{ changedRows: number }>;
  /** Customers whose MRR could not be worked out. */
  problems(
    connectionId: string,
    limit: number,
  ): Promise<{ customerId: string; object: string; message: string }[]>;
  /** Some object of a currency, for the sentence about a rate that is missing. */
  exampleOf(
    connectionId: string,
    currency: string,
  ): Promise<{ subscriptionId: string | null; customerId: string } | null>;
};

/** A list tells rates of whole units, a conversion those of minor ones. */
export type ToldRate = {
  base: string;
  currency: string;
  day: string;
  rate: string;
  between: 'major' | 'minor';
};

/** Facts about what a ledger holds, for the evidence and the flags beside a value. */
export type BillingSurvey = {
  /** One entry a kind that has records, deleted ones included. */
  tally(connectionId: string): Promise<{ kind: LedgerKind; records: number; firstAt: Date }[]>;
  /** The last day up to `throughDay` on which a movement is known by reconstruction only; null: there is none. */
  reconstructedThrough(seriesId: string, throughDay: string): Promise<string | null>;
  /** How many customers began (positive) or stopped (negative) to pay in a currency on a day, oldest first. */
  payersByCurrency(seriesId: string): Promise<{ day: string; currency: string; heads: number }[]>;
  /** How many payments, refunds and disputes there are by local day of `[startDay, endDay)` and currency. */
  flowsByCurrency(
    connectionId: string,
    days: { startDay: string; endDay: string; timeZone: string },
  ): Promise<{ day: string; currency: string; flows: number }[]>;
};

/** How customers won by referral are told apart; a customer is one when any of these holds. */
export type ReferralRule = {
  coupons: readonly string[];
  promotionCodes: readonly string[];
  /** `key=value` of the provider's metadata. */
  metadata: readonly { key: string; value: string }[];
  /** An attribution list: customers by id. */
  customerIds: readonly string[];
  channels: readonly string[];
};

export type RevenueScope = {
  connectionId: string;
  /** Null for metrics over cash or trials alone. */
  series: SeriesRecord | null;
  /** Only what is billed in this currency, as if there were no other; null: all of them. */
  onlyCurrency: string | null;
  /** Null where money is not counted. */
  money: { reportingCurrency: string; fx: FxRates | undefined } | null;
  referral: ReferralRule | null;
  /** The newest moment that is known: trials and cohorts are judged by it. */
  now: Date;
};
/** `missing`: the currency without a rate, and the first day it is needed on. */
export type RevenueMeasurement = Measurement & { missing?: { currency: string; day: string } };

/**
 * A customer's part in why a number moved between two closes, or between two windows. Amounts in minor units of the
 * reporting currency.
 */
export type CustomerMovement = {
  customerId: string;
  name: string | null;
  /** Who paid without being a customer is one by that payment. */
  guestPaymentId?: string;
  opening: number;
  closing: number;
  movements: readonly {
    day: string;
    kind: string;
    /** Of money that moved: what it adds to the difference, negative when it takes away. */
    amountMinor: number;
    currency: string;
    /** Of money that moved: what the earlier and the later window count of it; one of them is nothing. */
    native: { before: number; after: number };
    basis: MovementRow['basis'];
    causes: readonly {
      subscriptionId: string;
      what: string;
      from: string | null;
      to: string | null;
    }[];
    /** The payment, refund or dispute that it is. */
    record?: { id: string; paymentId: string };
  }[];
};
export type RevenueChange = {
  openingDay: string;
  closingDay: string;
  opening: number;
  closing: number;
  /**
   * By kind, `fx` among them; opening + new + expansion + reactivation - contraction - churn + fx = closing. Of money that
   * moved the kinds are `payment`, `refund` and `dispute`, and opening + payment + refund + dispute = closing.
   */
  totals: Readonly<Record<string, number>>;
  /** Those who moved it most, the largest first. */
  customers: readonly CustomerMovement[];
  /** How many more there are. */
  others: number;
};

export type RevenueReader = {
  /**
   * A metric of the catalogue over many windows at once: sums over stored rows in the database, exact, and equal to what the
   * catalogue's own function makes of the same records. `windows` are of one kind, ascending.
   */
  measure(
    metric: string,
    params: ParamValues,
    windows: readonly MetricWindow[],
    scope: RevenueScope,
  ): Promise<RevenueMeasurement[]>;
  /** The metrics that `measure` knows. */
  metrics: readonly string[];
  /** Who and what lies behind the difference of MRR between the closes of two days; null without a rate. */
  change(
    days: { openingDay: string; closingDay: string },
    scope: RevenueScope,
    limit: number,
  ): Promise<RevenueChange | { missing: { currency: string; day: string } }>;
  /**
   * Who and what lies behind the difference of a metric over money that moved between two of its windows: the payments,
   * refunds and disputes that are in one of them and not in the other. Whoever it leaves as they were is not told of.
   */
  cashChange(
    asked: CashChangeAsked,
    scope: RevenueScope,
    limit: number,
  ): Promise<RevenueChange | { missing: { currency: string; day: string } }>;
};
/** `windows`: the earlier one and the later one, both periods. */
export type CashChangeAsked = {
  metric: string;
  params: ParamValues;
  windows: { opening: MetricWindow; closing: MetricWindow };
};

export type RateWrite = { currency: string; fromDay: string; rate: string };
export type RateStore = {
  /** Daily rates into `base`, oldest first within a currency. `source`: `table`, or the connection that told them. */
  rates(workspaceId: string, source: string, base: string): Promise<RateWrite[]>;
  /** Everything that a source tells, into whatever base, in the same order; bases in that of the alphabet. */
  allRates(workspaceId: string, source: string): Promise<(RateWrite & { base: string })[]>;
  /** Replaces what these days said; returns how many are new or different. */
  keepRates(
    workspaceId: string,
    source: string,
    base: string,
    rates: readonly RateWrite[],
    by: string,
  ): Promise<number>;
};
