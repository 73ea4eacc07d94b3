import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/project.ts';

const root = projectRoot();
const vectors = join(root, 'test', 'vectors');
const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

function folderOf(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-vectors-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** The command as it is run, in a process of its own. */
function conformance(...args: string[]) {
  const command = join(root, 'test', 'conformance', 'run.js');
  const { status, stdout } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  return { status, out: stdout, last: stdout.trimEnd().split('\n').at(-1) };
}

const vector = (more: object) => ({
  id: 'X-1',
  description: 'one promoter',
  metric: 'nps',
  params: {},
  window: { type: 'period', start: '2026-03-01', end: '2026-03-31', timeZone: 'UTC' },
  input: { responses: [{ id: '1', respondentId: 'a', score: 9, time: '2026-03-10T10:00:00Z' }] },
  expected: { value: 100, unit: 'points', tolerance: 1e-6 },
  ...more,
});
const file = (...found: object[]) => ({ format: 'metric-vectors/1', suite: 'satisfaction', vectors: found });

it("runs the project's own vectors when no folder is named", () => {
  const files = readdirSync(vectors).filter((name) => name.endsWith('.json'));
  const counts = files.map((name) => {
    const { vectors: found } = JSON.parse(readFileSync(join(vectors, name), 'utf8')) as {
      vectors: unknown[];
    };
    return found.length;
  });
  const all = counts.reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(0);
  const { last, out, status } = conformance();
  files.forEach((name, index) => expect(out).toContain(`${name}  ${counts[index]} passed, 0 failed\n`));
  expect(last).toBe(`${all} passed, 0 failed`);
  expect(status).toBe(0);
});

it('runs a file that it has never seen, without new code', () => {
  const folder = folderOf({ 'new.json': file(vector({}), vector({ id: 'X-2' })) });
  cpSync(join(vectors, 'delivery.json'), join(folder, 'delivery.json'));
  const { last, out, status } = conformance(folder);
  expect(out).toContain('new.json  2 passed, 0 failed\n');
  expect(last).toMatch(/^\d+ passed, 0 failed$/);
  expect(status).toBe(0);
});

it('tells of a failing vector what was expected and what came, and fails', () => {
  const wrong = vector({ id: 'X-2', expected: { value: 50, unit: 'points', tolerance: 1e-6 } });
  const { last, out, status } = conformance(folderOf({ 'a.json': file(vector({}), wrong) }));
  expect(out).toContain(
    'a.json  1 passed, 1 failed\n  FAILED X-2: one promoter\n    expected  50 (within 0.000001)\n    got       100\n',
  );
  expect(last).toBe('1 passed, 1 failed');
  expect(status).toBe(1);
});

it('fails a vector of a metric that the catalogue does not have, and names it', () => {
  const { out, status } = conformance(folderOf({ 'a.json': file(vector({ metric: 'nothing_such' })) }));
  expect(out).toContain('"nothing_such" is no metric of the catalogue');
  expect(status).toBe(1);
});

it.each([
  { content: '{"format": ', says: 'cannot be read', what: 'broken JSON' },
  {
    content: { format: 'metric-vectors/2', vectors: [vector({})] },
    says: '"metric-vectors/2"',
    what: 'another format',
  },
  { content: file(), says: 'holds no vector', what: 'a file without vectors' },
  { content: [], says: 'is no vector file', what: 'other JSON' },
])('fails $what, and still runs the files beside it', ({ content, says }) => {
  const { last, out, status } = conformance(folderOf({ 'a.json': content, 'b.json': file(vector({})) }));
  expect(out).toContain('a.json  FAILED: it ');
  expect(out).toContain(says);
  expect(last).toBe('1 passed, 1 failed');
  expect(status).toBe(1);
});

it('fails a folder without vector files, and one that is not there', () => {
  const empty = conformance(folderOf({ 'README.md': 'nothing here' }));
  expect(empty.out).toContain('holds no vector file');
  expect(empty.last).toBe('0 passed, 1 failed');
  expect(empty.status).toBe(1);
  const missing = conformance(join(folderOf({}), 'missing'));
  expect(missing.out).toContain('cannot be read');
  expect(missing.status).toBe(1);
});
