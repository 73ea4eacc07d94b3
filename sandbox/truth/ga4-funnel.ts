import type { ProductEvent } from '../model/activity.ts';
import type { Model } from '../model/model.ts';
import { type Ga4Look, type OnDay, seenByGa4 } from './ga4-seen.ts';

export type TruthStep = {
  event: string; // GA4's name
  withinSeconds?: number; // of the step before
  where?: (properties: ProductEvent['properties']) => boolean;
};

type Asked = { startDay: string; endDay: string; steps: readonly TruthStep[] };
type Seen = OnDay<ProductEvent & { ga4Name: string }>;

/**
 * How many devices got how far through a closed funnel within the days: for each step the devices for which there is
 * some choice of one event for every step up to it, in order and in time. Found by trying all choices.
 */
export function ga4Funnel(model: Pick<Model, 'activity'>, asked: Asked, look: Ga4Look): number[] {
  const { events } = seenByGa4(model, look);
  const devices = new Map<string, Seen[]>();
  for (const event of events) {
    if (event.day < asked.startDay || event.day > asked.endDay) continue;
    const own = devices.get(event.deviceId);
    if (own === undefined) devices.set(event.deviceId, [event]);
    else own.push(event);
  }
  const depths = [...devices.values()].map((own) => deepest(own, asked.steps, 0, -1));
  return asked.steps.map((_, step) => depths.filter((depth) => depth > step).length);
}

/** How many steps can be done from one on, when the one before was done by the event at `last` (-1: none yet). */
function deepest(events: readonly Seen[], steps: readonly TruthStep[], from: number, last: number): number {
  const step = steps[from];
  if (step === undefined) return from;
  let best = from;
  for (let index = last + 1; index < events.length && best < steps.length; index += 1) {
    const event = events[index] as Seen; // the index is within
    if (event.ga4Name !== step.event || step.where?.(event.properties) === false) continue;
    const waited = last < 0 ? 0 : event.at - (events[last] as Seen).at;
    if (waited > (step.withinSeconds ?? Number.POSITIVE_INFINITY)) break;
    best = Math.max(best, deepest(events, steps, from + 1, index));
  }
  return best;
}
