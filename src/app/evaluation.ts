import type { AlertState } from '../domain/alert.ts';
import type { Guard } from '../domain/guard.ts';
import type { Goal } from '../domain/key-result.ts';
import type { MetricTraits, Observation } from '../domain/metric.ts';
import type { ForecastEvidence, Outlook } from '../domain/outlook.ts';
import type { Override } from '../domain/override.ts';
import type { Reason } from '../domain/status.ts';
import type { AlertSeverity } from '../domain/telling.ts';
import type { Titles } from '../domain/titles.ts';
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
import type { AlertingRules } from './ports-alerting.ts';
import type { BaselinePoint } from './ports-definition.ts';
import type { ProgressMessage } from './progress-message.ts';

/** Everything that one evaluation of one Key Result looks at, loaded under its lock. */
export type EvaluationInput = {
  keyResult: KeyResultRecord;
  objective: { id: string; title: string; titles: Titles };
  /** How often a person is asked to check in; null: as usual. */
  checkInDays: number | null;
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
  /** Raised whenever a point of the metric changes. */
  pointsStamp: string;
  /** The newest points from long before the cycle on, for a forecast; null while nobody has asked for them. */
  history: HistoryPoint[] | null;
  /** What the outlook of the previous state was made from. */
  outlookKey: string | null;
  machine: StoredMachine | null;
  /** The episode that is open, if one is. */
  openAlert: { id: string; episode: number } | null;
  /** Those that apply to this Key Result. */
  rules: AlertRuleRecord[];
  /** The enabled channels of the workspace: those that tell people, and those that progress is written back to. */
  channels: { id: string; key: string; kind: ChannelKindName }[];
};

/** The machine's state with the version of the Key Result that it was in. */
export type StoredMachine = AlertState & { version?: number };
export type HistoryPoint = Observation & Pick<StoredPoint, 'origin' | 'fetchedAt'>;

/** What is written in the same transaction. */
export type EvaluationOutput = {
  keyResultId: string;
  /** A forecast has to be made anew and its history was not loaded: evaluate again with it. */
  needsHistory: boolean;
  outlook: Outlook | null;
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
    forecast: ForecastEvidence | null;
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
  machine: StoredMachine;
  /** The episode that this step opened, moved or ended; null when none is concerned. */
  alert: {
    id: string;
    ruleId: string | null;
    kind: 'off_track';
    episode: number;
    state: 'pending' | 'firing' | 'resolved' | 'closed';
    severity: AlertSeverity;
    /** The evaluated day, when this step fired or ended it. */
    firedDay: string | null;
    resolvedDay: string | null;
    reason: Reason;
  } | null;
  /** For channels that progress is written back to, one outbox row each; null when nothing was evaluated anew. */
  progress: { eventKey: string; payload: ProgressMessage } | null;
};

/** A function of what was loaded and the database's clock alone, so that computing again gives the same rows. */
export type Judge = (input: EvaluationInput, now: Date) => EvaluationOutput;

/** The pure rules that an evaluation is handed: how to judge, and what to say of it. */
export type Evaluate = { judge: Judge; newsItem: AlertingRules['itemOf'] };
