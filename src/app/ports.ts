import type { Aggregate } from '../domain/aggregate.ts';
import type { BaselineRule } from '../domain/baseline.ts';
import type { LedgerKind } from '../domain/billing/ledger-records.ts';
import type { ParamValues, WindowRule } from '../domain/catalog/types.ts';
import type { ChannelSettings } from '../domain/channel-settings.ts';
import type { DataState } from '../domain/data-state.ts';
import type { Guard, GuardState } from '../domain/guard.ts';
import type { Goal, NoValueReason, PaceCurve } from '../domain/key-result.ts';
import type { MetricKind, PointOrigin, Unit } from '../domain/metric.ts';
import type { ForecastEvidence, Forecaster, Outlook } from '../domain/outlook.ts';
import type { OutwardEventType } from '../domain/outward-event.ts';
import type { Reason, Status } from '../domain/status.ts';
import type { AlertSeverity } from '../domain/telling.ts';
import type { Titles } from '../domain/titles.ts';
import type { AccessDeps } from './ports-access.ts';
import type { AlertStories } from './ports-alert-story.ts';
import type { BeliefStore } from './ports-belief.ts';
import type {
  BillingEventRecord,
  BillingStore,
  Mirrored,
  MirrorStart,
  MirrorStep,
  RateStore,
  RevenueReader,
  RevenueScope,
} from './ports-billing.ts';
import type { CadenceStore } from './ports-cadence.ts';
import type { DefinitionStore } from './ports-definition.ts';
import type { CollectStart, CollectStep, EventFiles, EventListings, EventUploads } from './ports-events.ts';
import type { ImportStore } from './ports-import.ts';
import type { IngestStore, RecordStore } from './ports-ingest.ts';
import type { LinkTokens, PublicLinkStore } from './ports-public-links.ts';
import type { ResourceStore } from './ports-resources.ts';
import type { ScorecardStore } from './ports-scorecard.ts';

/** What the use cases need of the world. `src/db`, `connectors/` and `jobs/` provide it; tests may too. */

// ---- records -----------------------------------------------------------------------------------------------

export type WorkspaceRecord = { id: string; name: string; timeZone: string };
export type CycleRecord = {
  id: string;
  workspaceId: string;
  key: string;
  title: string;
  startDay: string;
  endDay: string;
  timeZone: string;
  /** From then on nothing of the cycle is evaluated any more. */
  closedAt: Date | null;
};
export type ObjectiveRecord = {
  id: string;
  workspaceId: string;
  cycleId: string;
  parentId: string | null;
  key: string;
  title: string;
  titles: Titles;
  description: string;
  owner: string | null;
  /** The AARRR stage, or what lies beside it, that the aim is about. */
  stage: string | null;
  /** Where the product is in its life. */
  phase: string | null;
  weight: number;
};
export type KeyResultRecord = {
  id: string;
  workspaceId: string;
  objectiveId: string;
  cycleId: string;
  key: string;
  title: string;
  titles: Titles;
  description: string;
  owner: string | null;
  goal: Goal;
  paceCurve: PaceCurve;
  /** How points become the compared value; null: the latest one. */
  aggregate: Aggregate | null;
  /** How a missing baseline is captured; null: as fits the aggregate. */
  baselineRule: BaselineRule | null;
  /** A counter-metric that must not worsen. */
  guard: Guard | null;
  /** What it was read from, and what was assumed then. */
  definition: KeyResultDefinition | null;
  unit: Unit;
  currency: string | null;
  /** In the progress of its objective. */
  weight: number;
  /** Raised by every change of goal, pace, binding or baseline by hand. */
  version: number;
  metricVersionId: string | null;
  /** The Key Result of an earlier cycle that this one goes on with. */
  carriedFromId: string | null;
};
/** Stored with the Key Result, so that its number keeps the meaning that it was given. */
export type KeyResultDefinition = {
  /** The sentence as it was written; null when the fields were filled in. */
  text: string | null;
  stage: string | null;
  /** The metric of the catalogue that it means. */
  metric: string | null;
  params: Record<string, unknown>;
  /** Over which days it means it; absent or null: as usual for the metric. */
  window?: WindowRule | null;
  /** Codes with their values; the faces have the sentences. */
  assumptions: { code: string; values: Record<string, string | number | null> }[];
};
/** How a metric comes by its points: see `Metric.source` in the schema. */
export type MetricSource = 'connector' | 'values' | 'check_in' | 'formula';
/** What a metric means: an entry of the catalogue with its parameters, or a formula over other metrics. */
export type MetricDefinition =
  | {
      kind: 'catalog';
      metric: string;
      definitionVersion: number;
      params: Record<string, unknown>;
      window: unknown;
      timeZone: string;
    }
  | { kind: 'formula'; formula: string; inputs: { name: string; metricKey: string; versionId: string }[] };
