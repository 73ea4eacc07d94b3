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
 * when it was fetched. What lies before is worked out from invoices, and marked so.
 */
export function historyOf(
  subscription: LedgerSubscription,
  observations: readonly SubscriptionObservation[],
  invoices: readonly LedgerInvoice[],
  catalogue: LedgerCatalogue,
): HistoryStretch[] {
  const seen = inOrder(observations);
  const endMs = subscription.endedAt?.getTime() ?? null;
  const marks = [
    ...past(subscription, seen[0] ?? null, invoices, catalogue),
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
): Mark[] {
  const untilAt = first?.at ?? subscription.stateAt;
  const certain = first === null ? subscription.state : (first.before ?? first.state);
  const { marks: found, provenMs } = reconstruct(subscription, invoices, certain, untilAt, catalogue);
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

/**
 * By their time; those of one moment in the order in which each tells what was before it. Providers write whole seconds,
 * and deliver in any order.
 */
function inOrder(observations: readonly SubscriptionObservation[]): SubscriptionObservation[] {
  const left = observations.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const ordered: SubscriptionObservation[] = [];
  while (left.length > 0) {
    const atMs = left[0]?.at.getTime();
    const together = left.findIndex(({ at }) => at.getTime() !== atMs);
    const group = left.splice(0, together === -1 ? left.length : together);
    ordered.push(...chained(group, ordered.at(-1)?.state ?? null));
  }
  return ordered;
}

function chained(
  group: readonly SubscriptionObservation[],
  before: SubscriptionState | null,
): SubscriptionObservation[] {
  if (group.length < 2) return [...group];
  const left = [...group];
  const ordered: SubscriptionObservation[] = [];
  let key = before === null ? null : stateKey(before);
  while (left.length > 0) {
    const at = left.findIndex((one) => (one.before === null ? null : stateKey(one.before)) === key);
    const [next] = left.splice(at === -1 ? headOf(left) : at, 1);
    if (next === undefined) break;
    ordered.push(next);
    key = stateKey(next.state);
  }
  return ordered;
}

/** Where nothing earlier is known: the one whose `before` no other of the group leads to. */
function headOf(group: readonly SubscriptionObservation[]): number {
  const led = new Set(group.map(({ state }) => stateKey(state)));
  const head = group.findIndex(({ before }) => before === null || !led.has(stateKey(before)));
  return head === -1 ? 0 : head;
}
