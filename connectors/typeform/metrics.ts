import { defineMetric } from '../sdk/index.ts';
import { acceptCount, acceptCsat, acceptNps } from './accept.ts';
import { averageMeaning, countMeaning, csatMeaning, npsMeaning } from './catalog.ts';
import type { TypeformConfig } from './config.ts';
import {
  type CountParams,
  type CsatParams,
  countParams,
  csatParams,
  type NpsParams,
  npsParams,
} from './params.ts';
import { readAverage, readCsat, readNps, readResponseCount } from './readings.ts';

/** Typeform may hold back responses of the newest half hour; what is over for two hours stays as it is. */
const traits = { settlesAfterHours: 2, rereadDays: 1, history: 'backfill', stage: 'satisfaction' } as const;
/** Windows that overlap hold the same answer many times: their points are levels, and none is added to another. */
const levelOr =
  <Kind>(own: Kind) =>
  ({ days, dedupe }: Pick<NpsParams, 'days' | 'dedupe'>): Kind | 'stock' =>
    days === 1 && dedupe === 'all' ? own : 'stock';

export const nps = defineMetric<TypeformConfig, NpsParams>({
  ...traits,
  title: 'Net promoter score',
  description:
    'Share of answers 9 and 10 less share of answers 0 to 6, times 100, over the days that end with each day: -100 to 100.',
  unit: 'score',
  kind: 'stock',
  kindOf: levelOr('distribution'),
  paramsSchema: npsParams,
  catalog: npsMeaning,
  accept: acceptNps,
  read: readNps,
});

export const npsAverage = defineMetric<TypeformConfig, NpsParams>({
  ...traits,
  title: 'Average recommendation score',
  description: 'Mean of the answers from 0 to 10 over the days that end with each day: 0 to 10.',
  unit: 'score',
  kind: 'stock',
  kindOf: levelOr('ratio'),
  paramsSchema: npsParams,
  catalog: averageMeaning,
  accept: acceptNps,
  read: readAverage,
});

export const csat = defineMetric<TypeformConfig, CsatParams>({
  ...traits,
  title: 'Customer satisfaction',
  description:
    'Share of the answers on a scale from 1 that are positive, such as 4 and 5 of 5, over the days that end with each day.',
  unit: 'ratio',
  kind: 'stock',
  kindOf: levelOr('ratio'),
  paramsSchema: csatParams,
  catalog: csatMeaning,
  accept: acceptCsat,
  read: readCsat,
});

export const responseCount = defineMetric<TypeformConfig, CountParams>({
  ...traits,
  stage: 'discovery',
  title: 'Completed responses',
  description:
    'Responses that were completed on each day. Of a form for interviews or tests it counts how many there were.',
  unit: 'count',
  kind: 'flow',
  paramsSchema: countParams,
  catalog: countMeaning,
  accept: acceptCount,
  read: readResponseCount,
});
