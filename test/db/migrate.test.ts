import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { migrationSql } from '../../src/db/write-migration.ts';
import { projectRoot } from '../../src/project.ts';
import { dropDatabase, emptyDatabase } from './support/empty-database.ts';

const ours = readdirSync(join(projectRoot(), 'prisma', 'migrations')).filter((name) => /^\d/.test(name));
let url: string;
let client: pg.Client;
let root: string;

beforeEach(async () => {
  url = await emptyDatabase();
  client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  root = mkdtempSync(join(tmpdir(), 'tidemark-migrations-'));
  cpSync(join(projectRoot(), 'prisma'), join(root, 'prisma'), { recursive: true });
});
afterEach(async () => {
  await client.end();
  await dropDatabase(url);
  rmSync(root, { recursive: true });
});

function addMigration(name: string, sql: string): void {
  mkdirSync(join(root, 'prisma', 'migrations', name));
  writeFileSync(join(root, 'prisma', 'migrations', name, 'migration.sql'), sql);
}

async function tables(): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  return found.rows.map((row) => row.name);
}

async function ledger(): Promise<{ migration_name: string; checksum: string; steps: number }[]> {
  const rows = await client.query(
    'SELECT migration_name, checksum, applied_steps_count AS steps FROM _prisma_migrations ORDER BY started_at',
  );
  return rows.rows;
}

it('makes every table once; a second start has nothing to do', async () => {
  const [first] = await migrate(url, root);
  expect(first).toMatch(/_first$/);
  expect(await tables()).toContain('metric_point');
  const before = await ledger();
  expect(await migrate(url, root)).toEqual([]);
  expect(await ledger()).toEqual(before);
});

it('applies only what is missing, and leaves the data alone', async () => {
  await migrate(url, root);
  await client.query(`INSERT INTO instance_fact (name, value) VALUES ('note', 'kept')`);
  addMigration('20990101000000_more', 'CREATE TABLE more (id int); -- a semicolon; in a comment');
  expect(await migrate(url, root)).toEqual(['20990101000000_more']);
  expect((await client.query('SELECT value FROM instance_fact')).rows).toEqual([{ value: 'kept' }]);
  expect((await ledger()).map((row) => row.migration_name)).toContain('20990101000000_more');
});

it('leaves nothing behind when a migration fails in its middle, and works once it is mended', async () => {
  const broken = 'CREATE TABLE half (id int); SELECT 1 / 0; CREATE TABLE other_half (id int);';
  addMigration('20990101000000_broken', broken);
  await expect(migrate(url, root)).rejects.toThrow(
    'A migration failed, and the database was left as it was: division by zero.',
  );
  expect(await tables()).toEqual([]);
  addMigration('20990102000000_never', 'SELECT 1');
  rmSync(join(root, 'prisma', 'migrations', '20990101000000_broken'), { recursive: true });
  addMigration('20990101000000_mended', 'CREATE TABLE half (id int);');
  expect(await migrate(url, root)).toHaveLength(ours.length + 2);
  expect(await tables()).toContain('half');
});

it('keeps the version before when an upgrade fails', async () => {
  await migrate(url, root);
  const before = await tables();
  addMigration('20990101000000_good', 'CREATE TABLE good (id int);');
  addMigration('20990102000000_broken', 'CREATE TABLE bad (id int); SELECT nothing_like_it();');
  await expect(migrate(url, root)).rejects.toThrow(/nothing_like_it/);
  expect(await tables()).toEqual(before);
});

it('leaves nothing behind when its connection is cut in the middle', async () => {
  addMigration('20990101000000_slow', 'CREATE TABLE slow (id int); SELECT pg_sleep(60);');
  const migrating = migrate(url, root).then(
    () => 'done',
    (error: Error) => error.message,
  );
  await untilSleeping();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  expect(await migrating).toMatch(/terminat|connection/i);
  expect(await tables()).toEqual([]);
});

/** Asks until the slow statement is under way; the question itself takes the time. */
async function untilSleeping(): Promise<void> {
  for (;;) {
    const found = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    );
    if (found.rowCount === 1) return;
  }
}

it('is done once when six processes start at the same moment', async () => {
  const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(url, root)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  expect(applied.flat()).toEqual(ours);
  expect(await ledger()).toHaveLength(ours.length);
});

it('says that a migration was changed after it was applied', async () => {
  addMigration('20990101000000_more', 'CREATE TABLE more (id int);');
  await migrate(url, root);
  writeFileSync(
    join(root, 'prisma/migrations/20990101000000_more/migration.sql'),
    'CREATE TABLE less (id int);',
  );
  await expect(migrate(url, root)).rejects.toThrow(
    'The migration "20990101000000_more" was changed after it was applied. Restore its file from the release.',
  );
});

it('refuses a database that a newer version has migrated', async () => {
  addMigration('20990101000000_future', 'CREATE TABLE future (id int);');
  await migrate(url, root);
  await expect(migrate(url, projectRoot())).rejects.toThrow(
    'The database already has the migration "20990101000000_future", which this version of Tidemark does not know. Start the newer version, or restore an older database.',
  );
});

it('makes the same columns, keys and references that prisma/schema.prisma describes', async () => {
  await migrate(url, root);
  const described = await emptyDatabase();
  const other = new pg.Client({ connectionString: described });
  try {
    await other.connect();
    await other.query(
      'CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT now() $$',
    );
    await other.query(await migrationSql(described, root, null));
    expect(await shape(client, COLUMNS)).toEqual(await shape(other, COLUMNS));
    expect(await shape(client, KEYS)).toEqual(await shape(other, KEYS));
    expect((await shape(other, COLUMNS)).length).toBeGreaterThan(200);
  } finally {
    await other.end();
    await dropDatabase(described);
  }
});

it('writes the start of the next migration from an earlier text of the schema', async () => {
  const schema = readFileSync(join(root, 'prisma', 'schema.prisma'), 'utf8');
  const earlier = schema.replace(/^ *weekStart .*\n/m, '');
  expect(earlier).not.toBe(schema);
  const sql = await migrationSql(url, root, earlier);
  expect(sql).toContain(
    `ALTER TABLE "workspace" ADD COLUMN     "week_start" TEXT NOT NULL DEFAULT 'monday';`,
  );
  expect(await migrationSql(url, root, schema)).not.toMatch(/CREATE|ALTER|DROP/);
});

/** Partitions repeat what their parent has, and the ledger is Prisma's own. */
const OURS = `c.relnamespace = 'public'::regnamespace AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`;
const COLUMNS = `SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || COALESCE(' ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p') AND ${OURS}`;
// Checks and partial indexes cannot be said in Prisma's language: they are the migration's own.
const KEYS = `SELECT c.relname || ' ' || n.conname || ' ' || pg_get_constraintdef(n.oid) AS line
  FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid WHERE n.contype IN ('p', 'u', 'f') AND ${OURS}
  UNION ALL SELECT i.relname || CASE WHEN x.indisunique THEN ' unique ' ELSE ' ' END
    || regexp_replace(pg_get_indexdef(x.indexrelid), '.* USING ', '')
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
  WHERE x.indpred IS NULL AND ${OURS}`;

async function shape(database: pg.Client, question: string): Promise<string[]> {
  const rows = await database.query<{ line: string }>(question);
  return rows.rows.map((row) => row.line).toSorted();
}
