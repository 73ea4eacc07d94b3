import { inOrder } from './chain.ts';
import type { Basis } from './derived.ts';
import type {
  LedgerCatalogue,
  LedgerInvoice,
  LedgerSubscription,
  SubscriptionObservation,
  SubscriptionState,
} from './ledger-records.ts';
import { reconstruct } from './reconstruct.ts';
import { stateKey } from './state-key.ts';

/** `[fromAt, toAt)` during which nobody changed a subscription; what it says may still turn by itself: a discount ends. */
export type HistoryStretch = {
  fromAt: Date;
  toAt: Date | null;
  state: SubscriptionState;
  /** How it is known that it began, and that it is so. */
  basis: Basis;
  /** How it is known that it ended. */
  endBasis: Basis;
};

/** What a subscription is from a moment on, until the next mark. Milliseconds. */
type Mark = { atMs: number; state: SubscriptionState; basis: Basis };

/**
 * A subscription's life, oldest first, without gaps, from its creation to its end. From the first observation on each
 * holds until the next; the state last fetched holds from the last observation on, or, where it says something else, from
 * when it was fetched. What lies before is worked out from invoices, and marked so; only since `watchedSinceAt`, from when
 * on every change was told, is it known that nothing changed.
 */
export function historyOf(
  subscription: LedgerSubscription,
  observations: readonly SubscriptionObservation[],
  invoices: readonly LedgerInvoice[],
  catalogue: LedgerCatalogue,
  watchedSinceAt: Date | null = null,
): HistoryStretch[] {
  const seen = inOrder(
    observations.map((value) => ({
      at: value.at,
      from: value.before === null ? null : stateKey(value.before),
      to: stateKey(value.state),
      value,
    })),
  );
  const endMs = subscription.endedAt?.getTime() ?? null;
  const marks = [
    ...past(subscription, seen[0] ?? null, invoices, catalogue, watchedSinceAt),
    ...seen.map(({ at, state }): Mark => ({ atMs: at.getTime(), state, basis: 'observed' })),
  ];
  addFetched(marks, subscription, seen.length);
  const wasSeenEnding = endMs !== null && seen.some(({ at }) => at.getTime() <= endMs);
  return stretchesOf(
    marks,
    subscription.createdAt.getTime(),
    endMs,
    wasSeenEnding ? 'observed' : 'reconstructed',
  );
}

/** What holds before the first observation, or before the only fetch. */
function past(
  subscription: LedgerSubscription,
  first: SubscriptionObservation | null,
  invoices: readonly LedgerInvoice[],
  catalogue: LedgerCatalogue,
  watchedSinceAt: Date | null,
): Mark[] {
  const seenAt = first?.at ?? subscription.stateAt;
  const held = first === null ? subscription.state : first.before;
  if (held !== null && watchedSinceAt !== null && watchedSinceAt < seenAt) {
    const sinceAt = watchedSinceAt > subscription.createdAt ? watchedSinceAt : subscription.createdAt;
    const { marks } = reconstruct(subscription, invoices, held, sinceAt, catalogue);
    const before = marks.map((mark): Mark => ({ ...mark, basis: 'reconstructed' }));
    // That it was so is certain, but not that it became so just then.
    return [...before, { atMs: sinceAt.getTime(), state: held, basis: 'reconstructed' }];
  }
  const certain = held ?? first?.state ?? subscription.state;
  const { marks: found, provenMs } = reconstruct(subscription, invoices, certain, seenAt, catalogue);
  const marks = found.map((mark): Mark => ({ ...mark, basis: 'reconstructed' }));
  const last = marks.at(-1);
  if (last === undefined || first === null || first.before === null) return marks;
  // What was there before the first observation was there since the last change that invoices tell of; where the last
  // of them told something else, since then.
  const fromMs = Math.max(last.atMs, provenMs);
  if (fromMs > last.atMs && stateKey(last.state) !== stateKey(first.before))
    marks.push({ atMs: fromMs, state: first.before, basis: 'reconstructed' });
  else last.state = first.before;
  return marks;
}

function addFetched(marks: Mark[], { state, stateAt }: LedgerSubscription, observations: number): void {
  const last = marks.at(-1);
  const atMs = stateAt.getTime();
  if (last === undefined || observations === 0) marks.push({ atMs, state, basis: 'observed' });
  // A fetch is whole where an event may be cut short, so it goes before an observation that says the same.
  else if (stateKey(last.state) === stateKey(state)) last.state = state;
  else if (atMs >= last.atMs) marks.push({ atMs, state, basis: 'observed' });
}

function stretchesOf(
  marks: readonly Mark[],
  createdMs: number,
  endMs: number | null,
  end: Basis,
): HistoryStretch[] {
  const stretches: HistoryStretch[] = [];
  for (const [index, mark] of marks.entries()) {
    const nextMs = marks[index + 1]?.atMs ?? null;
    const fromMs = index === 0 ? createdMs : Math.max(mark.atMs, createdMs);
    const toMs = earlier(nextMs, endMs);
    if (toMs !== null && toMs <= fromMs) continue;
    stretches.push({
      fromAt: new Date(fromMs),
      toAt: toMs === null ? null : new Date(toMs),
      state: mark.state,
      basis: mark.basis,
      endBasis: end,
    });
  }
  return stretches;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
