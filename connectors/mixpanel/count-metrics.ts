import { defineMetric } from '../sdk/index.ts';
import { acceptEvents } from './accept.ts';
import { peopleMeaning } from './catalog.ts';
import type { MixpanelContext } from './client.ts';
import type { MixpanelConfig } from './config.ts';
import { readCountRatio, readCounts } from './counts.ts';
import { byUnit, LATE_DAYS, late, settledAfterHours } from './late.ts';
import type { PeriodUnit } from './periods.ts';
import {
  type CountParams,
  countParams,
  type PeopleParams,
  type PropertyParams,
  peopleParams,
  peopleQuestion,
  perUserQuestions,
  propertyParams,
  ratioQuestions,
  totalQuestion,
  type UniqueRatioParams,
  uniqueRatioParams,
} from './questions.ts';
import { readAverage, readSums } from './sums.ts';

const settles = {
  settlesAfterHours: ({ unit }: { unit: PeriodUnit }) => settledAfterHours(LATE_DAYS, unit),
};

export const eventTotal = defineMetric<MixpanelConfig, CountParams>({
  title: 'Event total',
  description: 'How often an event happened on each day of the project.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  paramsSchema: countParams,
  ...late,
  history: 'backfill',
  accept: (context, params) => acceptEvents(context, [params]),
  read: (context, window, params) => readCounts(context, window, totalQuestion(params)),
});

export const uniqueUsers = defineMetric<MixpanelConfig, PeopleParams>({
  title: 'Unique users of an event',
  description:
    'How many different people did an event on a day, or in a week or month that is over, asked for as such. Periods ' +
    'are never added up.',
  stage: 'activation',
  unit: 'count',
  kind: 'distinct',
  paramsSchema: peopleParams,
  ...settles,
  ...byUnit,
  history: 'backfill',
  catalog: peopleMeaning,
  accept: (context, params) => acceptEvents(context, [params]),
  read: (context, window, params) => readCounts(context, window, peopleQuestion(params)),
});

export const eventsPerUser = defineMetric<MixpanelConfig, PeopleParams>({
  title: 'Events per user',
  description:
    'How often an event happened per person who did it, in each day, week or month: events by people of the same ' +
    'period. Over several periods events are divided by people of each period, so somebody counts once in each.',
  stage: 'activation',
  unit: 'count',
  kind: 'ratio',
  paramsSchema: peopleParams,
  ...settles,
  ...byUnit,
  history: 'backfill',
  accept: (context, params) => acceptEvents(context, [params]),
  read: (context, window, params) => readCountRatio(context, window, perUserQuestions(params)),
});

export const uniqueRatio = defineMetric<MixpanelConfig, UniqueRatioParams>({
  title: 'Ratio of two groups of users',
  description:
    'Different people who did one event, divided by different people who did another in the same day, week or month. ' +
    'The first need not be among the second, so it may exceed 1; the catalogue’s share rate only counts those who are.',
  stage: 'referral',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: uniqueRatioParams,
  ...settles,
  ...byUnit,
  history: 'backfill',
  accept: (context, { event, ofEvent, ofWhere, where }) =>
    acceptEvents(context, [
      { event, where },
      { event: ofEvent, where: ofWhere },
    ]),
  read: (context, window, params) => readCountRatio(context, window, ratioQuestions(params)),
});

const ofProperty = {
  paramsSchema: propertyParams,
  accept: (context: MixpanelContext, params: PropertyParams) =>
    acceptEvents(context, [{ ...params, properties: [params.property] }]),
};

export const eventPropertySum = defineMetric<MixpanelConfig, PropertyParams>({
  title: 'Sum of an event property',
  description:
    'What a number that events carry adds up to on each day. Events without it, or with text that is no number, add 0.',
  stage: 'activation',
  unit: 'count',
  kind: 'flow',
  ...ofProperty,
  ...late,
  history: 'backfill',
  read: readSums,
});

export const eventPropertyAverage = defineMetric<MixpanelConfig, PropertyParams>({
  title: 'Average of an event property',
  description:
    'The sum of a number over the events that carry it. Over several days sums are divided by events, which is not the ' +
    'mean of Mixpanel’s daily averages. Text that is no number counts as an event with 0.',
  stage: 'activation',
  unit: 'count',
  kind: 'ratio',
  ...ofProperty,
  ...late,
  history: 'backfill',
  read: readAverage,
});
