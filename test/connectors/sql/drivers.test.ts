import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { accept, check, failureOf, type Ground, read, windowOf } from './support/ask.ts';

/** Drivers that are not everywhere: without theirs, an engine says what to install, and asks nobody anything. */

vi.mock('mysql2', () => {
  throw Object.assign(new Error("Cannot find package 'mysql2'"), { code: 'ERR_MODULE_NOT_FOUND' });
});
vi.mock('@duckdb/node-api', () => {
  throw new Error('Cannot find module @duckdb/node-bindings-linux-x64/duckdb.node');
});

const folder = mkdtempSync(join(tmpdir(), 'tidemark-drivers-'));
mkdirSync(join(folder, 'shop'));
writeFileSync(join(folder, 'shop', 'orders.csv'), 'day,value\n2026-05-01,1\n');
afterAll(() => rmSync(folder, { recursive: true }));

const password = 'reader-password-1';
const now = new Date('2026-05-10T12:00:00Z');
const grounds: Record<string, Ground> = {
  mysql2: {
    config: { engine: 'mysql', database: 'shop', user: 'reader', password },
    endpoint: 'mysql://127.0.0.1:3306',
    secrets: [password],
    now,
  },
  '@duckdb/node-api': {
    config: { engine: 'duckdb', folder: 'shop' },
    endpoint: null,
    folder,
    secrets: [],
    now,
  },
};
const versions: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies };
const asked = { query: 'SELECT day, value FROM orders WHERE day >= :start_day AND day < :end_day' };

it.each(Object.entries(grounds))('without %s the connection says how to install it', async (name, ground) => {
  const window = windowOf('2026-05-01', '2026-05-02');
  const works = [() => check(ground), () => read(ground, asked, window), () => accept(ground, asked)];
  for (const work of works) {
    const failure = await failureOf(work());
    const command = `npm install --no-save --ignore-scripts ${name}@${versions[name]}`;
    expect(failure.message).toBe(
      `The package ${name} is not installed here, or has no build for ${process.platform} ${process.arch}. ` +
        `Let whoever runs Tidemark install it in its folder and start it again: ${command}`,
    );
    // Of the connection, not of one query; nobody has to wait for anything.
    expect(failure).toMatchObject({ errorClass: 'config', concerns: null, remedy: { by: 'owner' } });
  }
});
