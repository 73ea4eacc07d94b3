import type { Measurement } from '../../domain/catalog/types.ts';
import { numberParam, textParam, textsParam } from '../../domain/events/params.ts';
import { rate } from '../../domain/events/rate.ts';
import type { Dialect } from '../dialect.ts';
import { isNamed, type Named, named } from '../named.ts';
import { foreverMs, numberIn, type Plan } from '../plan.ts';
import type { Reading } from '../reading.ts';
import { boundsOf, periodsOf, placingOf, type Span } from '../spans.ts';
import type { Part } from '../statement.ts';
import type { EventAsk, EventRow } from '../types.ts';
import { localDayNumber } from './people.ts';

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
  return {
    scope: sessionScope(params, spans, [active], of),
    write(reading, dialect) {
      const placing = placingOf(spans, dialect, localDayNumber);
      const session: Part[] =
        of === 'lengths'
          ? wholeSessions('max(ms) - min(ms) AS length_ms')
          : [['session', 'SELECT u, ms AS t, 0 AS length_ms\nFROM marked\nWHERE begins = 1']];
      return {
        parts: [
          ...reading.parts,
          ...placing.parts,
          ...markedParts(params, reading, [active], {}, dialect),
          ...session,
          [
            'placed',
            placing.placed('session', ['session.u AS u', 'session.length_ms AS length_ms'], 'session.t'),
          ],
          [
            'present',
            'SELECT u, seg, count(*) AS n, sum(length_ms) AS total_ms\nFROM placed\nGROUP BY u, seg',
          ],
          [
            'user_day',
            'SELECT place.w AS w, present.u AS u, place.d AS d, sum(present.n) AS n, sum(present.total_ms) AS total_ms\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w, present.u, place.d',
          ],
        ],
        last: 'SELECT w, sum(n) AS sessions, sum(total_ms) AS length_ms, count(*) AS user_days, count(DISTINCT u) AS people\nFROM user_day\nGROUP BY w',
      };
    },
    measure,
  };
}

/** Of the sessions in which something was put into a cart, those that bought nothing. */
export function sessionCartAbandonment({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  const added = named(textParam(params, 'addToCartEvent'));
  const bought = named(textParam(params, 'purchaseEvent'));
  const several: Named[] = [{ except: textsParam(params, 'passiveEvents') }, added, bought];
  return {
    scope: sessionScope(params, spans, several, 'lengths'),
    write(reading, dialect) {
      const placing = placingOf(spans, dialect);
      const did = (meant: Named) =>
        `CASE WHEN ${isNamed(reading.columns.event, meant, dialect)} THEN 1 ELSE 0 END`;
      return {
        parts: [
          ...reading.parts,
          ...placing.parts,
          ...markedParts(params, reading, several, { added: did(added), bought: did(bought) }, dialect),
          ...wholeSessions('max(added) AS with_cart, max(bought) AS with_purchase', ['added', 'bought']),
          ['cart', 'SELECT t, with_purchase\nFROM session\nWHERE with_cart = 1'],
          ['placed', placing.placed('cart', ['cart.with_purchase AS with_purchase'], 'cart.t')],
        ],
        last: 'SELECT place.w AS w, count(*) AS carts, sum(1 - placed.with_purchase) AS abandoned\nFROM placed\nINNER JOIN place ON place.seg = placed.seg\nGROUP BY place.w',
      };
    },
    measure([row]) {
      const carts = numberIn(row, 'carts');
      return rate({
        numerator: numberIn(row, 'abandoned'),
        denominator: carts,
        sampleSize: carts,
        minSample: numberParam(params, 'minCohort'),
      });
    },
  };
}

function gapMsOf(params: Params): number {
  return numberParam(params, 'gapMinutes') * minuteMs;
}

/**
 * Whether an event begins a session needs no more than one gap before it, so that is how far back is enough for every
 * session that starts in a window. How long one goes on is only known by reading on.
 */
function sessionScope(
  params: Params,
  spans: readonly Span[],
  several: readonly Named[],
  of: 'starts' | 'lengths',
): Plan['scope'] {
  const { endMs, startMs } = boundsOf(spans);
  return { fromMs: startMs - gapMsOf(params), untilMs: of === 'starts' ? endMs : foreverMs, several };
}

/** Each event with whether it begins a session: nothing of that person in the gap before it. */
function markedParts(
  params: Params,
  { columns, select }: Reading,
  several: readonly Named[],
  flags: Readonly<Record<string, string>>,
  dialect: Dialect,
): Part[] {
  const names = Object.keys(flags)
    .map((name) => `, ${name}`)
    .join('');
  const selected = Object.entries(flags).map(([name, condition]) => `${condition} AS ${name}`);
  const previous = dialect.previous('ms', 'PARTITION BY u ORDER BY ms', String(-foreverMs));
  return [
    ['event', select([`${columns.user} AS u`, `${columns.ms} AS ms`, ...selected], several)],
    ['gap', `SELECT u, ms${names}, ms - ${previous} AS idle_ms\nFROM event`],
    [
      'marked',
      `SELECT u, ms${names}, CASE WHEN idle_ms >= ${gapMsOf(params)} THEN 1 ELSE 0 END AS begins\nFROM gap`,
    ],
  ];
}

/**
 * Sessions as groups of events. The frame of the sum has events of equal times whole (it goes by range), so that they
 * are never parted, however an engine orders them.
 */
function wholeSessions(aggregates: string, kept: readonly string[] = []): Part[] {
  const names = kept.map((name) => `, ${name}`).join('');
  return [
    [
      'numbered',
      `SELECT u, ms${names}, sum(begins) OVER (PARTITION BY u ORDER BY ms) AS ordinal\nFROM marked`,
    ],
    ['session', `SELECT u, ordinal, min(ms) AS t, ${aggregates}\nFROM numbered\nGROUP BY u, ordinal`],
  ];
}
