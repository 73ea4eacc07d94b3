import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Client, createClient } from '../../src/api/client.ts';
import {
  cleanUp,
  freePort,
  newDataDir,
  occupy,
  postgresOn,
  type Running,
  tidemark,
} from './support/command.ts';

type ApiFile = { url: string; token: string; pid: number };
const apiFile = (dataDir: string): ApiFile =>
  JSON.parse(readFileSync(join(dataDir, 'api.json'), 'utf8')) as ApiFile;
const clientOf = (dataDir: string): Client => createClient(apiFile(dataDir));
const cycle = {
  key: 'h1',
  title: 'First half',
  startDay: '2026-01-01',
  endDay: '2026-07-01',
  timeZone: 'UTC',
};

describe('a server on its data folder', () => {
  let dataDir: string;
  let server: Running;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = tidemark(['start', '--port', String(await freePort())], { TIDEMARK_DATA_DIR: dataDir });
    await server.says(/Open \(works once/);
  });
  afterAll(cleanUp);

  it('keeps the token, the key and the password of its folder to its user alone', () => {
    for (const name of ['api.json', 'master.key', 'postgres.password', 'server.lock'])
      expect(statSync(join(dataDir, name)).mode & 0o777, name).toBe(0o600);
    expect(apiFile(dataDir).pid).toBe(server.pid);
  });

  it('is the only one on its folder: a second start names it and changes nothing', async () => {
    const before = readFileSync(join(dataDir, 'api.json'), 'utf8');
    const port = String(await freePort());
    const second = await tidemark(['start', '--port', port], { TIDEMARK_DATA_DIR: dataDir }).ended;
    expect(second.code).toBe(1);
    expect(second.err).toContain(`Another Tidemark (pid ${server.pid}) already runs on ${dataDir}`);
    expect(second.err).toMatch(/TIDEMARK_DATA_DIR/);
    expect(second.err).not.toMatch(/^\s+at /m);
    expect(readFileSync(join(dataDir, 'api.json'), 'utf8')).toBe(before);
    expect(postgresOn(dataDir)).toHaveLength(1);
  });

  it('killed without warning, leaves data that the next start takes over, on the next free port', async () => {
    await clientOf(dataDir).call('createCycle', { body: cycle });
    const [orphan] = postgresOn(dataDir);
    server.signal('SIGKILL');
    await server.ended;
    expect(postgresOn(dataDir)).toEqual([orphan]);

    const standIn = await occupy(4400); // null when another program has it already: then it is taken as well
    server = tidemark(['start'], { TIDEMARK_DATA_DIR: dataDir });
    const [, port] = await server.says(/Port 4400 is taken; (\d+) is used instead\./);
    await server.says(/Open \(works once/);
    standIn?.close();
    expect(apiFile(dataDir).url).toBe(`http://127.0.0.1:${port}`);
    expect((await clientOf(dataDir).call('listCycles')).data.map((each) => each.key)).toEqual(['h1']);
    expect(postgresOn(dataDir)).toHaveLength(1);
    expect(postgresOn(dataDir)).not.toEqual([orphan]);
  });

  it('ends within 30 s of SIGTERM and leaves no process, lock or token behind', async () => {
    const asked = performance.now();
    server.signal('SIGTERM');
    const { code, err } = await server.ended;
    expect(performance.now() - asked).toBeLessThan(30_000);
    expect(code).toBe(0);
    expect(err).not.toMatch(/^\s+at /m);
    expect(postgresOn(dataDir)).toEqual([]);
    for (const name of ['server.lock', 'api.json']) expect(existsSync(join(dataDir, name))).toBe(false);
  });
});

describe('Ctrl-C while it starts', () => {
  afterEach(cleanUp);

  it.each([
    { moment: 'the database is being made', file: 'postgres' },
    { moment: 'the database is coming up', file: 'postgres.log' },
  ])('$moment: ends at once, says nothing wrong, leaves no process', async ({ file }) => {
    const dataDir = newDataDir();
    const port = String(await freePort());
    const server = tidemark(['start', '--port', port], { TIDEMARK_DATA_DIR: dataDir });
    await vi.waitFor(() => expect(existsSync(join(dataDir, file))).toBe(true), {
      timeout: 30_000,
      interval: 5,
    });
    server.signal('SIGINT', 'group');
    const { code, err } = await server.ended;
    expect(err).not.toMatch(/error|Tidemark runs/);
    expect(code).toBe(130);
    expect(postgresOn(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'server.lock'))).toBe(false);
  });
});

describe('a lock that was left behind', () => {
  afterEach(cleanUp);

  it.each([
    { of: 'a process that is gone', lock: () => JSON.stringify({ pid: 2 ** 22 + 1, bornAt: '1' }) },
    {
      of: 'a process whose number another one has now',
      lock: () => JSON.stringify({ pid: process.pid, bornAt: '1' }),
    },
    { of: 'a process that died while writing it', lock: () => '{"pid":' },
  ])('of $of does not keep the folder closed', async ({ lock }) => {
    const dataDir = newDataDir();
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'server.lock'), lock());
    // A key that cannot be used ends the start just after the folder was taken.
    const env = {
      TIDEMARK_DATA_DIR: dataDir,
      TIDEMARK_MASTER_KEY: 'c2hvcnQ=',
      DATABASE_URL: await database(),
    };
    const { code, err } = await tidemark(['start', '--port', String(await freePort())], env).ended;
    expect(code).toBe(1);
    expect(err).toContain('TIDEMARK_MASTER_KEY cannot be used: master key 1 has 5 bytes instead of 32.');
    expect(existsSync(join(dataDir, 'server.lock'))).toBe(false);
  });
});

async function database(): Promise<string> {
  const { createDatabase } = await import('../support/database.ts');
  return createDatabase();
}

it('refuses a database that another master key has encrypted, and keeps what is in it', async () => {
  const { createDatabase } = await import('../support/database.ts');
  const { seedSecret, countSecrets } = await import('./support/secret.ts');
  const url = await createDatabase();
  const dataDir = newDataDir();
  const keys = { right: randomBytes(32).toString('base64'), wrong: randomBytes(32).toString('base64') };
  await seedSecret(url, dataDir, keys.right);
  const env = { DATABASE_URL: url, TIDEMARK_DATA_DIR: dataDir, TIDEMARK_MASTER_KEY: keys.wrong };
  const { code, err } = await tidemark(['start', '--port', String(await freePort())], env).ended;
  expect(code).toBe(1);
  expect(err).toMatch(
    /^error: The master key is not the one that this database was encrypted with\. Give the right/m,
  );
  expect(err).not.toContain(keys.wrong);
  expect(await countSecrets(url)).toBe(1);
  const without = await tidemark(['start', '--port', String(await freePort())], {
    DATABASE_URL: url,
    TIDEMARK_DATA_DIR: newDataDir(),
  }).ended;
  expect(without.err).toMatch(
    /^error: The database holds secrets, and their master key is missing: .* Restore the key\./m,
  );
  await cleanUp();
});
