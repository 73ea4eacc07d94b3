import { Decimal } from 'decimal.js';
import type { ConnectorContext, DayWindow, MetricReading, PointReading } from '../sdk/index.ts';
import { readPlanned } from './budget.ts';
import type { Ga4Client } from './client.ts';
import type { Ga4Config } from './config.ts';
import {
  daysLookedAt,
  FUNNEL_LIMIT,
  funnelCost,
  funnelOf,
  funnelRequest,
  type WantedFunnels,
} from './funnel-plan.ts';
import { funnelSampling, funnelSteps } from './funnel-report.ts';
import { flagNotes, propertyNote } from './notes.ts';
import type { FunnelParams } from './params.ts';
import { portions } from './plan.ts';
import { propertyFacts } from './property-facts.ts';
import { refuseOtherZone } from './refusals.ts';
import { plannedCosts } from './run-plan.ts';
import { MOST_POINTS } from './spans.ts';
import { ratioOf } from './value-of-day.ts';

/** There is no batch for funnels; so many are asked for side by side. */
const AT_A_TIME = 3;

/** Of those who came to the first step on a day, the share that got to the last in time. */
export async function readFunnel(
  context: ConnectorContext<Ga4Config>,
  window: DayWindow,
  params: FunnelParams,
): Promise<MetricReading> {
  const wanted = funnelOf(params, window, context.now);
  if (wanted.days.length === 0) {
    const notes = ['Nobody who entered in the window has had the time to finish'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const cost = funnelCost(context.config.propertyId, wanted);
  // Answers about funnels do not say by which clock their days are cut.
  const property = await propertyFacts(context);
  refuseOtherZone(property.timeZone, window.timeZone);
  const { points, notes } = await readPlanned(context, cost, await plannedCosts(context), async (client) => ({
    points: await readDays(client, wanted),
    notes: client.notes(),
  }));
  const told = [propertyNote(property), ...flagNotes(points), ...notes];
  if (wanted.isCut) told.push(`Only the newest ${MOST_POINTS} days were asked for`);
  return {
    points,
    completeness: { pages: points.length, items: points.length, lastPageReached: true, notes: told },
  };
}

async function readDays(client: Ga4Client, { days, params }: WantedFunnels): Promise<PointReading[]> {
  const points: PointReading[] = [];
  for (const some of portions(days, AT_A_TIME)) {
    points.push(...(await Promise.all(some.map((day) => readDay(client, params, day)))));
  }
  return points;
}

async function readDay(client: Ga4Client, params: FunnelParams, day: string): Promise<PointReading> {
  const answer = await client.funnel(funnelRequest(params, day), daysLookedAt(params));
  const steps = funnelSteps(answer, { steps: params.steps.length, limit: FUNNEL_LIMIT });
  const sampled = funnelSampling(answer);
  const flags = sampled === null ? {} : { flags: { sampled } };
  const [entered, finished] = [steps.at(0)?.users ?? null, steps.at(-1)?.users ?? null];
  if (entered === null || finished === null) return { day, value: null, ...flags };
  return { day, ...ratioOf(new Decimal(finished), new Decimal(entered)), ...flags };
}