export type ConnectionStateName = 'active' | 'needs_reauth' | 'misconfigured' | 'quota_exhausted' | 'paused';
export type Environment = 'live' | 'test' | 'sandbox';
export type ConnectionRecord = {
  id: string;
  workspaceId: string;
  key: string;
  title: string;
  connectorId: string;
  environment: Environment;
  endpoint: string | null;
  config: Record<string, unknown>;
  state: ConnectionStateName;
  stateReason: string | null;
  blockedUntil: Date | null;
  /** Nobody answered for so long that it is left alone until then; null: it is asked as usual. */
  circuitUntil: Date | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  /** Who hears of it when it fails. */
  owner: string | null;
  schedule: { everyMinutes: number; nextDueAt: Date | null; enabled: boolean } | null;
  /** What the provider says about the account; null while nobody has asked it. */
  account: AccountRecord | null;
};
/** The zone that a provider cuts the account's days in, and its money; null where its answers do not name it. */
export type AccountFacts = { timeZone: string | null; currency: string | null };
export type AccountRecord = AccountFacts & {
  checkedAt: Date;
  /** The last time that the provider changed the zone; null: it never did. */
  zoneChanged: { from: string; at: Date } | null;
};
/** How far the points of a metric reach. */
export type MetricCoverage = {
  metricKey: string;
  points: number;
  firstDay: string | null;
  throughDay: string | null;
  fetchedAt: Date | null;
};
/** A metric with one of its versions. */
export type MetricRecord = {
  id: string;
  workspaceId: string;
  source: MetricSource;
  /** Both empty unless the source is a connector. */
  connectionId: string;
  connectionKey: string;
  key: string;
  title: string;
  versionId: string;
  version: number;
  connectorMetric: string;
  params: Record<string, unknown>;
  kind: MetricKind;
  unit: Unit;
  currency: string | null;
  timeZone: string;
  settlesAfterHours: number;
  rereadDays: number;
  staleAfterDays: number;
  cadence: 'day' | 'month';
  /** How often the schedule reads it at most; null: every time. */
  readEveryHours: number | null;
  history: 'backfill' | 'from_now';
  historyStartDay: string;
  cursorDay: string | null;
  definitionHash: string;
  definition: MetricDefinition | null;
  /** Of a formula: the versions that it combines. */
  inputs: string[];
  changeReason: string | null;
};
/** A definition that no series has yet. */
export type NewMetricVersion = Omit<
  MetricRecord,
  | 'id'
  | 'workspaceId'
  | 'source'
  | 'connectionId'
  | 'connectionKey'
  | 'key'
  | 'title'
  | 'versionId'
  | 'version'
  | 'cursorDay'
>;
export type SecretView = { last4: string; updatedAt: Date; allowedHosts: string[] };
export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'dead' | 'skipped';
export type RunTrigger = 'schedule' | 'manual' | 'backfill' | 'bind';
export type RunRecord = {
  id: string;
  workspaceId: string;
  connectionId: string;
  connectionKey: string;
  trigger: RunTrigger;
  status: RunStatus;
  attempt: number;
  slot: Date;
  notBefore: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  errorClass: string | null;
  errorMessage: string | null;
  pointsRead: number;
  pointsChanged: number;
  requests: number;
};
/** Channels that people are told through. */
export type MessengerKindName = 'webhook' | 'slack' | 'email';
/** `mixpanel` takes progress back as events, and no alerts. */
export type ChannelKindName = MessengerKindName | 'mixpanel';
export type ChannelRecord = {
  id: string;
  workspaceId: string;
  key: string;
  title: string;
  kind: ChannelKindName;
  config: Record<string, unknown>;
  /** When and of what it wants to hear. */
  settings: ChannelSettings;
  /** Of a webhook: the changes that it is told of besides the news. */
  events: OutwardEventType[];
  enabled: boolean;
  disabledReason: string | null;
};
export type AlertRuleRecord = {
  id: string;
  workspaceId: string;
  objectiveId: string | null;
  keyResultId: string | null;
  kind: 'off_track';
  forEvaluations: number;
  keepFiringEvaluations: number;
  /** Chances: a breach begins below the one and is over above the other. */
  fireBelow: number;
  clearAbove: number;
  /** What goes on unchanged is said again after so many days; null: never. */
  repeatDays: number | null;
  enabled: boolean;
};
export type AlertStateName = 'pending' | 'firing' | 'resolved' | 'closed';
export type AlertRecord = {
  id: string;
  /** One of the two is what it is about. */
  keyResultId: string | null;
  keyResultKey: string | null;
  connectionId: string | null;
  connectionKey: string | null;
  title: string;
  /** None for one that is about a connection. */
  titles: Titles;
  kind: AlertKindName;
  state: AlertStateName;
  severity: AlertSeverity;
  since: Date;
  firedAt: Date | null;
  firedDay: string | null;
  resolvedAt: Date | null;
  reason: Reason | null;
  acknowledged: Acknowledgement | null;
  /** Of the Key Result or the connection. */
  owner: string | null;
  /** What the numbers of `reason` count; null for one that is about a connection. */
  unit: string | null;
  currency: string | null;
  /** The last silence over it ends then; null: none is in force. */
  snoozedUntil: Date | null;
  /** The keys of the channels that know that it burns. */
  toldChannels: string[];
  /** Whose condition it is; null for one that no rule is needed for. */
  ruleId: string | null;
};
export type AlertKindName = 'off_track' | 'no_data' | 'error' | 'check_in_due';
/** Somebody takes care of it; at that severity, so that getting worse is news again. */
export type Acknowledgement = { severity: AlertSeverity; by: string; at: string; note: string };
/** A silence: evaluation and history go on, messages do not. What is null covers everything. */
export type SnoozeRecord = {
  id: string;
  workspaceId: string;
  keyResultId: string | null;
  objectiveId: string | null;
  connectionId: string | null;
  owner: string | null;
  kind: AlertKindName | null;
  reason: string;
  author: string;
  createdAt: Date;
  until: Date;
  endedAt: Date | null;
};
/** One attempt to deliver a message. */
export type DeliveryTryRecord = {
  at: Date;
  ok: boolean;
  errorClass: string | null;
  httpStatus: number | null;
  durationMs: number;
};
export type DeliveryRecord = {
  id: string;
  deliveryId: string;
  channelKey: string;
  kind: string;
  status: 'pending' | 'delivered' | 'superseded' | 'dead' | 'suppressed';
  attempts: number;
  createdAt: Date;
  deliveredAt: Date | null;
  lastError: string | null;
  nextAt: Date | null;
  /** The newest attempts, the last one first. */
  tries: DeliveryTryRecord[];
};

