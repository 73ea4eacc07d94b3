import { itemPeriod, type SubscriptionState } from '../model/account.ts';
import type { World } from '../world.ts';
import { invalid } from './errors.ts';
import { inRange, type Query, rangeOf } from './query.ts';
import { renderSubscription } from './render-subscription.ts';
import { offClock, rowsOf, serve } from './resource.ts';

const STATUSES = [
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
];

export const subscriptions = serve<SubscriptionState>({
  object: 'subscription',
  path: '/v1/subscriptions',
  permission: 'rak_subscription',
  table: (world) => world.account.subscriptions,
  id: (subscription) => subscription.subscriptionId,
  createdAt: (subscription) => subscription.at,
  render: renderSubscription,
  filters: {
    customer: (subscription, value) => subscription.customerId === value,
    price: (subscription, value) => subscription.items.some(({ priceId }) => priceId === value),
    plan: (subscription, value) => subscription.items.some(({ priceId }) => priceId === value),
    collection_method: (_subscription, value) => value === 'charge_automatically',
    test_clock: (subscription, value) => subscription.testClockId === value,
  },
  few(query, { account }) {
    const customer = query.values.get('customer');
    return customer === undefined
      ? null
      : rowsOf(account.subscriptions, account.customers.get(customer)?.subscriptionIds);
  },
  otherParams: ['status', 'current_period_start', 'current_period_end'],
  also(query, world) {
    const shown = offClock<SubscriptionState>((subscription) => subscription.testClockId)(query);
    const status = statusFilter(query.values.get('status'));
    const period = periodFilter(query, world);
    return (subscription) => shown(subscription) && status(subscription) && period(subscription);
  },
});

function statusFilter(status: string | undefined): (subscription: SubscriptionState) => boolean {
  if (status === undefined) return (subscription) => subscription.status !== 'canceled';
  if (!STATUSES.includes(status)) {
    throw invalid(`Invalid status: must be one of ${STATUSES.join(', ')}`, { param: 'status' });
  }
  if (status === 'all') return () => true;
  if (status === 'ended') {
    return (subscription) => ['canceled', 'incomplete_expired'].includes(subscription.status);
  }
  return (subscription) => subscription.status === status;
}

/** Compares the latest start and the earliest end over a subscription's items. */
function periodFilter(query: Query, world: World): (subscription: SubscriptionState) => boolean {
  const start = rangeOf(query, 'current_period_start');
  const end = rangeOf(query, 'current_period_end');
  if (start === null && end === null) return () => true;
  return (subscription) => {
    const periods = subscription.items.map((item) =>
      itemPeriod(world.catalog, subscription, item, world.now),
    );
    const latestStart = Math.max(...periods.map((period) => period.start));
    const earliestEnd = Math.min(...periods.map((period) => period.end));
    return (start === null || inRange(latestStart, start)) && (end === null || inRange(earliestEnd, end));
  };
}
