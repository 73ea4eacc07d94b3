import type { Socket } from 'node:net';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { KEEPS, LEFT_OUT, WRITES_ALIKE } from './session.ts';

/** The first and the last of something that is kept in partitions, as PostgreSQL writes them; null: there is none. */
export type Span = { first: string; last: string } | null;

/** What a database is, as of one moment, without its rows. */
export type SavedFacts = {
  /** An instant on the database's own clock. */
  takenAt: string;
  /** The newest migration that its tables have. */
  migration: string;
  workspaces: { id: string; name: string }[];
  /** Of the master key that its data keys are under; null while there are none. */
  masterKeyFingerprint: string | null;
  /** Ids of the master keys that are needed to read its secrets. */
  masterKids: string[];
  spans: { points: Span; evidence: Span };
};

export type SavedTable = { name: string; columns: string[] };
export type SavedSequence = { name: string; last: string };
export type SavedFile = { path: string; bytes: number; sha256: string };

export type Snapshot = {
  facts: SavedFacts;
  tables: SavedTable[];
  /** Files of events that count as of that moment. They stay where they are for an hour at least. */
  files: SavedFile[];
  /** The rows of a table in PostgreSQL's text format, one a line. */
  rows(table: SavedTable): AsyncIterable<Buffer>;
  /** Last values; never before those of the rows, whenever it is asked. */
  sequences(): Promise<SavedSequence[]>;
  close(): Promise<void>;
};

/**
 * Looks at the whole database as of one moment, while everybody goes on writing.
 *
 * @throws Error in one sentence when it is no database of Tidemark
 */
export async function openSnapshot(url: string): Promise<Snapshot> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on('error', () => {}); // the statement under way says so
  await client.connect();
  let isCopying = false;
  try {
    for (const setting of [...KEEPS, ...WRITES_ALIKE]) await client.query(setting);
    // The snapshot is taken by the first question, not here.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const there = await client.query<{ there: string | null }>(
      `SELECT to_regclass('_prisma_migrations')::text AS there`,
    );
    if (there.rows[0]?.there == null) {
      throw new Error('The database holds no tables of Tidemark, so there is nothing to back up.');
    }
    return {
      facts: await factsOf(client),
      tables: await tablesOf(client),
      files: await filesOf(client),
      rows(table) {
        isCopying = true;
        const rows = client.query(
          copyTo(`COPY (SELECT ${columnList(table)} FROM ${pg.escapeIdentifier(table.name)}) TO STDOUT`),
        );
        rows.once('end', () => {
          isCopying = false;
        });
        return rows as AsyncIterable<Buffer>;
      },
      async sequences() {
        const found = await client.query<SavedSequence>(
          `SELECT sequencename AS name, COALESCE(last_value, 0)::text AS last FROM pg_sequences
           WHERE schemaname = current_schema() ORDER BY 1`,
        );
        return found.rows;
      },
      async close() {
        // In the middle of rows that nobody reads any more, a polite end would wait for them.
        if (isCopying) socketOf(client).destroy();
        else await client.end();
      },
    };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** The driver's types leave it out. */
function socketOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

export function columnList({ columns }: SavedTable): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ');
}

/** The tables of the current schema with their columns; a partitioned one is one table. */
export async function tablesOf(client: Pick<pg.Client, 'query'>): Promise<SavedTable[]> {
  const found = await client.query<SavedTable>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> ALL($1) GROUP BY 1 ORDER BY 1`,
    [LEFT_OUT],
  );
  return found.rows;
}

async function factsOf(client: pg.Client): Promise<SavedFacts> {
  const one = await client.query<Omit<SavedFacts, 'spans' | 'workspaces'>>(
    `SELECT to_char(app_now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "takenAt",
       (SELECT max(migration_name) FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migration,
       (SELECT value FROM instance_fact WHERE name = 'master_key_fingerprint'
        AND EXISTS (SELECT FROM data_key)) AS "masterKeyFingerprint",
       ARRAY(SELECT DISTINCT master_kid FROM data_key WHERE retired_at IS NULL ORDER BY 1) AS "masterKids"`,
  );
  const facts = one.rows[0] as Omit<SavedFacts, 'spans' | 'workspaces'>; // one row, always
  const workspaces = await client.query<{ id: string; name: string }>(
    'SELECT id, name FROM workspace ORDER BY id',
  );
  const spans = {
    points: await spanOf(
      client,
      'SELECT day AS at FROM metric_point UNION ALL SELECT day FROM metric_point_revision',
    ),
    evidence: await spanOf(client, 'SELECT recorded_at AS at FROM sync_evidence'),
  };
  return { ...facts, workspaces: workspaces.rows, spans };
}

async function spanOf(client: pg.Client, among: string): Promise<Span> {
  const found = await client.query<{ first: string | null; last: string | null }>(
    `SELECT min(at)::text AS first, max(at)::text AS last FROM (${among}) t`,
  );
  const { first, last } = found.rows[0] ?? { first: null, last: null };
  return first === null || last === null ? null : { first, last };
}

async function filesOf(client: pg.Client): Promise<SavedFile[]> {
  const there = await client.query<{ there: string | null }>(
    `SELECT to_regclass('event_segment')::text AS there`,
  );
  if (there.rows[0]?.there == null) return []; // a schema from before there were events
  const found = await client.query<{ path: string; bytes: string; sha256: string }>(
    'SELECT path, bytes::text, sha256 FROM event_segment WHERE retired_at IS NULL ORDER BY path',
  );
  return found.rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}
