import type { RecordSets } from '../domain/catalog/record-sets.ts';
import type { MetricRecord } from './ports.ts';

/** What people and programs bring themselves: numbers, records and check-ins. One delivery of it is an ingest. */

export type IngestVia = 'push' | 'upload' | 'check_in';
export type IngestFormat = 'json' | 'csv' | 'jsonl' | 'parquet';

/** One delivery before it is stored. `digest` covers everything that it says, in whatever format it came. */
export type Delivery = {
  workspaceId: string;
  via: IngestVia;
  format: IngestFormat;
  digest: string;
  /** The same key again is the same delivery, however often it is sent. */
  idempotencyKey: string | null;
  actor: string;
  note: string | null;
};
export type IngestRecord = Delivery & {
  id: string;
  rows: number;
  /** Days or records that are new, or were something else before. */
  changed: number;
  firstDay: string | null;
  lastDay: string | null;
  receivedAt: Date;
};
/** `replayed`: it was here already, and nothing was written. */
export type IngestOutcome = { ingest: IngestRecord; replayed: boolean };

/** One day of a metric as somebody has told it; decimal text. Without a value there is a denominator of zero. */
export type ValueWrite = {
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  note: string | null;
};

/** What a check-in says of its day. `add` and `total` are of what is counted up, and are worked out where it is kept. */
export type CheckInAmount = { kind: 'value' | 'add' | 'total'; value: string };
export type CheckInRecord = {
  id: string;
  keyResultId: string;
  day: string;
  /** What the day came to; decimal text, null when only a note or a confidence was given. */
  value: string | null;
  note: string;
  /** The owner's own rating, 0 to 1. */
  confidence: number | null;
  author: string | null;
  ingestId: string | null;
  createdAt: Date;
};
export type NewCheckIn = {
  workspaceId: string;
  keyResultId: string;
  /** Of the Key Result as it was judged: another one by now means that the check-in is judged again. */
  keyResultVersion: number;
  day: string;
  amount: CheckInAmount | null;
  /** The days over which a total is made up, `[startDay, endDay)`. */
  cycle: { startDay: string; endDay: string };
  /** Where its value goes: a metric that is there, or one that its first value makes. */
  metric: { versionId: string } | { create: NewCheckInMetric } | null;
  note: string;
  confidence: number | null;
  digest: string;
  idempotencyKey: string | null;
  actor: string;
};
export type NewCheckInMetric = Pick<
  MetricRecord,
  | 'key'
  | 'title'
  | 'kind'
  | 'unit'
  | 'currency'
  | 'timeZone'
  | 'staleAfterDays'
  | 'historyStartDay'
  | 'definitionHash'
>;

export type IngestStore = {
  /**
   * Takes days of a metric: points, the metric's cursor, the formulas over it and the Key Results that look at it move
   * in one transaction.
   *
   * @throws AppError when the idempotency key was used for something else
   */
  values(metricVersionId: string, delivery: Delivery, values: ValueWrite[]): Promise<IngestOutcome>;
  /**
   * Keeps a check-in; its value takes the same way as any other. Null when the Key Result has changed meanwhile.
   *
   * @throws AppError when the idempotency key was used for something else
   */
  checkIn(checkIn: NewCheckIn): Promise<{ checkIn: CheckInRecord; replayed: boolean } | null>;
  /** Newest day first; of one day the newest first. */
  listCheckIns(keyResultId: string, limit: number): Promise<CheckInRecord[]>;
  /**
   * Ticks a step of a milestone goal, or takes that back. False when the goal has no such step any more: of two who
   * tick different steps at once neither undoes the other.
   */
  tickStep(
    keyResultId: string,
    step: { index: number; name: string },
    doneOnDay: string | null,
  ): Promise<boolean>;
};

/** Sets of records that are lists of rows. */
export type RecordSetName = {
  [Name in keyof RecordSets]-?: NonNullable<RecordSets[Name]> extends readonly unknown[] ? Name : never;
}[keyof RecordSets];

/** One record as it is stored: dates are RFC 3339 text in the payload. */
export type RecordWrite = { recordId: string; at: Date | null; payload: Record<string, unknown> };
export type RecordCoverage = {
  kind: string;
  records: number;
  firstAt: Date | null;
  lastAt: Date | null;
  /** Everything up to that day has been told; null: nothing has. */
  throughDay: string | null;
  toldAt: Date | null;
};

export type RecordStore = {
  /**
   * Keeps records of one kind; the same id again replaces the record. What was computed from days that they touch is
   * computed again by the next sync.
   *
   * `through`: the day up to which the kind is told; `exactly` also takes it back, otherwise it only moves on.
   *
   * @throws AppError when the idempotency key was used for something else
   */
  ingest(
    connectionId: string,
    delivery: Delivery,
    told: {
      kind: string;
      records: RecordWrite[];
      through: { day: string; exactly: boolean };
      timeZone: string;
    },
  ): Promise<IngestOutcome>;
  /** One entry a kind that was ever told. */
  coverage(connectionId: string): Promise<RecordCoverage[]>;
  /** Every record of the kinds, in no order. Waits for a delivery that is under way. */
  load(
    connectionId: string,
    kinds: string[],
  ): Promise<{ kind: string; recordId: string; payload: Record<string, unknown> }[]>;
  /** Deletes the records of a kind, which are kept elsewhere now. */
  forget(connectionId: string, kind: string): Promise<void>;
  /** The deliveries that have told of a kind, newest first. */
  deliveries(connectionId: string, limit: number): Promise<IngestRecord[]>;
};
