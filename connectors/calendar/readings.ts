import { Decimal } from 'decimal.js';
import {
  type DayWindow,
  instantOfWall,
  localDay,
  type MetricReading,
  plain,
  shiftDay,
} from '../sdk/index.ts';
import type { CalendarContext } from './client.ts';
import { heldIn } from './held.ts';
import type { Occurrence } from './occurrences.ts';
import type { EventParams } from './params.ts';

/** How many events that are over began on each day. */
export async function readEvents(
  context: CalendarContext,
  window: DayWindow,
  params: EventParams,
): Promise<MetricReading> {
  const { completeness, days, events } = await heldIn(context, window, params);
  const counts = new Map<string, number>();
  for (const event of events) {
    const day = event.startDay ?? localDay(event.startMs, window.timeZone);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const points = days.map((day) => ({ day, value: String(counts.get(day) ?? 0) }));
  return { points, completeness };
}

/**
 * How long the events of each day took, in seconds. What goes on over midnight counts on each day with its own part of it. An
 * event of whole days names no hours and takes no part.
 */
export async function readHours(
  context: CalendarContext,
  window: DayWindow,
  params: EventParams,
): Promise<MetricReading> {
  const { completeness, days, events } = await heldIn(context, window, params);
  const timed = events.filter(({ startDay }) => startDay === null);
  const startOf = (day: string) => instantOfWall(Date.parse(day), window.timeZone);
  const points = days.map((day) => {
    const fromMs = startOf(day);
    const toMs = startOf(shiftDay(day, 1));
    const ms = timed.reduce((sum, event) => sum + overlapMs(event, fromMs, toMs), 0);
    return { day, value: plain(new Decimal(ms).div(1_000)) };
  });
  return { points, completeness };
}

function overlapMs({ endMs, startMs }: Occurrence, fromMs: number, toMs: number): number {
  return Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
}