/** A stored point, with its value as the exact decimal text that the database keeps. */
export type StoredPoint = {
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  /** Why there is no value. */
  reason: NoValueReason | null;
  /** Of a sampled value. */
  sample: Sample | null;
  origin: PointOrigin;
  revision: number;
  /** The sync run, or the ingest, that brought it. */
  runId: string | null;
  fetchedAt: Date;
};
/** How many took part, and between which bounds the true value lies with the stated probability. */
export type Sample = { size: number; lower: number | null; upper: number | null; level: number | null };
export type StoredRevision = {
  day: string;
  value: string | null;
  revision: number;
  believedFrom: Date;
  believedUntil: Date;
  runId: string | null;
};

export type InitiativeRecord = {
  id: string;
  title: string;
  startDay: string;
  endDay: string | null;
  state?: 'open' | 'done' | 'dropped';
  url?: string | null;
};

export type KeyResultStateRecord = {
  keyResultId: string;
  snapshotId: string | null;
  status: Status;
  statusReason: Reason;
  statusAsOfDay: string | null;
  lastKnown: { state: Status; asOfDay: string } | null;
  dataState: DataState;
  dataReason: Reason;
  dataThroughDay: string | null;
  fetchedAt: Date | null;
  computedAt: Date;
  currentValue: number | null;
  startValue: number | null;
  targetValue: number | null;
  progress: number | null;
  expected: number | null;
  pace: number | null;
  guard: GuardState | null;
  override: { id: string; value: number; fromDay: string; untilDay: string } | null;
  sample: Sample | null;
  /** What is expected at the deadline; null where nothing measures it, and before the first evaluation. */
  outlook: Omit<Outlook, 'key'> | null;
};

// ---- stores: every method is scoped to one workspace ---------------------------------------------------------

export type PlanStore = {
  createCycle(cycle: Omit<CycleRecord, 'id' | 'closedAt'>): Promise<CycleRecord>;
  listCycles(workspaceId: string): Promise<CycleRecord[]>;
  findCycle(workspaceId: string, keyOrId: string): Promise<CycleRecord | null>;
  /** Lists are in the order of `position`, then of their making. */
  createObjective(objective: Omit<ObjectiveRecord, 'id'> & { position?: number }): Promise<ObjectiveRecord>;
  listObjectives(workspaceId: string, cycleId?: string): Promise<ObjectiveRecord[]>;
  findObjective(workspaceId: string, keyOrId: string): Promise<ObjectiveRecord | null>;
  createKeyResult(
    keyResult: Omit<KeyResultRecord, 'id' | 'version'> & { position?: number },
  ): Promise<KeyResultRecord>;
  listKeyResults(workspaceId: string, cycleId?: string): Promise<KeyResultRecord[]>;
  findKeyResult(workspaceId: string, keyOrId: string): Promise<KeyResultRecord | null>;
  /** Raises the version: later snapshots name the definition that they were computed with. */
  bindKeyResult(
    id: string,
    metricVersionId: string,
    unit: Unit,
    currency: string | null,
  ): Promise<KeyResultRecord>;
  /** Changes what is given and raises the version, unless only words change. */
  updateKeyResult(
    id: string,
    change: Partial<
      Pick<
        KeyResultRecord,
        | 'title'
        | 'titles'
        | 'description'
        | 'owner'
        | 'goal'
        | 'aggregate'
        | 'baselineRule'
        | 'guard'
        | 'definition'
        | 'weight'
        | 'paceCurve'
      >
    >,
  ): Promise<KeyResultRecord>;
  updateObjective(
    id: string,
    change: Partial<
      Pick<
        ObjectiveRecord,
        'title' | 'titles' | 'description' | 'owner' | 'parentId' | 'stage' | 'phase' | 'weight'
      >
    >,
  ): Promise<ObjectiveRecord>;
  createInitiative(
    keyResultId: string,
    initiative: { title: string; startDay: string; endDay: string | null },
  ): Promise<InitiativeRecord>;
  listInitiatives(keyResultId: string): Promise<InitiativeRecord[]>;
};

