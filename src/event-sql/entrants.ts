import type { Measurement } from '../domain/catalog/types.ts';
import { type CohortCounts, cohortShare } from '../domain/events/rate.ts';
import type { Dialect } from './dialect.ts';
import type { Placing } from './placing.ts';
import { numberIn } from './plan.ts';
import { relation } from './relation.ts';
import type { Span } from './spans.ts';
import type { Part } from './statement.ts';
import type { EventRow } from './types.ts';

/**
 * The part that cohorts have in common. Somebody enters a window with the first event in it: first once a segment, then
 * once a window. What became of an entry is worked out once for each different one, however many windows share it.
 * What holds on the entry's local day grows from day to day, so its least value is that of the earliest entry.
 */
export function entryParts(
  placing: Placing,
  firsts: 'ever' | 'in the window',
  values: readonly string[] = [],
): Part[] {
  const least = values.map((value) => `, min(place.${value}) AS ${value}`).join('');
  return [
    ...(firsts === 'ever'
      ? ([
          ['beginning', 'SELECT u, min(t) AS t0\nFROM start_event\nGROUP BY u'],
          ['placed', placing.placed('beginning', ['beginning.u AS u', 'beginning.t0 AS t'], 'beginning.t0')],
        ] satisfies Part[])
      : ([
          [
            'placed',
            placing.placed('start_event', ['start_event.u AS u', 'start_event.t AS t'], 'start_event.t'),
          ],
        ] satisfies Part[])),
    ['earliest', 'SELECT u, seg, min(t) AS t0\nFROM placed\nGROUP BY u, seg'],
    [
      'entered',
      `SELECT earliest.u AS u, place.w AS w, min(earliest.t0) AS t${least}\nFROM earliest\nINNER JOIN place ON place.seg = earliest.seg\nGROUP BY earliest.u, place.w`,
    ],
  ];
}

/** When each window is judged. */
export function judgedPart(spans: readonly Span[], dialect: Dialect): Part {
  return [
    'judged',
    relation(
      ['w', 'as_of'],
      spans.map(({ asOfMs }, w) => [w, asOfMs]),
      dialect,
    ),
  ];
}

/**
 * The counts of each window, and of each cohort in it when there is a column that tells them apart. `entry` has the
 * columns `w`, `due` and those of `key`; `success` has those of `key`, each at most once.
 */
export function countEntries(key: readonly string[], { cohort = '0', also = '' } = {}): string {
  const group = cohort === '0' ? 'entry.w' : `entry.w, ${cohort}`;
  const same = key.map((column) => `success.${column} = entry.${column}`).join(' AND ');
  const mature = 'sum(CASE WHEN entry.due <= judged.as_of THEN 1 ELSE 0 END)';
  const judged = 'INNER JOIN judged ON judged.w = entry.w';
  return `SELECT w, c, sum(n) AS entrants, sum(m) AS mature, sum(s) AS succeeded
FROM (
  SELECT entry.w AS w, ${cohort} AS c, count(*) AS n, ${mature} AS m, 0 AS s
  FROM entry
  ${judged}
  GROUP BY ${group}
  UNION ALL
  SELECT entry.w AS w, ${cohort} AS c, 0 AS n, 0 AS m, count(*) AS s
  FROM entry
  ${judged}
  INNER JOIN success ON ${same}
  WHERE entry.due <= judged.as_of${also}
  GROUP BY ${group}
) AS counted
GROUP BY w, c`;
}

export function countsIn(row: EventRow | undefined): CohortCounts {
  return {
    entrants: numberIn(row, 'entrants'),
    mature: numberIn(row, 'mature'),
    succeeded: numberIn(row, 'succeeded'),
  };
}

export function shareIn([row]: readonly EventRow[], minSample: number): Measurement {
  return cohortShare(countsIn(row), minSample);
}

/** The latest instant that can still change an answer, when everybody's own time is over `limitMs` after the entry. */
export function latestOf(spans: readonly Span[], limitOf: (span: Span) => number): number {
  const ends = spans.map((span) => Math.max(span.endMs, Math.min(limitOf(span), span.asOfMs)));
  return ends.reduce((most, end) => Math.max(most, end), 0);
}
