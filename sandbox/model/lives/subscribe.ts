import type { Discount, Item } from '../facts.ts';
import { addInterval, DAY_SECONDS, type EpochSeconds } from '../time.ts';
import { linesOfPeriod, linesOfTrial, makeInvoice } from './invoice.ts';
import { newId, type Player, type Subscription, setStatus } from './player.ts';
import { enterPhase, nextBoundary, planRenewal } from './renewal.ts';
import type { Schedule, ScriptedItem, StepAction } from './script.ts';

const MAX_ITEMS = 20; // of one subscription

/** A discount on a coupon, or null where the provider would refuse it: another currency, or no such coupon. */
export function discountOf(
  player: Player,
  given: { coupon?: string | undefined; promotionCode?: string | undefined },
  at: EpochSeconds,
): Discount | null {
  const code =
    given.promotionCode === undefined ? undefined : player.catalog.promotionCodes.get(given.promotionCode);
  const coupon = player.catalog.coupons.get(code?.couponId ?? given.coupon ?? '');
  if (coupon === undefined) return null;
  if (coupon.amountOffMinor !== null && coupon.currency !== player.life.currency) return null;
  const months = coupon.duration === 'repeating' ? coupon.durationInMonths : null;
  const endAt = months === null ? null : addInterval(at, 'month', months);
  const told = code === undefined ? {} : { promotionCodeId: code.id };
  return { id: newId(player, 'di_'), couponId: coupon.id, startAt: at, endAt, ...told };
}

/** The item, or null where the provider would refuse it: another currency, or a price that is not recurring. */
export function itemOf(player: Player, scripted: ScriptedItem, at: EpochSeconds): Item | null {
  const price = player.catalog.prices.get(scripted.price);
  if (price === undefined || price.recurring === null || price.currency !== player.life.currency) return null;
  const discount = discountOf(player, scripted, at);
  const taxRateIds = knownRates(player, scripted.taxRates);
  return {
    id: newId(player, 'si_'),
    priceId: price.id,
    quantity: price.recurring.usage === 'metered' ? null : Math.max(0, Math.trunc(scripted.quantity)),
    createdAt: at,
    discounts: discount === null ? [] : [discount],
    ...(taxRateIds.length > 0 ? { taxRateIds } : {}),
  };
}

/** The items that can stand together on one subscription: no price twice. */
export function itemsOf(player: Player, scripted: readonly ScriptedItem[], at: EpochSeconds): Item[] {
  const items: Item[] = [];
  for (const one of scripted) {
    const item = itemOf(player, one, at);
    const twice = items.some(({ priceId }) => priceId === item?.priceId);
    if (item !== null && !twice && items.length < MAX_ITEMS) items.push(item);
  }
  return items;
}

export function subscribe(
  player: Player,
  step: Extract<StepAction, { do: 'subscribe' }>,
  at: EpochSeconds,
): void {
  const items = itemsOf(player, step.items, at);
  if (items.length === 0) return;
  const discount = discountOf(player, step, at);
  const trialDays = Math.min(730, Math.trunc(step.trialDays ?? 0));
  const trialEndAt = trialDays > 0 ? at + trialDays * DAY_SECONDS : null;
  const subscription: Subscription = {
    id: newId(player, 'sub_'),
    items,
    discounts: discount === null ? [] : [discount],
    taxRateIds: knownRates(player, step.taxRates),
    startedAt: at,
    anchorAt: trialEndAt ?? at,
    trialEndAt,
    status: trialEndAt === null ? 'incomplete' : 'trialing',
    endsAt: null,
    paused: null,
    pauseMark: null,
    pending: [],
    card:
      step.payment === 'fails' ? { plan: { recoversAtRetry: null, ends: 'canceled' }, since: null } : null,
    plans: 0,
    schedule: null,
  };
  player.subscriptions.push(subscription);
  announce(player, subscription, step.metadata, at);
  const lines =
    trialEndAt === null
      ? linesOfPeriod(player, subscription, at)
      : linesOfTrial(player, subscription, trialEndAt);
  makeInvoice(player, subscription, { reason: 'subscription_create', lines, at });
  const paid =
    player.invoices.findLast((invoice) => invoice.subscription === subscription)?.status !== 'open';
  if (trialEndAt === null && paid) setStatus(player, subscription, 'active', at);
  if (subscription.status !== 'incomplete') planRenewal(player, subscription, at);
}

function announce(
  player: Player,
  subscription: Subscription,
  metadata: Readonly<Record<string, string>> | undefined,
  at: EpochSeconds,
): void {
  const { id: subscriptionId, items, discounts, status, anchorAt, trialEndAt, taxRateIds } = subscription;
  player.emit({
    kind: 'subscription_started',
    at,
    subscriptionId,
    customerId: player.customerId,
    currency: player.life.currency,
    status,
    items,
    discounts,
    startAt: at,
    anchorAt,
    trialEndAt,
    testClockId: player.testClockId,
    ...(taxRateIds.length > 0 ? { taxRateIds } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  });
}

const knownRates = (player: Player, ids: readonly string[] | undefined): string[] =>
  [...new Set(ids ?? [])].filter((id) => player.catalog.taxRates.has(id)).slice(0, 5);

/** Phases of one period each, from the end of the running one on; the first may begin earlier. */
export function schedule(player: Player, subscription: Subscription, step: Schedule, at: EpochSeconds): void {
  const { catalog, customerId } = player;
  const [first] = subscription.items;
  const rhythm = first === undefined ? null : catalog.prices.get(first.priceId)?.recurring;
  if (rhythm == null || subscription.items.length !== 1 || subscription.schedule !== null) return;
  if (subscription.endsAt !== null || subscription.status === 'trialing') return;
  const same = (priceId: string) => {
    const recurring = catalog.prices.get(priceId)?.recurring;
    return recurring?.interval === rhythm.interval && recurring.intervalCount === rhythm.intervalCount;
  };
  const wanted = step.phases
    .map(({ items }) => itemsOf(player, items, at).filter(({ priceId }) => same(priceId)))
    .filter((items) => items.length > 0)
    .slice(0, 5);
  if (wanted.length === 0) return;
  const renewsAt = nextBoundary(player, subscription, at);
  const early = at + Math.max(1, Math.trunc(step.inDays ?? Infinity)) * DAY_SECONDS;
  const startAt = Math.min(renewsAt, early);
  const boundary = (index: number) => addInterval(renewsAt, rhythm.interval, index * rhythm.intervalCount);
  const phases = [
    { startAt: at, endAt: startAt, items: subscription.items },
    ...wanted.map((items, index) => ({
      startAt: index === 0 ? startAt : boundary(index),
      endAt: boundary(index + 1),
      items,
    })),
  ].map(({ items, ...span }) => ({
    ...span,
    items: items.map(({ priceId, quantity }) => ({ priceId, quantity })),
  }));
  const scheduleId = newId(player, 'sub_sched_');
  subscription.schedule = { id: scheduleId, phases, next: 1 };
  const { id: subscriptionId } = subscription;
  player.emit({ kind: 'schedule_created', at, subscriptionId, scheduleId, customerId, phases });
  if (startAt === renewsAt) return;
  player.agenda.plan(startAt, (then) => {
    if (subscription.schedule?.id === scheduleId) enterPhase(player, subscription, then);
  });
}
