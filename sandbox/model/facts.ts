import type { EpochSeconds } from './time.ts';

/** Everything that ever happened at the company, one entry each. What holds on a day is what they add up to. */
export type Fact =
  | CustomerFact
  | CustomerChangeFact
  | SubscriptionFact
  | ScheduleFact
  | InvoiceFact
  | CreditNoteFact
  | ChargeFact
  | RefundFact
  | DisputeFact;

/** `at` is when it happened; two facts of one second keep their order. */
type Happening<Kind extends string, Body> = { kind: Kind; at: EpochSeconds } & Body;

export type Discount = {
  id: string;
  couponId: string;
  startAt: EpochSeconds;
  endAt: EpochSeconds | null; // null: no end of its own
  promotionCodeId?: string; // the code that it was given for
};

export type Item = {
  id: string;
  priceId: string;
  quantity: number | null; // null on a metered item
  createdAt: EpochSeconds;
  discounts: readonly Discount[];
  taxRateIds?: readonly string[]; // instead of the subscription's; none unless given
};

export type CustomerFact = Happening<
  'customer_created',
  {
    customerId: string;
    name: string;
    email: string;
    country: string;
    currency: string;
    discount: Discount | null; // applies where a subscription has none of its own
    testClockId: string | null;
    metadata?: Readonly<Record<string, string>>;
  }
>;

export type CustomerChangeFact =
  | Happening<'customer_discount_changed', { customerId: string; discount: Discount | null }>
  | Happening<'customer_deleted', { customerId: string }>;

export type SubscriptionStatus =
  | 'incomplete'
  | 'incomplete_expired'
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'unpaid'
  | 'paused'
  | 'canceled';

type OfSubscription = { subscriptionId: string };

export type SubscriptionFact =
  | Happening<
      'subscription_started',
      OfSubscription & {
        customerId: string;
        currency: string;
        status: SubscriptionStatus;
        items: readonly Item[];
        discounts: readonly Discount[];
        startAt: EpochSeconds; // before `at` when billing moved here from elsewhere
        anchorAt: EpochSeconds;
        trialEndAt: EpochSeconds | null;
        testClockId: string | null;
        taxRateIds?: readonly string[];
        metadata?: Readonly<Record<string, string>>;
      }
    >
  | Happening<'subscription_status_changed', OfSubscription & { status: SubscriptionStatus }>
  | Happening<
      'subscription_items_changed',
      OfSubscription & { items: readonly Item[]; anchorAt: EpochSeconds }
    >
  | Happening<'subscription_discounts_changed', OfSubscription & { discounts: readonly Discount[] }>
  | Happening<'subscription_cancel_requested', OfSubscription & { endsAt: EpochSeconds }>
  | Happening<'subscription_cancel_undone', OfSubscription>
  | Happening<'subscription_ended', OfSubscription & { reason: 'cancellation_requested' | 'payment_failed' }>
  | Happening<
      'collection_paused',
      OfSubscription & {
        behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void';
        resumesAt: EpochSeconds | null;
      }
    >
  | Happening<'collection_resumed', OfSubscription>;

/** What a subscription is to be from `startAt` on; the last phase runs until the schedule lets the subscription go. */
export type Phase = {
  startAt: EpochSeconds;
  endAt: EpochSeconds;
  items: readonly { priceId: string; quantity: number | null }[];
};

export type ScheduleFact =
  | Happening<
      'schedule_created',
      OfSubscription & { scheduleId: string; customerId: string; phases: readonly Phase[] }
    >
  | Happening<'schedule_advanced', OfSubscription & { scheduleId: string }>
  | Happening<
      'schedule_finished',
      OfSubscription & { scheduleId: string; status: 'completed' | 'released' | 'canceled' }
    >;

export type InvoiceLine = {
  id: string;
  itemId: string;
  priceId: string;
  description: string;
  amountMinor: number; // before discounts; negative for unused time
  quantity: number;
  periodStart: EpochSeconds;
  periodEnd: EpochSeconds;
  proration: boolean;
  discounts?: readonly InvoiceDiscount[]; // what comes off this line; worked out from the invoice's unless given
  taxes?: readonly LineTax[];
};

/** Tax on what a line costs after discounts: within the amount where the rate is inclusive, else on top of it. */
export type LineTax = { taxRateId: string; inclusive: boolean; amountMinor: number; taxableMinor: number };

export type InvoiceDiscount = { discountId: string; amountMinor: number };

/** The customer's balance before and after an invoice; negative is credit, which pays before the card does. */
export type BalanceUse = { startingMinor: number; endingMinor: number };

export type InvoiceFact =
  | Happening<
      'invoice_created',
      {
        invoiceId: string;
        number: string;
        customerId: string;
        subscriptionId: string;
        currency: string;
        reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
        lines: readonly InvoiceLine[];
        discounts: readonly InvoiceDiscount[];
        totalMinor: number;
        testClockId: string | null;
      }
    >
  | Happening<'invoice_finalized', { invoiceId: string; balance?: BalanceUse }>
  | Happening<'invoice_paid', { invoiceId: string; chargeId: string | null }>
  | Happening<'invoice_closed', { invoiceId: string; status: 'void' | 'uncollectible' }>;

export type CreditNoteFact = Happening<
  'credit_note_created',
  {
    creditNoteId: string;
    number: string;
    invoiceId: string;
    lineId: string;
    amountMinor: number;
    type: 'pre_payment' | 'post_payment';
    reason: 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory' | null;
    refundId: string | null; // null before payment, where it lowers what is due
  }
>;

export type ChargeStatus = 'succeeded' | 'pending' | 'failed';

export type ChargeFact =
  | Happening<
      'charge_created',
      {
        chargeId: string;
        customerId: string | null;
        invoiceId: string | null;
        currency: string;
        amountMinor: number;
        captured: boolean; // false: only authorised, no money has moved
        status: ChargeStatus;
        failureCode: string | null;
        method: PaymentMethod;
        description: string;
        toldAt?: EpochSeconds; // when the event about it comes; when it happened unless given
      }
    >
  | Happening<'charge_captured', { chargeId: string; capturedMinor: number }>
  | Happening<'charge_released', { chargeId: string }>
  | Happening<'charge_settled', { chargeId: string; status: 'succeeded' | 'failed' }>;

export type PaymentMethod = 'card' | 'us_bank_account';
export type RefundStatus = 'pending' | 'succeeded' | 'failed' | 'canceled';

export type RefundFact =
  | Happening<
      'refund_created',
      {
        refundId: string;
        chargeId: string;
        currency: string;
        amountMinor: number;
        status: RefundStatus;
        reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
        toldAt?: EpochSeconds; // when the event about it comes; when it happened unless given
      }
    >
  | Happening<'refund_changed', { refundId: string; status: RefundStatus }>;

export type DisputeStatus =
  | 'needs_response'
  | 'under_review'
  | 'won'
  | 'lost'
  | 'warning_needs_response'
  | 'warning_closed';

export type DisputeFact =
  | Happening<
      'dispute_opened',
      {
        disputeId: string;
        chargeId: string;
        currency: string;
        amountMinor: number;
        reason: string;
        status: DisputeStatus;
      }
    >
  | Happening<'dispute_changed', { disputeId: string; status: DisputeStatus }>;

/** Oldest first; facts of one second stay as they were written. */
export function inOrder(facts: readonly Fact[]): Fact[] {
  return facts.toSorted((a, b) => a.at - b.at);
}

/** How many of the facts, oldest first, have happened by an instant (that second included). */
export function countUntil(facts: readonly Fact[], at: EpochSeconds): number {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((facts[middle] as Fact).at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
