import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBinaries, linkLibraries } from '../../src/embedded/binaries.ts';
import { removeCluster, startPostgres } from '../../src/embedded/postgres.ts';

const isRoot = process.getuid?.() === 0;
const note = isRoot ? '' : ' (did not run: only root hands PostgreSQL to another user)';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'tidemark-embedded-'));
  chmodSync(parent, 0o711);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const native = (): string => join(findBinaries(null, () => {}).postgres, '..', '..');

it('makes the library links that an install without scripts leaves out, and the programs run', () => {
  const copy = join(parent, 'native');
  cpSync(native(), copy, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  const version = () =>
    spawnSync(join(copy, 'bin', 'postgres'), ['--version'], { env: {}, encoding: 'utf8' });
  expect(version().status).not.toBe(0);
  linkLibraries(copy);
  expect(version().stdout).toMatch(/^postgres \(PostgreSQL\) \d+/);
  linkLibraries(copy); // a second time changes nothing
  expect(version().status).toBe(0);
});

it('starts, answers only with its password and only on this machine, and stops', async () => {
  const postgres = await startPostgres({ dataDir: parent, durable: false });
  try {
    const url = new URL(postgres.url);
    expect(url.hostname).toBe('127.0.0.1');
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query(
      "SELECT current_setting('listen_addresses') AS at, current_setting('unix_socket_directories') AS socket",
    );
    await client.end();
    expect(rows).toEqual([{ at: '127.0.0.1', socket: '' }]);
    url.password = 'wrong';
    const stranger = new pg.Client({ connectionString: url.toString() });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(parent, 'postgres.password')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(parent, 'postgres')).filter((name) => name.startsWith('.password'))).toEqual([]);
    expect(readFileSync(`/proc/${postgres.pid}/cmdline`, 'utf8')).not.toContain(
      new URL(postgres.url).password,
    );
  } finally {
    await postgres.stop();
  }
  expect(existsSync(`/proc/${postgres.pid}`)).toBe(false);
});

it('makes a cluster anew whose making was cut off', async () => {
  const cluster = join(parent, 'postgres', 'cluster');
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'half'), 'made');
  const postgres = await startPostgres({ dataDir: parent, durable: false });
  await postgres.stop();
  expect(existsSync(join(cluster, 'half'))).toBe(false);
});

it.runIf(isRoot)(
  `keeps its data in /var/lib where its user cannot reach the data folder, and says so${note}`,
  async () => {
    const dataDir = join(parent, 'closed', 'data');
    mkdirSync(dataDir, { recursive: true });
    chmodSync(join(parent, 'closed'), 0o700);
    const said: string[] = [];
    const postgres = await startPostgres({ dataDir, durable: false, say: (line) => said.push(line) });
    await postgres.stop();
    const [, folder = ''] = /PostgreSQL's data is kept in (\S+):/.exec(said.join('\n')) ?? [];
    expect(folder).toMatch(/^\/var\/lib\/tidemark\/[0-9a-f]{16}$/);
    expect(existsSync(join(folder, 'cluster', 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    removeCluster(dataDir);
    expect(existsSync(folder)).toBe(false);
  },
);
