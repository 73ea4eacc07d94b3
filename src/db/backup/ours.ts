import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrationFolder, migrationNames } from '../migrate.ts';

type Names = { tables: string[]; functions: string[]; sequences: string[] };

/** What this version's schema and migrations make, by name. */
function ours(root: string): Names {
  const schema = readFileSync(join(root, 'prisma', 'schema.prisma'), 'utf8');
  const scripts = migrationNames(root).map((name) =>
    readFileSync(join(migrationFolder(root), name, 'migration.sql'), 'utf8'),
  );
  const named = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
  const all = scripts.join('\n');
  return {
    tables: ['_prisma_migrations', ...named(schema, /@@map\("(\w+)"\)/g)],
    functions: named(all, /CREATE (?:OR REPLACE )?FUNCTION "?(\w+)"?\s*\(/g),
    sequences: named(all, /CREATE SEQUENCE "?(\w+)"?/g),
  };
}

/**
 * What stands in the database's schema: nothing, tables of ours without a workspace, or somebody's data.
 *
 * @throws Error in one sentence when tables of somebody else are there: nothing is put between those
 */
export async function whatIsThere(pool: pg.Pool, root: string): Promise<'nothing' | 'no data' | 'data'> {
  const found = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
  );
  const names = found.rows.map(({ name }) => name);
  const known = new Set(ours(root).tables);
  const others = names.filter((name) => !known.has(name));
  if (others.length > 0) {
    throw new Error(
      `The database has tables that are not Tidemark's (${others.slice(0, 3).join(', ')}), so nothing was restored. Give a database of its own in DATABASE_URL.`,
    );
  }
  if (!names.includes('workspace')) return names.length === 0 ? 'nothing' : 'no data';
  const filled = await pool.query<{ is: boolean }>('SELECT EXISTS (SELECT FROM workspace) AS is');
  return filled.rows[0]?.is === true ? 'data' : 'no data';
}

/** Removes every table, sequence and function of ours, and nothing else of the schema. */
export async function dropOurs(pool: pg.Pool, root: string): Promise<void> {
  const { functions, sequences, tables } = ours(root);
  const there = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname = ANY($1)`,
    [tables],
  );
  const named = there.rows.map(({ name }) => pg.escapeIdentifier(name));
  if (named.length > 0) await pool.query(`DROP TABLE ${named.join(', ')} CASCADE`);
  for (const name of sequences) await pool.query(`DROP SEQUENCE IF EXISTS ${pg.escapeIdentifier(name)}`);
  const routines = await pool.query<{ signature: string }>(
    `SELECT oid::regprocedure::text AS signature FROM pg_proc
     WHERE pronamespace = current_schema()::regnamespace AND proname = ANY($1)`,
    [functions],
  );
  for (const { signature } of routines.rows) await pool.query(`DROP FUNCTION ${signature} CASCADE`);
}
