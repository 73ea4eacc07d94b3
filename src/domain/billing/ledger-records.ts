import type { Discount } from './records.ts';

/**
 * What a billing system told us, kept as it was told: the ledger that subscriptions with their history, payments and
 * refunds are derived from. Any provider fits; whatever has no counterpart there is null. Instants are `Date`s with names
 * that end in `At`, so that they survive as JSON. Money is whole minor units unless it is `DecimalText`.
 */

/** A decimal number as text, so that no digit is lost: prices may be fractions of a cent. */
export type DecimalText = string;

export type LedgerTier = { upTo: number | null; unitAmount: DecimalText; flatAmount: DecimalText };
export type LedgerAmounts = { unitAmount: DecimalText | null; tiers: readonly LedgerTier[] };

/** What a quantity costs. Amounts by currency, in capitals: its own, and those it may also be billed in. */
export type LedgerPrice = {
  id: string;
  productId: string | null;
  currency: string;
  /** Null: sold once. */
  recurring: {
    interval: 'day' | 'week' | 'month' | 'year';
    intervalCount: number;
    usage: 'licensed' | 'metered';
  } | null;
  scheme: 'per_unit' | 'volume' | 'graduated';
  packs: { divideBy: number; round: 'up' | 'down' } | null;
  amounts: Readonly<Record<string, LedgerAmounts>>;
  /** Why its amount cannot be worked out, such as a scheme that nobody knows; null when it can. */
  problem: string | null;
};

export type LedgerCoupon = {
  id: string;
  percentOff: DecimalText | null;
  /** Minor units by currency, in capitals. */
  amountOff: Readonly<Record<string, number>>;
  duration: Discount['duration'];
  /** The products that it is limited to; null: none. */
  productIds: readonly string[] | null;
};

/** `coupon` is what came with the discount; the coupon stored under `couponId` goes before it, because it is whole. */
export type LedgerDiscount = {
  id: string;
  couponId: string;
  coupon: LedgerCoupon | null;
  promotionCode: string | null;
  startAt: Date;
  endAt: Date | null;
  /** What it was given to; where all are null it came with the object that it was found on. */
  customerId: string | null;
  subscriptionId: string | null;
  itemId: string | null;
  /** Of one invoice only: it says nothing about what recurs. */
  invoiceId: string | null;
};

export type LedgerItem = {
  id: string;
  priceId: string;
  /** Null: metered. */
  quantity: number | null;
  discounts: readonly LedgerDiscount[];
  /** A trial of this item alone. */
  trial: { startAt: Date; endAt: Date } | null;
  /** The sum of the tax rates that its price includes; null: what the subscription says. */
  inclusiveTaxPercent: DecimalText | null;
};

/** What a subscription is at one moment. A status that nobody knows counts for nothing. */
export type SubscriptionState = {
  status: string;
  items: readonly LedgerItem[];
  /** In the order in which they come off. */
  discounts: readonly LedgerDiscount[];
  collectionPaused: { behavior: string; resumesAt: Date | null } | null;
  inclusiveTaxPercent: DecimalText | null;
};

/**
 * What a provider's schedule makes of a subscription for a while: these items and no others. A quantity of null: metered.
 */
export type LedgerPhase = {
  startAt: Date;
  endAt: Date;
  items: readonly { priceId: string; quantity: number | null }[];
};

export type LedgerSubscription = {
  id: string;
  customerId: string;
  currency: string;
  createdAt: Date;
  /** When service really ended; null while it runs, whatever was announced. */
  endedAt: Date | null;
  trialStartAt: Date | null;
  trialEndAt: Date | null;
  /** Of a clock or mode that is nobody's money. */
  isTest: boolean;
  /** As it was when it was last fetched, at `stateAt`. */
  state: SubscriptionState;
  stateAt: Date;
  /** Of its schedule, oldest first, those to come included, and those that had begun by earlier ones; absent: none is told. */
  phases?: readonly LedgerPhase[];
};

/** A change that was seen: what a subscription was from `at` on, and, where it was told, until then. */
export type SubscriptionObservation = {
  id: string;
  subscriptionId: string;
  customerId: string;
  at: Date;
  state: SubscriptionState;
  before: SubscriptionState | null;
};

export type LedgerCustomer = {
  id: string;
  name: string | null;
  createdAt: Date;
  isTest: boolean;
  /** Applies where a subscription has no discount of its own. */
  discount: LedgerDiscount | null;
  metadata: Readonly<Record<string, string>>;
};

/** The same of a customer-wide discount. */
export type CustomerObservation = {
  id: string;
  customerId: string;
  at: Date;
  discount: LedgerDiscount | null;
  before: LedgerDiscount | null;
};

