import { type DayWindow, localDay, type MetricReading } from '../sdk/index.ts';
import type { ZendeskContext } from './client.ts';
import type { CountParams } from './params.ts';
import { daysWithPoint, type Ticket, ticketsOf } from './tickets.ts';

/** How many tickets were created on each day, or in each month. */
export async function readTicketCount(
  context: ZendeskContext,
  window: DayWindow,
  params: CountParams,
): Promise<MetricReading> {
  const days = daysWithPoint(window, context.now, params.per);
  if (days.length === 0) {
    const notes = ['No day of the window has a point'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const { completeness, items } = await ticketsOf(context, window, params.per);
  const nameOf = (day: string): string => (params.per === 'month' ? day.slice(0, 7) : day);
  const counts = new Map<string, number>();
  for (const ticket of items) {
    if (!isCounted(ticket, params)) continue;
    const name = nameOf(localDay(ticket.createdMs, window.timeZone));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const points = days.map((day) => ({ day, value: String(counts.get(nameOf(day)) ?? 0) }));
  return { points, completeness };
}

function isCounted(
  { channel, isDeleted, isFollowUp, tags }: Ticket,
  { channel: wanted, excludedTags, followUps, tags: wantedTags = [] }: CountParams,
): boolean {
  return (
    !isDeleted &&
    (followUps || !isFollowUp) &&
    (wanted === undefined || channel === wanted) &&
    wantedTags.every((tag) => tags.has(tag)) &&
    !excludedTags.some((tag) => tags.has(tag))
  );
}
