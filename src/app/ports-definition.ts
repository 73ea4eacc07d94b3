import type { Aggregate } from '../domain/aggregate.ts';
import type { BaselineRule } from '../domain/baseline.ts';
import type { Goal, NoValueReason } from '../domain/key-result.ts';
import type { Override } from '../domain/override.ts';
import type { EvaluationInput, EvaluationOutput } from './evaluation.ts';

/** What definitions need beside the stores of the plan and of the sources. */

/** A point that a baseline was made from, as it was then: it stands here even when the series has lost it. */
export type BaselinePoint = {
  day: string;
  revision: number;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
};

export type BaselineRecord = {
  id: string;
  value: number;
  /** `stated`: an owner has given it. */
  rule: BaselineRule['kind'] | 'stated';
  /** `[startDay, endDay)`; empty for a stated one. */
  startDay: string;
  endDay: string;
  observations: number;
  evidence: {
    metric: string | null;
    metricVersionId: string | null;
    definitionHash: string | null;
    aggregate: Aggregate | null;
    points: BaselinePoint[];
  };
  capturedAt: Date;
  /** Who stated it, and why; both null for a captured one. */
  overriddenBy: string | null;
  reason: string | null;
};

export type OverrideRecord = Override & {
  reason: string;
  author: string | null;
  createdAt: Date;
  /** When it was ended by hand, before its last day. */
  endedAt: Date | null;
};

/** Numbers that somebody brought: a push, an upload or a check-in. */
export type IngestView = {
  id: string;
  via: string;
  format: string;
  rows: number;
  digest: string;
  actor: string;
  note: string | null;
  receivedAt: Date;
};

export type DefinitionStore = {
  /** Newest first. */
  baselines(keyResultId: string): Promise<BaselineRecord[]>;
  /** Keeps an owner's baseline and gives the goal its start, in one transaction; the version of the Key Result rises. */
  stateBaseline(baseline: {
    workspaceId: string;
    keyResultId: string;
    goal: Goal;
    value: number;
    /** The day that it speaks for. */
    day: string;
    evidence: BaselineRecord['evidence'];
    author: string;
    reason: string;
  }): Promise<void>;
  /** Newest first, ended ones included. */
  overrides(keyResultId: string): Promise<OverrideRecord[]>;
  createOverride(
    override: Omit<Override, 'id'> & {
      workspaceId: string;
      keyResultId: string;
      reason: string;
      author: string;
    },
  ): Promise<OverrideRecord>;
  /** Null when the Key Result has no such override that is not ended. */
  endOverride(keyResultId: string, id: string): Promise<OverrideRecord | null>;
  /** Computes a formula over all stored points of its inputs, and every Key Result on it. */
  computeFormula(metricVersionId: string): Promise<void>;
  /**
   * Takes back the newest version of a metric, unless a Key Result, a guard or a formula uses it already or there is no
   * older one that is collected. @returns whether it was taken back
   */
  withdrawVersion(metricVersionId: string): Promise<boolean>;
  /** What an evaluation of the Key Result would look at, were it on that version; nothing is stored. */
  inputOn(
    keyResultId: string,
    metricVersionId: string,
  ): Promise<{ input: EvaluationInput; now: Date } | null>;
  /** What evaluations of these Key Results look at, with the long history, also of closed cycles; nothing is locked. */
  replayInputs(keyResultIds: string[]): Promise<EvaluationInput[]>;
  ingests(ids: string[]): Promise<IngestView[]>;
};

/** How a Key Result would stand, as far as a face shows it. */
export type Standing = Pick<
  EvaluationOutput['state'],
  | 'status'
  | 'statusReason'
  | 'statusAsOfDay'
  | 'currentValue'
  | 'startValue'
  | 'targetValue'
  | 'progress'
  | 'expected'
>;

/** One day in two versions of a metric. */
export type ComparedDay = {
  day: string;
  old: number | null;
  new: number | null;
  oldReason: NoValueReason | null;
  newReason: NoValueReason | null;
  settled: boolean;
};
