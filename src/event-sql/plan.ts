import type { Measurement } from '../domain/catalog/types.ts';
import type { Dialect } from './dialect.ts';
import type { Reading, Scope } from './reading.ts';
import type { Part } from './statement.ts';
import type { EventRow } from './types.ts';

/** How one metric is asked: what it looks at, the steps of its statement, and what a window's rows come to. */
export type Plan = {
  scope: Scope;
  /** Whether its statement grows with windows and segments alone, not with each pair of them. */
  slides?: boolean;
  write(reading: Reading, dialect: Dialect): { parts: Part[]; last: string };
  /** The rows of the window counted `window`, of which there may be none. */
  measure(rows: readonly EventRow[], window: number): Measurement;
};

/** No event is later: for what may go on for as long as there are events. */
export const foreverMs = 8_640_000_000_000_000;

/** A number of an answer, where engines write large ones as text; no row is a count of nothing. */
export function numberIn(row: EventRow | undefined, column: string): number {
  const value = row?.[column] ?? 0;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new RangeError(`"${column}" of an answer is no number`);
  return number;
}
