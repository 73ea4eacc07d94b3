import type { Segment } from './cut.ts';
import type { Dialect } from './dialect.ts';
import { relation } from './relation.ts';
import type { Part } from './statement.ts';

/**
 * Finds the segment of an instant. A range cannot be joined well, so segments are cut once more at the multiples of `k`,
 * which is an equality.
 */
export type Pieces = {
  part: Part;
  /** Rows with a column `t` of milliseconds, each with its segment as `seg`; those in no window are gone. */
  placed(from: string, columns: readonly string[], t: string): string;
};

/** An instant as old as any can be, so that nothing below is negative: engines differ in dividing that. */
const eonMs = 8_640_000_000_000_000;
const hourMs = 3_600_000;

export function piecesOf(segments: readonly Segment[], dialect: Dialect): Pieces {
  const width = pieceWidth(segments);
  const key = (t: string) => dialect.quotient(`${t} + ${eonMs}`, String(width));
  return {
    part: ['piece', relation(['k', 'lo', 'hi', 'seg'], pieceRows(segments, width), dialect)],
    placed: (from, columns, t) =>
      `SELECT ${[...columns, 'piece.seg AS seg'].join(', ')}\nFROM ${from}\nINNER JOIN piece ON piece.k = ${key(t)}\nWHERE ${t} >= piece.lo AND ${t} < piece.hi`,
  };
}

/** As long as segments are on average, so that there are about twice as many pieces, and an event meets two or three. */
function pieceWidth(segments: readonly Segment[]): number {
  const [first, last] = [segments.at(0), segments.at(-1)];
  if (first === undefined || last === undefined) return hourMs;
  return Math.max(hourMs, Math.ceil((last.endMs - first.startMs) / segments.length));
}

function pieceRows(segments: readonly Segment[], width: number): number[][] {
  // Whole numbers of this size do not survive a division of floats.
  const keyOf = (ms: number) => Number(BigInt(ms + eonMs) / BigInt(width));
  return segments.flatMap(({ startMs, endMs }, seg) => {
    const [first, last] = [keyOf(startMs), keyOf(endMs - 1)];
    return Array.from({ length: last - first + 1 }, (_, count) => [first + count, startMs, endMs, seg]);
  });
}
