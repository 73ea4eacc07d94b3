import type { DayWindow } from '../sdk/index.ts';
import type { PlannedCost } from './budget.ts';
import type { FunnelRequest } from './calls.ts';
import { SETTLING_HOURS } from './cohort-plan.ts';
import { funnelTokens } from './costs.ts';
import type { FunnelParams } from './params.ts';
import { currentFilter } from './questions.ts';
import { endedDays, MOST_POINTS, settledDay, shifted } from './spans.ts';
import { parseStep, stepExpression } from './steps.ts';

/** Ten steps and no breakdown are ten rows. */
export const FUNNEL_LIMIT = 1_000;

/** The days on which people entered whose time has run out. */
export type WantedFunnels = { key: string; params: FunnelParams; days: string[]; isCut: boolean };

/** The longest way from the first step to the last, in hours; an open funnel is one of the day itself. */
function longestHours({ open, steps, withinHours }: FunnelParams): number {
  return open ? 0 : withinHours * (steps.length - 1);
}

export function funnelMaturesAfterHours(params: FunnelParams): number {
  return longestHours(params) + SETTLING_HOURS;
}

export function funnelOf(params: FunnelParams, window: DayWindow, now: Date): WantedFunnels {
  const throughDay = settledDay(window.timeZone, now, SETTLING_HOURS);
  const wait = Math.ceil(longestHours(params) / 24);
  const mature = endedDays(window, now).filter((day) => shifted(day, wait) <= throughDay);
  const days = mature.slice(-MOST_POINTS);
  const key = `ga4-funnel:${JSON.stringify([params, days[0], days.at(-1), days.length])}`;
  return { key, params, days, isCut: days.length < mature.length };
}

/** How many days the funnel of one day of entry looks at. */
export function daysLookedAt(params: FunnelParams): number {
  // One more than the limit: the day on which clocks go forward is an hour short, and the limit itself holds people back.
  return params.open ? 1 : Math.ceil(longestHours(params) / 24) + 2;
}

/**
 * The funnel of those who entered on a day. Google counts what lies within the range of dates, so the range runs on for
 * as long as people have, and the first step asks for the day; of an open funnel all of it lies on the day.
 */
export function funnelRequest(params: FunnelParams, day: string): FunnelRequest {
  const { filter, open, steps, withinHours } = params;
  const dimensionFilter = currentFilter(filter);
  return {
    dateRanges: [{ startDate: day, endDate: shifted(day, daysLookedAt(params) - 1) }],
    funnel: {
      isOpenFunnel: open,
      steps: steps.map((text, at) => {
        const step = parseStep(text);
        return {
          name: step.event,
          filterExpression: stepExpression(step, at === 0 && !open ? day.replaceAll('-', '') : null),
          ...(at === 0 ? {} : { withinDurationFromPriorStep: { seconds: withinHours * 3_600 } }),
        };
      }),
    },
    ...(dimensionFilter === null ? {} : { dimensionFilter }),
    limit: FUNNEL_LIMIT,
  };
}

export function funnelCost(propertyId: string, { days, key, params }: WantedFunnels): PlannedCost {
  const tokens = days.length * funnelTokens(propertyId, params.steps.length, daysLookedAt(params));
  return { key, pools: 'funnel', days: days.length, tokens };
}
