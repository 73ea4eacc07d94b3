import type { Fraction } from 'fraction.js';
import type { MovementKind } from './movements.ts';
import type { DiscountPolicy } from './normalise.ts';

/** What is worked out from one customer's ledger, and stored so that metrics are sums over rows. */

/**
 * How a stretch of a subscription's past is known. `observed`: a fetch or an event told it. `reconstructed`: worked out
 * from invoice lines and phases, as good as they are. `told`: whoever sent the record said so.
 */
export type Basis = 'observed' | 'reconstructed' | 'told';

/** MRR is cut into days in a zone, and discounts count under a policy: each pair is a series of movements of its own. */
export type Series = { timeZone: string; discountPolicy: DiscountPolicy };

/** What one subscription did to a customer's MRR on a day. `what` is a code; the faces have the sentences. */
export type MovementCause = {
  subscriptionId: string;
  what:
    | 'started'
    | 'trial_converted'
    | 'ended'
    | 'status'
    | 'plan'
    | 'quantity'
    | 'items'
    | 'discount_added'
    | 'discount_ended'
    | 'paused'
    | 'resumed'
    | 'tax';
  /** Such as the status, the price or the quantity before and after; null where there was none. */
  from: string | null;
  to: string | null;
  /** The subscription's MRR in its currency, minor units: at the close before and at this close. */
  before: Fraction;
  after: Fraction;
};

/**
 * One customer, one local day, one currency: MRR at the close before and at this close, exact, in minor units a month.
 * Currencies that did not change that day have no row. Rows of the future are there too: a discount that will end.
 */
export type MovementRow = {
  day: string;
  currency: string;
  before: Fraction;
  after: Fraction;
  /**
   * Of the customer, over all currencies. Null where the customer pays in several and it depends on exchange rates whether
   * the day was an expansion or a contraction.
   */
  kind: MovementKind | null;
  /** +1: the customer began to pay that day, -1: stopped; on the first row of the day only, else 0. */
  heads: -1 | 0 | 1;
  basis: Basis;
  causes: readonly MovementCause[];
};

/** Money that came in (positive) or went back (negative), when it did. Tax is the part of it that is tax, same sign. */
export type CashFlow = {
  kind: 'payment' | 'refund' | 'dispute';
  id: string;
  /** The payment that it is or gives back. */
  paymentId: string;
  at: Date;
  currency: string;
  amountMinor: number;
  tax: Fraction;
};

/** A customer's first trial ever. `paidAt`: when the first money came in for it, or for what they began since. */
export type TrialFact = {
  subscriptionId: string;
  startAt: Date;
  endAt: Date | null;
  paidAt: Date | null;
};

/** What tells how a customer was won, as it stood at the first payment; before that, as it stands. */
export type CustomerTraits = {
  firstPaidAt: Date | null;
  coupons: readonly string[];
  promotionCodes: readonly string[];
  metadata: Readonly<Record<string, string>>;
  channel: string | null;
};

/** Why a customer's MRR cannot be worked out: one sentence that names the object. */
export type BillingProblem = { object: string; message: string };

export type DerivedCustomer = {
  customerId: string;
  /** One entry a series asked for, in that order; null when `problem` says why there is none. */
  movements: readonly (readonly MovementRow[])[] | null;
  problem: BillingProblem | null;
  cash: readonly CashFlow[];
  trial: TrialFact | null;
  traits: CustomerTraits;
  isTest: boolean;
};
