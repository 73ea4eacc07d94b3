import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { canReach, type ServiceUser, serviceUser } from './service-user.ts';

export type EmbeddedPostgres = {
  /** A connection string with a password: never to be logged. */
  url: string;
  pid: number;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Our own data folder; PostgreSQL's lies in `postgres` below it, or where root has to put it. */
  dataDir: string;
  /** false for throw-away data: nothing is flushed to disk. */
  durable?: boolean;
  say?: (line: string) => void;
};

const SYSTEM_DATA = '/var/lib/tidemark';
const USER = 'tidemark';
const START_TIMEOUT_MS = 60_000;

/**
 * Starts a real PostgreSQL as a child process on a free loopback port, making its cluster on the first start.
 * A server that an earlier process left running on the same folder is stopped first.
 *
 * @throws Error in one sentence when the cluster cannot be made or the server does not come up
 */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => {});
  const user = serviceUser();
  const binaries = findBinaries(user, say);
  const folder = clusterFolder(resolve(options.dataDir), user, say);
  const password = readPassword(options.dataDir);
  if (!existsSync(join(folder, 'cluster', 'global', 'pg_control'))) {
    await makeCluster(binaries, folder, password, user, options.durable ?? true);
  }
  await stopLeftOver(folder);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServer(binaries, folder, password, user, options);
    } catch (error) {
      // Between choosing a free port and binding it, another program may have taken it.
      if (attempt >= 5 || !(error instanceof PortTaken)) throw error;
    }
  }
}

class PortTaken extends Error {}

/**
 * Where the server of a data folder answers, when another process runs it; null when none does. For what an operator
 * does beside a running Tidemark.
 *
 * @returns a connection string with a password: never to be logged
 */
export function findRunningPostgres(dataDir: string): string | null {
  const password = join(dataDir, 'postgres.password');
  if (!existsSync(password)) return null;
  for (const folder of [join(resolve(dataDir), 'postgres'), systemFolder(resolve(dataDir))]) {
    const pidFile = join(folder, 'cluster', 'postmaster.pid');
    if (!existsSync(pidFile)) continue;
    // pid, data folder, start, port, …: one a line.
    const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n').map(Number);
    if (pid === undefined || !(pid > 1) || !isPostgres(pid, join(folder, 'cluster'))) continue;
    return `postgresql://${USER}:${readFileSync(password, 'utf8').trim()}@127.0.0.1:${port}/postgres`;
  }
  return null;
}

/** Removes the cluster of a data folder, wherever it lies. The server must not run. */
export function removeCluster(dataDir: string): void {
  rmSync(join(dataDir, 'postgres'), { recursive: true, force: true });
  if (process.getuid?.() === 0) rmSync(systemFolder(resolve(dataDir)), { recursive: true, force: true });
}

function systemFolder(dataDir: string): string {
  return join(SYSTEM_DATA, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

function clusterFolder(dataDir: string, user: ServiceUser | null, say: (line: string) => void): string {
  const beside = join(dataDir, 'postgres');
  if (user === null) {
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    return beside;
  }
  let folder = beside;
  if (!canReach(dataDir, user)) {
    folder = systemFolder(dataDir);
    say(`PostgreSQL's data is kept in ${folder}: user "${user.name}" cannot reach ${dataDir}.`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chownSync(folder, user.uid, user.gid);
  return folder;
}

function readPassword(dataDir: string): string {
  const file = join(dataDir, 'postgres.password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

async function makeCluster(
  binaries: Binaries,
  folder: string,
  password: string,
  user: ServiceUser | null,
  durable: boolean,
): Promise<void> {
  // A cluster that was being made when the process died has no control file yet: it is made anew.
  const passwordFile = join(folder, `.password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== null) chownSync(passwordFile, user.uid, user.gid);
  const cluster = join(folder, 'cluster');
  rmSync(cluster, { recursive: true, force: true });
  const args = ['-D', cluster, '-U', USER, '-A', 'scram-sha-256', '-E', 'UTF8', `--pwfile=${passwordFile}`];
  args.push('--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (!durable) args.push('--no-sync');
  const child = spawn(binaries.initdb, args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...runAs(user) });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  rmSync(passwordFile, { force: true });
  if (code !== 0) {
    rmSync(cluster, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its data folder ${cluster}: ${lastLine(output)}`);
  }
}

async function startServer(
  binaries: Binaries,
  folder: string,
  password: string,
  user: ServiceUser | null,
  options: EmbeddedOptions,
): Promise<EmbeddedPostgres> {
  const port = await freePort();
  const cluster = join(folder, 'cluster');
  const logFile = join(options.dataDir, 'postgres.log');
  const log = openSync(logFile, 'a', 0o600);
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Our own errors carry what matters; statements may hold people's data.
    log_min_error_statement: 'panic',
  };
  if (options.durable === false)
    Object.assign(settings, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  const args = [
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // Its own process group: Ctrl-C on the terminal must reach us first, so that workers finish before it goes.
  const child = spawn(binaries.postgres, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    ...runAs(user),
  });
  closeSync(log);
  let exited: number | null | undefined;
  child.once('exit', (code) => {
    exited = code;
  });
  child.once('error', () => {
    exited = -1;
  });
  child.unref();
  const url = `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (exited !== undefined) {
      const tail = lastLine(readFileSync(logFile, 'utf8'));
      if (/address already in use|could not bind/i.test(readFileSync(logFile, 'utf8').slice(-2000)))
        throw new PortTaken(tail);
      throw new Error(`PostgreSQL stopped while starting (exit ${exited}): ${tail} See ${logFile}.`);
    }
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL did not answer within ${START_TIMEOUT_MS / 1000} s. See ${logFile}.`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
  const pid = child.pid as number; // it runs: it answered
  return {
    url,
    pid,
    async stop() {
      if (exited !== undefined) return;
      const gone = new Promise<void>((done) => child.once('exit', () => done()));
      child.ref();
      process.kill(pid, 'SIGINT'); // "fast" shutdown: clients are disconnected, everything is written
      await gone;
    },
  };
}

/** A server whose parent was killed still holds the folder; only its own postmaster.pid names it. */
async function stopLeftOver(folder: string): Promise<void> {
  const pidFile = join(folder, 'cluster', 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isPostgres(pid, join(folder, 'cluster'))) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 30_000;
  while (existsSync(pidFile) && isPostgres(pid, join(folder, 'cluster'))) {
    if (Date.now() > deadline)
      throw new Error(
        `A PostgreSQL server (pid ${pid}) still uses ${folder} and does not stop. Stop it, then start again.`,
      );
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

function isPostgres(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster);
  } catch {
    return process.platform !== 'linux'; // no /proc elsewhere: the pid file is all there is
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function runAs(user: ServiceUser | null): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', HOME: user?.home ?? process.env.HOME, TZ: 'UTC' };
  return user === null ? { env: { ...process.env, ...env } } : { uid: user.uid, gid: user.gid, env };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port was found on 127.0.0.1');
  return address.port;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