export type SourceStore = {
  createConnection(
    connection: Pick<
      ConnectionRecord,
      'workspaceId' | 'key' | 'title' | 'connectorId' | 'environment' | 'endpoint' | 'config'
    > & { id: string; owner?: string | null; ownerUserId?: string | null },
    everyMinutes: number,
    secrets: SealedSecret[],
  ): Promise<ConnectionRecord>;
  updateConnection(
    id: string,
    change: Partial<
      Pick<ConnectionRecord, 'title' | 'endpoint' | 'config' | 'state' | 'stateReason' | 'owner'>
    > & {
      everyMinutes?: number;
    },
    secrets: SealedSecret[],
  ): Promise<ConnectionRecord>;
  listConnections(workspaceId: string): Promise<ConnectionRecord[]>;
  findConnection(workspaceId: string, keyOrId: string): Promise<ConnectionRecord | null>;
  secretsOf(table: string, rowId: string): Promise<Record<string, SecretView>>;
  /** Keeps what the provider has said about the account, as of now; null forgets it. */
  saveAccount(
    connectionId: string,
    account: (AccountFacts & Pick<AccountRecord, 'zoneChanged'>) | null,
  ): Promise<void>;
  /** `connectionId` empty: the metric is read on no connection. */
  createMetric(
    metric: Omit<MetricRecord, 'id' | 'versionId' | 'version' | 'connectionKey' | 'cursorDay'>,
  ): Promise<MetricRecord>;
  /** Another definition with a series of its own; who uses the metric stays on the version that they have. */
  addMetricVersion(metricId: string, version: NewMetricVersion, createdBy: string): Promise<MetricRecord>;
  /** Every version there ever was, oldest first. */
  versionsOf(metricId: string): Promise<(MetricRecord & { createdAt: Date; retiredAt: Date | null })[]>;
  /** Stops the collection of older versions that no Key Result, guard or formula uses; says which. */
  retireUnusedVersions(metricId: string): Promise<string[]>;
  /**
   * Every version that is collected: more than one of a metric while somebody still uses an older one. With `around`, at
   * least those of the metrics of these versions, and of the metrics that these combine.
   */
  listMetrics(workspaceId: string, connectionId?: string, around?: string[]): Promise<MetricRecord[]>;
  /** What is there of each metric that is read on a connection, of its newest version. */
  coverage(connectionId: string): Promise<MetricCoverage[]>;
  /** With its newest version. */
  findMetric(workspaceId: string, keyOrId: string): Promise<MetricRecord | null>;
  metricOfVersion(metricVersionId: string): Promise<MetricRecord | null>;
  points(metricVersionId: string, fromDay: string, toDay: string): Promise<StoredPoint[]>;
  revisions(metricVersionId: string, fromDay: string, toDay: string): Promise<StoredRevision[]>;
};

/** A secret sealed for its row, ready to be stored. */
export type SealedSecret = { field: string; ciphertext: string; allowedHosts: string[]; last4: string };

export type Vault = {
  seal(
    where: { workspaceId: string; table: string; rowId: string; field: string; allowedHosts: string[] },
    plaintext: string,
  ): Promise<SealedSecret>;
  /** The secrets of one row in clear, for use at once and never to be kept. */
  open(workspaceId: string, table: string, rowId: string): Promise<Record<string, string>>;
};

/** One evaluated snapshot as the explanation needs it. */
export type SnapshotRecord = {
  id: string;
  asOfDay: string;
  computedAt: Date;
  inputsDigest: string;
  definitionVersion: number;
  metricVersionId: string | null;
  status: Status;
  points: [day: string, revision: number][];
  /** What was expected then and how that was made; null where nothing was. */
  forecast: ForecastEvidence | null;
};

export type EvidenceRecord = {
  id: string;
  runId: string;
  recordedAt: Date;
  connectorVersion: string;
  definitionHash: string;
  windowStartDay: string;
  windowEndDay: string;
  outcome: string;
  completeness: { pages: number; items: number; lastPageReached: boolean; notes: string[] };
  exchanges: ExchangeRecord[];
};
export type ExchangeRecord = {
  method: string;
  url: string;
  status: number | null;
  requestId: string | null;
  responseSha256: string | null;
  responseBytes: number;
  startedAt: string;
  durationMs: number;
  error?: string | undefined;
};

