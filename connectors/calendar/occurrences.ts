import { setImmediate as breath } from 'node:timers/promises';
import { abortedError } from '../sdk/index.ts';
import type { Calendar } from './client.ts';
import { tooLarge } from './errors.ts';
import type { CalendarEvent } from './event.ts';
import { timesOfRule } from './rule.ts';
import { type Series, seriesOf } from './series.ts';
import { type Duration, type Extra, readStamp, type Stamp } from './stamp.ts';
import { type Clock, createClock } from './zones.ts';

/** One time at which an event takes place, and what is said of it then. */
export type Occurrence = {
  /** UID and which instance of it: what comes twice is one. */
  key: string;
  event: CalendarEvent;
  startMs: number;
  endMs: number;
  /** Of an event of whole days: the first of them. */
  startDay: string | null;
};
export type Span = { fromMs: number; toMs: number };

const DAY_MS = 86_400_000;
/** No zone is further from another than that. */
const ZONES_MS = 2 * DAY_MS;
const MAX_SERIES = 5_000;
const MAX_OCCURRENCES = 100_000;
/** All rules together, on this machine: a calendar that takes longer is not worth a worker. */
const MAX_WORK_MS = 30_000;
/** The worker does other things now and then: after so many events, of which one that repeats is worth several. */
const WORK_A_BREATH = 500;
const REPEATING_WORK = 25;

/**
 * What takes place in a span: every occurrence that touches it, and at its edges some that do not.
 *
 * @throws ConnectorError `too_large` for more series, occurrences or work than the limits above
 */
export async function occurrencesIn(
  calendar: Calendar,
  span: Span,
  timeZone: string,
  signal: AbortSignal,
): Promise<Occurrence[]> {
  const { events, observances, provider } = calendar;
  const clock = createClock(provider, observances, timeZone);
  const found = new Map<string, Occurrence>();
  const startedMs = performance.now();
  let repeating = 0;
  let work = 0;
  for (const series of seriesOf(events)) {
    const repeats = isRepeating(series.master);
    repeating += repeats ? 1 : 0;
    if (repeating > MAX_SERIES) {
      throw tooLarge(provider, 'too_many_series', `has more than ${MAX_SERIES} events that repeat`);
    }
    work += repeats ? REPEATING_WORK : 1;
    if (work >= WORK_A_BREATH) {
      work = 0;
      await breath();
      if (signal.aborted) throw abortedError(provider, signal.reason);
      if (performance.now() - startedMs > MAX_WORK_MS) {
        throw tooLarge(provider, 'too_much_work', 'has rules that take too long to work out');
      }
    }
    for (const occurrence of ofSeries(provider, series, span, clock)) found.set(occurrence.key, occurrence);
    if (found.size > MAX_OCCURRENCES) {
      throw tooLarge(
        provider,
        'too_many_occurrences',
        `has more than ${MAX_OCCURRENCES} occurrences in these days`,
      );
    }
  }
  return [...found.values()];
}

const isRepeating = (master: CalendarEvent | null): boolean =>
  master !== null && (master.rules.length > 0 || master.extras.length > 0);

function ofSeries(provider: string, { master, overrides }: Series, span: Span, clock: Clock): Occurrence[] {
  const replaced = overrides.map((override) =>
    occurrenceAt(clock, override, override.start, override.recurrenceId),
  );
  if (master === null) return replaced;
  const isReplaced = matcher(
    clock,
    overrides.flatMap(({ recurrenceId }) => recurrenceId ?? []),
  );
  const later = overrides.filter(({ isAndLater }) => isAndLater);
  const times = timesOf(provider, master, later, span, clock).filter(({ start }) => !isReplaced(start));
  return [...replaced, ...times.map((time) => occurrenceOf(clock, master, later, time))];
}

/** Rules, further dates and the start itself, without what is taken out. */
function timesOf(
  provider: string,
  master: CalendarEvent,
  later: readonly CalendarEvent[],
  span: Span,
  clock: Clock,
): Extra[] {
  const { exceptRules, exceptions, extras, rules, start } = master;
  // What began before the span may reach into it, and what is moved may come from beside it.
  const reach = [master, ...later].map((event) => lengthMs(clock, event) + shiftMs(event));
  const marginMs = ZONES_MS + Math.max(...reach);
  const walls = { fromMs: span.fromMs - marginMs, toMs: span.toMs + marginMs };
  const timesBy = (texts: readonly string[]) =>
    texts.flatMap((text) => {
      const rule = {
        text,
        startMs: start.wallMs,
        isDate: start.isDate,
        untilMs: untilOf(text, start, clock),
      };
      return timesOfRule(provider, rule, walls).map((wallMs) => ({ ...start, wallMs }));
    });
  const starts = [start, ...timesBy(rules)].map((each): Extra => ({ start: each, end: null }));
  // The rule says that its start is a time; of a rule to be left out that is not meant twice.
  const isOut = matcher(clock, [...exceptions, ...timesBy(exceptRules)]);
  const unique = new Map([...starts, ...extras].map((each) => [clock.instantOf(each.start), each]));
  return [...unique.values()].filter((each) => !isOut(each.start));
}

