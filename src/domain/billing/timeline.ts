import type { Fraction } from 'fraction.js';
import { aliveDays, type DayOf, type DaySpan, dayFinder, isAlive } from './alive.ts';
import { zero } from './exact.ts';
import { countsUnder, type DiscountPolicy, monthlyAmount } from './normalise.ts';
import type { Discount, Segment, Subscription } from './records.ts';

/** Minor units a month by currency. A currency without MRR is absent, so nobody with an empty map pays anything. */
export type NativeMrr = ReadonlyMap<string, Fraction>;

/** From the close of `day` on, until the next step, the customer has this MRR. */
export type Step = { day: string; mrr: NativeMrr };

/** One customer's MRR through time: only the days whose close differs from the close before, oldest first. */
export type Timeline = { customerId: string; steps: readonly Step[] };

const nothing: NativeMrr = new Map();

/** Every customer's timeline. Customers do not touch one another: each comes from its own subscriptions alone. */
export function timelinesOf(
  subscriptions: readonly Subscription[],
  timeZone: string,
  policy: DiscountPolicy,
): Timeline[] {
  const dayOf = dayFinder(timeZone);
  const byCustomer = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) {
    const own = byCustomer.get(subscription.customerId);
    if (own === undefined) byCustomer.set(subscription.customerId, [subscription]);
    else own.push(subscription);
  }
  return [...byCustomer].map(([customerId, own]) => timelineOf(customerId, own, dayOf, policy));
}

/** The timeline of one customer from all subscriptions of that customer, in any order. */
export function timelineOf(
  customerId: string,
  subscriptions: readonly Subscription[],
  dayOf: DayOf,
  policy: DiscountPolicy,
): Timeline {
  const changes: Changes = new Map();
  for (const { currency, segments } of subscriptions) {
    for (const segment of segments) {
      for (const { span, amount } of stretches(segment, dayOf, policy)) {
        addChange(changes, span.fromDay, currency.toUpperCase(), amount);
        if (span.toDay !== null) addChange(changes, span.toDay, currency.toUpperCase(), amount.neg());
      }
    }
  }
  return { customerId, steps: stepsFrom(changes) };
}

/** The MRR at the close of a day. */
export function mrrAt(timeline: Timeline, day: string): NativeMrr {
  return timeline.steps.findLast((step) => step.day <= day)?.mrr ?? nothing;
}

type Stretch = { span: DaySpan; amount: Fraction };

/** A segment in stretches during which the same discounts run. */
function stretches(segment: Segment, dayOf: DayOf, policy: DiscountPolicy): Stretch[] {
  const whole = aliveDays(segment.fromAt, segment.toAt, dayOf);
  const discounts = segment.discounts
    .filter((discount) => countsUnder(policy, discount))
    .map((discount) => ({ discount, span: discountDays(discount, whole, dayOf) }));
  const turns = discounts.flatMap(({ span }) => [span.fromDay, span.toDay ?? whole.fromDay]);
  const starts = [...new Set([whole.fromDay, ...turns])].filter((day) => isAlive(whole, day)).toSorted();
  return starts.map((fromDay, index) => {
    const running = discounts.filter(({ span }) => isAlive(span, fromDay)).map(({ discount }) => discount);
    return {
      span: { fromDay, toDay: starts[index + 1] ?? whole.toDay },
      amount: monthlyAmount(segment, running),
    };
  });
}

function discountDays(discount: Discount, segment: DaySpan, dayOf: DayOf): DaySpan {
  return {
    fromDay: discount.startAt === null ? segment.fromDay : dayOf(discount.startAt),
    toDay: discount.endAt === null ? null : dayOf(discount.endAt),
  };
}

/** What is added to the MRR on which day. All of one day nets, so cancelling and coming back that day is no change. */
type Changes = Map<string, Map<string, Fraction>>;

function addChange(changes: Changes, day: string, currency: string, amount: Fraction): void {
  const onDay = changes.get(day) ?? new Map<string, Fraction>();
  onDay.set(currency, (onDay.get(currency) ?? zero).add(amount));
  changes.set(day, onDay);
}

function stepsFrom(changes: Changes): Step[] {
  const steps: Step[] = [];
  let mrr = nothing;
  for (const [day, onDay] of [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const real = [...onDay].filter(([, change]) => !change.equals(zero));
    if (real.length === 0) continue;
    mrr = changed(mrr, real);
    steps.push({ day, mrr });
  }
  return steps;
}

function changed(before: NativeMrr, changes: readonly [string, Fraction][]): NativeMrr {
  const after = new Map(before);
  for (const [currency, change] of changes) {
    const amount = (after.get(currency) ?? zero).add(change);
    if (amount.equals(zero)) after.delete(currency);
    else after.set(currency, amount);
  }
  return after;
}
