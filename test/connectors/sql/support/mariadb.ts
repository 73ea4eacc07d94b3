import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

export const hasMariadb = spawnSync('mariadbd', ['--version']).status === 0;
/** The words in a test's name that tell a reader why it did not run. */
export const mariadbNote = hasMariadb ? '' : ' (did not run: mariadb-server is not installed)';

export type Mariadb = { port: number; admin(statement: string): Promise<unknown>; close(): Promise<void> };

/** A server of the test's own, with a data folder that is gone with it. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-mariadb-'));
  const password = randomBytes(12).toString('base64url');
  const user = userInfo().username;
  const common = ['--no-defaults', `--user=${user}`, `--datadir=${join(folder, 'data')}`];
  execFileSync(
    'mariadb-install-db',
    [...common, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const server = spawn(
    'mariadbd',
    [
      ...common,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=32M',
      '--skip-log-bin',
      `--secure-file-priv=${folder}`,
    ],
    { stdio: 'ignore' },
  );
  const root = await connected(port, server);
  await root.query(`ALTER USER root@localhost IDENTIFIED BY '${password}'`);
  return {
    port,
    admin: async (statement) => (await root.query(statement))[0],
    async close() {
      await root.end();
      const exited = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** It says that it is ready by letting somebody in. */
async function connected(port: number, server: ChildProcess) {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await createConnection({ host: '127.0.0.1', port, user: 'root' });
    } catch (error) {
      if (Date.now() > until || server.exitCode !== null) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