export type LedgerLine = {
  id: string;
  subscriptionId: string | null;
  itemId: string | null;
  priceId: string | null;
  quantity: number | null;
  /** Before discounts; negative for time that is given back. */
  amountMinor: number;
  discounts: readonly { discountId: string; amountMinor: number }[];
  startAt: Date;
  endAt: Date;
  /** Of a change within a period. */
  proration: boolean;
};

export type LedgerInvoice = {
  id: string;
  customerId: string | null;
  subscriptionId: string | null;
  currency: string;
  createdAt: Date;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void' | null;
  /** A draft that nothing will finalize by itself. */
  isHeld: boolean;
  paidAt: Date | null;
  uncollectibleAt: Date | null;
  voidedAt: Date | null;
  totalMinor: number;
  taxMinor: number;
  paidMinor: number;
  /** The payments, or payment intents, that were to pay it. */
  paymentIds: readonly string[];
  /** Every one, in full. */
  lines: readonly LedgerLine[];
  discounts: readonly LedgerDiscount[];
  isTest: boolean;
};

export type LedgerPayment = {
  id: string;
  customerId: string | null;
  intentId: string | null;
  currency: string;
  status: 'succeeded' | 'pending' | 'failed';
  /** Authorised, and of that captured. */
  amountMinor: number;
  capturedMinor: number;
  createdAt: Date;
};

export type LedgerRefund = {
  id: string;
  paymentId: string | null;
  currency: string;
  amountMinor: number;
  createdAt: Date;
  status: 'succeeded' | 'pending' | 'failed' | 'canceled';
  /** False where no balance moved: an authorisation that was let go. */
  movedMoney: boolean;
};

export type LedgerDispute = {
  id: string;
  paymentId: string | null;
  currency: string;
  amountMinor: number;
  createdAt: Date;
  status: 'lost' | 'won' | 'open';
};

export type LedgerCreditNote = {
  id: string;
  invoiceId: string;
  customerId: string | null;
  currency: string;
  amountMinor: number;
  createdAt: Date;
  status: string;
  kind: string;
};

/** A movement of the balance, in the currency that is settled in. */
export type LedgerBalanceEntry = {
  id: string;
  createdAt: Date;
  currency: string;
  amountMinor: number;
  feeMinor: number;
  netMinor: number;
  category: string;
  sourceId: string | null;
  /** Settled units for one unit of the source's currency; null when they are the same. */
  exchangeRate: DecimalText | null;
};

/** What one major unit of other currencies was worth in major units of `base`, as the provider said on `day`. */
export type LedgerExchangeRates = { base: string; day: string; rates: Readonly<Record<string, DecimalText>> };

export type LedgerData = {
  customer: LedgerCustomer;
  customer_observation: CustomerObservation;
  price: LedgerPrice;
  coupon: LedgerCoupon;
  subscription: LedgerSubscription;
  observation: SubscriptionObservation;
  invoice: LedgerInvoice;
  payment: LedgerPayment;
  refund: LedgerRefund;
  dispute: LedgerDispute;
  credit_note: LedgerCreditNote;
  balance_entry: LedgerBalanceEntry;
  exchange_rates: LedgerExchangeRates;
};
export type LedgerKind = keyof LedgerData;

/**
 * One record of the ledger. `customerId` says whose it is, `parentId` what it hangs on where only that is told: the payment of
 * a refund, the subscription of an observation. A newer telling of the same id replaces the older one.
 */
export type LedgerRecord<Kind extends LedgerKind = LedgerKind> = {
  [K in Kind]: {
    kind: K;
    id: string;
    customerId: string | null;
    parentId: string | null;
    /** When it came to be. */
    at: Date;
    data: LedgerData[K];
  };
}[Kind];

/** Everything that is known of one customer, deleted ones included. Records of one kind are oldest first. */
export type CustomerLedger = {
  customerId: string;
  customer: LedgerCustomer | null;
  customerObservations: readonly CustomerObservation[];
  subscriptions: readonly LedgerSubscription[];
  observations: readonly SubscriptionObservation[];
  invoices: readonly LedgerInvoice[];
  payments: readonly LedgerPayment[];
  refunds: readonly LedgerRefund[];
  disputes: readonly LedgerDispute[];
  /** Since when every change of a subscription has been told by an observation; absent or null: nobody says so. */
  watchedSinceAt?: Date | null;
};

/** What a customer's records refer to. */
export type LedgerCatalogue = {
  prices: ReadonlyMap<string, LedgerPrice>;
  coupons: ReadonlyMap<string, LedgerCoupon>;
};
