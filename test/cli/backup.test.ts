import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeCluster } from '../../src/embedded/postgres.ts';
import { startProcess } from './support/run-process.ts';

// The commands as an operator uses them, with the embedded PostgreSQL: beside a Tidemark that runs, and without one.

let folder: string;
let file: string;
const dataIn = (name: string): string => join(folder, name);
const envOf = (name: string): Record<string, string> => ({
  TIDEMARK_DATA_DIR: dataIn(name),
  TIDEMARK_TIME_ZONE: 'UTC',
  TIDEMARK_PRIVATE_PORT: 'true',
  CI: '1',
});
const run = (name: string, ...args: string[]) => startProcess(args, envOf(name)).done;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-backup-cli-'));
  file = join(folder, 'saved.tar.gz');
});
afterAll(() => {
  for (const name of ['first', 'second']) removeCluster(dataIn(name));
  rmSync(folder, { recursive: true });
});

it('backup works beside a Tidemark that runs; restore only when none does, also on a new machine', async () => {
  expect((await run('first', 'backup', file)).err).toContain('There is no database in');
  const server = startProcess(['start'], envOf('first'));
  try {
    await new Promise<void>((started, failed) => {
      server.child.stderr?.on('data', (chunk) => String(chunk).includes('Tidemark runs on') && started());
      void server.done.then(({ err }) => failed(new Error(err)));
    });
    const made = await run('first', 'cycle', 'add', 'q9', '--start', '2026-10-01', '--end', '2027-01-01');
    expect({ code: made.code, err: made.err }).toMatchObject({ code: 0 });
    const saved = await run('first', 'backup', file);
    expect({ code: saved.code, err: saved.err }).toEqual({ code: 0, err: '' });
    expect(saved.out).toMatch(
      /^Saved as of 20\S+Z in \S+saved\.tar\.gz \([\d.]+ MiB\): \d+ rows of \d+ tables and 0 files of events\.\n$/,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const refused = await run('first', 'restore', file, '--replace');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('already runs on');
  } finally {
    server.child.kill('SIGTERM');
    await server.done;
  }
  const filled = await run('first', 'restore', file);
  expect(filled.code).toBe(1);
  expect(filled.err).toContain('holds data already');
  const again = await run('first', 'restore', file, '--replace', '--json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out)).toMatchObject({ epoch: 1, runsQueued: 0, messagesHeldBack: 0 });

  // A new machine gets the file, and the key that is kept apart from it.
  mkdirSync(dataIn('second'));
  copyFileSync(join(dataIn('first'), 'master.key'), join(dataIn('second'), 'master.key'));
  const restored = await run('second', 'restore', file, '--lang', 'zh-CN');
  expect({ code: restored.code, err: restored.err }).toMatchObject({ code: 0 });
  expect(restored.out).toContain('已恢复');
  const cycles = await run('second', 'cycle', 'list', '--json');
  expect(cycles.out).toContain('"q9"');
});
