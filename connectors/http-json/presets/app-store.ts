import { z } from 'zod';
import type { Question } from '../question.ts';
import { type Preset, presetConnector } from './preset.ts';

const country = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{2}$/, { error: 'Two letters of a country, such as us' });
const params = z.object({
  countries: z
    .array(country)
    .min(1, { error: 'Name at least one country' })
    .max(20, { error: 'At most 20 countries: Apple allows about 20 requests a minute' })
    .refine((codes) => new Set(codes).size === codes.length, { error: 'Name each country once' })
    .describe('Countries whose stores are asked, such as us and de'),
});

/** One store a request; a country where the app is not sold answers with an empty list. */
const lookup = (
  pick: Pick<Question['pick'], 'value' | 'denominator' | 'weighted' | 'combine'>,
): Question => ({
  method: 'GET',
  path: '/lookup?id={{appId}}&country={{country}}&entity=software',
  per: 'now',
  paging: { kind: 'none' },
  errorsAt: [],
  pick: { items: '/results', dayAs: 'date', ...pick, absent: 'error', missing: 'none' },
});

export const appStorePreset: Preset = {
  id: 'app_store',
  title: 'App Store',
  version: '1',
  experimental: true,
  guide:
    'Enter the number of the app (the digits after "id" in its App Store address). No key is needed: what everybody sees is read.',
  base: 'https://itunes.apple.com',
  config: z.object({
    appId: z
      .string()
      .trim()
      .regex(/^\d{5,15}$/, { error: 'The digits after "id" in the address of the app' })
      .describe('Number of the app'),
    country: country.default('us').describe('Country whose store is asked by the check'),
  }),
  secretFields: [],
  auth: { kind: 'none' },
  limits: { requestsPerSecond: 0.3, concurrent: 1 },
  throttled: [403],
  keyHint: 'Wait a while: Apple refuses addresses that ask too often.',
  check: {
    path: '/lookup?id={{appId}}&country={{country}}&entity=software',
    accountAt: '/results/0/trackName',
    account: '',
  },
  metrics: {
    rating: {
      title: 'Store rating',
      description:
        'Stars over the named countries, each weighed by its number of ratings. Points keep stars times ratings and ratings as their ' +
        'two parts, so that the rating of those who rated since a release can be worked out from two of them.',
      stage: 'retention',
      unit: 'rating',
      kind: 'stock',
      params,
      each: { param: 'countries', as: 'country' },
      question: lookup({
        value: '/averageUserRating',
        denominator: '/userRatingCount',
        weighted: true,
        combine: 'sum',
      }),
      settlesAfterHours: 0,
      rereadDays: 0,
      catalog: {
        metric: 'store_rating',
        define: ({ countries }) =>
          Array.isArray(countries)
            ? { params: { countries: countries.map(String), minRatings: 1 }, window: { kind: 'day' } }
            : null,
        suggest: ({ params: { countries } }) => ({ countries }),
      },
    },
    ratings: {
      title: 'Number of store ratings',
      description: 'Ratings of all time, over the named countries.',
      stage: 'retention',
      unit: 'count',
      kind: 'stock',
      params,
      each: { param: 'countries', as: 'country' },
      question: lookup({ value: '/userRatingCount', combine: 'sum' }),
      settlesAfterHours: 0,
      rereadDays: 0,
    },
  },
};

export const appStore = presetConnector(appStorePreset);
