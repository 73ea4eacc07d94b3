import { localDaysFrom } from '../../domain/events/local-days.ts';
import { numberParam, textParam, textsParam } from '../../domain/events/params.ts';
import { rate } from '../../domain/events/rate.ts';
import type { Dialect } from '../dialect.ts';
import { type Named, named } from '../named.ts';
import { piecesOf } from '../pieces.ts';
import { type DayValues, placingOf } from '../placing.ts';
import { numberIn, type Plan } from '../plan.ts';
import { firstOf, inOrder, slidingOf, type Tally, tallied, walkParts } from '../sliding.ts';
import { boundsOf, periodsOf, type Span } from '../spans.ts';
import type { EventAsk } from '../types.ts';

export function activeUsers({ params, windows }: EventAsk): Plan {
  return {
    ...daysOfPeople(periodsOf(windows), activity(params), {
      last: 'SELECT place.w AS w, count(DISTINCT present.u) AS people\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w',
      ranged: (dialect) => `SELECT ${different(dialect)}, past\nFROM walked`,
      tallies: [{ from: 'people_first', until: 'past', sums: { people: 'count(*)' } }],
    }),
    measure: ([row]) => ({ value: numberIn(row, 'people') }),
  };
}

const inDays =
  'SELECT place.w AS w, present.u AS u, count(DISTINCT place.d) AS days\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w, present.u';

export function stickiness({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  return {
    ...daysOfPeople(spans, activity(params), {
      values: localDayNumber,
      last: `SELECT w, count(*) AS people, sum(days) AS user_days\nFROM (\n${inDays}\n) AS attendance\nGROUP BY w`,
      ranged: (dialect) => `SELECT ${different(dialect)}, lo, past\nFROM walked`,
      tallies: [
        { from: 'people_first', until: 'past', sums: { people: 'count(*)' } },
        { from: 'lo', until: 'past', sums: { user_days: 'count(*)' } },
      ],
    }),
    measure([row], window) {
      const people = numberIn(row, 'people');
      return rate({
        numerator: numberIn(row, 'user_days'),
        denominator: people * dayCountOf(spans[window]),
        sampleSize: people,
        minSample: numberParam(params, 'minCohort'),
      });
    },
  };
}

export function frequency({ params, windows }: EventAsk): Plan {
  const minDays = numberParam(params, 'minDays');
  const often = `sum(CASE WHEN days >= ${minDays} THEN 1 ELSE 0 END)`;
  return {
    ...daysOfPeople(periodsOf(windows), activity(params), {
      values: localDayNumber,
      last: `SELECT w, count(*) AS people, ${often} AS often\nFROM (\n${inDays}\n) AS attendance\nGROUP BY w`,
      ranged(dialect) {
        // It is the last of `minDays` days in the windows that have the first of them, but not the day before that.
        const back = (days: number) => dialect.previous('past', inOrder, '0', days);
        const until = minDays === 1 ? 'past' : back(minDays - 1);
        return `SELECT ${different(dialect)}, past, ${firstOf(until, back(minDays))} AS often_first, ${until} AS often_past\nFROM walked`;
      },
      tallies: [
        { from: 'people_first', until: 'past', sums: { people: 'count(*)' } },
        { from: 'often_first', until: 'often_past', sums: { often: 'count(*)' } },
      ],
    }),
    measure([row]) {
      const people = numberIn(row, 'people');
      return rate({
        numerator: numberIn(row, 'often'),
        denominator: people,
        sampleSize: people,
        minSample: numberParam(params, 'minCohort'),
      });
    },
  };
}

/** How days of people become an answer: joined to the windows that have them, or as changes to runs of windows. */
type Counting = {
  values?: DayValues;
  last: string;
  ranged(dialect: Dialect): string;
  tallies: readonly Tally[];
};

/** Who was there in which segment, each once; the rest is done on what is left then. */
function daysOfPeople(spans: readonly Span[], active: Named, counting: Counting): Omit<Plan, 'measure'> {
  const { endMs, startMs } = boundsOf(spans);
  const sliding = slidingOf(spans, counting.values !== undefined);
  return {
    scope: { fromMs: startMs, untilMs: endMs, several: [active] },
    slides: sliding !== null,
    write({ columns, parts, select }, dialect) {
      const events = select([`${columns.user} AS u`, `${columns.ms} AS t`], [active]);
      const present = 'SELECT DISTINCT u, seg\nFROM placed';
      if (sliding !== null) {
        const pieces = piecesOf(sliding.segments, dialect);
        const answer = tallied(sliding, counting.tallies, dialect);
        return {
          parts: [
            ...parts,
            pieces.part,
            ['event', events],
            ['placed', pieces.placed('event', ['event.u AS u'], 'event.t')],
            ['present', present],
            ...walkParts(sliding, [], dialect),
            ['ranged', counting.ranged(dialect)],
            ...answer.parts,
          ],
          last: answer.last,
        };
      }
      const placing = placingOf(spans, dialect, counting.values);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          ['event', events],
          ['placed', placing.placed('event', ['event.u AS u'], 'event.t')],
          ['present', present],
        ],
        last: counting.last,
      };
    },
  };
}

/** A window counts somebody on the first of their days that it has. */
export function different(dialect: Dialect): string {
  return `${firstOf('past', dialect.previous('past', inOrder, '0'))} AS people_first`;
}

/** Local days of one zone, numbered. */
export const localDayNumber: DayValues = { columns: ['d'], of: (_, index) => [index] };

/** How many local days a period has; a date that the zone skipped is none. */
function dayCountOf(span: Span | undefined): number {
  if (span === undefined) return 0;
  return localDaysFrom(span.startDay, span.timeZone).indexAt(span.endMs);
}

export function activity(params: EventAsk['params']): Named {
  return named(textParam(params, 'activeEvent'), textsParam(params, 'passiveEvents'));
}