/** Whether a time is one of a list: as an instant, or as a day where the list or the event names no more. */
function matcher(clock: Clock, list: readonly Stamp[]): (stamp: Stamp) => boolean {
  const instants = new Set(list.filter(({ isDate }) => !isDate).map((stamp) => clock.instantOf(stamp)));
  const days = new Set(list.filter(({ isDate }) => isDate).map(({ wallMs }) => wallMs));
  const wallDays = new Set(list.filter(({ isDate }) => !isDate).map(({ wallMs }) => dayOf(wallMs)));
  return (stamp) =>
    days.has(dayOf(stamp.wallMs)) ||
    (stamp.isDate ? wallDays.has(stamp.wallMs) : instants.has(clock.instantOf(stamp)));
}

const dayOf = (wallMs: number): number => wallMs - (((wallMs % DAY_MS) + DAY_MS) % DAY_MS);

/** An instance of a series, as it was changed from some instance on. */
function occurrenceOf(
  clock: Clock,
  master: CalendarEvent,
  later: readonly CalendarEvent[],
  { end, start }: Extra,
): Occurrence {
  const atMs = clock.instantOf(start);
  const from = later
    .filter(({ recurrenceId }) => recurrenceId !== undefined && clock.instantOf(recurrenceId) < atMs)
    .toSorted((a, b) => idMs(clock, b) - idMs(clock, a))[0];
  if (from?.recurrenceId === undefined) {
    const occurrence = occurrenceAt(clock, master, start, start);
    return end === null ? occurrence : { ...occurrence, endMs: endOf(clock, start, end) };
  }
  const moved = { ...from.start, wallMs: start.wallMs + (from.start.wallMs - from.recurrenceId.wallMs) };
  return occurrenceAt(clock, from, moved, start);
}

const idMs = (clock: Clock, { recurrenceId, start }: CalendarEvent): number =>
  clock.instantOf(recurrenceId ?? start);

function occurrenceAt(clock: Clock, event: CalendarEvent, start: Stamp, id?: Stamp): Occurrence {
  const startMs = clock.instantOf(start);
  return {
    key: `${event.uid} ${id === undefined ? '' : clock.instantOf(id)}`,
    event,
    startMs,
    endMs: Math.max(startMs, endOf(clock, start, lengthOf(clock, event))),
    startDay: start.isDate ? new Date(start.wallMs).toISOString().slice(0, 10) : null,
  };
}

/** How long every instance is: by its end the exact time between, by its duration, else one day or no time at all. */
function lengthOf(clock: Clock, { duration, end, start }: CalendarEvent): Duration {
  if (end === undefined) return duration ?? { days: start.isDate ? 1 : 0, ms: 0 };
  if (start.isDate && end.isDate) return { days: (end.wallMs - start.wallMs) / DAY_MS, ms: 0 };
  return { days: 0, ms: clock.instantOf(end) - clock.instantOf(start) };
}

function endOf(clock: Clock, start: Stamp, end: Stamp | Duration): number {
  if ('wallMs' in end) return clock.instantOf(end);
  return clock.instantOf({ ...start, wallMs: start.wallMs + end.days * DAY_MS }) + end.ms;
}

function lengthMs(clock: Clock, event: CalendarEvent): number {
  const { days, ms } = lengthOf(clock, event);
  return Math.max(0, days * DAY_MS + ms);
}

const shiftMs = ({ recurrenceId, start }: CalendarEvent): number =>
  recurrenceId === undefined ? 0 : Math.abs(start.wallMs - recurrenceId.wallMs);

/** The end of a rule on the wall of its event. A day alone is meant with all of its hours. */
function untilOf(rule: string, start: Stamp, clock: Clock): number | null {
  const text = /(?:^|;)UNTIL=([^;]+)/i.exec(rule)?.[1];
  const until = text === undefined ? null : readStamp(text, undefined);
  if (until === null) return null;
  if (start.isDate) return dayOf(until.wallMs);
  if (until.isDate) return until.wallMs + DAY_MS - 1_000;
  return until.zone.kind === 'utc' ? clock.wallOf(until.wallMs, start.zone) : until.wallMs;
}
