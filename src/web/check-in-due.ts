import type { KeyResultRow } from '../api/contract.ts';
import { daysAfter } from './format.ts';

/** How long a check-in speaks before its owner is asked again: `CHECK_IN_DAYS` of the domain, held equal by a test. */
export const CHECK_IN_DAYS = 14;

/** The day by which the next check-in is wanted; null when nobody is asked, because there is none yet or it is over. */
export function nextCheckInDay(row: Pick<KeyResultRow, 'data' | 'goal'>, cycleState: string): string | null {
  const { dataThroughDay } = row.data;
  if (cycleState !== 'running' || dataThroughDay === null || row.goal.kind === 'milestone') return null;
  return daysAfter(dataThroughDay, CHECK_IN_DAYS);
}
