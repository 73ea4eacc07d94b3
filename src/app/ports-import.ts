import type { AuditLog, PlanStore, SourceStore } from './ports.ts';

/** What a plan that is written in one go is written with. */
export type PlanWriter = Pick<
  PlanStore,
  'createObjective' | 'createKeyResult' | 'bindKeyResult' | 'updateKeyResult' | 'createInitiative'
> &
  Pick<SourceStore, 'createMetric'> & { audit: AuditLog };

/** Keys that were ever given; those of what was archived stay taken. */
export type TakenKeys = { objectives: Set<string>; keyResults: Set<string>; metrics: Set<string> };

export type ImportStore = {
  takenKeys(workspaceId: string): Promise<TakenKeys>;
  /** Everything that `write` stores, or nothing of it: one transaction. */
  inOne<T>(write: (writer: PlanWriter) => Promise<T>): Promise<T>;
};
