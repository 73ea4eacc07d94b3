import { groupedBy } from './grouped.ts';
import type { ProductEvent } from './records.ts';

/** Whether an event is one that a metric looks at. */
export type EventMatch = (event: ProductEvent) => boolean;

/** Stands for any event that is not passive. */
const anyEvent = '*';

/**
 * Events of a name; `*` means any except those marked passive, which happen to people rather than being done by them
 * (a mail was sent). A name that is asked for counts, passive or not.
 */
export function eventsNamed(name: string, passiveEvents: readonly string[] = []): EventMatch {
  if (name !== anyEvent) return (event) => event.event === name;
  const passive = new Set(passiveEvents);
  return (event) => !passive.has(event.event);
}

/** What each person did of what is wanted, oldest first, each event once; in one pass over the events and a sort. */
export function timelines(
  events: readonly ProductEvent[],
  wanted: EventMatch,
): ReadonlyMap<string, readonly ProductEvent[]> {
  const people = groupedBy([...eachOnce(events)].filter(wanted), (event) => event.userId);
  for (const own of people.values()) own.sort((a, b) => a.at.getTime() - b.at.getTime());
  return people;
}

/** The events without repetitions of an id; those without an id are all different. */
export function* eachOnce(events: readonly ProductEvent[]): Generator<ProductEvent> {
  const byId = new Map<string, ProductEvent>();
  for (const event of events) {
    if (event.id === null) {
      yield event;
      continue;
    }
    const told = byId.get(event.id);
    if (told === undefined || comesBefore(event, told)) byId.set(event.id, event);
  }
  yield* byId.values();
}

/** Two tellings of one event may differ; which one stands must not depend on the order in which they arrived. */
function comesBefore(event: ProductEvent, other: ProductEvent): boolean {
  const apart = event.at.getTime() - other.at.getTime();
  return apart === 0 ? asText(event) < asText(other) : apart < 0;
}

function asText({ userId, event, properties }: ProductEvent): string {
  const sorted = Object.entries(properties).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([userId, event, sorted]);
}
