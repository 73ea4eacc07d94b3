import type { EpochSeconds } from '../model/time.ts';
import { addDays } from './calendar.ts';
import { groupBy } from './group.ts';
import type { Range } from './params.ts';
import type { SeenEvent, View } from './view.ts';

/** When a person took each step, as far as they came. */
export type Walk = readonly EpochSeconds[];

/** Walks by the person's period of entry. Every person enters a period once, with its first step there. */
export type Walks = ReadonlyMap<string, readonly Walk[]>;

export type FunnelQuestion = {
  steps: readonly string[];
  lengthSeconds: number;
  days: Range;
  period: (at: EpochSeconds) => string;
  keep: (event: SeenEvent) => boolean;
};

/** Sends everybody through the funnel who entered on one of the days. */
export function walk(question: FunnelQuestion, view: View): Walks {
  const { steps, days, keep } = question;
  const { calendar } = view;
  const [from, to] = [calendar.startOf(days.fromDay), calendar.startOf(addDays(days.toDay, 1))];
  const people = groupBy(
    eventsWithin(question, view).filter((event) => event.distinctId !== '' && keep(event)),
    ({ distinctId }) => distinctId,
  );
  const walks = new Map<string, Walk[]>();
  for (const events of people.values()) {
    const entered = new Set<string>();
    for (const { event, at } of events) {
      const period = question.period(at);
      if (event !== steps[0] || at < from || at >= to || entered.has(period)) continue;
      entered.add(period);
      walks.set(period, [...(walks.get(period) ?? []), onward(at, events, question)]);
    }
  }
  return walks;
}

/** Everything that may be a step of somebody who entered on one of the days. */
export function eventsWithin(
  { steps, days, lengthSeconds }: FunnelQuestion,
  { calendar, events }: View,
): SeenEvent[] {
  const from = calendar.startOf(days.fromDay);
  const to = calendar.startOf(addDays(days.toDay, 1)) + lengthSeconds;
  return events({ from, to, names: new Set(steps) });
}

/** Each next step at or after the one before, and strictly before the time runs out. */
function onward(enteredAt: EpochSeconds, events: readonly SeenEvent[], question: FunnelQuestion): Walk {
  const { steps, lengthSeconds } = question;
  const times = [enteredAt];
  let position = events.findIndex(({ event, at }) => event === steps[0] && at === enteredAt);
  for (const step of steps.slice(1)) {
    const reachedAt = times.at(-1) ?? enteredAt;
    const next = events.findIndex(
      ({ event, at }, index) => event === step && at >= reachedAt && index !== position,
    );
    const found = events[next];
    if (found === undefined || found.at >= enteredAt + lengthSeconds) break;
    times.push(found.at);
    position = next;
  }
  return times;
}