/** A state as lists show it: a forecast is longer than all the rest of it, and stays away. */
export type ShownState = Omit<KeyResultStateRecord, 'outlook'> & {
  outlook: { chance: Outlook['chance']; forecast?: Outlook['forecast'] } | null;
};

export type ResultStore = {
  states(keyResultIds: string[]): Promise<Map<string, KeyResultStateRecord>>;
  /** The same without their forecasts. */
  shownStates(keyResultIds: string[]): Promise<Map<string, ShownState>>;
  snapshot(snapshotId: string): Promise<SnapshotRecord | null>;
  evidence(runIds: string[], metricVersionId: string): Promise<EvidenceRecord[]>;
  /** Stored points of several metrics from one day on, in one question. */
  trends(metricVersionIds: string[], fromDay: string): Promise<Map<string, StoredPoint[]>>;
  /** The same as numbers side by side, oldest first: of thousands of metrics a row for each point is too many. */
  trendLines(metricVersionIds: string[], fromDay: string): Promise<Map<string, StoredLine>>;
};

/**
 * Points as columns. `places` are days after `fromDay`; `fetchedAtMs` is null for what was not read by us, which settles by
 * the clock alone.
 */
export type StoredLine = {
  fromDay: string;
  places: number[];
  values: (number | null)[];
  fetchedAtMs: (number | null)[];
};

export type RunStore = {
  /** The connection's queued or running run when there is one, else a new one due at once. */
  request(workspaceId: string, connectionId: string, trigger: RunTrigger): Promise<RunRecord>;
  /**
   * The connection's queued run as it is when there is one, else one on its schedule that waits for `afterMs`: many calls in
   * that time make one run, and none shortens a wait that the provider asked for.
   */
  requestSoon(workspaceId: string, connectionId: string, afterMs: number): Promise<RunRecord>;
  /** Has every metric of the connection read anew from that day on, by a run that is asked for after it. */
  readAgain(connectionId: string, fromDay: string): Promise<void>;
  find(workspaceId: string, id: string): Promise<RunRecord | null>;
  /** Newest first: those older than `before`, in one of the states, started by one of the triggers; null: any. */
  list(
    workspaceId: string,
    connectionId: string | null,
    limit: number,
    only?: { before?: string | null; status?: string[] | null; trigger?: string[] | null },
  ): Promise<RunRecord[]>;
  byIds(ids: string[]): Promise<RunRecord[]>;
  outcomes(runId: string): Promise<{ metricKey: string; ok: boolean; message: string | null }[]>;
};

export type AlertStore = {
  createChannel(
    channel: Pick<ChannelRecord, 'workspaceId' | 'key' | 'title' | 'kind' | 'config'> & {
      id: string;
      settings?: Partial<ChannelSettings>;
      events?: OutwardEventType[];
    },
    secrets: SealedSecret[],
  ): Promise<ChannelRecord>;
  listChannels(workspaceId: string): Promise<ChannelRecord[]>;
  findChannel(workspaceId: string, keyOrId: string): Promise<ChannelRecord | null>;
  /** Null when the workspace has no such channel. */
  changeChannel(
    workspaceId: string,
    keyOrId: string,
    settings: Partial<ChannelSettings>,
  ): Promise<ChannelRecord | null>;
  /** What a webhook is told of from now on. Null when the workspace has no such channel. */
  subscribe(workspaceId: string, id: string, events: OutwardEventType[]): Promise<ChannelRecord | null>;
  /** Replaces the secrets of a channel that signs, and notes when. Null when the workspace has no such channel. */
  rotateSecrets(workspaceId: string, id: string, secrets: SealedSecret[]): Promise<Date | null>;
  createRule(rule: Omit<AlertRuleRecord, 'id' | 'enabled'>): Promise<AlertRuleRecord>;
  listRules(workspaceId: string): Promise<AlertRuleRecord[]>;
  /** Null when the workspace has no such rule. */
  switchRule(workspaceId: string, id: string, enabled: boolean): Promise<AlertRuleRecord | null>;
  /** Null when the workspace has no such channel. What waits for a channel that is switched off is not sent. */
  switchChannel(
    workspaceId: string,
    keyOrId: string,
    enabled: boolean,
    reason: string | null,
  ): Promise<ChannelRecord | null>;
  /** The newest first: those that burn, or all. */
  listAlerts(
    workspaceId: string,
    filter: {
      keyResultId?: string | undefined;
      connectionId?: string | undefined;
      open?: boolean | undefined;
    },
  ): Promise<AlertRecord[]>;
  findAlert(workspaceId: string, id: string): Promise<AlertRecord | null>;
  acknowledge(id: string, acknowledged: Acknowledgement | null): Promise<void>;
  createSnooze(snooze: Omit<SnoozeRecord, 'id' | 'createdAt' | 'endedAt'>): Promise<SnoozeRecord>;
  /** Those in force, the one that ends first before the others. */
  listSnoozes(workspaceId: string): Promise<SnoozeRecord[]>;
  /** Null when the workspace has no such silence in force. */
  endSnooze(workspaceId: string, id: string): Promise<SnoozeRecord | null>;
  /** Newest first: those older than `before`, in one of the states, of one of the channels and kinds; null: any. */
  listDeliveries(
    workspaceId: string,
    limit: number,
    only?: {
      before?: string | null;
      status?: string[] | null;
      channelKey?: string[] | null;
      kind?: string[] | null;
    },
  ): Promise<DeliveryRecord[]>;
  /** Sends a message once more that arrived or was given up, under the same id. Null when it is neither. */
  redeliver(workspaceId: string, id: string): Promise<DeliveryRecord | null>;
  enqueue(message: {
    workspaceId: string;
    channelId: string;
    eventKey: string;
    kind: string;
    keyResultId: string | null;
    payload: unknown;
  }): Promise<DeliveryRecord>;
};

