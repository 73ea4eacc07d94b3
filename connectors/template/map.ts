import { localDay, type PointReading } from '../sdk/index.ts';
import type { Item } from './schema.ts';

/** How many items were created on each of these days. The list was whole, so a day without one is a zero. */
export function itemsByDay(
  items: readonly Item[],
  days: readonly string[],
  timeZone: string,
): PointReading[] {
  const counts = new Map<string, number>();
  for (const { created_at } of items) {
    const day = localDay(Date.parse(created_at), timeZone);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return days.map((day) => ({ day, value: String(counts.get(day) ?? 0) }));
}
