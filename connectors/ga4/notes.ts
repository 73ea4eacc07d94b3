import type { PointReading } from '../sdk/index.ts';
import type { Answer } from './answer.ts';

/** The flags of a point that come from the answer, and not from our own arithmetic. */
const QUALITY_FLAGS = ['sampled', 'otherRow', 'thresholded'];

/** By which clock and in which currency the property answered. */
export function propertyNote({ timeZone, currencyCode }: Pick<Answer, 'timeZone' | 'currencyCode'>): string {
  return `Days of the property are those of ${timeZone}${currencyCode === '' ? '' : `, its currency is ${currencyCode}`}`;
}

/** What Google said against its own numbers, each with the days it concerns. */
export function flagNotes(points: PointReading[]): string[] {
  const days = new Map<string, number>();
  for (const { flags = {} } of points) {
    for (const flag of QUALITY_FLAGS) if (flag in flags) days.set(flag, (days.get(flag) ?? 0) + 1);
  }
  return [...days].map(
    ([flag, count]) => `Flagged ${flag} by Google Analytics: ${count} of ${points.length} days`,
  );
}

/** Google's own words on a report without rows. */
export function emptyNotes({ emptyReason }: Pick<Answer, 'emptyReason'>): string[] {
  return emptyReason === '' ? [] : [`Google says why the report is empty: ${emptyReason.slice(0, 200)}`];
}
