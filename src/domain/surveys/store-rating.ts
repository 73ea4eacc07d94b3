import { noValue, quotient, sumOf } from '../activities/quotient.ts';
import type { CatalogMetric, Measurement, ParamSpec, ParamValue } from '../catalog/types.ts';
import { tooFew } from './answers.ts';
import type { RatingTotal, StorefrontRating } from './records.ts';

const unit = { name: 'stars', storedAs: 'rating', storedPer: 1 } as const;
const minRatings: ParamSpec = { type: 'whole', min: 1, max: 1_000_000_000, default: 1 };
const bestRating = 5;
const worstRating = 1;
/** Stores publish an average with about five decimals. */
const averageStep = 0.000_01;

/**
 * The rating over countries, each weighed by its number of ratings: a store shows one per country. Countries where
 * nobody rated drop out. Never made from written reviews, because most people who rate write nothing.
 */
export const storeRating: CatalogMetric = {
  key: 'store_rating',
  stage: 'satisfaction',
  kind: 'stock',
  unit,
  windows: ['snapshot'],
  usualWindow: { kind: 'day' },
  params: { countries: { type: 'texts' }, minRatings },
  records: ['countries'],
  sources: ['app_store', 'play_store', 'http', 'csv', 'push'],
  compute(params, _window, { countries }) {
    if (countries === undefined) return noValue('no_observation');
    const rated = chosen(countries, params.countries).filter((country) => country.count > 0);
    const ratings = sumOf(rated.map((country) => country.count));
    const stars = sumOf(rated.map((country) => country.average * country.count));
    const extras = { sampleSize: ratings, beside: { countries: rated.length } };
    return tooFew(ratings, params.minRatings) ?? quotient(stars, ratings, extras);
  },
};

/**
 * The rating of only those who rated between two readings, such as since a release: the store's own average is over
 * all time. Both readings are rounded, so a few new ratings among many old ones are known badly; by how much, in
 * stars, stands beside the value as `roundingError`.
 *
 * A count that fell was reset by the developer. So was one that outgrew the old one since, where no new ratings
 * could explain the two averages: then a new pair has to be begun.
 */
export const storeRatingDelta: CatalogMetric = {
  key: 'store_rating_delta',
  stage: 'satisfaction',
  kind: 'stock',
  unit,
  windows: ['none'],
  usualWindow: { kind: 'none' },
  params: { minRatings },
  records: ['before', 'after'],
  sources: ['app_store', 'play_store', 'http', 'csv', 'push'],
  compute(params, _window, { before, after }) {
    if (before === undefined || after === undefined) return noValue('no_observation');
    const added = after.count - before.count;
    if (added < 0) return noValue('counter_reset');
    const roundingError = (averageStep * after.count) / added;
    const extras = { sampleSize: added, beside: { roundingError } };
    const found = quotient(starsOf(after) - starsOf(before), added, extras);
    if (!isPossible(found, roundingError)) return noValue('counter_reset');
    return tooFew(added, params.minRatings) ?? found;
  },
};

function chosen(countries: readonly StorefrontRating[], wanted: ParamValue | undefined): StorefrontRating[] {
  if (typeof wanted !== 'object' || wanted.length === 0) return [...countries];
  const codes = Array.from(wanted, String).map((code) => code.toLowerCase());
  return countries.filter((country) => codes.includes(country.country.toLowerCase()));
}

function starsOf(total: RatingTotal): number {
  return total.average * total.count;
}

function isPossible({ value }: Measurement, roundingError: number): boolean {
  if (value === null) return true;
  // The smallest slip allowed for is that of binary fractions.
  const slip = Math.max(roundingError, 1e-9);
  return value >= worstRating - slip && value <= bestRating + slip;
}
