import type { Measurement } from '../../domain/catalog/types.ts';
import { numberParam, textsParam } from '../../domain/events/params.ts';
import { rate } from '../../domain/events/rate.ts';
import type { Dialect } from '../dialect.ts';
import type { Named } from '../named.ts';
import { type Pieces, piecesOf } from '../pieces.ts';
import { placingOf } from '../placing.ts';
import { numberIn, type Plan } from '../plan.ts';
import { type Sliding, slidingOf, tallied, walkParts } from '../sliding.ts';
import { periodsOf, type Span } from '../spans.ts';
import type { Part } from '../statement.ts';
import type { EventAsk, EventRow } from '../types.ts';
import { different, localDayNumber } from './people.ts';
import { markedParts, sessionScope, wholeSessions } from './session-parts.ts';

const minuteMs = 60_000;
type Params = EventAsk['params'];
type Total = (row: EventRow | undefined) => number;

const sessions: Total = (row) => numberIn(row, 'sessions');
const minutes: Total = (row) => numberIn(row, 'length_ms') / minuteMs;
const userDays: Total = (row) => numberIn(row, 'user_days');

export function sessionCount(ask: EventAsk): Plan {
  return totals(ask, 'starts', ([row]) => ({ value: sessions(row) }));
}

export function sessionsPerUserDay(ask: EventAsk): Plan {
  return totals(ask, 'starts', quotient(ask.params, sessions, userDays));
}

export function avgSessionMinutes(ask: EventAsk): Plan {
  return totals(ask, 'lengths', quotient(ask.params, minutes, sessions));
}

export function timeInAppPerUserDay(ask: EventAsk): Plan {
  return totals(ask, 'lengths', quotient(ask.params, minutes, userDays));
}

function quotient(params: Params, over: Total, under: Total) {
  return ([row]: readonly EventRow[]): Measurement =>
    rate({
      numerator: over(row),
      denominator: under(row),
      sampleSize: numberIn(row, 'people'),
      minSample: numberParam(params, 'minCohort'),
    });
}

/** Sums over the sessions that started in each window. Those that only count need not know how a session ends. */
function totals({ params, windows }: EventAsk, of: 'starts' | 'lengths', measure: Plan['measure']): Plan {
  const spans = periodsOf(windows);
  const active: Named = { except: textsParam(params, 'passiveEvents') };
  const sliding = slidingOf(spans, true);
  return {
    scope: sessionScope(params, spans, [active], of),
    slides: sliding !== null,
    write(reading, dialect) {
      const session: Part[] =
        of === 'lengths'
          ? wholeSessions('max(ms) - min(ms) AS length_ms')
          : [['session', 'SELECT u, ms AS t, 0 AS length_ms\nFROM marked\nWHERE begins = 1']];
      const where = sliding === null ? inWindows(spans, dialect) : inRuns(sliding, dialect);
      return {
        parts: [
          ...reading.parts,
          ...where.before,
          ...markedParts(params, reading, [active], {}, dialect),
          ...session,
          [
            'placed',
            where.placed('session', ['session.u AS u', 'session.length_ms AS length_ms'], 'session.t'),
          ],
          [
            'present',
            'SELECT u, seg, count(*) AS n, sum(length_ms) AS total_ms\nFROM placed\nGROUP BY u, seg',
          ],
          ...where.after,
        ],
        last: where.last,
      };
    },
    measure,
  };
}

type Where = { before: Part[]; placed: Pieces['placed']; after: Part[]; last: string };

/** Each window on its own, whatever they are. */
function inWindows(spans: readonly Span[], dialect: Dialect): Where {
  const placing = placingOf(spans, dialect, localDayNumber);
  return {
    before: placing.parts,
    placed: placing.placed,
    after: [
      [
        'user_day',
        'SELECT place.w AS w, present.u AS u, place.d AS d, sum(present.n) AS n, sum(present.total_ms) AS total_ms\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w, present.u, place.d',
      ],
    ],
    last: 'SELECT w, sum(n) AS sessions, sum(total_ms) AS length_ms, count(*) AS user_days, count(DISTINCT u) AS people\nFROM user_day\nGROUP BY w',
  };
}

/** Of one zone, a segment is a local day: but for the people, everything adds up over those. */
function inRuns(sliding: Sliding, dialect: Dialect): Where {
  const pieces = piecesOf(sliding.segments, dialect);
  const totals = { sessions: 'sum(n)', length_ms: 'sum(total_ms)', user_days: 'count(*)' };
  const answer = tallied(
    sliding,
    [
      { from: 'lo', until: 'past', sums: totals },
      { from: 'people_first', until: 'past', sums: { people: 'count(*)' } },
    ],
    dialect,
  );
  return {
    before: [pieces.part],
    placed: pieces.placed,
    after: [
      ...walkParts(sliding, ['n', 'total_ms'], dialect),
      ['ranged', `SELECT ${different(dialect)}, lo, past, n, total_ms\nFROM walked`],
      ...answer.parts,
    ],
    last: answer.last,
  };
}
