import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { createTurns } from './turns.ts';

/** A row as the driver gives it: whole numbers of 64 bits and more are bigint. */
export type Row = Readonly<Record<string, unknown>>;
/** One connection to the engine: its temporary tables live as long as it does. */
export type Session = { run(sql: string): Promise<Row[]> };
export type Engine = {
  /** Statements of all sessions take turns: two heavy ones at once would share one memory limit. */
  session<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};
export type EngineOptions = { folder: string; memoryLimitMb: number; threads: number };

/** An interrupt that arrives before the statement has begun is not heard: it is said again. */
const INTERRUPT_EVERY_MS = 50;

/**
 * The engine of this process. It is opened when it is first asked, and sees nothing but the folder: no other file, no
 * network, no extension, and no statement can change that.
 */
export function createEngine(options: EngineOptions): Engine {
  const turns = createTurns();
  let opened: Promise<{ instance: DuckDBInstance; scratch: string }> | null = null;

  async function run(connection: DuckDBConnection, sql: string, signal: AbortSignal): Promise<Row[]> {
    return turns.take(signal, async () => {
      const stop = interruptOn(connection, signal);
      try {
        const answer = await connection.run(sql);
        return await answer.getRowObjectsJS();
      } catch (error) {
        signal.throwIfAborted(); // the driver says "interrupted"; whoever asked for it knows why
        throw error;
      } finally {
        stop();
      }
    });
  }

  return {
    async session(signal, work) {
      signal.throwIfAborted();
      opened ??= open(options);
      const { instance } = await opened.catch((error: unknown) => {
        opened = null; // a folder that could not be made may be there the next time
        throw error;
      });
      const connection = await instance.connect();
      try {
        return await work({ run: (sql) => run(connection, sql, signal) });
      } finally {
        connection.closeSync();
      }
    },
    async close() {
      if (opened === null) return;
      const { instance, scratch } = await opened;
      opened = null;
      await turns.idle();
      instance.closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

async function open({ folder, memoryLimitMb, threads }: EngineOptions) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The engine follows links before it compares a path with what it may see.
  const seen = await realpath(folder);
  const scratch = join(folder, 'scratch', `${process.pid}-${Date.now().toString(36)}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const { DuckDBInstance: Instance } = await load();
  const instance = await Instance.create(':memory:', {
    memory_limit: `${memoryLimitMb}MiB`,
    threads: String(threads),
    temp_directory: scratch,
    preserve_insertion_order: 'false', // what has to be in order says so; the rest need not be held back
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  const folders = [...new Set([folder, seen])].map((path) => `'${path.replaceAll("'", "''")}/'`);
  await connection.run(`SET allowed_directories = [${folders.join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run('SET lock_configuration = true');
  connection.closeSync();
  return { instance, scratch };
}

/** Loaded when it is first needed: who has no events pays nothing for it, and needs no build of it for their machine. */
async function load() {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    const machine = `${process.platform} ${process.arch}`;
    throw new Error(`Events cannot be kept here: DuckDB has no build for ${machine}, or it was left out.`, {
      cause,
    });
  }
}

/** @returns stops it */
function interruptOn(connection: DuckDBConnection, signal: AbortSignal): () => void {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again ??= setInterval(interrupt, INTERRUPT_EVERY_MS);
  };
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  return () => {
    signal.removeEventListener('abort', interrupt);
    clearInterval(again);
  };
}
