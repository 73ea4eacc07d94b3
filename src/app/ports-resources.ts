import type { ExportCell, ExportColumn } from '../domain/export-lines.ts';
import type {
  AlertRuleRecord,
  CycleRecord,
  EvidenceRecord,
  InitiativeRecord,
  KeyResultRecord,
  ObjectiveRecord,
} from './ports.ts';

/** What can be put away and brought back. What is archived is kept, and no list, evaluation or schedule sees it. */
export type Archivable =
  | 'cycle'
  | 'objective'
  | 'key_result'
  | 'metric'
  | 'connection'
  | 'channel'
  | 'alert_rule';

/** As much of an object as putting it away has to know. */
export type ArchivedRecord = {
  id: string;
  /** Of an alert rule its id: it has no other name. */
  key: string;
  archivedAt: Date | null;
  /** What it belongs to, as far as that can be archived too: it cannot be brought back alone. */
  within: { kind: Archivable; id: string; key: string; archivedAt: Date | null } | null;
};

export type InitiativeState = 'open' | 'done' | 'dropped';
export type InitiativeDetail = InitiativeRecord & {
  keyResultId: string;
  state: InitiativeState;
  url: string | null;
};

/** One line of the append-only record. */
export type AuditLine = {
  /** Counts up; a whole number as text. */
  id: string;
  at: Date;
  actor: string;
  action: string;
  objectType: string;
  objectId: string;
  details: Record<string, unknown>;
  requestId: string | null;
  previous: string;
  hash: string;
};
export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  objectType?: string | undefined;
  objectId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** The evidence of one run for one metric, with the metric's name. */
export type RunEvidence = EvidenceRecord & {
  metricKey: string;
  metricVersionId: string;
  attempt: number;
  errorClass: string | null;
  errorMessage: string | null;
  pointsRead: number;
  pointsChanged: number;
};

/** Some rows of one type of the export, in the order of its columns. */
export type ExportBatch = { type: string; columns: ExportColumn[]; rows: ExportCell[][] };

export type ResourceStore = {
  /** Also what is archived. */
  find(kind: Archivable, workspaceId: string, keyOrId: string): Promise<ArchivedRecord | null>;
  /** Keys of what is live and would be left hanging. */
  usersOf(kind: Archivable, id: string): Promise<string[]>;
  /** With what belongs to it; false when it was archived already. */
  archive(kind: Archivable, id: string): Promise<boolean>;
  /** With what was archived along with it; false when it was not archived. */
  restore(kind: Archivable, id: string): Promise<boolean>;
  cycleOf(kind: 'objective' | 'key_result', id: string): Promise<string | null>;
  listArchivedKeyResults(workspaceId: string): Promise<KeyResultRecord[]>;
  listArchivedObjectives(workspaceId: string): Promise<ObjectiveRecord[]>;
  listArchivedCycles(workspaceId: string): Promise<CycleRecord[]>;
  updateCycle(
    id: string,
    change: Partial<Pick<CycleRecord, 'title' | 'startDay' | 'endDay' | 'timeZone'>>,
  ): Promise<CycleRecord>;
  /** The first and the last day that a snapshot of the cycle judges; null: nothing is evaluated. */
  evaluatedDays(cycleId: string): Promise<{ first: string; last: string } | null>;
  /** Empties the binding, raises the version, and forgets the status that came by it. */
  unbind(keyResultId: string): Promise<void>;
  moveKeyResult(keyResultId: string, objectiveId: string): Promise<void>;
  changeMetric(
    metricId: string,
    change: { title?: string | undefined; key?: string | undefined },
  ): Promise<void>;
  changeRule(
    workspaceId: string,
    id: string,
    change: Partial<Omit<AlertRuleRecord, 'id' | 'workspaceId' | 'kind'>>,
  ): Promise<AlertRuleRecord | null>;
  findRule(workspaceId: string, id: string): Promise<AlertRuleRecord | null>;
  initiatives(keyResultId: string): Promise<InitiativeDetail[]>;
  findInitiative(workspaceId: string, id: string): Promise<InitiativeDetail | null>;
  createInitiative(workspaceId: string, initiative: Omit<InitiativeDetail, 'id'>): Promise<InitiativeDetail>;
  updateInitiative(
    id: string,
    change: Partial<Omit<InitiativeDetail, 'id' | 'keyResultId'>>,
  ): Promise<InitiativeDetail>;
  deleteInitiative(id: string): Promise<void>;
  evidenceOfRun(runId: string): Promise<RunEvidence[]>;
  /** The newest first; `beforeId` is where the page before ended. */
  auditLines(
    workspaceId: string,
    filter: AuditFilter,
    limit: number,
    beforeId: string | null,
  ): Promise<AuditLine[]>;
  /** What can be exported, in the order in which it refers to each other. */
  exportTypes: readonly string[];
  /**
   * Every object of the named types, as of one moment: nothing that changes meanwhile is half in it. Never secrets. At
   * most some hundred rows are held at a time.
   */
  export(workspaceId: string, types: readonly string[], signal: AbortSignal): AsyncIterable<ExportBatch>;
};
