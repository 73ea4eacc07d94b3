import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, inject, it } from 'vitest';
import { cleanUp, type Ended, freePort, newDataDir, occupy, tidemark } from './support/command.ts';

afterEach(cleanUp);

/** One line that says what happened, nothing of our insides, and an exit code that is not zero. */
function expectOneSentence({ code, signal, out, err }: Ended, saying: RegExp[]): void {
  expect(signal).toBeNull();
  expect(code).toBeGreaterThan(0);
  expect(out).toBe('');
  const lines = err.split('\n').filter((line) => line.startsWith('error: '));
  expect(lines, err).toHaveLength(1);
  for (const words of saying) expect(lines[0]).toMatch(words);
  expect(err).not.toMatch(/^\s+at |node:internal|Error:/m);
}

const withDatabase = (path: string, change: (url: URL) => void = () => {}): string => {
  const url = new URL(inject('postgresUrl'));
  url.pathname = path;
  change(url);
  return url.toString();
};

it.each([
  {
    what: 'is not an address',
    url: () => 'localhost/tidemark',
    saying: [/DATABASE_URL/, /postgresql:\/\/user:password@host:5432\/tidemark/, /Correct it/],
  },
  {
    what: 'leads to a port where nothing listens',
    url: async () => `postgresql://someone:s3cret-words@127.0.0.1:${await freePort()}/tidemark`,
    saying: [/127\.0\.0\.1:\d+\/tidemark \(DATABASE_URL\)/, /nothing listens there/, /Correct DATABASE_URL/],
  },
  {
    what: 'holds a wrong password',
    url: () =>
      withDatabase('/postgres', (url) => {
        url.password = 's3cret-words';
      }),
    saying: [/DATABASE_URL/, /refused the user or the password/, /Correct DATABASE_URL/],
  },
  {
    what: 'names a database that does not exist',
    url: () => withDatabase('/no_such_database'),
    saying: [/no_such_database \(DATABASE_URL\)/, /no such database/, /Correct DATABASE_URL/],
  },
])('refuses to start when DATABASE_URL $what, and leaves nothing behind', async ({ url, saying }) => {
  const dataDir = newDataDir();
  const env = { DATABASE_URL: await url(), TIDEMARK_DATA_DIR: dataDir };
  const ended = await tidemark(['start', '--port', String(await freePort())], env).ended;
  expectOneSentence(ended, saying);
  expect(ended.err).not.toContain('s3cret-words');
  expect(existsSync(dataDir)).toBe(false);
});

it('refuses to start when nothing listens at REDIS_URL, and makes no database for it', async () => {
  const dataDir = newDataDir();
  const port = await freePort();
  const env = { REDIS_URL: `redis://:s3cret-words@127.0.0.1:${port}/0`, TIDEMARK_DATA_DIR: dataDir };
  const ended = await tidemark(['start'], env).ended;
  expectOneSentence(ended, [
    new RegExp(`Redis at 127\\.0\\.0\\.1:${port}`),
    /nothing listens/,
    /Correct REDIS_URL/,
  ]);
  expect(ended.err).not.toContain('s3cret-words');
  expect(existsSync(dataDir)).toBe(false);
});

it.each(['--port', 'PORT'])('refuses a taken port given with %s, and makes nothing first', async (way) => {
  const dataDir = newDataDir();
  const server = await occupy();
  const port = String(server?.port);
  const args = way === '--port' ? ['start', '--port', port] : ['start'];
  const env = { TIDEMARK_DATA_DIR: dataDir, ...(way === 'PORT' ? { PORT: port } : {}) };
  const ended = await tidemark(args, env).ended;
  server?.close();
  expectOneSentence(ended, [new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken`), /another port/]);
  expect(existsSync(dataDir)).toBe(false);
});

it('names every setting that cannot be used at once', async () => {
  const env = { TIDEMARK_TIME_ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud', PORT: '99999' };
  const { code, err } = await tidemark(['start'], { ...env, TIDEMARK_DATA_DIR: newDataDir() }).ended;
  expect(code).toBe(2);
  for (const words of ['TIDEMARK_TIME_ZONE is "Mars/Olympus"', 'LOG_LEVEL is "loud"', 'PORT is "99999"'])
    expect(err).toContain(words);
});

it('refuses a data folder where a file lies, and leaves the file alone', async () => {
  const dataDir = newDataDir();
  writeFileSync(dataDir, 'a file');
  const ended = await tidemark(['start', '--port', String(await freePort())], {
    TIDEMARK_DATA_DIR: dataDir,
  }).ended;
  expectOneSentence(ended, [new RegExp(`data folder ${dataDir} cannot be written`), /TIDEMARK_DATA_DIR/]);
  expect(readdirSync(dirname(dataDir))).toEqual(['data']);
});

it('refuses a data folder that may not be written', async () => {
  // Root may write anywhere but into the kernel's own folders.
  const dataDir = process.getuid?.() === 0 ? '/proc/tidemark' : newDataDir();
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o555);
  }
  const ended = await tidemark(['start', '--port', String(await freePort())], {
    TIDEMARK_DATA_DIR: dataDir,
  }).ended;
  expectOneSentence(ended, [new RegExp(`data folder ${dataDir} cannot be written`), /TIDEMARK_DATA_DIR/]);
});

it.each(['api', 'worker'])('%s says that it needs a database to share', async (role) => {
  const dataDir = newDataDir();
  const ended = await tidemark([role], { TIDEMARK_DATA_DIR: dataDir }).ended;
  expectOneSentence(ended, [/DATABASE_URL is not set/]);
  expect(ended.err).toMatch(/npm start/);
  expect(existsSync(dataDir)).toBe(false);
});

it('refuses to let other machines in without an address that people use', async () => {
  const dataDir = newDataDir();
  const ended = await tidemark(['start', '--host', '0.0.0.0'], { TIDEMARK_DATA_DIR: dataDir }).ended;
  expectOneSentence(ended, [/0\.0\.0\.0/]);
  expect(ended.err).toMatch(/TIDEMARK_PUBLIC_URL/);
  expect(existsSync(dataDir)).toBe(false);
});
