import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrate.ts';
import { removeCluster, startPostgres } from '../../src/embedded/postgres.ts';
import { projectRoot } from '../../src/project.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that tests make their own databases on; empty when none was started. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated template that each test copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.TIDEMARK_TEST_NO_DATABASE === '1') {
    project.provide('postgresUrl', '');
    return async () => {};
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
  chmodSync(dataDir, 0o711); // root hands PostgreSQL to another user, who has to pass
  const postgres = await startPostgres({ dataDir, durable: false });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE DATABASE tidemark_template');
  await admin.end();
  await migrate(postgres.url.replace(/\/postgres$/, '/tidemark_template'), projectRoot());
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    removeCluster(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  };
}
