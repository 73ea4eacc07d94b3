import { defineConnector, defineMetric, type MetricDefinition } from '../sdk/index.ts';
import { acceptQuestion } from './accept.ts';
import { checkApi } from './check.ts';
import { allowedHosts, apiOf, configSchema, type HttpJsonConfig, limits } from './config.ts';
import {
  type AnyParams,
  type CurrentParams,
  currentParams,
  type DailyParams,
  dailyParams,
  questionOf,
  type SeriesParams,
  seriesParams,
} from './params.ts';
import type { Question } from './question.ts';
import { readQuestion } from './read.ts';

type Shared<P> = Pick<
  MetricDefinition<HttpJsonConfig, P>,
  | 'stage'
  | 'unit'
  | 'kind'
  | 'currencyParam'
  | 'unitOf'
  | 'kindOf'
  | 'settlesAfterHours'
  | 'rereadDays'
  | 'accept'
  | 'read'
>;

/** What the three ways to ask have in common: their parameters say everything. */
function asks<P extends AnyParams>(per: Question['per']): Shared<P> {
  return {
    stage: 'activation',
    unit: 'count',
    kind: 'flow',
    currencyParam: 'currency',
    unitOf: ({ unit }) => unit,
    kindOf: ({ kind }) => kind,
    settlesAfterHours: (params) => params.settlesAfterHours,
    rereadDays: (params) => params.rereadDays,
    accept: (context, params) =>
      acceptQuestion(context, apiOf(context.config, context.endpoint), questionOf(per, params)),
    read: (context, window, params) =>
      readQuestion(context, apiOf(context.config, context.endpoint), questionOf(per, params), window),
  };
}

const series = defineMetric<HttpJsonConfig, SeriesParams>({
  ...asks<SeriesParams>('window'),
  title: 'Series of days',
  description:
    'One request, over as many pages as there are, tells many days: a list whose items hold a day and a number. The past can be read.',
  paramsSchema: seriesParams,
  history: 'backfill',
});

const daily = defineMetric<HttpJsonConfig, DailyParams>({
  ...asks<DailyParams>('day'),
  title: 'One request a day',
  description:
    'Each day is asked for by itself, with {{day}} or {{start}} and {{end}} in the path or body, and answers with its number. The past can be read.',
  paramsSchema: dailyParams,
  history: 'backfill',
});

const current = defineMetric<HttpJsonConfig, CurrentParams>({
  ...asks<CurrentParams>('now'),
  title: 'Present value',
  description:
    'The number as it is now becomes the value of today. Its history grows from the first reading on.',
  kind: 'stock',
  paramsSchema: currentParams,
  history: 'from_now',
});

export const httpJson = defineConnector<HttpJsonConfig>({
  id: 'http_json',
  title: 'HTTP JSON',
  version: '1',
  configSchema,
  secretFields: ['secret'],
  guide:
    'Enter the address of an API that answers in JSON, and how it takes its key: bearer, basic, header, query, oauth2 or none. ' +
    'Use a key that may only read.',
  needsEndpoint: true,
  allowedHosts,
  limits,
  check: (context) =>
    checkApi(context, apiOf(context.config, context.endpoint), {
      path: context.config.checkPath,
      account: context.config.accountAt === undefined ? (context.endpoint?.host ?? '') : '',
      ...(context.config.accountAt === undefined ? {} : { accountAt: context.config.accountAt }),
      mayBeMissing: context.config.checkPath === '',
    }),
  metrics: { series, daily, current },
});
