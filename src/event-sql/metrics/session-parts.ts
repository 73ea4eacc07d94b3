import { numberParam } from '../../domain/events/params.ts';
import type { Dialect } from '../dialect.ts';
import type { Named } from '../named.ts';
import { foreverMs, type Plan } from '../plan.ts';
import type { Reading } from '../reading.ts';
import { boundsOf, type Span } from '../spans.ts';
import type { Part } from '../statement.ts';
import type { EventAsk } from '../types.ts';

/** Events of people cut into sessions. */

const minuteMs = 60_000;
type Params = EventAsk['params'];

function gapMsOf(params: Params): number {
  return numberParam(params, 'gapMinutes') * minuteMs;
}

/**
 * Whether an event begins a session needs no more than one gap before it, so that is how far back is enough for every
 * session that starts in a window. How long one goes on is only known by reading on.
 */
export function sessionScope(
  params: Params,
  spans: readonly Span[],
  several: readonly Named[],
  of: 'starts' | 'lengths',
): Plan['scope'] {
  const { endMs, startMs } = boundsOf(spans);
  return { fromMs: startMs - gapMsOf(params), untilMs: of === 'starts' ? endMs : foreverMs, several };
}

/** Each event with whether it begins a session: nothing of that person in the gap before it. */
export function markedParts(
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
export function wholeSessions(aggregates: string, kept: readonly string[] = []): Part[] {
  const names = kept.map((name) => `, ${name}`).join('');
  return [
    [
      'numbered',
      `SELECT u, ms${names}, sum(begins) OVER (PARTITION BY u ORDER BY ms) AS ordinal\nFROM marked`,
    ],
    ['session', `SELECT u, ordinal, min(ms) AS t, ${aggregates}\nFROM numbered\nGROUP BY u, ordinal`],
  ];
}
