import { AppError } from './errors.ts';
import type { CycleRecord } from './ports.ts';

/** What was frozen stays as it was: nothing of a closed cycle can be added to, changed or checked in. */
export function refuseClosed(cycle: Pick<CycleRecord, 'key' | 'closedAt'>): void {
  if (cycle.closedAt === null) return;
  throw new AppError(
    'conflict',
    'cycle_closed',
    `The cycle "${cycle.key}" was closed on ${cycle.closedAt.toISOString().slice(0, 10)}, and its scorecard is frozen.`,
    'Carry what is open over to another cycle: `tidemark cycle carry-over`.',
  );
}
