import type { LedgerDiscount, LedgerRecord, SubscriptionState } from '../../sdk/index.ts';
import { type DiscountObject, discountSchema } from './catalog-schema.ts';
import { type SubscriptionObject, subscriptionSchema } from './customer-schema.ts';
import { type EventObject, isOfWholeCustomer } from './event-schema.ts';
import { instant, ledgerDiscount } from './map-catalog.ts';
import { type DiscountFinder, subscriptionState } from './map-customer.ts';
import { overlaid } from './overlay.ts';
import { isPinnedTrain } from './reader.ts';

type Discounts = ReadonlyMap<string, LedgerDiscount>;

/** Inside an event a subscription shows ten items at most, and does not always say when that was not all. */
const NESTED = 10;
/** What of a subscription MRR depends on, in this release and in the older ones. */
const MATTERS = [
  'items',
  'quantity',
  'plan',
  'status',
  'discount',
  'discounts',
  'pause_collection',
  'ended_at',
  'trial_end',
  'trial_start',
  'default_tax_rates',
  'tax_percent',
];
const MATTERING_TYPES = /^customer\.subscription\.(deleted|paused|resumed)$|^customer\.discount\./;

/** Whether an event of a subscription or a discount may have moved MRR, by the names alone: they mean the same in every release. */
export function mayMatter({ type, data: { previous_attributes: previous } }: EventObject): boolean {
  if (!/^customer\.(subscription|discount)\./.test(type)) return false;
  return MATTERING_TYPES.test(type) || MATTERS.some((name) => name in (previous ?? {}));
}

/** The subscription inside an event, where it can be believed and is whole. */
export function subscriptionIn(event: EventObject): SubscriptionObject | null {
  if (!isPinnedTrain(event.api_version)) return null;
  const parsed = subscriptionSchema.safeParse(event.data.object);
  return parsed.success && !parsed.data.items.has_more ? parsed.data : null;
}

/** The discount inside a `customer.discount.*` event. */
export function discountIn(event: EventObject): DiscountObject | null {
  if (event.data.object.object !== 'discount' || !isPinnedTrain(event.api_version)) return null;
  const parsed = discountSchema.safeParse(event.data.object);
  return parsed.success ? parsed.data : null;
}

/** @returns null when it cannot be told from the event: an old release, a cut list, a discount that nobody named */
export function observationIn(event: EventObject, discounts: Discounts): LedgerRecord<'observation'> | null {
  const subscription = subscriptionIn(event);
  const state = subscription === null ? null : subscriptionState(subscription, finder(discounts));
  if (subscription === null || state === null) return null;
  return observation(event, subscription, state, stateBefore(event, discounts));
}

/** The change is dated by its last event, and what it led to is what was fetched. */
export function observationOf(
  event: EventObject,
  fetched: LedgerRecord<'subscription'>,
): LedgerRecord<'observation'> {
  const { data } = fetched;
  return observation(event, { id: data.id, customer: data.customerId }, data.state, null);
}

function observation(
  event: EventObject,
  { id, customer }: { id: string; customer: string },
  state: SubscriptionState,
  before: SubscriptionState | null,
): LedgerRecord<'observation'> {
  const at = instant(event.created);
  const data = { id: event.id, subscriptionId: id, customerId: customer, at, state, before };
  return { kind: 'observation', id: event.id, customerId: customer, parentId: id, at, data };
}

function stateBefore({ data }: EventObject, discounts: Discounts): SubscriptionState | null {
  const previous = data.previous_attributes;
  if (previous === null || previous === undefined || mayBeCut(previous['items'])) return null;
  const parsed = subscriptionSchema.safeParse(overlaid(data.object, previous));
  if (!parsed.success || parsed.data.items.has_more) return null;
  return subscriptionState(parsed.data, finder(discounts));
}

function mayBeCut(items: unknown): boolean {
  if (typeof items !== 'object' || items === null) return false;
  const { data, has_more: hasMore } = items as { data?: unknown; has_more?: unknown };
  return hasMore !== false && Array.isArray(data) && data.length >= NESTED;
}

export function customerObservationIn(event: EventObject): LedgerRecord<'customer_observation'> | null {
  const discount = isOfWholeCustomer(event) ? discountIn(event) : null;
  if (discount?.customer === undefined || discount.customer === null) return null;
  const told = ledgerDiscount(discount);
  const ended = event.type === 'customer.discount.deleted';
  return customerObservation(
    event,
    discount.customer,
    ended ? null : told,
    ended ? told : discountBefore(event),
  );
}

function discountBefore({ data }: EventObject): LedgerDiscount | null {
  if (data.previous_attributes === null || data.previous_attributes === undefined) return null;
  const parsed = discountSchema.safeParse(overlaid(data.object, data.previous_attributes));
  return parsed.success ? ledgerDiscount(parsed.data) : null;
}

export function customerObservation(
  event: EventObject,
  customerId: string,
  discount: LedgerDiscount | null,
  before: LedgerDiscount | null,
): LedgerRecord<'customer_observation'> {
  const at = instant(event.created);
  const data = { id: event.id, customerId, at, discount, before };
  return { kind: 'customer_observation', id: event.id, customerId, parentId: customerId, at, data };
}

function finder(discounts: Discounts): DiscountFinder {
  return (discount) =>
    typeof discount === 'string' ? (discounts.get(discount) ?? null) : ledgerDiscount(discount);
}
