import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '../database.ts';
import { lockSchema, migrateWithin, migrationNames, oneConnection } from '../migrate.ts';
import { dropOurs, whatIsThere } from './ours.ts';
import { KEEPS, WRITES_ALIKE } from './session.ts';
import { type Settled, settleRestored } from './settle.ts';
import { columnList, type SavedFacts, type SavedSequence, type SavedTable, tablesOf } from './snapshot.ts';

export type SavedDatabase = {
  facts: SavedFacts;
  tables: (SavedTable & { rows: number })[];
  sequences: SavedSequence[];
};

export type RestoreOptions = {
  url: string;
  root: string;
  /** What the database holds may go. */
  replace: boolean;
  /** The rows of the tables, asked for in their order. */
  rowsOf(table: SavedTable): AsyncIterable<Uint8Array>;
  /** The last thing before everything counts. What it throws leaves all as it was. */
  beforeCommit(tx: Tx): Promise<void>;
};

type Constraint = { table: string; name: string; definition: string };

/**
 * Puts a saved database in the place of what is there, in one transaction: the tables as they were when it was saved,
 * then its rows, then the migrations since. Every row count is checked, and every reference.
 *
 * @throws Error in one sentence; then the database is as it was before
 */
export async function restoreDatabase(
  saved: SavedDatabase,
  options: RestoreOptions,
): Promise<{ settled: Settled; formerFiles: string[] }> {
  const { root, url } = options;
  const pool = oneConnection(url);
  try {
    for (const setting of [...KEEPS, ...WRITES_ALIKE]) await pool.query(setting);
    await pool.query('BEGIN');
    await lockSchema(pool);
    const former = await makeRoom(pool, options);
    await migrateWithin(pool, root, saved.facts.migration);
    await pool.query('UPDATE app_clock SET offset_ms = $1', [former.clockOffsetMs]);
    const tx = await pool.connect();
    try {
      await fill(tx, saved, options);
    } finally {
      tx.release();
    }
    await migrateWithin(pool, root);
    const last = await pool.connect();
    try {
      const settled = await settleRestored(last, saved.facts.takenAt);
      await options.beforeCommit(last);
      await last.query('COMMIT');
      return { settled, formerFiles: former.files };
    } finally {
      last.release();
    }
  } finally {
    await pool.end(); // what was not committed is rolled back with the connection
  }
}

/** @throws Error in one sentence when a newer version of Tidemark has saved it */
export function checkMigration(root: string, migration: string): void {
  if (migrationNames(root).includes(migration)) return;
  throw new Error(
    `The backup was made by another version of Tidemark: this one does not know its migration "${migration}". Restore it with the version that made it, or a newer one.`,
  );
}

/** What goes with the tables that are replaced, and what stays. */
type Former = {
  /** Files of events that nobody lists any more once this is committed. */
  files: string[];
  /** Not 0 in tests only. */
  clockOffsetMs: string;
};

async function makeRoom(pool: pg.Pool, { replace, root }: RestoreOptions): Promise<Former> {
  const others = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  const open = others.rows[0]?.count ?? 0;
  if (open > 0) {
    throw new Error(
      `The database is in use (${open} other ${open === 1 ? 'connection' : 'connections'}), so nothing was restored. Stop every Tidemark and worker on it first.`,
    );
  }
  const there = await whatIsThere(pool, root);
  if (there === 'nothing') return { files: [], clockOffsetMs: '0' };
  if (there === 'data' && !replace) {
    throw new Error(
      'The database holds data already, so nothing was restored. Name an empty data folder with --data-dir, or let the backup take the place of all of it with --replace.',
    );
  }
  const clock = await rowsIfThere<{ offset: string }>(
    pool,
    'app_clock',
    'SELECT offset_ms::text AS offset FROM app_clock',
  );
  const files = await rowsIfThere<{ path: string }>(pool, 'event_segment', 'SELECT path FROM event_segment');
  await dropOurs(pool, root);
  return { files: files.map(({ path }) => path), clockOffsetMs: clock[0]?.offset ?? '0' };
}

/** Older databases do not have every table. */
async function rowsIfThere<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  table: string,
  question: string,
): Promise<Row[]> {
  const found = await pool.query<{ there: string | null }>('SELECT to_regclass($1)::text AS there', [table]);
  return found.rows[0]?.there == null ? [] : (await pool.query<Row>(question)).rows;
}

async function fill(tx: Tx, { facts, sequences, tables }: SavedDatabase, options: RestoreOptions) {
  checkTables(await tablesOf(tx), tables);
  const { evidence, points } = facts.spans;
  if (points !== null) {
    await tx.query('SELECT ensure_point_partitions($1::date, $2::date)', [points.first, points.last]);
  }
  if (evidence !== null) {
    await tx.query('SELECT ensure_evidence_partitions($1::timestamptz, $2::timestamptz)', [
      evidence.first,
      evidence.last,
    ]);
  }
  // Rows come table by table, as they were: nothing is to be done because of them, and references are checked at the end.
  const references = await referencesOf(tx);
  for (const { name, table } of references) {
    await tx.query(`ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  }
  const names = tables.map(({ name }) => pg.escapeIdentifier(name));
  for (const name of names) await tx.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  await tx.query(`TRUNCATE ${names.join(', ')}`); // some migrations put rows in
  for (const table of tables) {
    const copy = tx.query(
      copyFrom(`COPY ${pg.escapeIdentifier(table.name)} (${columnList(table)}) FROM STDIN`),
    );
    await pipeline(Readable.from(options.rowsOf(table), { objectMode: false }), copy);
    if (copy.rowCount !== table.rows) {
      throw new Error(`the table "${table.name}" has ${copy.rowCount} rows instead of ${table.rows}`);
    }
  }
  for (const name of names) await tx.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  for (const { definition, name, table } of references) {
    await tx.query(`ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`);
  }
  await continueSequences(tx, sequences, facts.takenAt);
}

/** Names out of a file go into statements only when the schema has them. */
function checkTables(expected: SavedTable[], saved: SavedTable[]): void {
  const told = ({ columns, name }: SavedTable): string => `${name}(${columns.toSorted().join()})`;
  const here = expected.map(told).toSorted();
  const there = saved.map(told).toSorted();
  if (here.join() !== there.join()) {
    throw new Error('its tables are not those of the schema that it names');
  }
}

async function referencesOf(tx: Tx): Promise<Constraint[]> {
  const found = await tx.query<Constraint>(
    `SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
       AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
  );
  return found.rows;
}

/** More than any installation has ever used up in a second. */
const IDS_A_SECOND = 1_000;
const IDS_AT_LEAST = 1_000_000;

/**
 * Numbers begin again beyond all that were given out after the backup, in what is lost now: a message's id is made of
 * them, and a receiver would take a new one with an old id for a repeat. So does whoever follows live events.
 */
async function continueSequences(tx: Tx, sequences: SavedSequence[], takenAt: string): Promise<void> {
  const known = await tx.query<{ name: string }>(
    'SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()',
  );
  const last = new Map(sequences.map((sequence) => [sequence.name, sequence.last]));
  for (const { name } of known.rows) {
    await tx.query(
      `SELECT setval($1::text::regclass, $2::bigint + $3::bigint
         + $4::bigint * GREATEST(0, ceil(EXTRACT(epoch FROM app_now() - $5::timestamptz)))::bigint)`,
      [pg.escapeIdentifier(name), last.get(name) ?? '0', IDS_AT_LEAST, IDS_A_SECOND, takenAt],
    );
  }
}
