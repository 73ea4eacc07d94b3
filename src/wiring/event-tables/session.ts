import type { ExchangeRecord } from '../../app/ports.ts';
import type { GuardedFetch, ResolvedAddress } from '../../egress/index.ts';
import type { EventRow } from '../../event-sql/index.ts';
import type { TableConfig } from './config.ts';

/** How an engine is asked, whatever it is. */

export type TableSession = {
  /**
   * Runs one statement that reads. Whatever comes of it is told to `record`.
   *
   * @throws ConnectorError in the words of the owner
   */
  ask(sql: string, record: (exchange: ExchangeRecord) => void): Promise<EventRow[]>;
  close(): Promise<void>;
};

/** What an engine's session is opened with. */
export type SessionContext = {
  config: TableConfig;
  /** The address that the guard has seen; null for BigQuery's own. */
  address: URL | null;
  fetch: GuardedFetch;
  resolve(url: URL): Promise<ResolvedAddress[]>;
  signal: AbortSignal;
  now: Date;
  /** A place among the statements that may be under way on this connection, whoever runs them. */
  spend<T>(call: () => Promise<T>): Promise<T>;
};

/** What a check finds out beside the fact that the table can be read. */
export type TableFacts = { account: string; warnings: string[]; newestAt: Date | null };

/** More rows than any metric over its windows gives: something else than an answer is coming. */
export const MOST_ROWS = 200_000;
export const MOST_BYTES = 10 * 1_048_576;
