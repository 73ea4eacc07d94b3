import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boardSchema } from '../../src/api/contract.ts';
import { forgetDemo } from '../../src/cli/demo/run-demo.ts';
import { projectRoot } from '../../src/project.ts';

// The command as a person types it, in a process of its own.

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tidemark-demo-'));
  chmodSync(dataDir, 0o711);
});
afterAll(() => {
  forgetDemo(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

type Ended = { code: number | null; stdout: string; stderr: string };

function tidemark(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(projectRoot(), 'src/cli/bin.js'), ...args], {
    cwd: dataDir,
    env: { PATH: process.env.PATH, HOME: dataDir, TIDEMARK_DATA_DIR: dataDir, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}

it('prints one JSON document, the board of the contract, and everything else on standard error', async () => {
  const { code, stdout, stderr } = await tidemark('demo', '--json');
  expect([code, stderr]).toEqual([0, expect.stringContaining('first sync of all sources through the queue')]);
  const board = boardSchema.parse(JSON.parse(stdout));
  expect(board.objectives.flatMap((each) => each.keyResults)).toHaveLength(57);
}, 300_000);

it('reuses its data the second time, answers when nothing runs, and starts over when asked to', async () => {
  const inbox = join(dataDir, 'demo', 'inbox.jsonl');
  const told = readFileSync(inbox, 'utf8');
  const again = await tidemark('demo', '--once');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Off track')]);
  expect(again.stdout).toContain('[sandbox]');
  expect(readFileSync(inbox, 'utf8')).toBe(told); // nobody is told twice
  const before = JSON.parse((await tidemark('status', '--json')).stdout) as { workspace: { id: string } };

  const restated = await tidemark('sandbox', 'restate', 'ga4');
  expect([restated.code, restated.stdout]).toEqual([0, expect.stringMatching(/\d{4}-\d{2}-\d{2}/)]);
  expect((await tidemark('sync', 'now')).code).toBe(0);
  const explained = await tidemark('explain', 'engagement.time');
  expect(explained.stdout).toMatch(/Restated from \d+ min \d+ sec to \d+ min \d+ sec/);

  const fresh = await tidemark('demo', '--once', '--fresh', '--json');
  const after = JSON.parse(fresh.stdout) as { workspace: { id: string } };
  expect(after.workspace.id).not.toBe(before.workspace.id);
  for (const name of ['master.key', 'postgres.password', 'sandbox.json', 'inbox.jsonl']) {
    expect([name, statSync(join(dataDir, 'demo', name)).mode & 0o077]).toEqual([name, 0]);
  }
}, 600_000);

it('turns a wrong sandbox command down in one sentence with the next step', async () => {
  const wrong = await tidemark('sandbox', 'break', 'paypal');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr.trim().split('\n').slice(-2)).toEqual([
    'error: The sandbox has no provider "paypal"',
    'Use: stripe, ga4, mixpanel, github, jira, codecov, app_store, google_sheets, google_play, zendesk, typeform, feed, calendar.',
  ]);
}, 60_000);
