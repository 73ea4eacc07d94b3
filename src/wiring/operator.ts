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
  const running = config.databaseUrl ?? findRunningPostgres(config.dataDir);
  if (running !== null) {
    const services = await open(config, running);
    return { services, close: () => services.close() };
  }
  if (!existsSync(join(config.dataDir, 'postgres.password'))) return null;
  const leave = takeDataFolder(config.dataDir);
  try {
    const postgres = await startPostgres({ dataDir: config.dataDir, say });
    try {
      const services = await open(config, postgres.url);
      return {
        services,
        async close() {
          await services.close();
          await postgres.stop();
          leave();
        },
      };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
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
