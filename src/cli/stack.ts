import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readDraftsAlone } from '../wiring/read-drafts.ts';
import { startStack } from '../wiring/stack.ts';
import { CliError, NothingToStartFrom } from './cli-error.ts';
import { configOrUsage } from './config-or-usage.ts';
import type { Io } from './io.ts';

/**
 * Runs `use` against a stack that lives only as long as it: for a command when no server runs. The demo's data are
 * used when there are no others.
 *
 * @throws CliError when there is nothing to start from
 */
export async function withTemporaryStack<T>(
  dataDir: string,
  io: Io,
  use: (api: { url: string; token: string }) => Promise<T>,
): Promise<T> {
  const config = configOrUsage(io.env, { dataDir });
  const isDemo =
    config.databaseUrl === null && !hasData(config.dataDir) && hasData(join(config.dataDir, 'demo'));
  if (config.databaseUrl === null && !isDemo && !hasData(config.dataDir)) {
    throw new NothingToStartFrom(`Nothing runs on ${dataDir} and it holds no data yet`, {
      next: 'Start with `npm start`, or try `npm run demo`.',
    });
  }
  if (isDemo) {
    io.stderr.write('Nothing runs at the moment; the demo is started for this command.\n');
    const { startDemo } = await import('./demo/run-demo.ts');
    const demo = await startDemo({
      dataDir: config.dataDir,
      env: io.env,
      port: null,
      say: () => {},
      signal: io.interrupted,
    });
    try {
      return await use(demo.api);
    } finally {
      await demo.stop();
    }
  }
  io.stderr.write('Nothing runs at the moment; Tidemark is started for this command.\n');
  const stack = await startStack(
    // For this command alone: nobody else is to reach it.
    { ...config, host: '127.0.0.1', port: null, logLevel: 'error' },
    { roles: ['api', 'worker'], say: () => {} },
  );
  try {
    if (stack.api === null) throw new Error('the stack was started without its API');
    return await use({ url: stack.api.url, token: stack.api.localToken });
  } finally {
    await stack.stop();
  }
}

/** The drafts of a text without any workspace. @throws CliError when the text cannot be read at once */
export function draftsAlone(text: string) {
  const read = readDraftsAlone(text);
  if (!read.ok) throw new CliError(read.message, { next: read.fix });
  return read.drafts;
}

/** Whether a first start has made a database here. */
function hasData(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres.password'));
}
