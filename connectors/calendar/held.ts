import { begunDays, type DayWindow, localDay, type MetricReading, shiftDay } from '../sdk/index.ts';
import { type CalendarContext, readCalendar } from './client.ts';
import { type Occurrence, occurrencesIn } from './occurrences.ts';
import type { EventParams } from './params.ts';
import { hasTag, saysOneOf } from './tag.ts';

/** Events that took place: wanted, not cancelled, not said to have failed, and over. */
export type Held = {
  events: Occurrence[];
  /** The days of which something can be said. */
  days: string[];
  completeness: MetricReading['completeness'];
};

export async function heldIn(
  context: CalendarContext,
  window: DayWindow,
  params: EventParams,
): Promise<Held> {
  const { now, signal } = context;
  const calendar = await readCalendar(context);
  const fromMs = window.startAt.getTime();
  // What lies ahead is not over, whatever it is.
  const span = { fromMs, toMs: Math.max(fromMs, Math.min(window.endAt.getTime(), now.getTime())) };
  const isWanted = params.tag === undefined ? () => true : hasTag(params.tag);
  const hasFailed = saysOneOf(params.leaveOut);
  const found = await occurrencesIn(calendar, span, window.timeZone, signal);
  const events = found.filter(
    ({ endMs, event }) =>
      endMs <= now.getTime() && !event.isCancelled && isWanted(event) && !hasFailed(event),
  );
  const begun = begunDays(window, now);
  const first = firstDay(context, window.timeZone);
  const days = first === null ? begun : begun.filter((day) => day >= first);
  const notes =
    days.length === begun.length
      ? []
      : [`the calendar tells of days from ${first} on: nothing is said of those before`];
  const items = calendar.events.length;
  return { events, days, completeness: { pages: 1, items, lastPageReached: true, notes } };
}

function firstDay({ config, now }: CalendarContext, timeZone: string): string | null {
  return config.pastDays === undefined ? null : shiftDay(localDay(now, timeZone), -config.pastDays);
}
