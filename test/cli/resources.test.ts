import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startTestServer, type TestServer } from '../api/support/server.ts';
import { type FakeIo, fakeIo } from './support/fake-io.ts';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), 'tidemark-export-'));
  await done('cycle', 'add', 'q', '--start', '2026-01-01', '--end', '2027-01-01');
  await done('objective', 'add', 'growth', '--title', '=Growth', '--cycle', 'q');
  const goal = ['--goal', 'reach', '--from', '1', '--to', '2', '--unit', 'count'];
  await done('kr', 'add', 'growth.a', '--objective', 'growth', '--title', 'A', ...goal, '--owner', 'Mei');
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ io: FakeIo; code: number }> {
  const env = { TIDEMARK_URL: server.api.url, TIDEMARK_TOKEN: server.api.localToken };
  const io = fakeIo({ env });
  return { io, code: await main(argv, io) };
}
async function done(...argv: string[]): Promise<string> {
  const { code, io } = await run(...argv);
  expect(code, io.err()).toBe(0);
  return io.out();
}

it('changes a Key Result, finds it, puts it away and brings it back', async () => {
  expect(
    await done('kr', 'set', 'growth.a', '--title', 'Better', '--goal', 'reach', '--from', '1', '--to', '5'),
  ).toContain('growth.a is changed.');
  expect(await done('kr', 'list', '--owner', 'Mei')).toContain('Better');
  expect(await done('kr', 'list', '--owner', 'Ana')).not.toContain('Better');
  expect(await done('kr', 'archive', 'growth.a')).toContain('tidemark kr restore growth.a');
  expect(await done('kr', 'list', '--archived')).toContain('growth.a');
  expect(await done('kr', 'restore', 'growth.a', '--lang', 'zh-CN')).toContain('已恢复');
  const { code, io } = await run('kr', 'set', 'growth.a', '--to', '7');
  expect(code).toBe(2);
  expect(io.err()).toContain('--goal');
});

it('keeps the work attached to it', async () => {
  const start = ['--start', '2026-02-01'];
  const made = JSON.parse(
    await done('initiative', 'add', 'growth.a', '--title', 'Ship', ...start, '--json'),
  ) as { id: string };
  expect(await done('initiative', 'set', made.id, '--state', 'done', '--end', '2026-02-09')).toContain(
    made.id,
  );
  expect(await done('initiative', 'list', 'growth.a')).toMatch(/Ship\s+2026-02-01\s+2026-02-09\s+done/);
  await done('initiative', 'remove', made.id);
  expect(await done('initiative', 'list', 'growth.a')).not.toContain(made.id);
  expect(await done('kr', 'forecast', 'growth.a')).toContain('Nothing is forecast for growth.a');
});

it('shows who changed what', async () => {
  const shown = await done('audit', 'list', '--type', 'key_result');
  expect(shown).toMatch(/restore\s+key_result/);
  expect(shown).not.toContain('objective');
});

it('takes everything along: as one file of lines, and as one CSV a type of the same moment', async () => {
  await done('export', '--out', folder);
  const lines = readFileSync(join(folder, 'tidemark.ndjson'), 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ type: 'end', rows: lines.length - 2 });

  await done('export', '--format', 'csv', '--bom', '--out', join(folder, 'csv'));
  const types = server.services.deps.resources.exportTypes;
  expect(readdirSync(join(folder, 'csv')).toSorted()).toEqual(types.map((type) => `${type}.csv`).toSorted());
  const objectives = readFileSync(join(folder, 'csv', 'objectives.csv'), 'utf8');
  expect(objectives).toMatch(/^\uFEFFid,workspaceId,cycleId,parentId,key,title,/);
  expect(objectives).toContain(",growth,'=Growth,");

  expect(await done('export', '--format', 'csv', '--type', 'cycles', '--out', '-')).toMatch(
    /^id,workspaceId,key,.*\r\n/,
  );
  expect((await run('export', '--format', 'csv', '--out', '-')).code).toBe(2);
  const refused = await run('export', '--type', 'secrets', '--out', '-');
  expect(refused.code).not.toBe(0);
});
