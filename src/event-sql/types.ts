import type { Measurement, MetricWindow, ParamValues } from '../domain/catalog/types.ts';

/**
 * The metrics of the catalogue that are about events, as SQL for the engine that holds the events. `src/domain/events`
 * says what they mean; this says the same set-based, so that nothing has to be loaded.
 */

/** The engines whose SQL can be written. Those that no test server can run are marked so where they are offered. */
export type DialectName = 'duckdb' | 'postgres' | 'clickhouse' | 'bigquery';

/** A table of events, or anything that can stand after FROM. Names of columns are quoted by the dialect. */
export type EventTable = {
  /** Ready SQL: a quoted name, or a table function. */
  from: string;
  columns: {
    /** The resolved person. */
    user: string;
    /** The name of the event. */
    event: string;
    at: EventTimeColumn;
    /** Events of the same id are one event; null where the table holds each once. */
    id: string | null;
    properties: EventProperties;
  };
};

export type EventTimeColumn = { name: string; as: 'instant' | 'milliseconds' | 'seconds' };
/** One column with a JSON object in it, or columns of their own names, or none at all. */
export type EventProperties = { kind: 'json'; column: string } | { kind: 'columns' } | { kind: 'none' };

/** One metric over several windows, which are measured together. */
export type EventAsk = { metric: string; params: ParamValues; windows: readonly MetricWindow[] };

/** A row of an answer: `w` is the index of its window; numbers may come as bigint or text. */
export type EventRow = Readonly<Record<string, unknown>>;

export type CompiledAsk = {
  sql: string;
  /** What the statement looks at, for reading no more of the table than that; null: everything before `untilMs`. */
  fromMs: number | null;
  untilMs: number;
  /** The names of the events it looks at; null: any. */
  names: readonly string[] | null;
  /** One measurement a window, in the order of asking. */
  measure(rows: readonly EventRow[]): Measurement[];
};
