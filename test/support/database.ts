import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';

export type TestDatabase = Database & { url: string; workspaceId: string };

/** A migrated database of the test's own, with one workspace in UTC; `close()` removes it. */
export async function freshDatabase(): Promise<TestDatabase> {
  const url = await createDatabase();
  const database = openDatabase(url, 10);
  const workspaceId = newId('wsp');
  await database.pool.query('INSERT INTO workspace (id, name, time_zone) VALUES ($1, $2, $3)', [
    workspaceId,
    'Test',
    'UTC',
  ]);
  return {
    ...database,
    url,
    workspaceId,
    async close() {
      await database.close();
      await dropDatabase(url);
    },
  };
}

/** An address of a new migrated database, for processes that open it themselves. */
export async function createDatabase(): Promise<string> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE tidemark_template`);
  return inject('postgresUrl').replace(/\/postgres$/, `/${name}`);
}

export async function dropDatabase(url: string): Promise<void> {
  await asAdmin(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
}

/** Moves the database's clock, and only that: every comparison of times asks it. */
export async function moveClock(pool: pg.Pool, offsetMs: number): Promise<void> {
  await pool.query('UPDATE app_clock SET offset_ms = $1', [Math.trunc(offsetMs)]);
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  client.on('error', () => {});
  await client.connect();
  // Two tests may copy the template at the same moment, which PostgreSQL refuses: one after the other.
  await client.query('SELECT pg_advisory_lock(4711)');
  await client.query(statement);
  await client.end();
}
