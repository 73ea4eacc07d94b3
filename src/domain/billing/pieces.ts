import type { Fraction } from 'fraction.js';
import { type DaySpan, isAlive } from './alive.ts';
import type { Basis } from './derived.ts';

/**
 * A time during which one subscription brings the same every month, by the closes of local days. Whatever kind of history
 * a source keeps, it comes down to these; timelines and movements are made of nothing else. Nothing is a piece too: it
 * says what a subscription was before it brought something.
 */
export type Piece = {
  subscriptionId: string;
  /** In capitals. */
  currency: string;
  span: DaySpan;
  /** MRR, in minor units. */
  amount: Fraction;
  /** How it is known that it began, and that it is so. */
  basis: Basis;
  /** How it is known that it ended, where no piece of the subscription follows. */
  endBasis: Basis;
  /** What it looked like, to tell why one piece brings more than another. */
  look: () => Look;
};

/** What a subscription's amount comes from, as text that can be compared and shown. */
export type Look = {
  status: string;
  isPaused: boolean;
  items: ReadonlyMap<string, { price: string; quantity: string; onTrial: boolean }>;
  /** The running discounts that count: what they are called by their id. */
  discounts: ReadonlyMap<string, string>;
  tax: string | null;
};

/** A span cut at the days on which something turns by itself, such as a discount that ends. Empty spans fall away. */
export function cutAt(whole: DaySpan, turns: readonly string[]): DaySpan[] {
  if (turns.length === 0) return whole.fromDay === whole.toDay ? [] : [whole];
  const starts = [...new Set([whole.fromDay, ...turns])].filter((day) => isAlive(whole, day)).toSorted();
  return starts.map((fromDay, index) => ({ fromDay, toDay: starts[index + 1] ?? whole.toDay }));
}
