import type { AlertState } from '../domain/alert.ts';
import type { Guard } from '../domain/guard.ts';
import type { Goal } from '../domain/key-result.ts';
import type { MetricTraits } from '../domain/metric.ts';
import type { Override } from '../domain/override.ts';
import type {
  AlertRuleRecord,
  ChannelKindName,
  ConnectionRecord,
  CycleRecord,
  KeyResultRecord,
  KeyResultStateRecord,
  MetricRecord,
  StoredPoint,
} from './ports.ts';
import type { BaselinePoint } from './ports-definition.ts';
import type { ProgressMessage } from './progress-message.ts';

/** Everything that one evaluation of one Key Result looks at, loaded under its lock. */
export type EvaluationInput = {
  keyResult: KeyResultRecord;
  objective: { id: string; title: string };
  cycle: CycleRecord;
  metric: MetricRecord | null;
  connection:
    | (Pick<ConnectionRecord, 'state' | 'lastSuccessAt' | 'environment'> & {
        /** The first of the failures in a row up to now; null while the last attempt succeeded. */
        failingSince: Date | null;
        lastErrorClass: string | null;
        everyMinutes: number | null;
      })
    | null;
  /** From some time before the cycle's first day; oldest first. */
  points: StoredPoint[];
  /** Those that have not been ended, oldest first. */
  overrides: Override[];
  /** The counter-metric with its points; null when the Key Result has none. */
  guard: { guard: Guard; traits: MetricTraits; points: StoredPoint[] } | null;
  previous: KeyResultStateRecord | null;
  machine: AlertState | null;
  /** The episode that is open, if one is. */
  openAlert: { id: string; episode: number } | null;
  /** Those that apply to this Key Result. */
  rules: AlertRuleRecord[];
  /** The enabled channels of the workspace: those that tell people, and those that progress is written back to. */
  channels: { id: string; key: string; kind: ChannelKindName }[];
};

/** What is written in the same transaction. */
export type EvaluationOutput = {
  keyResultId: string;
  /** Null when there is nothing to judge yet. */
  snapshot: {
    id: string;
    asOfDay: string;
    inputsDigest: string;
    definitionVersion: number;
    metricVersionId: string | null;
    currentValue: number | null;
    startValue: number | null;
    targetValue: number | null;
    progress: number | null;
    expected: number | null;
    pace: number | null;
    status: string;
    statusReason: unknown;
    goal: unknown;
    points: [day: string, revision: number][];
  } | null;
  state: Omit<KeyResultStateRecord, 'keyResultId' | 'snapshotId' | 'computedAt'>;
  /** A baseline that this evaluation has captured: it is stored with its evidence, and the goal from now on has it. */
  baseline: {
    goal: Goal;
    value: number;
    rule: string;
    startDay: string;
    endDay: string;
    points: BaselinePoint[];
  } | null;
  /** The bound of the guard, when this evaluation has captured it. */
  guardBound: number | null;
  machine: AlertState;
  /** The episode that this step opened, moved or ended; null when none is concerned. */
  alert: {
    id: string;
    ruleId: string | null;
    kind: 'off_track';
    episode: number;
    state: 'pending' | 'firing' | 'resolved' | 'closed';
  } | null;
  /** One outbox row a channel each; the event key is the same however often this is computed. */
  messages: { eventKey: string; kind: string; payload: unknown }[];
  /** The same for channels that progress is written back to; null when nothing was evaluated anew. */
  progress: { eventKey: string; payload: ProgressMessage } | null;
};

/** A function of what was loaded and the database's clock alone, so that computing again gives the same rows. */
export type Evaluate = (input: EvaluationInput, now: Date) => EvaluationOutput;
