import { cutOf, pairCount, type Segment } from './cut.ts';
import type { Dialect } from './dialect.ts';
import { relation } from './relation.ts';
import type { Span } from './spans.ts';
import type { Part } from './statement.ts';

/**
 * Windows of one zone that, in their order, neither begin nor end earlier than the one before: a day of everybody's is
 * then in a run of them. So nobody has to be counted window by window. What somebody does on a day changes the count
 * of a run, once where the run begins and once behind its end, and the counts are the running sums of the changes.
 */
export type Sliding = {
  segments: readonly Segment[];
  /** The windows in their order, by their places in the ask. */
  order: readonly number[];
  /** For each segment the first window that has it, and the first after these that does not. */
  runs: readonly { lo: number; past: number }[];
};

/** Below that, to sort everybody's days is dearer than to count them once for each of their windows. */
const worthwhileOverlap = 2;

/** @returns null when they do not slide, or overlap too little for it to be of use */
export function slidingOf(spans: readonly Span[], byDay: boolean): Sliding | null {
  if (new Set(spans.map(({ timeZone }) => timeZone)).size !== 1) return null;
  const ordered = [...spans.entries()].toSorted(([, a], [, b]) => a.startMs - b.startMs || a.endMs - b.endMs);
  const ends = ordered.map(([, { endMs }]) => endMs);
  if (ends.some((endMs, index) => endMs < (ends[index - 1] ?? endMs))) return null;
  const rank = new Map(ordered.map(([w], r) => [w, r]));
  const { segments } = cutOf(spans, byDay);
  if (pairCount(segments) <= worthwhileOverlap * segments.length) return null;
  const runs = segments.map(({ windows }) => {
    const ranks = windows.map((w) => rank.get(w) ?? 0);
    return { lo: Math.min(...ranks), past: Math.max(...ranks) + 1 };
  });
  return { segments, order: ordered.map(([w]) => w), runs };
}

/** A row of `ranged` counts in the windows from the one column until before the other, which it may leave empty. */
export type Tally = {
  from: string;
  until: string;
  /** What is summed over such rows, under the names that the answer has for it. */
  sums: Readonly<Record<string, string>>;
};

/** Everybody's days (`present`, with `u`, `seg` and more) with the windows that have them, as `walked`. */
export function walkParts({ runs }: Sliding, more: readonly string[], dialect: Dialect): Part[] {
  const rows = runs.map(({ lo, past }, seg) => [seg, lo, past]);
  const columns = more.map((column) => `, present.${column} AS ${column}`).join('');
  return [
    ['reach', relation(['seg', 'lo', 'past'], rows, dialect)],
    [
      'walked',
      `SELECT present.u AS u, present.seg AS seg, reach.lo AS lo, reach.past AS past${columns}\nFROM present\nINNER JOIN reach ON reach.seg = present.seg`,
    ],
  ];
}

/** Everybody's days in their order. */
export const inOrder = 'PARTITION BY u ORDER BY seg';

/**
 * Where those windows begin for which it is this day that makes something true of somebody. `until` says up to where
 * this day and those before it make it true, `before` up to where those before it do without this one.
 */
export function firstOf(until: string, before: string): string {
  return `least(greatest(lo, ${before}), ${until})`;
}

/** The counts of every window, of nothing too, from a relation `ranged` that has the columns of the tallies. */
export function tallied(
  { order }: Sliding,
  tallies: readonly Tally[],
  dialect: Dialect,
): { parts: Part[]; last: string } {
  const ends = [...new Set(tallies.flatMap(({ from, until }) => [from, until]))];
  const names = tallies.flatMap(({ sums }) => Object.keys(sums));
  const sums = tallies.flatMap((tally) =>
    Object.entries(tally.sums).map(([name, sum]) => `${sum} AS ${name}`),
  );
  const sides = tallies.flatMap((_, tally) => [
    [tally, 1],
    [tally, -1],
  ]);
  return {
    parts: [
      [
        'asked',
        relation(
          ['r', 'w'],
          order.map((w, r) => [r, w]),
          dialect,
        ),
      ],
      ['side', relation(['tally', 'way'], sides, dialect)],
      ['gained', `SELECT ${[...ends, ...sums].join(', ')}\nFROM ranged\nGROUP BY ${ends.join(', ')}`],
      [
        'change',
        `SELECT ${[`${placeOf(tallies)} AS r`, ...changesOf(tallies)].join(', ')}\nFROM gained\nCROSS JOIN side\nUNION ALL\nSELECT ${['asked.r AS r', ...names.map((name) => `0 AS ${name}_change`)].join(', ')}\nFROM asked`,
      ],
      [
        'step',
        `SELECT ${['r', ...names.map((name) => `sum(${name}_change) AS ${name}_step`)].join(', ')}\nFROM change\nGROUP BY r`,
      ],
      [
        'count_on',
        `SELECT ${['r', ...names.map((name) => `sum(${name}_step) OVER (ORDER BY r) AS ${name}`)].join(', ')}\nFROM step`,
      ],
    ],
    last: `SELECT ${['asked.w AS w', ...names.map((name) => `count_on.${name} AS ${name}`)].join(', ')}\nFROM count_on\nINNER JOIN asked ON asked.r = count_on.r`,
  };
}

function placeOf(tallies: readonly Tally[]): string {
  const places = tallies.flatMap(({ from, until }, tally) => [
    `WHEN side.tally = ${tally} AND side.way = 1 THEN gained.${from}`,
    `WHEN side.tally = ${tally} THEN gained.${until}`,
  ]);
  return `CASE ${places.join(' ')} ELSE 0 END`;
}

function changesOf(tallies: readonly Tally[]): string[] {
  return tallies.flatMap(({ sums }, tally) =>
    Object.keys(sums).map(
      (name) => `CASE WHEN side.tally = ${tally} THEN gained.${name} * side.way ELSE 0 END AS ${name}_change`,
    ),
  );
}
