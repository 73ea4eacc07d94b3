import type { Cycle } from './cycle.ts';
import type { Status } from './status.ts';

/** `closing`: its days are over, and the last ones may still settle. `closed`: its scorecard is frozen. */
export type CycleState = 'upcoming' | 'running' | 'closing' | 'closed';

export function cycleState(cycle: Cycle, closed: boolean, today: string): CycleState {
  if (closed) return 'closed';
  if (today < cycle.startDay) return 'upcoming';
  return today < cycle.endDay ? 'running' : 'closing';
}

/** Whether nothing that still comes can change how a Key Result ended. */
export function isFinal(status: Status): boolean {
  return status === 'achieved' || status === 'missed';
}
