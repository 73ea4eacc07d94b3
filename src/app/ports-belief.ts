import type { Standing } from '../domain/week-change.ts';
import type {
  CycleRecord,
  KeyResultRecord,
  KeyResultStateRecord,
  ObjectiveRecord,
  StoredPoint,
  StoredRevision,
} from './ports.ts';

/**
 * What was believed at a past instant. A record is `whole` when its history reaches back that far; otherwise it is the
 * oldest that was kept (a definition), or what a snapshot says of it (a state).
 */
export type Believed<Record> = { record: Record; whole: boolean };

export type BeliefStore = {
  /** Those that existed then, newest first; one that was closed later is open. */
  cycles(workspaceId: string, at: Date): Promise<CycleRecord[]>;
  /** Those that existed and were not archived then, in the order of lists; every cycle's without one. */
  objectives(
    workspaceId: string,
    cycleId: string | undefined,
    at: Date,
  ): Promise<Believed<ObjectiveRecord>[]>;
  keyResults(
    workspaceId: string,
    cycleId: string | undefined,
    at: Date,
  ): Promise<Believed<KeyResultRecord>[]>;
  states(keyResultIds: string[], at: Date): Promise<Map<string, Believed<KeyResultStateRecord>>>;
  /** How Key Results stood then, as far as that can be compared; those of which nothing was known are missing. */
  standings(keyResultIds: string[], at: Date): Promise<Map<string, Standing>>;
  /** The versions of metrics that were collected then. */
  versions(workspaceId: string, at: Date): Promise<string[]>;
  /** Points as they were believed then, by version: from the first day on, to the second or without end. */
  points(
    metricVersionIds: string[],
    fromDay: string,
    toDay: string | null,
    at: Date,
  ): Promise<Map<string, StoredPoint[]>>;
  /** What had been believed and was given up by then. */
  revisions(metricVersionId: string, fromDay: string, toDay: string, at: Date): Promise<StoredRevision[]>;
};
