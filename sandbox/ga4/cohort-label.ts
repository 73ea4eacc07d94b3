import type { FirstVisit } from './dimensions.ts';
import type { Hit } from './hits.ts';
import { daysBetween, monthsBetween, padded, weeksBetween } from './wall-time.ts';

/** A group of users by the day of their first session. */
export type SeenCohort = { name: string };

type CohortLens = { cohort: SeenCohort | null; firstOf(deviceId: string): FirstVisit | null };

/**
 * The cohort's columns. Weeks and months are those of the calendar: who came on a Saturday is in week 1 the next day.
 *
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema `cohortNthWeek`
 */
export function cohortColumn({ deviceId, when }: Hit, name: string, lens: CohortLens): string {
  const first = lens.firstOf(deviceId);
  if (lens.cohort === null || first === null) return '';
  switch (name) {
    case 'cohort':
      return lens.cohort.name;
    case 'cohortNthDay':
      return padded(daysBetween(first.day, when.day));
    case 'cohortNthWeek':
      return padded(weeksBetween(first.day, when.day));
    case 'cohortNthMonth':
      return padded(monthsBetween(first.day, when.day));
    default:
      throw new RangeError(`the catalogue lists the dimension ${name}, but nothing knows its value`);
  }
}
