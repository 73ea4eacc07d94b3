import type {
  LedgerDiscount,
  LedgerItem,
  LedgerPhase,
  LedgerRecord,
  SubscriptionState,
} from '../../sdk/index.ts';
import { driftError } from '../../sdk/index.ts';
import { Exact } from '../schema.ts';
import type { DiscountObject } from './catalog-schema.ts';
import type { CustomerObject, ItemObject, SubscriptionObject } from './customer-schema.ts';
import { capitals, instant, instantOrNull, ledgerDiscount } from './map-catalog.ts';

/** Finds a discount by what stands in its place; null when it is a bare id that nothing explains. */
export type DiscountFinder = (discount: string | DiscountObject) => LedgerDiscount | null;

/** For objects that were fetched with their discounts unfolded: a bare id would read as no reduction. */
const unfolded: DiscountFinder = (discount) =>
  typeof discount === 'string' ? null : ledgerDiscount(discount);

export function customerRecord(customer: CustomerObject): LedgerRecord<'customer'> {
  return {
    kind: 'customer',
    id: customer.id,
    customerId: customer.id,
    parentId: null,
    at: instant(customer.created),
    data: {
      id: customer.id,
      name: customer.name ?? null,
      createdAt: instant(customer.created),
      isTest: isOnClock(customer),
      discount:
        customer.discount === null || customer.discount === undefined
          ? null
          : ledgerDiscount(customer.discount),
      metadata: customer.metadata ?? {},
    },
  };
}

/**
 * A subscription as it was fetched, at `stateAt`.
 *
 * @throws ConnectorError `schema_drift` for a discount that came as a bare id though it was asked for in full
 */
export function subscriptionRecord(
  subscription: SubscriptionObject,
  stateAt: Date,
): LedgerRecord<'subscription'> {
  const state = subscriptionState(subscription, unfolded);
  if (state === null) {
    throw driftError(
      'Stripe',
      `subscription ${subscription.id}: a discount came as a bare id`,
      'bare_discount',
    );
  }
  const phases = schedulePhases(subscription);
  return {
    kind: 'subscription',
    id: subscription.id,
    customerId: subscription.customer,
    parentId: null,
    at: instant(subscription.created),
    data: {
      id: subscription.id,
      customerId: subscription.customer,
      currency: capitals(subscription.currency),
      createdAt: instant(subscription.created),
      endedAt: instantOrNull(subscription.ended_at),
      trialStartAt: instantOrNull(subscription.trial_start),
      trialEndAt: instantOrNull(subscription.trial_end),
      isTest: isOnClock(subscription),
      state,
      stateAt,
      ...(phases === null ? {} : { phases }),
    },
  };
}

/**
 * A phase counts from when there was a schedule: the first one is dated back to the period that ran when it was made.
 *
 * @returns null where no schedule is told
 */
function schedulePhases({ schedule }: SubscriptionObject): LedgerPhase[] | null {
  if (schedule === null || schedule === undefined || typeof schedule === 'string') return null;
  return schedule.phases
    .filter((phase) => phase.end_date > schedule.created)
    .map((phase) => ({
      startAt: instant(Math.max(phase.start_date, schedule.created)),
      endAt: instant(phase.end_date),
      items: phase.items.map(({ price, quantity }) => ({ priceId: price, quantity: quantity ?? null })),
    }));
}

/** @returns null when a discount is not known */
export function subscriptionState(
  subscription: SubscriptionObject,
  find: DiscountFinder,
): SubscriptionState | null {
  const discounts = all(subscription.discounts.map(find));
  const items = all(subscription.items.data.map((item) => ledgerItem(item, find)));
  if (discounts === null || items === null) return null;
  const { pause_collection: pause } = subscription;
  return {
    status: subscription.status,
    items,
    discounts,
    collectionPaused:
      pause === null ? null : { behavior: pause.behavior, resumesAt: instantOrNull(pause.resumes_at) },
    inclusiveTaxPercent: inclusivePercent(subscription.default_tax_rates),
  };
}

function ledgerItem(item: ItemObject, find: DiscountFinder): LedgerItem | null {
  const discounts = all(item.discounts.map(find));
  if (discounts === null) return null;
  const { current_trial: trial } = item;
  return {
    id: item.id,
    priceId: item.price.id,
    quantity: item.quantity ?? null,
    discounts,
    trial:
      trial === null || trial === undefined
        ? null
        : { startAt: instant(trial.start_date), endAt: instant(trial.end_date) },
    inclusiveTaxPercent: inclusivePercent(item.tax_rates),
  };
}

/** Null where no rate is named; rates that come on top are named, and take nothing out of the price. */
function inclusivePercent(rates: ItemObject['tax_rates']): string | null {
  if (rates === null || rates === undefined || rates.length === 0) return null;
  return rates
    .filter((rate) => rate.inclusive)
    .reduce((sum, rate) => sum.add(rate.percentage), new Exact(0))
    .toFixed();
}

export function isOnClock({ test_clock: clock }: { test_clock?: string | null | undefined }): boolean {
  return clock !== null && clock !== undefined;
}

function all<T>(found: readonly (T | null)[]): T[] | null {
  const there = found.filter((each) => each !== null);
  return there.length === found.length ? there : null;
}
