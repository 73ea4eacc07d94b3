import type {
  CustomerLedger,
  LedgerCatalogue,
  LedgerCoupon,
  LedgerDiscount,
  LedgerInvoice,
  LedgerItem,
  LedgerLine,
  LedgerPrice,
  LedgerSubscription,
  SubscriptionObservation,
  SubscriptionState,
} from '../../../../src/domain/billing/ledger-records.ts';

/** Records of a ledger with everything ordinary filled in. Days mean midnight UTC; customer `c1`, subscription `s1`. */
export function priceOf(id: string, unitAmount: string, over: Partial<LedgerPrice> = {}): LedgerPrice {
  return {
    id,
    productId: `product of ${id}`,
    currency: 'USD',
    recurring: { interval: 'month', intervalCount: 1, usage: 'licensed' },
    scheme: 'per_unit',
    packs: null,
    amounts: { USD: { unitAmount, tiers: [] } },
    problem: null,
    ...over,
  };
}

export function couponOf(id: string, over: Partial<LedgerCoupon>): LedgerCoupon {
  return { id, percentOff: null, amountOff: {}, duration: 'forever', productIds: null, ...over };
}

export function discountOf(couponId: string, over: Partial<LedgerDiscount> = {}): LedgerDiscount {
  return {
    id: `discount ${couponId}`,
    couponId,
    coupon: null,
    promotionCode: null,
    startAt: new Date('2026-01-01'),
    endAt: null,
    customerId: 'c1',
    subscriptionId: 's1',
    itemId: null,
    invoiceId: null,
    ...over,
  };
}

export function itemOf(
  priceId: string,
  quantity: number | null = 1,
  over: Partial<LedgerItem> = {},
): LedgerItem {
  return { id: 'i1', priceId, quantity, discounts: [], trial: null, inclusiveTaxPercent: null, ...over };
}

export function stateOf(
  items: readonly LedgerItem[],
  over: Partial<SubscriptionState> = {},
): SubscriptionState {
  return {
    status: 'active',
    items,
    discounts: [],
    collectionPaused: null,
    inclusiveTaxPercent: null,
    ...over,
  };
}

export function subscriptionOf(
  state: SubscriptionState,
  over: Partial<LedgerSubscription> = {},
): LedgerSubscription {
  return {
    id: 's1',
    customerId: 'c1',
    currency: 'USD',
    createdAt: new Date('2026-01-01'),
    endedAt: null,
    trialStartAt: null,
    trialEndAt: null,
    isTest: false,
    state,
    stateAt: new Date('2026-07-01'),
    ...over,
  };
}

export function seen(
  day: string,
  before: SubscriptionState | null,
  state: SubscriptionState,
): SubscriptionObservation {
  return { id: `seen ${day}`, subscriptionId: 's1', customerId: 'c1', at: new Date(day), before, state };
}

export function lineOf(
  fromDay: string,
  toDay: string,
  priceId: string,
  over: Partial<LedgerLine> = {},
): LedgerLine {
  return {
    id: `line ${fromDay} ${priceId}`,
    subscriptionId: 's1',
    itemId: 'i1',
    priceId,
    quantity: 1,
    amountMinor: 1_000,
    discounts: [],
    startAt: new Date(fromDay),
    endAt: new Date(toDay),
    proration: false,
    ...over,
  };
}

export function invoiceOf(
  day: string,
  lines: readonly LedgerLine[],
  over: Partial<LedgerInvoice> = {},
): LedgerInvoice {
  const at = new Date(day);
  return {
    id: `invoice ${day}`,
    customerId: 'c1',
    subscriptionId: 's1',
    currency: 'USD',
    createdAt: at,
    status: 'paid',
    isHeld: false,
    paidAt: at,
    uncollectibleAt: null,
    voidedAt: null,
    totalMinor: 1_000,
    taxMinor: 0,
    paidMinor: 1_000,
    paymentIds: [],
    lines,
    discounts: [],
    isTest: false,
    ...over,
  };
}

export function ledgerWith(over: Partial<CustomerLedger>): CustomerLedger {
  return {
    customerId: 'c1',
    customer: null,
    customerObservations: [],
    subscriptions: [],
    observations: [],
    invoices: [],
    payments: [],
    refunds: [],
    disputes: [],
    ...over,
  };
}

export function catalogueOf(
  prices: readonly LedgerPrice[],
  coupons: readonly LedgerCoupon[] = [],
): LedgerCatalogue {
  return {
    prices: new Map(prices.map((price) => [price.id, price])),
    coupons: new Map(coupons.map((coupon) => [coupon.id, coupon])),
  };
}