export type QuotaLook = {
  now: Date;
  /** In the last sixty minutes. */
  calls: number;
  oldestAt: Date | null;
  pausedUntil: Date | null;
  book: unknown;
};
/** How much of one of a provider's limits is used; null where nobody has told. */
export type BudgetUse = {
  name: string;
  counts: 'calls' | 'tokens';
  used: number | null;
  limit: number;
  /** When something of it, or all of it, is there again; null where nothing is used or nobody knows. */
  freeAt: Date | null;
  /** The provider asked for quiet until then. */
  pausedUntil: Date | null;
};
/** Budgets at providers, counted for all workers together and by the database's clock. */
export type QuotaStore = {
  /** Takes one call when there is room for it; `id` is for `done`. */
  take(rule: {
    scope: string;
    perHour: number | null;
    concurrent: number;
  }): Promise<
    | { ok: true; id: string }
    | { ok: false; code: 'quota_spent' | 'quota_busy' | 'quota_paused'; afterMs: number }
  >;
  /** The call is still under way: one that nobody says this of stops counting as such after a while. */
  renew(id: string): Promise<void>;
  /** The call is no longer under way; it still counts for its hour. */
  done(id: string): Promise<void>;
  pause(scope: string, ms: number): Promise<void>;
  /** Until the oldest call of the last hour no longer counts; 0 when none was made. */
  untilOldestExpiresMs(scope: string): Promise<number>;
  /** How much of a scope is used, for somebody who looks at it. `book` as the last step has written it. */
  look(scope: string): Promise<QuotaLook>;
  /**
   * Changes what is written down about the tokens of a scope, one worker after the other. `step` is given what the last
   * one wrote (null: nobody has) and the time that all share, and answers at once.
   */
  changeBook<T>(scope: string, step: (book: unknown, now: Date) => { book: unknown; result: T }): Promise<T>;
  /** What questions of a shape have cost, by shape; the shapes seen longest ago are forgotten. */
  costs(scope: string): Promise<Record<string, number>>;
  learnCost(scope: string, shape: string, tokens: number): Promise<void>;
};

export type Clock = { now(): Promise<Date> };

/** Writes one line of the append-only record. */
export type AuditLog = {
  append(entry: {
    workspaceId: string;
    actor: string;
    action: string;
    objectType: string;
    objectId: string;
    details: Record<string, unknown>;
    requestId: string | null;
  }): Promise<void>;
};

// ---- sources -------------------------------------------------------------------------------------------------

