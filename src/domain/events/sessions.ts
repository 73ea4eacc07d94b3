import type { RecordSets } from '../catalog/record-sets.ts';
import type { ParamValues } from '../catalog/types.ts';
import { numberParam, textsParam } from './params.ts';
import type { ProductEvent, Session } from './records.ts';
import { type EventMatch, eventsNamed, timelines } from './timelines.ts';

const minuteMs = 60_000;

/**
 * The events of one person, cut where they did nothing for `gapMinutes` or more. `own` is in the order of time.
 * An event alone is a session of no length.
 */
function cut(own: readonly ProductEvent[], gapMinutes: number): ProductEvent[][] {
  const sessions: ProductEvent[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const event of own) {
    const atMs = event.at.getTime();
    const running = sessions.at(-1);
    if (running === undefined || atMs - lastMs >= gapMinutes * minuteMs) sessions.push([event]);
    else running.push(event);
    lastMs = atMs;
  }
  return sessions;
}

/**
 * All sessions in the events, as the events that make them. Events around the window belong in as well: what was going
 * on before midnight is not a new session after it. `named` events count even when they are marked passive.
 */
export function sessionsOfEvents(
  events: readonly ProductEvent[],
  params: ParamValues,
  named: EventMatch = () => false,
): ProductEvent[][] {
  const gapMinutes = numberParam(params, 'gapMinutes');
  const active = eventsNamed('*', textsParam(params, 'passiveEvents'));
  const people = timelines(events, (event) => active(event) || named(event));
  return [...people.values()].flatMap((own) => cut(own, gapMinutes));
}

/** Sessions as the source cut them, else cut from events; null when neither was read. */
export function sessionsOf({ sessions, events }: RecordSets, params: ParamValues): readonly Session[] | null {
  if (sessions !== undefined) return sessions;
  if (events === undefined) return null;
  return sessionsOfEvents(events, params).flatMap((session) => {
    const [first, last] = [session[0], session.at(-1)];
    return first && last ? [{ userId: first.userId, startAt: first.at, endAt: last.at }] : [];
  });
}
