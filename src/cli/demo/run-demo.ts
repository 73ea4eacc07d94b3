import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/index.ts';
import { type Client, createClient } from '../../api/client.ts';
import { removeCluster } from '../../embedded/postgres.ts';
import { makeWritable } from '../../wiring/data-folder.ts';
import { type Stack, startStack } from '../../wiring/stack.ts';
import { configOrUsage } from '../config-or-usage.ts';
import type { Io } from '../io.ts';
import { casebook } from './casebook/index.ts';
import { loadDemo } from './load-demo.ts';
import { WAREHOUSE } from './names.ts';
import type { DemoPlan } from './plan.ts';

export type DemoOptions = {
  /** The data folder; the demo keeps its own below it. */
  dataDir: string;
  env: Io['env'];
  port: number | null;
  say(line: string): void;
  /** Ctrl-C stops the loading too. */
  signal: AbortSignal;
  /** Another company than Acme, or another clock than the computer's. */
  sandbox?: Pick<SandboxOptions, 'initial' | 'now'>;
  /** Where the page was built, if not in its usual place. */
  webRoot?: string;
  /** What the workspace holds; the casebook unless given. */
  plan?: DemoPlan;
};

export type Demo = {
  api: { url: string; token: string };
  client: Client;
  sandbox: Sandbox;
  stack: Stack;
  dataDir: string;
  signInLink(): Promise<string>;
  stop(): Promise<void>;
};

export const demoFolder = (dataDir: string): string => join(dataDir, 'demo');
export const sandboxState = (dataDir: string): string => join(demoFolder(dataDir), 'sandbox.json');

/** Forgets the demo of last time. @throws Error when it is still running */
export function forgetDemo(dataDir: string): void {
  removeCluster(demoFolder(dataDir));
  rmSync(demoFolder(dataDir), { recursive: true, force: true });
}

/**
 * Starts the sandbox company and, beside it, the very stack that `npm start` runs; then loads the demo workspace
 * through the API, as a person would. What is there already is kept.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const dataDir = demoFolder(options.dataDir);
  const plan = options.plan ?? casebook;
  const files = resolve(dataDir, 'files');
  // The demo stands on its own database, whatever the environment says about others.
  const env = { ...options.env, DATABASE_URL: '', REDIS_URL: '', DATABASE_URL_FILE: '', REDIS_URL_FILE: '' };
  const flags = { dataDir, ...(options.port === null ? {} : { port: String(options.port) }) };
  const config = configOrUsage({ ...env, ...(plan.warehouse ? { TIDEMARK_SQL_FILES: files } : {}) }, flags);
  makeWritable(options.dataDir);
  makeWritable(dataDir);
  const sandbox = await startSandbox({
    statePath: sandboxState(options.dataDir),
    ...options.sandbox,
    ...(plan.warehouse ? { warehouse: join(files, WAREHOUSE) } : {}),
    // As many a second as an account in live mode.
    initial: { stripe: { requestsPerSecond: 100 }, ...plan.sandbox, ...options.sandbox?.initial },
  });
  try {
    const stack = await startStack(
      {
        ...config,
        workspaceName: 'Acme (demo)',
        timeZone: sandbox.state().timeZone,
        logLevel: options.env['LOG_LEVEL'] === undefined ? 'error' : config.logLevel,
        egressAllow: [...config.egressAllow, { kind: 'host', host: '127.0.0.1', port: sandbox.port }],
      },
      {
        roles: ['api', 'worker'],
        say: options.say,
        durable: false,
        signal: options.signal,
        ...(options.webRoot === undefined ? {} : { webRoot: options.webRoot }),
      },
    );
    const { api } = stack;
    if (api === null) throw new Error('the demo was started without its API');
    const address = { url: api.url, token: api.localToken };
    const client = createClient({ ...address, signal: options.signal });
    const stop = async (): Promise<void> => {
      await stack.stop();
      await sandbox.close();
    };
    try {
      await loadDemo(client, sandbox, plan, options.say, options.signal);
    } catch (error) {
      await stop();
      throw options.signal.aborted ? options.signal.reason : error;
    }
    return { api: address, client, sandbox, stack, dataDir, signInLink: () => api.signInLink(), stop };
  } catch (error) {
    await sandbox.close().catch(() => {});
    throw error;
  }
}
