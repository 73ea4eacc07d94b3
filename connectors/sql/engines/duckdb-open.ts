import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { loadDriver } from './driver.ts';
import type { FileTable } from './duckdb-files.ts';

export type OpenDuckdb = { connection: DuckDBConnection; close(): Promise<void> };

/** What one statement may hold; more goes to files of its own, and is gone with it. */
const MEMORY = '512MiB';
const SCRATCH = '8GiB';
const THREADS = '2';

/**
 * An engine of its own for one statement. It sees these files and no other, no network and no extension, and no statement
 * can change that.
 *
 * @throws errors of the driver where a file cannot be read as what it is called
 */
export async function openDuckdbOn(tables: readonly FileTable[]): Promise<OpenDuckdb> {
  const { DuckDBInstance } = await loadDriver('@duckdb/node-api', () => import('@duckdb/node-api'));
  const scratch = await mkdtemp(join(tmpdir(), 'tidemark-sql-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY,
    max_temp_directory_size: SCRATCH,
    threads: THREADS,
    temp_directory: scratch,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  const close = async (): Promise<void> => {
    connection.closeSync();
    instance.closeSync();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    const files = tables.flatMap((table) => table.files);
    await connection.run(`SET allowed_paths = [${files.map(text).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run(`SET TimeZone = 'UTC'`);
    await connection.run(`SET lock_configuration = true`);
    for (const table of tables) await connection.run(viewOf(table));
    return { connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function viewOf({ files, kind, name }: FileTable): string {
  const list = `[${files.map(text).join(', ')}]`;
  const reader =
    kind === 'csv'
      ? `read_csv(${list}, header = true, union_by_name = true)`
      : `read_parquet(${list}, union_by_name = true)`;
  return `CREATE VIEW "${name.replaceAll('"', '""')}" AS SELECT * FROM ${reader}`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
