import type { Measurement, MetricWindow, ParamValues } from '../domain/catalog/types.ts';
import type { ExchangeRecord, ReadFailure } from './ports.ts';
import type { Delivery, IngestOutcome } from './ports-ingest.ts';

/**
 * Raw product events: immutable Parquet files in a folder that all workers share, listed with their digest in the
 * database. What is listed there is there; a file that is not listed does not exist.
 */

/** One event as it is taken in. `at` is an instant; the order of telling says nothing. */
export type EventWrite = {
  /** The same id again is the same event told anew; null where the source has none, and then nothing can be told apart. */
  id: string | null;
  userId: string;
  event: string;
  at: Date;
  properties: Readonly<Record<string, unknown>>;
  /** Of two tellings of an id in one delivery the higher one stands; absent: the earlier event does. */
  order?: number;
};

/** A file of events of whole UTC days, `[firstDay, lastDay]`; the files of a connection never overlap. */
export type EventSegment = {
  id: string;
  /** Below the folder of events. */
  path: string;
  sha256: string;
  bytes: number;
  rows: number;
  firstDay: string;
  lastDay: string;
};
/** What the database lists of a connection at one moment. Version 0: nothing was ever stored. */
export type EventListing = { version: number; segments: readonly EventSegment[] };

/** A file of somebody else's, with the names of its columns (or members). */
export type EventFile = {
  path: string;
  format: 'jsonl' | 'csv' | 'parquet';
  columns: { userId: string; event: string; at: string; id: string | null; properties: string | null };
};
/** Taken in and checked, in a file of its own; nothing of it counts yet. */
export type StagedEvents = {
  path: string;
  rows: number;
  firstAt: Date | null;
  lastAt: Date | null;
  sha256: string;
};
/** Rows that are no events: how many, and one sentence each for the first ones. */
export type RefusedEvents = { count: number; problems: readonly { row: number; problem: string }[] };

/** All events of these whole UTC days (and names, null for any) that are not among the staged ones are gone. */
export type EventReplacement = { firstDay: string; lastDay: string; names: readonly string[] | null };

/** New files that say what old ones and staged events say together. They count from the moment they are listed. */
export type EventMerge = {
  added: readonly EventSegment[];
  /** Ids of segments that they stand for. */
  retired: readonly string[];
  /** Events that are new or were something else before, and that are gone. */
  changed: number;
  /** The earliest instant that is told differently; null: nothing is. */
  touchedAt: Date | null;
};

/** The files: written, merged, and asked, by an engine that never holds more than its limit in memory. */
export type EventFiles = {
  stage(
    connectionId: string,
    input: AsyncIterable<EventWrite> | EventFile,
    signal: AbortSignal,
  ): Promise<{ ok: true; staged: StagedEvents } | { ok: false; refused: RefusedEvents }>;
  merge(
    connectionId: string,
    listing: EventListing,
    staged: StagedEvents,
    replaces: EventReplacement | null,
    signal: AbortSignal,
  ): Promise<EventMerge>;
  /** Small neighbours become one file; null when there is nothing worth it. Says the same as before. */
  compact(connectionId: string, listing: EventListing, signal: AbortSignal): Promise<EventMerge | null>;
  /** One list of measurements an ask, one measurement a window. */
  measure(
    listing: EventListing,
    asks: readonly { metric: string; params: ParamValues; windows: readonly MetricWindow[] }[],
    signal: AbortSignal,
  ): Promise<Measurement[][]>;
  /** How often each event occurs in `[startDay, endDay)` of UTC, most frequent first. */
  names(
    listing: EventListing,
    days: { startDay: string; endDay: string },
    limit: number,
    signal: AbortSignal,
  ): Promise<{ event: string; count: number; users: number }[]>;
  discard(staged: StagedEvents): Promise<void>;
  /** Deletes files by their paths: of a merge that was not listed, or that nobody reads any more. */
  remove(paths: readonly string[]): Promise<void>;
  /** Deletes files that are neither listed nor young enough to be on their way. @returns how many */
  sweep(connectionId: string, listed: ReadonlySet<string>, now: Date): Promise<number>;
  close(): Promise<void>;
};

/** Files on their way in. */
export type EventUploads = {
  /** @throws AppError when it is empty, or larger than is taken at once; nothing of it stays then */
  receive(
    chunks: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<{ path: string; sha256: string; bytes: number }>;
  forget(path: string): Promise<void>;
};

/** What the database keeps of them. */
export type EventListings = {
  /** Those that have, or had, files of events. */
  connections(): Promise<string[]>;
  current(connectionId: string): Promise<EventListing>;
  /**
   * Lists a merge in one transaction, with the delivery that it came from (null: a connector has read it, or files were
   * compacted), up to where the events are told, and the metrics' cursors taken back to before what changed.
   *
   * @returns null when another process has listed something since `version`; then nothing is written, and the merge is
   *   made again
   */
  commit(
    connectionId: string,
    version: number,
    merge: EventMerge,
    told: {
      delivery: Delivery | null;
      rows: number;
      /** The UTC days of what was told; absent or null: of nothing. */
      days?: { first: string; last: string } | null;
      /** The day up to which events are told, in the workspace's zone; null: as before. */
      through: { day: string; exactly: boolean; timeZone: string } | null;
      /** Where a connector goes on reading; undefined: as before. */
      state?: unknown;
    },
  ): Promise<IngestOutcome | 'listed' | null>;
  /** Where a connector goes on reading; null at the beginning. */
  readingState(connectionId: string): Promise<unknown>;
  /** Retired before then: nobody who began earlier reads them any more. Forgets them. */
  forgetRetired(connectionId: string, before: Date): Promise<string[]>;
  /** Paths that are listed or retired a short time ago. */
  paths(connectionId: string): Promise<Set<string>>;
};

// ---- events that a connector hands over ------------------------------------------------------------------------

export type CollectStart = { state: unknown; names: readonly string[] | null; startDay: string };
/** Whole UTC days of events; see `EventCollector`. */
export type CollectedBatch = {
  firstDay: string;
  lastDay: string;
  names: readonly string[] | null;
  events: AsyncIterable<EventWrite>;
  throughAt: Date | null;
  /** Asked once the events were taken. */
  ended(): { state: unknown; note: string };
};
/** `exchanges` hands out what was asked since it was last called: taking the events asks, too. */
export type CollectStep = { exchanges(): ExchangeRecord[] } & (
  | { ok: true; batch: CollectedBatch }
  | { ok: false; failure: ReadFailure }
);
