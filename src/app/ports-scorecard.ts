import type { GuardState } from '../domain/guard.ts';
import type { Goal } from '../domain/key-result.ts';
import type { Status } from '../domain/status.ts';
import type { Titles } from '../domain/titles.ts';

/** How a cycle ended, frozen. Numbers are as the board showed them at that moment. */
export type ScorecardContent = {
  v: 1;
  cycle: { key: string; title: string; startDay: string; endDay: string; timeZone: string };
  objectives: ScorecardObjective[];
  keyResults: ScorecardKeyResult[];
};
export type ScorecardObjective = {
  id: string;
  key: string;
  title: string;
  /** Absent in what was frozen before there were any. */
  titles?: Titles;
  owner: string | null;
  parentId: string | null;
  stage: string | null;
  phase: string | null;
  weight: number;
  /** Rolled up; null when no Key Result has a value. */
  progress: number | null;
  coverage: number;
};
export type ScorecardKeyResult = {
  id: string;
  key: string;
  title: string;
  titles?: Titles;
  objectiveId: string;
  owner: string | null;
  goal: Goal;
  unit: string;
  currency: string | null;
  weight: number;
  startValue: number | null;
  targetValue: number | null;
  finalValue: number | null;
  progress: number | null;
  status: Status;
  /** Why there is no verdict, or how it was reached: a code with its values. */
  reason: { code: string; values: Record<string, string | number | null> };
  asOfDay: string | null;
  /** The cycle was closed before its last day had settled, or without a value: the owner's decision, not the data's. */
  provisional: boolean;
  guard: GuardState | null;
  snapshotId: string | null;
  metricVersionId: string | null;
};
export type ScorecardRecord = {
  cycleId: string;
  closedAt: Date;
  closedBy: string;
  reason: string | null;
  content: ScorecardContent;
  digest: string;
};

export type ScorecardStore = {
  find(cycleId: string): Promise<ScorecardRecord | null>;
  /**
   * Closes a cycle with the scorecard that `build` makes. No Key Result of it is evaluated between what `build` reads
   * and the moment it is closed. Null when it was closed before: then nothing is written.
   */
  close(
    cycleId: string,
    by: { name: string; reason: string | null },
    build: () => Promise<ScorecardContent>,
  ): Promise<ScorecardRecord | null>;
};
