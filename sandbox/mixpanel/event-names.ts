import { addDays } from './calendar.ts';
import { COUNT_TYPES, type CountType } from './counts.ts';
import { groupBy, largest } from './group.ts';
import { choice, eventsOf, type Params, required, whole } from './params.ts';
import type { SeenEvent, View } from './view.ts';

const NAMES_OF_DAYS = 31;

/** The commonest events of the last 31 days, the most frequent first. */
export function eventNames(params: Params, view: View): string[] {
  choice(params, 'type', COUNT_TYPES);
  const limit = whole(params, 'limit', { otherwise: 255, min: 1, max: 10_000 });
  const days = { fromDay: addDays(view.today, 1 - NAMES_OF_DAYS), toDay: view.today };
  const events = groupBy(eventsOf(view, days, null), ({ event }) => event);
  return largest(events, limit).map(([name]) => name);
}

/** The commonest properties of one event in the last 31 days, the most frequent first. */
export function topProperties(params: Params, view: View): object {
  const event = required(params, 'event');
  const limit = whole(params, 'limit', { otherwise: 10, min: 1, max: 10_000 });
  const days = { fromDay: addDays(view.today, 1 - NAMES_OF_DAYS), toDay: view.today };
  const names = eventsOf(view, days, [event]).flatMap(({ properties }) => Object.keys(properties));
  const found = largest(
    groupBy(names, (name) => name),
    limit,
  );
  return Object.fromEntries(found.map(([name, { length: count }]) => [name, { count }]));
}

/** Today's commonest events, and how they compare with yesterday up to the same time of day. */
export function topEvents(params: Params, view: View): object {
  const type = choice(params, 'type', COUNT_TYPES);
  const limit = whole(params, 'limit', { otherwise: 100, min: 1, max: 10_000 });
  const yesterday = addDays(view.today, -1);
  const { calendar, now } = view;
  const sinceMidnight = now - calendar.startOf(view.today);
  const before = (day: string) => eventsOf(view, { fromDay: day, toDay: day }, null);
  const current = groupBy(before(view.today), ({ event }) => event);
  const past = groupBy(
    before(yesterday).filter(({ at }) => at <= calendar.startOf(yesterday) + sinceMidnight),
    ({ event }) => event,
  );
  const events = [...current].map(([event, members]) => {
    const [amount, earlier] = [amountOf(members, type), amountOf(past.get(event) ?? [], type)];
    return { amount, event, percent_change: earlier === 0 ? 1 : (amount - earlier) / earlier };
  });
  return { events: events.toSorted((a, b) => b.amount - a.amount).slice(0, limit), type };
}

function amountOf(events: readonly SeenEvent[], type: CountType): number {
  const people = new Set(events.map(({ distinctId }) => distinctId).filter((id) => id !== '')).size;
  if (type === 'general') return events.length;
  if (type === 'unique') return people;
  return people === 0 ? 0 : events.length / people;
}