/** How the parameters of a connector's metric and those of the catalogue's metric that it is translate. */
export type CatalogMeaning = {
  metric: string;
  /** Null: with these parameters it is another number than the catalogue's. */
  define(params: Record<string, unknown>): CatalogReading | null;
  /** The connector's parameters that a wanted reading fixes; what it leaves open only the owner knows. */
  suggest(wanted: CatalogReading): Record<string, unknown>;
};
export type CatalogReading = { params: ParamValues; window: WindowRule };
export type MeasurableMetric = {
  metric: string;
  title: string;
  description: string;
  stage: string;
  unit: Unit;
  kind: MetricKind;
  /** Null when it depends on the parameters. */
  settlesAfterHours: number | null;
  rereadDays: number | null;
  /** Whether there is a point for every day, or for the last day of each month only. */
  cadence: 'day' | 'month';
  /** How often the schedule reads it at most; null: every time. */
  readEveryHours: number | null;
  history: 'backfill' | 'from_now';
  params: Record<string, unknown>;
  /** The catalogue's metric that this is; absent where it is none of them. */
  catalog?: CatalogMeaning;
  /** The catalogue's metric that this comes near and is not; its description says how they differ. */
  near?: string;
};
export type ConnectorInfo = {
  id: string;
  title: string;
  version: string;
  /** No exchange with the provider was recorded or published that it could be compared with. */
  experimental?: true;
  /** A connection has to say where its provider is. */
  needsEndpoint?: true;
  guide: string;
  secretFields: readonly string[];
  /** The secret by which its webhook is proved; absent where the provider sends none. */
  webhookSecretField?: string;
  /** The kinds of billing records that it mirrors; absent where the provider is asked for metrics. */
  mirrors?: readonly LedgerKind[];
  /** It hands over raw events, of which this many days are still told late; absent where it hands over none. */
  collects?: { lateDays: number };
  config: Record<string, unknown>;
  metrics: MeasurableMetric[];
};
export type Reading = {
  points: {
    day: string;
    value: string | null;
    numerator: string | null;
    denominator: string | null;
    counts: Record<string, number> | null;
    flags: Record<string, unknown> | null;
    /** Why there is no value. */
    reason?: NoValueReason | null;
  }[];
  completeness: EvidenceRecord['completeness'];
};
export type ReadFailure = {
  errorClass: string;
  message: string;
  /** What the owner has to do, when it is theirs to do. */
  hint: string | null;
  afterMs: number | null;
  /** `metric`: it concerns this metric alone, and nothing about the connection follows from it. By default all of it. */
  concerns?: 'metric';
};
export type ReadOutcome = ({ ok: true; reading: Reading } | { ok: false; failure: ReadFailure }) & {
  exchanges: ExchangeRecord[];
  /** What all reads of the same call have used up of the provider's limits together; absent where nothing is counted. */
  spent?: QuotaSpent;
};
/** Calls that count against an hour's, and tokens where the provider counts those. */
export type QuotaSpent = { calls: number; tokens: number };
/** What a provider says to a definition before anything is stored. */
export type Acceptance = AccountFacts & {
  /** Why it cannot be answered: each names the parameter, its value and the next step. */
  problems: string[];
  warnings: string[];
};
export type AcceptOutcome = ({ ok: true; acceptance: Acceptance } | { ok: false; failure: ReadFailure }) & {
  exchanges: ExchangeRecord[];
};
export type ReadRequest = {
  metric: string;
  params: Record<string, unknown>;
  startDay: string;
  endDay: string;
  timeZone: string;
};

/** A metric that is collected on a connection, and since when its days are wanted. */
export type CollectedMetric = Pick<ReadRequest, 'metric' | 'params' | 'timeZone'> & { startDay: string };

/** The connectors, as use cases see them. Nothing here throws for a provider's failure: it is an outcome. */
export type Sources = {
  list(): ConnectorInfo[];
  find(connectorId: string): ConnectorInfo | null;
  /** Validates the settings of a connection; secrets are taken out of them. */
  splitConfig(
    connectorId: string,
    config: Record<string, unknown>,
  ):
    | { ok: true; config: Record<string, unknown>; secrets: Record<string, string> }
    | { ok: false; problems: string[] };
  /** Where secrets of such a connection may be sent; its settings may name a second host. */
  allowedHosts(connectorId: string, endpoint: string | null, config?: Record<string, unknown>): string[];
  /** Refuses an endpoint that the way out would refuse. */
  checkEndpoint(endpoint: string): { ok: true } | { ok: false; problem: string };
  /** Validates parameters and says the currency they fix, if any. */
  checkParams(
    connectorId: string,
    metric: string,
    params: Record<string, unknown>,
  ):
    | {
        ok: true;
        params: Record<string, unknown>;
        currency: string | null;
        settlesAfterHours: number;
        rereadDays: number;
        /** What these parameters make of the metric, where it is not the same for all. */
        kind?: MetricKind;
        unit?: Unit;
        cadence?: 'day' | 'month';
        staleAfterDays?: number;
      }
    | { ok: false; problems: string[] };
  check(
    connection: ConnectionRecord,
    signal: AbortSignal,
    /** In clear, instead of those that are stored for the connection: they may not be stored at all. */
    secrets?: Record<string, string>,
  ): Promise<
    (
      | ({ ok: true; account: string; livemode: boolean | null; warnings: string[] } & Partial<AccountFacts>)
      | { ok: false; failure: ReadFailure }
    ) & { exchanges: ExchangeRecord[] }
  >;
  /** What the provider's limits leave to this connection; empty where nothing is counted. */
  budgets(connection: ConnectionRecord): Promise<BudgetUse[]>;
  /**
   * Asks the provider whether it can answer these definitions, with checked parameters; one answer each, in the same order.
   * What the connector has no question about is accepted, and nothing is asked for it.
   */
  accept(
    connection: ConnectionRecord,
    asked: readonly Pick<ReadRequest, 'metric' | 'params'>[],
    now: Date,
    signal: AbortSignal,
  ): Promise<AcceptOutcome[]>;
  /** Reads several metrics of one connection; they share what the provider lets them share. */
  read(
    connection: ConnectionRecord,
    requests: ReadRequest[],
    now: Date,
    signal: AbortSignal,
  ): Promise<ReadOutcome[]>;
  /**
   * Brings up to date what these metrics, all that are collected on the connection, are computed from; null where they are
   * asked of the provider one by one. Whoever reads them after it has to ask anew what is due: what has changed took their
   * cursors back. `advanced` is told of what was stored on the way and no later start has to do again.
   */
  prepare(
    connection: ConnectionRecord,
    collected: readonly CollectedMetric[],
    now: Date,
    signal: AbortSignal,
    advanced?: () => Promise<void>,
  ): Promise<Mirrored | null>;
  /**
   * Over which movements, and in which money, a metric of a ledger is counted; null for one that is not. Not ok: nothing was
   * read for it yet, or what it was given fits no more.
   */
  revenueScope(
    connection: ConnectionRecord,
    asked: Pick<ReadRequest, 'metric' | 'params' | 'timeZone'>,
    now: Date,
  ): Promise<{ ok: true; scope: RevenueScope } | { ok: false; problems: string[] } | null>;
  /**
   * Batches of a connection's billing records from `start` on. A provider's failure is the last step; nothing is thrown for
   * it. The next batch is asked for when the last one has been taken.
   */
  mirror(
    connection: ConnectionRecord,
    start: MirrorStart,
    now: Date,
    signal: AbortSignal,
  ): AsyncIterable<MirrorStep>;
  /**
   * Whole days of a connection's raw events from `start` on, in the way of `mirror`. Taking the events of a step may throw a
   * `SourceFailure`.
   */
  collect(
    connection: ConnectionRecord,
    start: CollectStart,
    now: Date,
    signal: AbortSignal,
  ): AsyncIterable<CollectStep>;
  /**
   * Proves that the provider sent these bytes, now, and says what they hint at; `event` is null when that is nothing of the
   * ledger. Refused, too, where the connector takes none or its secret is not stored.
   */
  readWebhook(
    connection: ConnectionRecord,
    request: WebhookRequest,
    now: Date,
  ): Promise<
    { ok: true; event: (BillingEventRecord & { livemode: boolean }) | null } | { ok: false; problem: string }
  >;
};
export type WebhookRequest = {
  body: Uint8Array;
  headers: Readonly<Record<string, string | undefined>>;
};

