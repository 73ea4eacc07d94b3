import type { DayWindow } from '../sdk/index.ts';
import type { PlannedCost } from './budget.ts';
import { tokensOf } from './costs.ts';
import type { MonthUsersParams, UsersParams } from './params.ts';
import { currentFilter } from './questions.ts';
import { type Span, spanRequests } from './single-days.ts';
import { endedDays, isMonthEnd, MOST_POINTS, monthStart, shifted } from './spans.ts';

/** Different people of some days, for which Google is asked by exactly those days. */
export type WantedUsers = {
  key: string;
  name: string;
  filter: readonly string[];
  spans: Span[];
  isCut: boolean;
};

/** The people of the `days` days that end with each day that is over. */
export function usersOfDays({ count, days, filter }: UsersParams, window: DayWindow, now: Date): WantedUsers {
  const spans = endedDays(window, now).map((day) => ({ day, fromDay: shifted(day, 1 - days) }));
  return wantedOf('days', count, filter, spans);
}

/** The people of each month that is over, on its last day. */
export function usersOfMonths(
  { count, filter }: MonthUsersParams,
  window: DayWindow,
  now: Date,
): WantedUsers {
  const ends = endedDays(window, now).filter(isMonthEnd);
  return wantedOf(
    'months',
    count,
    filter,
    ends.map((day) => ({ day, fromDay: monthStart(day) })),
  );
}

function wantedOf(of: string, name: string, filter: readonly string[], all: Span[]): WantedUsers {
  const spans = all.slice(-MOST_POINTS);
  const key = `ga4-users:${JSON.stringify([of, name, filter, spans[0], spans.at(-1), spans.length])}`;
  return { key, name, filter, spans, isCut: spans.length < all.length };
}

/** What reading it will cost. */
export function usersCost(propertyId: string, wanted: WantedUsers): PlannedCost {
  const requests = spanRequests(wanted.spans, spanQuestion(wanted));
  const tokens = requests.reduce((sum, request) => sum + tokensOf(propertyId, request), 0);
  return { key: wanted.key, pools: 'core', days: wanted.spans.length, tokens };
}

/** What is asked of each span. */
export function spanQuestion({ filter, name }: WantedUsers) {
  return { names: [name], filter: currentFilter(filter), currencyCode: null };
}
