import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { type Client, createClient } from '../../../src/api/client.ts';
import { configOrUsage } from '../../../src/cli/config-or-usage.ts';
import { removeCluster } from '../../../src/embedded/postgres.ts';
import { startStack } from '../../../src/wiring/stack.ts';
import { builtPage } from './build.ts';

export type EmptyStack = {
  url: string;
  /** What `npm start` prints: signs a browser in once. */
  link: string;
  client: Client;
  /** The company whose accounts can be connected; nothing of it is connected yet. */
  sandbox: Sandbox;
  stop(): Promise<void>;
};

/** What `npm start` runs in a folder that holds nothing, with leave to reach a sandbox company beside it. */
export async function startEmptyStack(): Promise<EmptyStack> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-web-empty-'));
  chmodSync(folder, 0o711); // root hands PostgreSQL to another user, who has to pass
  const dataDir = join(folder, 'data');
  const sandbox = await startSandbox({
    statePath: join(folder, 'sandbox.json'),
    initial: { seed: 42, stripe: { requestsPerSecond: 100 } },
  });
  const env = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'fatal',
    TIDEMARK_EGRESS_ALLOW: `127.0.0.1:${sandbox.port}`,
    TIDEMARK_REQUESTS_PER_MINUTE: '100000',
  };
  const stack = await startStack(configOrUsage(env, { dataDir }), {
    roles: ['api', 'worker'],
    say: () => {},
    durable: false,
    webRoot: builtPage(),
  });
  const { api } = stack;
  if (api === null) throw new Error('the stack was started without its API');
  return {
    url: api.url,
    link: await api.signInLink(),
    client: createClient({ url: api.url, token: api.localToken }),
    sandbox,
    async stop() {
      await stack.stop();
      await sandbox.close();
      removeCluster(dataDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
