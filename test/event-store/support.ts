import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type {
  EventFile,
  EventFiles,
  EventListing,
  EventMerge,
  EventReplacement,
  EventWrite,
  RefusedEvents,
  StagedEvents,
} from '../../src/app/ports-events.ts';
import { createEventFiles } from '../../src/event-store/index.ts';

export const never = new AbortController().signal;
export const CONNECTION = 'con_test';

/** A row of a file of ours, as another reader sees it. */
export type StoredRow = {
  user_id: string;
  event: string;
  at_ms: number;
  id: string | null;
  properties: string;
};

export type TestStore = {
  folder: string;
  files: EventFiles;
  /** Lists what a merge says, as the database would. */
  apply(listing: EventListing, merge: EventMerge): EventListing;
  stage(input: readonly EventWrite[] | EventFile): Promise<StagedEvents>;
  refused(input: readonly EventWrite[] | EventFile): Promise<RefusedEvents>;
  /** Stages and merges, and throws the staged file away. */
  tell(
    listing: EventListing,
    events: readonly EventWrite[],
    replaces?: EventReplacement | null,
  ): Promise<{ listing: EventListing; merge: EventMerge }>;
  rows(listing: EventListing): Promise<StoredRow[]>;
  /** Writes a file outside of the store. */
  file(name: string, content: string): Promise<string>;
  close(): Promise<void>;
};

export const EMPTY: EventListing = { version: 0, segments: [] };

export async function openStore(): Promise<TestStore> {
  const outside = await mkdtemp(join(tmpdir(), 'tidemark-events-'));
  const folder = join(outside, 'events');
  const files = createEventFiles({ folder, memoryLimitMb: 256, threads: 1 });
  const taken = (input: readonly EventWrite[] | EventFile) =>
    files.stage(CONNECTION, 'path' in input ? input : inTurn(input), never);
  const store: TestStore = {
    folder,
    files,
    apply: (listing, merge) => ({
      version: listing.version + 1,
      segments: [...listing.segments.filter(({ id }) => !merge.retired.includes(id)), ...merge.added],
    }),
    async stage(input) {
      const answer = await taken(input);
      if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refused)}`);
      return answer.staged;
    },
    async refused(input) {
      const answer = await taken(input);
      if (answer.ok) throw new Error('nothing was refused');
      return answer.refused;
    },
    async tell(listing, events, replaces = null) {
      const staged = await store.stage(events);
      const merge = await files.merge(CONNECTION, listing, staged, replaces, never);
      await files.discard(staged);
      return { listing: store.apply(listing, merge), merge };
    },
    rows: ({ segments }) => rowsOf(segments.map(({ path }) => join(folder, path))),
    async file(name, content) {
      const path = join(outside, name);
      await writeFile(path, content);
      return path;
    },
    async close() {
      await files.close();
      await rm(outside, { recursive: true, force: true });
    },
  };
  return store;
}

export async function* inTurn<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

export function event(id: string | null, at: string, change: Partial<EventWrite> = {}): EventWrite {
  return { id, userId: 'ada', event: 'open', at: new Date(at), properties: {}, ...change };
}

/** Asked of an engine of the test's own, in an order that does not depend on the files. */
export async function rowsOf(paths: readonly string[]): Promise<StoredRow[]> {
  if (paths.length === 0) return [];
  const rows = await query(
    `SELECT user_id, event, at_ms, id, properties FROM read_parquet([${paths.map((path) => `'${path}'`).join(', ')}])
     ORDER BY at_ms, user_id, event, id, properties`,
  );
  // The columns are those of the statement.
  return rows.map((row) => ({ ...row, at_ms: Number(row.at_ms) }) as StoredRow);
}

export async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await (await connection.run(sql)).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
