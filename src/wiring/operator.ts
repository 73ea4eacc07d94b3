import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRunningPostgres, startPostgres } from '../embedded/postgres.ts';
import type { Config } from './config.ts';
import { takeDataFolder } from './data-folder.ts';
import { createLog, openServices, type Services } from './services.ts';

/**
 * Opens the database itself, beside a Tidemark that runs on it or while none does: for what the operator of the machine
 * does, and nobody may do through the API.
 *
 * @returns null when the data folder holds no database yet
 * @throws Error in one sentence
 */
export async function openForOperator(
  config: Config,
  say: (line: string) => void,
): Promise<{ services: Services; close(): Promise<void> } | null> {
  const found = await openDatabaseAlone(config, say);
  if (found === null) return null;
  try {
    const services = await open(config, found.url);
    return {
      services,
      async close() {
        await services.close();
        await found.close();
      },
    };
  } catch (error) {
    await found.close();
    throw error;
  }
}

/**
 * Where the database answers, which is started when nobody runs it; its tables are left as they are.
 *
 * @returns null when the data folder holds no database yet. The address has a password: never to be logged
 */
export async function openDatabaseAlone(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  say: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> } | null> {
  const running = config.databaseUrl ?? findRunningPostgres(config.dataDir);
  if (running !== null) return { url: running, close: async () => {} };
  if (!existsSync(join(config.dataDir, 'postgres.password'))) return null;
  return startAlone(config.dataDir, say);
}

/** Takes the folder and starts its PostgreSQL, making both when they are missing. @throws Error when a server has them */
export async function startAlone(
  dataDir: string,
  say: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const leave = takeDataFolder(dataDir);
  try {
    const postgres = await startPostgres({ dataDir, say });
    return {
      url: postgres.url,
      async close() {
        await postgres.stop();
        leave();
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}

function open(config: Config, databaseUrl: string): Promise<Services> {
  // No link is written by what an operator does.
  return openServices(
    config,
    databaseUrl,
    config.publicUrl ?? 'http://127.0.0.1',
    createLog({ logLevel: 'error' }),
  );
}
