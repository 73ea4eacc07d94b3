import { MODULE_COUNT } from './acme-catalog.ts';
import { type Collection, collect } from './collection.ts';
import type { Contract, Simulation } from './context.ts';
import type { Discount, Item } from './facts.ts';
import { billPeriod, nextBoundary } from './invoicing.ts';
import { live } from './lifecycle.ts';
import { idFor } from './random.ts';
import { DAY_SECONDS, type EpochSeconds } from './time.ts';

type Case = {
  name: string;
  day: number; // after the anchor day
  items: readonly (readonly [priceId: string, quantity: number | null, couponId?: string])[];
  coupon?: string;
  customerCoupon?: string;
  trialDays?: number;
  testClock?: boolean;
  ending?: 'paused_after_trial' | 'unpaid' | 'void_collection';
};

const MODULES = Array.from(
  { length: MODULE_COUNT },
  (_, index) => [`price_module_${String(index + 1).padStart(2, '0')}`, 1] as const,
);

/** What billing can look like beside seats and months, each once, so that no reader is spared it. */
const CASES: readonly Case[] = [
  { name: 'Twelve Modules', day: 6, items: MODULES },
  {
    name: 'Metered Mills',
    day: 9,
    items: [
      ['price_team_month', 6],
      ['price_api_metered', null],
    ],
  },
  { name: 'Loyal Lumber', day: 12, items: [['price_business_month', 5]], customerCoupon: 'LOYAL25' },
  { name: 'Friends Foundation', day: 15, items: [['price_team_month', 4]], coupon: 'ONTHEHOUSE' },
  { name: 'Flat Fittings', day: 18, items: [['price_team_year', 3]], coupon: 'FLAT15' },
  { name: 'Graduated Goods', day: 21, items: [['price_automation_month', 64]] },
  {
    name: 'Packed Parcels',
    day: 24,
    items: [
      ['price_contacts_month', 4_300],
      ['price_starter_month', 2],
    ],
  },
  { name: 'Penny Post', day: 27, items: [['price_contacts_each', 5_003]] },
  { name: 'Quarterly Quarry', day: 30, items: [['price_support_quarter', 1]] },
  { name: 'Weekly Weavers', day: 33, items: [['price_events_week', 1]] },
  {
    name: 'Mixed Periods',
    day: 36,
    items: [
      ['price_team_month', 3],
      ['price_support_year', 1],
    ],
  },
  {
    name: 'Half Item',
    day: 39,
    items: [
      ['price_team_month', 4, 'NONPROFIT25'],
      ['price_module_03', 1],
    ],
    coupon: 'PARTNER12',
  },
  {
    name: 'Sleepy Saloon',
    day: 60,
    items: [['price_team_month', 2]],
    trialDays: 14,
    ending: 'paused_after_trial',
  },
  { name: 'Debt Depot', day: 70, items: [['price_team_month', 3]], ending: 'unpaid' },
  { name: 'Void Velvet', day: 80, items: [['price_business_month', 2]], ending: 'void_collection' },
  { name: 'Clock One', day: 50, items: [['price_business_month', 9]], testClock: true },
  { name: 'Clock Two', day: 90, items: [['price_team_year', 9]], testClock: true },
  { name: 'Clock Three', day: 120, items: [['price_team_month', 2]], trialDays: 14, testClock: true },
];

export function playSpecialCases(simulation: Simulation): void {
  for (const special of CASES) play(simulation, special);
}

