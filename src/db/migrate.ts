import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/**
 * Brings the database's tables up to `prisma/migrations`, with Prisma's own ledger, so that Prisma's tools recognise
 * the history. Several processes may start at once: one migrates, the others wait. When nothing is missing the
 * engine is not even loaded.
 *
 * @returns the names of the migrations that were applied
 * @throws Error when the database is newer than this program, or an applied migration was changed afterwards
 */
export async function migrate(url: string, root: string): Promise<string[]> {
  // One connection, one transaction: the lock, the scripts and the ledger are committed together or not at all, so
  // that a process killed in the middle leaves nothing half done.
  const pool = oneConnection(url);
  try {
    await pool.query('BEGIN');
    await lockSchema(pool);
    const applied = await migrateWithin(pool, root);
    await pool.query('COMMIT');
    return applied;
  } finally {
    await pool.end();
  }
}

/** A pool of one connection. When that is lost there is no second one, which would be outside of its transaction. */
export function oneConnection(url: string): pg.Pool {
  let connections = 0;
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    verify(_client, done) {
      connections += 1;
      done(connections === 1 ? undefined : new Error('the connection was lost'));
    },
  });
  pool.on('error', () => {});
  return pool;
}

/** Nobody else changes the tables until the transaction is over. */
export async function lockSchema(pool: pg.Pool): Promise<void> {
  await pool.query(`SELECT pg_advisory_xact_lock(hashtext('tidemark.migrate'))`);
}

/** The names of all migrations, in their order. */
export function migrationNames(root: string): string[] {
  const folder = migrationFolder(root);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .toSorted();
}

export function migrationFolder(root: string): string {
  return join(root, 'prisma', 'migrations');
}

/**
 * As `migrate`, in a transaction that the caller has begun on the pool's only connection.
 *
 * @param upTo the last one to apply; null: all
 */
export async function migrateWithin(
  pool: pg.Pool,
  root: string,
  upTo: string | null = null,
): Promise<string[]> {
  const folder = migrationFolder(root);
  const known = migrationNames(root);
  const applied = await ledger(pool);
  checkHistory(applied, known, folder);
  const names = upTo === null ? known : known.filter((name) => name <= upTo);
  const missing = names.filter((name) => !applied.has(name));
  if (missing.length > 0) await apply(pool, root, folder, names);
  return missing;
}

async function apply(pool: pg.Pool, root: string, folder: string, names: string[]): Promise<void> {
  const { migrationList, openSchemaEngine } = await import('./schema-engine.ts');
  const schema = readFileSync(join(root, 'prisma', 'schema.prisma'), 'utf8');
  let refused: Error | undefined;
  const engine = await openSchemaEngine(pool, [['schema.prisma', schema]], (error) => {
    refused ??= error;
  });
  try {
    await engine.applyMigrations({
      migrationsList: migrationList(folder, names),
      filters: { externalEnums: [], externalTables: [] },
    });
  } catch (error) {
    // The engine goes on to write its ledger in the failed transaction, and then tells of that alone.
    if (refused === undefined) throw error;
    throw new Error(`A migration failed, and the database was left as it was: ${refused.message}.`, {
      cause: error,
    });
  }
}

async function ledger(client: pg.Pool): Promise<Map<string, string>> {
  const there = await client.query<{ there: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS there`,
  );
  if (there.rows[0]?.there == null) return new Map();
  const rows = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.rows.map((row) => [row.migration_name, row.checksum]));
}

function checkHistory(applied: Map<string, string>, names: string[], folder: string): void {
  for (const [name, checksum] of applied) {
    if (!names.includes(name)) {
      throw new Error(
        `The database already has the migration "${name}", which this version of Tidemark does not know. Start the newer version, or restore an older database.`,
      );
    }
    const now = createHash('sha256')
      .update(readFileSync(join(folder, name, 'migration.sql')))
      .digest('hex');
    if (now !== checksum) {
      throw new Error(
        `The migration "${name}" was changed after it was applied. Restore its file from the release.`,
      );
    }
  }
}