// ---- the way out for messages ----------------------------------------------------------------------------------

/** The settings of a new channel as a person gave them: an address, or what its kind asks for. */
export type GivenChannel = {
  url: string | null;
  config: Record<string, unknown>;
  secrets: Record<string, string>;
};
export type ChannelKindInfo = {
  kind: MessengerKindName;
  /** A new secret to sign with, or null when this kind signs nothing. */
  newSigningSecret(): string | null;
  /** Splits what was given into what may be shown and what is a secret; says what is wrong with it. */
  accept(given: GivenChannel):
    | {
        ok: true;
        config: Record<string, unknown>;
        secrets: Record<string, string>;
        shown: string;
        allowedHosts: string[];
        signingSecret: string | null;
      }
    /** `blocked`: it reads well, but messages may not be sent there. */
    | { ok: false; problem: string; blocked: boolean };
};
export type Channels = { find(kind: MessengerKindName): ChannelKindInfo };

/** Everything a use case may be handed. */
export type Deps = {
  plan: PlanStore & CadenceStore;
  sources: SourceStore;
  results: ResultStore;
  beliefs: BeliefStore;
  runs: RunStore;
  alerts: AlertStore & AlertStories;
  scorecards: ScorecardStore;
  publicLinks: PublicLinkStore & LinkTokens;
  definitions: DefinitionStore;
  imports: ImportStore;
  ingest: IngestStore;
  records: RecordStore;
  eventFiles: EventFiles;
  eventListings: EventListings;
  eventUploads: EventUploads;
  billing: BillingStore;
  revenue: RevenueReader;
  rates: RateStore;
  resources: ResourceStore;
  /** Accounts and tokens, which belong to the installation. */
  access: AccessDeps;
  audit: AuditLog;
  vault: Vault;
  clock: Clock;
  connectors: Sources;
  channels: Channels;
  /** How a series goes on: the one model behind every chance. */
  forecast: Forecaster;
  /** Computes Key Results anew from what is stored, in a transaction of its own. */
  evaluate(keyResultIds: string[]): Promise<void>;
  /**
   * Everything that `change` stores, or nothing of it: one transaction, which only what it is handed works in. It asks
   * for one thing after the other, and for nothing outside of the database; it may be run again.
   */
  atomically<T>(change: (inside: Deps) => Promise<T>): Promise<T>;
};

/** On whose behalf, and for which request. */
export type Actor = {
  workspace: WorkspaceRecord;
  name: string;
  /** Null or absent: the operator of the machine. */
  userId?: string | null;
  requestId: string | null;
};
