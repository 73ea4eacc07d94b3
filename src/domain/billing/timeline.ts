import type { Fraction } from 'fraction.js';
import { type DayOf, dayFinder } from './alive.ts';
import { zero } from './exact.ts';
import type { DiscountPolicy } from './normalise.ts';
import type { Piece } from './pieces.ts';
import type { Subscription } from './records.ts';
import { toldPieces } from './told-pieces.ts';

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
  return timelineOfPieces(
    customerId,
    subscriptions.flatMap((subscription) => toldPieces(subscription, dayOf, policy)),
  );
}

/** The timeline of one customer from the pieces of all subscriptions of that customer, in any order. */
export function timelineOfPieces(customerId: string, pieces: readonly Piece[]): Timeline {
  const changes: Changes = new Map();
  for (const { span, currency, amount } of pieces) {
    addChange(changes, span.fromDay, currency, amount);
    if (span.toDay !== null) addChange(changes, span.toDay, currency, amount.neg());
  }
  return { customerId, steps: stepsFrom(changes) };
}

/** The MRR at the close of a day. */
export function mrrAt(timeline: Timeline, day: string): NativeMrr {
  return timeline.steps.findLast((step) => step.day <= day)?.mrr ?? nothing;
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
