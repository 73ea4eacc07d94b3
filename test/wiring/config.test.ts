import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/wiring/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('needs no setting at all: embedded database, this machine only, port 4400 or the next', () => {
  expect(loadConfig({})).toMatchObject({
    databaseUrl: null,
    redisUrl: null,
    host: '127.0.0.1',
    port: null,
    masterKey: null,
    metricsPort: null,
    metricsToken: null,
    egressAllow: [],
  });
});

it('takes a flag before the environment, and treats an empty variable as none', () => {
  const env = { PORT: '5000', HOST: 'localhost', DATABASE_URL: '', REDIS_URL: '  ' };
  expect(loadConfig(env, { port: '6000' })).toMatchObject({
    port: 6000,
    host: 'localhost',
    databaseUrl: null,
    redisUrl: null,
  });
});

it('reads a secret from a file, without the line break at its end', () => {
  const file = join(folder, 'database');
  writeFileSync(file, 'postgresql://someone:words@db.example/tidemark\n');
  const config = loadConfig({ DATABASE_URL_FILE: file });
  expect(config.databaseUrl).toBe('postgresql://someone:words@db.example/tidemark');
});

it.each([
  {
    env: { DATABASE_URL: 'mysql://root:s3cret@db/x' },
    says: /^DATABASE_URL: expected an address like postgresql:/,
  },
  { env: { DATABASE_URL: 's3cret' }, says: /^DATABASE_URL: expected/ },
  { env: { REDIS_URL: 'http://:s3cret@redis' }, says: /^REDIS_URL: expected an address like redis:/ },
  { env: { PORT: '0' }, says: /^PORT is "0"/ },
  { env: { PORT: 'web' }, says: /^PORT is "web": expected a port from 1 to 65535/ },
  { env: { TIDEMARK_CONCURRENCY: '1000' }, says: /^TIDEMARK_CONCURRENCY is "1000"/ },
  { env: { TIDEMARK_TIME_ZONE: 'Mars/Olympus' }, says: /expected an IANA time zone like Europe\/Berlin/ },
  { env: { TIDEMARK_EGRESS_ALLOW: 'everything' }, says: /^TIDEMARK_EGRESS_ALLOW: "everything"/ },
  {
    env: { TIDEMARK_PUBLIC_URL: 'tidemark.example.com' },
    says: /^TIDEMARK_PUBLIC_URL is "tidemark\.example\.com"/,
  },
  {
    env: { DATABASE_URL_FILE: '/nowhere/s3cret-less' },
    says: /^DATABASE_URL_FILE is "\/nowhere\/.*cannot be read \(ENOENT\)/,
  },
])('refuses $env in one sentence', ({ env, says }) => {
  const problem = problemOf(env);
  expect(problem).toMatch(says);
  expect(problem).not.toMatch(/s3cret(?!-less)/);
});

it('lists everything that is wrong at once', () => {
  const problem = problemOf({ PORT: '99999', LOG_LEVEL: 'loud', TIDEMARK_EGRESS_ALLOW: 'everything' });
  expect(problem.split('\n')).toHaveLength(3);
});

function problemOf(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}
