import type { ConnectorError, Exchange, GuardedFetch, VettedAddress } from '../../sdk/index.ts';
import type { EngineSettings } from './settings.ts';

/** How an engine is asked, whatever it is. */

export type Row = Readonly<Record<string, unknown>>;
export type Recorder = (exchange: Exchange) => void;

/** A value for a placeholder; the driver takes it, and it is never written into a statement. */
export type Bound = { name: string; type: 'instant' | 'day' | 'text'; value: string };
export type Query = { sql: string; bound: readonly Bound[] };
/** Columns in their order, also of no rows; each cell as the engine writes it, null where there is no value. `pages`
 * is how many answers it took, where that is not one. */
export type Answer = { columns: string[]; rows: (string | null)[][]; notes?: string[]; pages?: number };

export type EngineSession = {
  /**
   * Runs one statement of ours that reads. Whatever comes of it is told to `record`.
   *
   * @throws ConnectorError in the words of the owner
   */
  ask(sql: string, record: Recorder): Promise<Row[]>;
  /** Runs one statement of somebody else's, with its parameters. */
  query(query: Query, record: Recorder): Promise<Answer>;
  close(): Promise<void>;
};

/** Why an engine refused a statement. `words` are its own, made safe; `code` is its own name for it. */
export type Refusal = {
  engine: 'PostgreSQL' | 'ClickHouse' | 'BigQuery' | 'MariaDB' | 'DuckDB';
  kind: 'no_table' | 'no_column' | 'no_right' | 'writes' | 'too_complex' | 'misfit' | 'unreadable';
  code: string;
  words: string;
  cause?: unknown;
};

/** What differs in the sentences about a table of events and about somebody's own query. */
export type EngineWords = {
  /** Begins a sentence: `A statement over analytics.events`, `The query`. */
  statement: string;
  /** Ends the path of a statement's evidence: a table, or nothing. */
  path: string;
  refused(refusal: Refusal): ConnectorError;
  /** What to do about a statement that took too long, gave too much, or would cost too much. */
  slow: string;
  large: string;
  costly: string;
};

/** What an engine's session is opened with. */
export type EngineContext = {
  settings: EngineSettings;
  words: EngineWords;
  /** More than any answer has: something else than one is coming. */
  most: { rows: number; bytes: number };
  /** The address that the guard has seen; null for BigQuery's own. */
  address: URL | null;
  fetch: GuardedFetch;
  resolve(url: URL): Promise<VettedAddress[]>;
  signal: AbortSignal;
  now: Date;
  /** A place among the statements that may be under way on this connection, whoever runs them. */
  spend<T>(call: () => Promise<T>): Promise<T>;
};
