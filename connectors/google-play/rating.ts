import {
  begunDays,
  type CatalogMeaning,
  type DayWindow,
  defineMetric,
  type MetricReading,
  type PointReading,
} from '../sdk/index.ts';
import { acceptRating } from './accept.ts';
import type { PlayContext } from './client.ts';
import type { PlayConfig } from './config.ts';
import { dimensionOf, type RatingParams, ratingParams } from './params.ts';
import type { Rating } from './ratings-file.ts';
import { readMonths } from './reports.ts';

/**
 * The total average of each day, as Play has written it by now. A day without a line is not written yet, or nobody has rated:
 * both are no value.
 */
async function readRating(
  context: PlayContext,
  window: DayWindow,
  params: RatingParams,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  const first = monthBefore(days[0], params);
  const last = days.at(-1)?.slice(0, 7) ?? '';
  const isWanted = (month: string) => month >= first && month <= last;
  const { completeness, ratings } = await readMonths(context, dimensionOf(params), isWanted);
  const points =
    params.appVersion === 'newest'
      ? newestVersionPoints(days, ratings)
      : days.map((day) => {
          const wanted = params.country ?? params.appVersion ?? '';
          return pointOf(
            day,
            ratings.find((rating) => rating.day === day && rating.value === wanted),
          );
        });
  return { points, completeness };
}

/** Which version is the newest shows in the month before, too: on the first day of a month it may have no line. */
function monthBefore(day: string | undefined, { appVersion }: RatingParams): string {
  if (day === undefined) return '9999-99';
  if (appVersion !== 'newest') return day.slice(0, 7);
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return date.toISOString().slice(0, 7);
}

/**
 * The highest version code that was rated by the end of the day, since the month before it began. On a day on which it has no
 * line there is no value: that of an older version would be a fall back that nobody has rated.
 */
function newestVersionPoints(days: readonly string[], ratings: readonly Rating[]): PointReading[] {
  const rated = ratings.filter(({ total, value }) => total !== null && /^\d+$/.test(value));
  return days.map((day) => {
    const since = `${monthBefore(day, { appVersion: 'newest' })}-01`;
    const known = rated.filter((rating) => rating.day >= since && rating.day <= day);
    const newest = known.reduce((highest, { value }) => Math.max(highest, Number(value)), -1);
    const point = pointOf(
      day,
      rated.find((rating) => rating.day === day && Number(rating.value) === newest),
    );
    return newest < 0 ? point : { ...point, flags: { appVersion: String(newest) } };
  });
}

function pointOf(day: string, rating: Rating | undefined): PointReading {
  const total = rating?.total ?? null;
  return total === null ? { day, value: null, reason: 'no_observation' } : { day, value: total };
}

/**
 * Play's total average is over all ratings, which is what the countries' averages, weighed by their numbers, come to. Of
 * several countries it does not tell the numbers, and those of one version are another number.
 */
const meaning: CatalogMeaning<RatingParams> = {
  metric: 'store_rating',
  define: ({ appVersion, country }) =>
    appVersion !== undefined
      ? null
      : {
          params: { ...(country === undefined ? {} : { countries: [country.toLowerCase()] }), minRatings: 1 },
          window: { kind: 'day' },
        },
  suggest: ({ params: { countries } }) => {
    const named = Array.isArray(countries) ? countries.map(String) : [];
    return named.length === 1 ? { country: named[0] } : {};
  },
};

export const storeRating = defineMetric<PlayConfig, RatingParams>({
  title: 'Store rating',
  description:
    'Average of all ratings up to each day, of the app, one country or one version, from the reports of the Play Console. What the store shows weighs new ratings more and is another number.',
  stage: 'satisfaction',
  unit: 'rating',
  kind: 'stock',
  paramsSchema: ratingParams,
  // Reports come days late, and which ones is not said.
  settlesAfterHours: 7 * 24,
  rereadDays: 14,
  readEveryHours: 6,
  history: 'backfill',
  staleAfterDays: () => 7,
  catalog: meaning,
  accept: acceptRating,
  read: readRating,
});
