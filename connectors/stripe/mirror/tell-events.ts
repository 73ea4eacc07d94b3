import type { LedgerRecord, MirrorTouch } from '../../sdk/index.ts';
import { missingCoupons } from './coupons.ts';
import { type EventObject, isOfWholeCustomer } from './event-schema.ts';
import type { News } from './events.ts';
import { type Fetched, fetchTouched } from './fetch.ts';
import { instant, ledgerDiscount } from './map-catalog.ts';
import {
  customerObservation,
  customerObservationIn,
  discountIn,
  mayMatter,
  observationIn,
  observationOf,
  subscriptionIn,
} from './observations.ts';
import type { Run } from './run.ts';

/** What one pass over the events, newest first, has seen. */
export type Follower = {
  /** Whose newer change was told already. */
  seen: Set<string>;
  /** It goes on in the middle: whether something newer was told is not known. */
  resumed: boolean;
};

type Telling = Fetched & { fetched: number; guessed: boolean };

/**
 * A page of events as records: what they touch as it is now, and what it was from event to event.
 *
 * @returns `again` when only a pass from its beginning can say which change was the last
 */
export async function tellEvents(
  run: Run,
  follower: Follower,
  news: readonly News[],
): Promise<Telling | 'again'> {
  const given = news.map(({ event }) => discountIn(event)).filter((discount) => discount !== null);
  for (const discount of given) run.discounts.set(discount.id, ledgerDiscount(discount));
  const must = news.filter(({ mustFetch }) => mustFetch).map(withTime);
  const touched = await fetchTouched(run, must);
  // A second look: what no payload explains is fetched too.
  const unclear = news.filter((each) => needsFetch(run, follower, each)).map(withTime);
  const more = await fetchTouched(run, unclear, true);
  const coupons = await missingCoupons(run.reader, [{ discounts: given, unfold: null }]);
  const records = [...touched.records, ...more.records, ...coupons];
  let guessed = false;
  for (const { event, touch } of news) {
    const told = observed(event, touch, run);
    const guess = told === null && mayGuess(follower, { event, touch }) ? guessOf(run, event, touch) : null;
    if (guess !== null && follower.resumed) return 'again';
    const record = told ?? guess;
    if (record === null) continue;
    records.push(record);
    guessed ||= guess !== null;
    follower.seen.add(touch.id);
  }
  const deleted = [...touched.deleted, ...more.deleted];
  return {
    records,
    deleted,
    guessed,
    fetched: touched.records.length + more.records.length + deleted.length,
  };
}

const withTime = ({ event, touch }: News) => ({ ...touch, at: instant(event.created) });

function observed(event: EventObject, touch: MirrorTouch, run: Run): LedgerRecord | null {
  if (event.type.startsWith('customer.subscription.')) return observationIn(event, run.discounts);
  return touch.kind === 'customer' ? customerObservationIn(event) : null;
}

/** Whether an event that matters can only be understood by the object as it is now. */
function needsFetch(run: Run, follower: Follower, { event, touch }: News): boolean {
  if (run.states.has(touch.id) || observed(event, touch, run) !== null) return false;
  return subscriptionIn(event) !== null || mayGuess(follower, { event, touch });
}

/** Only the last change, and only where the event itself cannot be read. */
function mayGuess(follower: Follower, { event, touch }: Pick<News, 'event' | 'touch'>): boolean {
  // The discount of a subscription, or of one of its items, is told by the subscription's own event beside this one.
  const isOfItem = touch.kind === 'customer' && !isOfWholeCustomer(event);
  const isBeside = isOfItem || (touch.kind === 'subscription' && discountIn(event) !== null);
  return mayMatter(event) && !isBeside && !follower.seen.has(touch.id);
}

/** What the object is now stands for what its last change led to. */
function guessOf(run: Run, event: EventObject, touch: MirrorTouch): LedgerRecord | null {
  const state = run.states.get(touch.id);
  if (state?.kind === 'subscription') return observationOf(event, state);
  return state?.kind === 'customer' && event.type.startsWith('customer.discount.')
    ? customerObservation(event, state.id, state.data.discount, null)
    : null;
}
