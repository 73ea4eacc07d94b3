/** Billing as every provider can tell it. Money is integer minor units of its own currency. */
export type SubscriptionStatus =
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'unpaid'
  | 'paused'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired';

export type PriceItem = {
  unitAmountMinor: number;
  quantity: number;
  interval: 'day' | 'week' | 'month' | 'year';
  intervalCount: number;
  usage: 'licensed' | 'metered';
};
/** One of `percentOff` and `amountOffMinor` (per billing interval) is set. `endAt` null: it runs on. */
export type Discount = {
  percentOff: number | null;
  amountOffMinor: number | null;
  duration: 'forever' | 'repeating' | 'once';
  startAt: Date | null;
  endAt: Date | null;
};
/** `[fromAt, toAt)` during which nothing about the subscription changed; every change closes one and opens the next. */
export type Segment = {
  fromAt: Date;
  toAt: Date | null;
  status: SubscriptionStatus;
  items: readonly PriceItem[];
  discounts: readonly Discount[];
  tax: { inclusive: boolean; ratePercent: number } | null;
};
export type Subscription = { id: string; customerId: string; currency: string; segments: readonly Segment[] };
/** `channel` is how the customer was won, such as "referral", frozen at the first payment. */
export type Customer = { id: string; channel: string | null };
export type Payment = {
  id: string;
  customerId: string;
  currency: string;
  amountMinor: number;
  taxMinor: number;
  paidAt: Date;
};
/** `taxMinor` is the tax given back; null when it is not known. */
export type Refund = {
  id: string;
  paymentId: string;
  amountMinor: number;
  taxMinor: number | null;
  refundedAt: Date;
  status: 'succeeded' | 'pending' | 'failed' | 'canceled';
};
export type Dispute = {
  id: string;
  paymentId: string;
  amountMinor: number;
  status: 'lost' | 'won' | 'open';
  closedAt: Date | null;
};
/** Rates are reporting major units for one major unit of the currency. Days are `YYYY-MM-DD`, in force from then on. */
export type FxRates =
  | { mode: 'constant'; rates: Readonly<Record<string, number>> }
  | { mode: 'daily'; rates: Readonly<Record<string, readonly { fromDay: string; rate: number }[]>> };
