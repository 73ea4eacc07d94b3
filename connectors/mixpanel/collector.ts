import { z } from 'zod';
import {
  type CollectedDays,
  type CollectedEnd,
  type CollectStart,
  type EventCollector,
  parseAnswer,
} from '../sdk/index.ts';
import { acceptEvents } from './accept.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { type Counted, eventsOf, NOTHING_COUNTED, wallZone } from './collector-days.ts';
import type { MixpanelConfig } from './config.ts';
import { type DayRange, lengthOf, shiftDay } from './days.ts';
import { LATE_DAYS } from './late.ts';

/** A request that breaks is asked again as a whole: so many days, and no more than about so many events. */
const FIRST_DAYS = 7;
const MOST_DAYS = 30;
const WANTED_EVENTS = 2_000_000;

const stateSchema = z.object({
  v: z.literal(1),
  /** The last UTC day that was read once. */
  throughDay: z.string(),
  /** How many days the next request asks for. */
  step: z.int().min(1).max(MOST_DAYS),
});
type State = z.infer<typeof stateSchema>;

/** Raw events by Mixpanel's export, in whole UTC days that are over. */
export const mixpanelEvents: EventCollector<MixpanelConfig> = {
  lateDays: LATE_DAYS,
  read,
  accept: (context, names) =>
    acceptEvents(
      context,
      names.map((event) => ({ event })),
    ),
};

async function* read(
  context: MixpanelContext,
  { names, startDay, state: stored }: CollectStart,
): AsyncGenerator<CollectedDays> {
  const client = createMixpanelClient(context);
  const zone = wallZone(context.config);
  const lastDay = shiftDay(context.now.toISOString().slice(0, 10), -1);
  let state: State | null =
    stored === null ? null : parseAnswer('Tidemark', 'the stored state of a collection', stateSchema, stored);
  const again = state === null ? startDay : shiftDay(state.throughDay, 1 - LATE_DAYS);
  let fromDay = again < startDay ? startDay : again;
  while (fromDay <= lastDay) {
    const range = rangeFrom(fromDay, state, lastDay);
    const counted = { ...NOTHING_COUNTED };
    const before: State | null = state;
    const after = (): State => stateAfter(range, before, counted);
    yield {
      firstDay: range.fromDay,
      lastDay: range.toDay,
      names,
      events: eventsOf({ context, client, names, zone }, range, counted),
      throughAt: range.toDay === lastDay ? new Date(`${shiftDay(lastDay, 1)}T00:00:00Z`) : null,
      ended: (): CollectedEnd => ({ state: after(), note: noteOf(range, counted) }),
    };
    state = after();
    fromDay = shiftDay(range.toDay, 1);
  }
}

function rangeFrom(fromDay: string, state: State | null, lastDay: string): DayRange {
  const end = shiftDay(fromDay, (state?.step ?? FIRST_DAYS) - 1);
  return { fromDay, toDay: end < lastDay ? end : lastDay };
}

/** Days that are read again for what came late do not take back how far it was read. */
function stateAfter(range: DayRange, before: State | null, counted: Counted): State {
  const through = before?.throughDay ?? range.toDay;
  const step = nextStep(range, before?.step ?? FIRST_DAYS, counted.events);
  return { v: 1, throughDay: through > range.toDay ? through : range.toDay, step };
}

/** So many days that about the wanted number of events comes at once; at most twice as many as before. */
export function nextStep(range: DayRange, step: number, events: number): number {
  const fitting = Math.floor((lengthOf(range) * WANTED_EVENTS) / Math.max(events, 1));
  return Math.max(1, Math.min(fitting, step * 2, MOST_DAYS));
}

function noteOf({ fromDay, toDay }: DayRange, { nobody, unnamed }: Counted): string {
  const beside = [
    ...(nobody === 0 ? [] : [`${nobody} of nobody left out`]),
    ...(unnamed === 0 ? [] : [`${unnamed} without $insert_id could not be checked for repeats`]),
  ];
  return [`${fromDay} to ${toDay} of UTC`, ...beside].join(', ');
}
