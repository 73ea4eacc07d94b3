import type { KeyResultRow } from '../api/contract.ts';
import type { Translate } from '../i18n/index.ts';
import type { Format } from './format.ts';

/** Which people a number is about, where the metric follows them, and when the last of them are decided. */
export function cohortSentences(
  t: Translate,
  format: Format,
  { cohort, override, status }: KeyResultRow,
): string[] {
  // What an owner says in its place is about no cohort.
  if (cohort === undefined || override !== null) return [];
  const { firstDecidedDay, finalDay, firstOwnDay, lastOwnDay } = cohort;
  const newest = status.asOfDay;
  return [
    newest !== null && newest >= firstOwnDay
      ? t('cohort.newest', { day: format.day(newest) })
      : t('cohort.first', { day: format.day(firstDecidedDay) }),
    t('cohort.final', { lastOwnDay: format.day(lastOwnDay), day: format.day(finalDay) }),
  ];
}
