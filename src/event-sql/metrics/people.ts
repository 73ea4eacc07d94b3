import { localDaysFrom } from '../../domain/events/local-days.ts';
import { numberParam, textParam, textsParam } from '../../domain/events/params.ts';
import { rate } from '../../domain/events/rate.ts';
import { isNamed, type Named, named } from '../named.ts';
import { numberIn, type Plan } from '../plan.ts';
import { boundsOf, type DayValues, periodsOf, placingOf, type Span } from '../spans.ts';
import type { EventAsk } from '../types.ts';

/** Everybody has one first sign-up, which lies in a window or does not. */
export function newUsers({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  const signup = named(textParam(params, 'signupEvent'));
  return {
    scope: { fromMs: null, untilMs: boundsOf(spans).endMs, several: [signup] },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect);
      const signups = select([`${columns.user} AS u`, `${columns.ms} AS ms`], [signup]);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          ['signup', signups],
          ['beginning', 'SELECT u, min(ms) AS t\nFROM signup\nGROUP BY u'],
          ['placed', placing.placed('beginning', [], 'beginning.t')],
        ],
        last: 'SELECT place.w AS w, count(*) AS people\nFROM placed\nINNER JOIN place ON place.seg = placed.seg\nGROUP BY place.w',
      };
    },
    measure: ([row]) => ({ value: numberIn(row, 'people') }),
  };
}

export function activeUsers({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  return {
    ...daysOfPeople(
      spans,
      activity(params),
      undefined,
      'SELECT place.w AS w, count(DISTINCT present.u) AS people\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w',
    ),
    measure: ([row]) => ({ value: numberIn(row, 'people') }),
  };
}

const inDays =
  'SELECT place.w AS w, present.u AS u, count(DISTINCT place.d) AS days\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w, present.u';

export function stickiness({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  const last = `SELECT w, count(*) AS people, sum(days) AS user_days\nFROM (\n${inDays}\n) AS attendance\nGROUP BY w`;
  return {
    ...daysOfPeople(spans, activity(params), localDayNumber, last),
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
  const often = `sum(CASE WHEN days >= ${numberParam(params, 'minDays')} THEN 1 ELSE 0 END)`;
  const last = `SELECT w, count(*) AS people, ${often} AS often\nFROM (\n${inDays}\n) AS attendance\nGROUP BY w`;
  return {
    ...daysOfPeople(periodsOf(windows), activity(params), localDayNumber, last),
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

export function shareRate(ask: EventAsk): Plan {
  return shareOfPeople(ask, activity(ask.params), named(textParam(ask.params, 'shareEvent')));
}

export function reviewAcceptance(ask: EventAsk): Plan {
  const { params } = ask;
  return shareOfPeople(ask, named(textParam(params, 'promptEvent')), named(textParam(params, 'acceptEvent')));
}

/** Of the different people who did the one in a window, how many also did the other in it. */
function shareOfPeople({ params, windows }: EventAsk, base: Named, also: Named): Plan {
  const spans = periodsOf(windows);
  const { endMs, startMs } = boundsOf(spans);
  return {
    scope: { fromMs: startMs, untilMs: endMs, several: [base, also] },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect);
      const did = (meant: Named) => `CASE WHEN ${isNamed(columns.event, meant, dialect)} THEN 1 ELSE 0 END`;
      const events = select(
        [`${columns.user} AS u`, `${columns.ms} AS t`, `${did(base)} AS b`, `${did(also)} AS a`],
        [base, also],
      );
      return {
        parts: [
          ...parts,
          ...placing.parts,
          ['event', events],
          ['placed', placing.placed('event', ['event.u AS u', 'event.b AS b', 'event.a AS a'], 'event.t')],
          ['present', 'SELECT u, seg, max(b) AS did_b, max(a) AS did_a\nFROM placed\nGROUP BY u, seg'],
          [
            'person',
            'SELECT place.w AS w, present.u AS u, max(present.did_b) AS b, max(present.did_a) AS a\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w, present.u',
          ],
        ],
        last: 'SELECT w, sum(b) AS people, sum(a) AS also\nFROM person\nWHERE b = 1\nGROUP BY w',
      };
    },
    measure([row]) {
      const people = numberIn(row, 'people');
      return rate({
        numerator: numberIn(row, 'also'),
        denominator: people,
        sampleSize: people,
        minSample: numberParam(params, 'minCohort'),
      });
    },
  };
}

/** Who was there in which segment, each once; the rest is done on what is left then. */
function daysOfPeople(
  spans: readonly Span[],
  active: Named,
  values: DayValues | undefined,
  last: string,
): Omit<Plan, 'measure'> {
  const { endMs, startMs } = boundsOf(spans);
  return {
    scope: { fromMs: startMs, untilMs: endMs, several: [active] },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect, values);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          ['event', select([`${columns.user} AS u`, `${columns.ms} AS t`], [active])],
          ['placed', placing.placed('event', ['event.u AS u'], 'event.t')],
          ['present', 'SELECT DISTINCT u, seg\nFROM placed'],
        ],
        last,
      };
    },
  };
}

/** Local days of one zone, numbered. */
export const localDayNumber: DayValues = { columns: ['d'], of: (_, index) => [index] };

/** How many local days a period has; a date that the zone skipped is none. */
function dayCountOf(span: Span | undefined): number {
  if (span === undefined) return 0;
  return localDaysFrom(span.startDay, span.timeZone).indexAt(span.endMs);
}

function activity(params: EventAsk['params']): Named {
  return named(textParam(params, 'activeEvent'), textsParam(params, 'passiveEvents'));
}
