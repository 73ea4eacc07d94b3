import { afterEach, expect, it } from 'vitest';
import { boardSchema } from '../../src/api/contract.ts';
import { main } from '../../src/cli/main.ts';
import { board, offTrackRow, row } from './support/board-fixture.ts';
import { type FakeApi, fakeApi } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

it('prints exactly one JSON document, the board as the API gave it', async () => {
  api = await fakeApi({ getBoard: () => board() });
  const io = fakeIo({ env: api.env });
  expect(await main(['status', '--json', '--cycle', '2026-q3'], io)).toBe(0);
  expect(boardSchema.parse(JSON.parse(io.out()))).toEqual(board());
  expect(api.asked[0]?.query.get('cycle')).toBe('2026-q3');
  expect(io.err()).toBe('');
});

it('counts ages from the clock of the database, not from the clock of this machine', async () => {
  api = await fakeApi({ getBoard: () => ({ ...board([row()]), now: '2026-08-16T15:00:00.000Z' }) });
  const io = fakeIo({ env: api.env });
  await main(['status'], io);
  expect(io.out()).toContain('Fresh 5h');
});

it('takes global flags before and after the command', async () => {
  api = await fakeApi({ getBoard: () => board() });
  const before = fakeIo({ env: api.env });
  const after = fakeIo({ env: api.env });
  await main(['--lang', 'zh-CN', 'status'], before);
  await main(['status', '--lang', 'zh-CN'], after);
  expect(before.out()).toContain('偏离目标');
  expect(after.out()).toBe(before.out());
});

it('watches until it is interrupted, and gives a pipe a new board only when something changed', async () => {
  const changed = [board([row()]), board([row()]), board([offTrackRow()])];
  const io = fakeIo();
  let reads = 0;
  api = await fakeApi({
    // The clock of the answer moves at every reading; that alone is no news.
    getBoard: () => ({ ...(changed[reads] ?? board()), now: `2026-08-16T12:00:0${reads++}.000Z` }),
  });
  Object.assign(io.env, api.env);
  const wait = io.wait;
  io.wait = async (ms, signal) => {
    if (reads === 3) io.interrupt();
    await wait(ms, signal);
  };
  expect(await main(['status', '--watch', '--ndjson'], io)).toBe(130);
  const lines = io.out().trimEnd().split('\n');
  const titles = lines.map((line) => boardSchema.parse(JSON.parse(line)).objectives[0]?.keyResults[0]?.key);
  expect(titles).toEqual(['growth.wau', 'growth.mrr']);
});
