import { allOf, type Filter, isExactly, mapNames } from './filter.ts';
import { currentName } from './names.ts';
import {
  type ConversionParams,
  conversionParams,
  type EventConversionParams,
  eventConversionParams,
  filterOf,
  type PeopleParams,
  peopleParams,
  type RatioParams,
  type RevenueParams,
  ratioParams,
  revenueParams,
  type TotalParams,
  totalParams,
} from './params.ts';

/** One report by date: its metrics, only what fits, and a currency where Google is to convert into it. */
export type Ask = { names: string[]; filter: Filter | null; currencyCode: string | null };

/** One side of a quotient whose sides are counted under different conditions. */
export type Side = { name: string; filter: Filter | null };

/**
 * What a metric of ours needs of GA4 and how its points come out of it: a number that adds up over days (`sum`), the
 * same in a currency (`money`), people of each day or of the days up to it (`people`), two sums to divide (`ratio`, or
 * `quotient` where each has a filter of its own), or a rate whose counts are won back by multiplying (`rate`).
 */
export type Question =
  | { as: 'sum'; name: string; filter: Filter | null }
  | { as: 'money'; name: string; filter: Filter | null; currency: string; convert: boolean }
  | { as: 'people'; name: string; rolling: boolean; filter: Filter | null }
  | { as: 'ratio'; numerator: string; denominator: string }
  | { as: 'quotient'; numerator: Side; denominator: Side }
  | { as: 'rate'; rate: string; denominator: string };

const PEOPLE_NAMES = { 1: 'activeUsers', 7: 'active7DayUsers', 28: 'active28DayUsers' } as const;

export const newUsers: Question = { as: 'sum', name: 'newUsers', filter: null };
export const sessions: Question = { as: 'sum', name: 'sessions', filter: null };
export const engagement: Question = {
  as: 'ratio',
  numerator: 'userEngagementDuration',
  denominator: 'activeUsers',
};
export const sessionsPerUser: Question = { as: 'ratio', numerator: 'sessions', denominator: 'activeUsers' };

export function people({ days }: PeopleParams): Question {
  return { as: 'people', name: PEOPLE_NAMES[days], rolling: days > 1, filter: null };
}

export function conversion({ keyEvent, per }: ConversionParams): Question {
  return per === 'session'
    ? { as: 'rate', rate: `sessionKeyEventRate:${keyEvent}`, denominator: 'sessions' }
    : { as: 'rate', rate: `userKeyEventRate:${keyEvent}`, denominator: 'totalUsers' };
}

export function total({ metric, filter }: TotalParams): Question {
  return { as: 'sum', name: currentName(metric), filter: currentFilter(filter) };
}

export function ratio(params: RatioParams): Question {
  return {
    as: 'quotient',
    numerator: { name: currentName(params.numerator), filter: currentFilter(params.numeratorFilter) },
    denominator: { name: currentName(params.denominator), filter: currentFilter(params.denominatorFilter) },
  };
}

export function revenue({ convert, currency, filter, metric }: RevenueParams): Question {
  return {
    as: 'money',
    name: metric,
    filter: currentFilter(filter),
    currency: currency.toUpperCase(),
    convert,
  };
}

/** People, or sessions, with one event over those with another, or over all. */
export function eventConversion({ event, filter, of, per }: EventConversionParams): Question {
  const name = per === 'user' ? 'totalUsers' : 'sessions';
  const also = currentFilter(filter);
  const having = (one: string) => allOf([isExactly('eventName', one), also]);
  return {
    as: 'quotient',
    numerator: { name, filter: having(event) },
    denominator: { name, filter: of === undefined ? also : having(of) },
  };
}

/** The filter of a parameter, with the names of today. */
export function currentFilter(texts: readonly string[]): Filter | null {
  const parsed = filterOf(texts);
  return parsed === null ? null : mapNames(parsed, currentName);
}

/** The question of a planned read, or null when it is none that reports by date answer. */
export function questionOf(metric: string, params: unknown): Question | null {
  switch (metric) {
    case 'new_users':
      return newUsers;
    case 'sessions':
      return sessions;
    case 'engagement_seconds_per_user_day':
      return engagement;
    case 'sessions_per_user_day':
      return sessionsPerUser;
    case 'active_users':
      return people(peopleParams.parse(params));
    case 'key_event_conversion':
      return conversion(conversionParams.parse(params));
    case 'report_total':
      return total(totalParams.parse(params));
    case 'report_ratio':
      return ratio(ratioParams.parse(params));
    case 'revenue':
      return revenue(revenueParams.parse(params));
    case 'event_conversion':
      return eventConversion(eventConversionParams.parse(params));
    default:
      return null;
  }
}

/** The reports that a question needs: what belongs together comes from one, so that its parts fit. */
export function asksOf(question: Question): Ask[] {
  const ask = (names: string[], filter: Filter | null = null): Ask => ({ names, filter, currencyCode: null });
  switch (question.as) {
    case 'sum':
    case 'people':
      return [ask([question.name], question.filter)];
    case 'money':
      return [
        {
          ...ask([question.name], question.filter),
          currencyCode: question.convert ? question.currency : null,
        },
      ];
    case 'ratio':
      return [ask([question.numerator, question.denominator])];
    case 'rate':
      return [ask([question.rate, question.denominator])];
    case 'quotient': {
      const { numerator, denominator } = question;
      return JSON.stringify(numerator.filter) === JSON.stringify(denominator.filter)
        ? [ask([...new Set([numerator.name, denominator.name])], numerator.filter)]
        : [ask([numerator.name], numerator.filter), ask([denominator.name], denominator.filter)];
    }
  }
}

/** The GA4 metrics that a question is made of. */
export function namesAsked(question: Question): string[] {
  return [...new Set(asksOf(question).flatMap(({ names }) => names))];
}