function play(simulation: Simulation, special: Case): void {
  const { seed, emit, anchorAt } = simulation;
  const at = anchorAt + special.day * DAY_SECONDS + 15 * 3_600 + special.day;
  const customerId = idFor('cus_', seed, special.name);
  const subscriptionId = idFor('sub_', seed, special.name);
  const discountOf = (couponId: string, owner: string): Discount => ({
    id: idFor('di_', seed, special.name, owner, couponId),
    couponId,
    startAt: at,
    endAt: null,
  });
  const { customerCoupon } = special;
  const customerDiscount = customerCoupon === undefined ? null : discountOf(customerCoupon, 'customer');
  const testClockId = special.testClock === true ? idFor('clock_', seed, special.name) : null;
  emit({
    kind: 'customer_created',
    at: at - 60,
    customerId,
    name: special.name,
    email: `billing@${special.name.toLowerCase().replace(' ', '-')}.example`,
    country: 'US',
    currency: 'usd',
    discount: customerDiscount,
    testClockId,
  });
  const items = special.items.map(
    ([priceId, quantity, couponId], index): Item => ({
      id: idFor('si_', seed, special.name, index),
      priceId,
      quantity,
      createdAt: at,
      discounts: couponId === undefined ? [] : [discountOf(couponId, 'item')],
    }),
  );
  const trialEndAt = special.trialDays === undefined ? null : at + special.trialDays * DAY_SECONDS;
  const contract: Contract = {
    customerId,
    subscriptionId,
    currency: 'usd',
    items,
    discounts: special.coupon === undefined ? [] : [discountOf(special.coupon, 'subscription')],
    customerDiscount,
    createdAt: at,
    startAt: at,
    anchorAt: trialEndAt ?? at,
    trialEndAt,
    trialConverts: true,
    firstPayment: special.ending === undefined ? 'at_signup' : 'at_anchor',
    method: 'card',
    quiet: true,
  };
  if (special.ending === undefined) live(simulation, contract, testClockId);
  else playUnpaidEnd(simulation, contract, special.ending);
}

/** Subscriptions that exist and bring nothing any more, each in another way; they were paid elsewhere before they moved here. */
function playUnpaidEnd(
  simulation: Simulation,
  contract: Contract,
  ending: NonNullable<Case['ending']>,
): void {
  const { emit } = simulation;
  const {
    subscriptionId,
    customerId,
    currency,
    items,
    discounts,
    createdAt: at,
    anchorAt,
    trialEndAt,
  } = contract;
  const head = { subscriptionId, customerId, currency, items, discounts, startAt: at, anchorAt, trialEndAt };
  const status = trialEndAt === null ? 'active' : 'trialing';
  emit({ kind: 'subscription_started', at, ...head, status, testClockId: null });
  if (ending === 'paused_after_trial') {
    const pausedAt = trialEndAt ?? at;
    emit({ kind: 'subscription_status_changed', at: pausedAt, subscriptionId, status: 'paused' });
  } else if (ending === 'unpaid') {
    fallIntoDebt(simulation, contract);
  } else {
    stopCollecting(simulation, contract, at + 30 * DAY_SECONDS);
  }
}

/** The first renewal is never paid. */
function fallIntoDebt(simulation: Simulation, contract: Contract): void {
  const { subscriptionId, items, anchorAt, createdAt } = contract;
  const at = nextBoundary(simulation, items, anchorAt, createdAt);
  const { failedAt, gaveUpAt } = renewal(
    simulation,
    { ...contract, firstPayment: 'never_succeeds' },
    at,
    false,
  );
  if (failedAt === null || gaveUpAt === null) return;
  const changed = { kind: 'subscription_status_changed', subscriptionId } as const;
  simulation.emit({ ...changed, at: failedAt + 1, status: 'past_due' });
  simulation.emit({ ...changed, at: gaveUpAt + 1, status: 'unpaid' });
}

/** Renewals go on, and each is voided. */
function stopCollecting(simulation: Simulation, contract: Contract, pausedAt: EpochSeconds): void {
  const { subscriptionId, items, anchorAt, createdAt } = contract;
  const paused = { kind: 'collection_paused', subscriptionId, behavior: 'void', resumesAt: null } as const;
  simulation.emit({ ...paused, at: pausedAt });
  let at = nextBoundary(simulation, items, anchorAt, createdAt);
  while (at <= simulation.untilAt) {
    renewal(simulation, contract, at, at >= pausedAt);
    at = nextBoundary(simulation, items, anchorAt, at);
  }
}

function renewal(simulation: Simulation, contract: Contract, at: EpochSeconds, waived: boolean): Collection {
  const { subscriptionId, customerId, currency, method, items, discounts, anchorAt } = contract;
  return collect(simulation, {
    at,
    customerId,
    subscriptionId,
    currency,
    method,
    waived,
    reason: 'subscription_cycle',
    neverSucceeds: contract.firstPayment === 'never_succeeds',
    testClockId: null,
    ...billPeriod(simulation, items, discounts, anchorAt, at),
  });
}
