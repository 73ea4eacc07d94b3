import { defineMetric } from '../sdk/index.ts';
import { acceptDefinition } from './accept.ts';
import type { Ga4Config } from './config.ts';
import { ratioDefinition, reportDefinition, revenueDefinition, totalDefinition } from './definitions.ts';
import { fieldsOf } from './filter.ts';
import { settleDays } from './names.ts';
import {
  type EventConversionParams,
  eventConversionParams,
  filterOf,
  type RatioParams,
  type RevenueParams,
  ratioParams,
  revenueParams,
  type TotalParams,
  totalParams,
} from './params.ts';
import { eventConversion, ratio, revenue, total } from './questions.ts';
import { readMetric } from './read.ts';

const DAY_HOURS = 24;
/** Refunds, dunning and corrections move revenue for as long. */
const REVENUE_DAYS = 35;

/** Three days, or the twelve over which Google moves credit between sources; each is read again for that long. */
function settling(metrics: readonly string[], ...filters: readonly (readonly string[])[]): number {
  const names = filters.flatMap((filter) => fieldsOf(filterOf(filter)).names);
  return settleDays(metrics, names);
}

const totalSettling = ({ filter, metric }: TotalParams) => settling([metric], filter);
const ratioSettling = (params: RatioParams) =>
  settling([params.numerator, params.denominator], params.numeratorFilter, params.denominatorFilter);

export const reportTotal = defineMetric<Ga4Config, TotalParams>({
  title: 'Total of a report',
  description:
    'Any count or sum of the property by day, standard or custom, of what a filter lets through. Users, rates, averages and money have metrics of their own.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema: totalParams,
  settlesAfterHours: (params) => totalSettling(params) * DAY_HOURS,
  rereadDays: totalSettling,
  history: 'backfill',
  accept: (context, params) => acceptDefinition(context, totalDefinition(params)),
  read: (context, window, params) => readMetric(context, window, total(params)),
});

export const reportRatio = defineMetric<Ga4Config, RatioParams>({
  title: 'Ratio of two totals',
  description:
    'One count over another by day, each with a filter of its own; longer windows divide the sum of one by the sum of the other, and no rates are averaged. Users count once for each day.',
  stage: 'activation',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: ratioParams,
  settlesAfterHours: (params) => ratioSettling(params) * DAY_HOURS,
  rereadDays: ratioSettling,
  history: 'backfill',
  accept: (context, params) => acceptDefinition(context, ratioDefinition(params)),
  read: (context, window, params) => readMetric(context, window, ratio(params)),
});

export const eventConversionMetric = defineMetric<Ga4Config, EventConversionParams>({
  title: 'Event conversion',
  description:
    'Users, or sessions, with one event over those with another, or over all, by day, from counts. The two groups are counted each for itself: whether the same people did both, the funnel knows.',
  stage: 'activation',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: eventConversionParams,
  settlesAfterHours: ({ filter }) => settling([], filter) * DAY_HOURS,
  rereadDays: ({ filter }) => settling([], filter),
  history: 'backfill',
  accept: (context, params) =>
    acceptDefinition(context, reportDefinition(eventConversion(params), [params.filter])),
  read: (context, window, params) => readMetric(context, window, eventConversion(params)),
});

export const revenueMetric = defineMetric<Ga4Config, RevenueParams>({
  title: 'Revenue of GA4',
  description:
    'Revenue by day as GA4 was told it, less refunds on the day they were made, in the currency of the property. What was paid, and what recurs, billing systems know.',
  stage: 'revenue',
  unit: 'money',
  currencyParam: 'currency',
  kind: 'flow',
  paramsSchema: revenueParams,
  settlesAfterHours: ({ filter, metric }) => settling([metric], filter) * DAY_HOURS,
  rereadDays: REVENUE_DAYS,
  history: 'backfill',
  accept: (context, params) => acceptDefinition(context, revenueDefinition(params)),
  read: (context, window, params) => readMetric(context, window, revenue(params)),
});
