import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findLocalApi } from '../../src/cli/local-api.ts';
import { main } from '../../src/cli/main.ts';
import { board } from './support/board-fixture.ts';
import { type FakeApi, fakeApi } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let dataDir = '';
let api: FakeApi;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tidemark-cli-'));
  api = await fakeApi({ getBoard: () => board() });
});
afterEach(async () => {
  await api.close();
  await rm(dataDir, { recursive: true });
});

async function writeApiFile(folder: string, over: Record<string, unknown> = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = { url: api.url, token: api.token, pid: process.pid, ...over };
  await writeFile(join(folder, 'api.json'), JSON.stringify(file), { mode: 0o600 });
}

it('finds the API that runs on the data folder', async () => {
  await writeApiFile(dataDir);
  expect(await findLocalApi(dataDir, {})).toEqual({ url: api.url, token: api.token, from: 'data' });
});

it('lets the demo workspace answer when nothing else runs, and says so beside the answer', async () => {
  await writeApiFile(join(dataDir, 'demo'));
  const io = fakeIo();
  expect(await main(['status', '--json', '--data-dir', dataDir], io)).toBe(0);
  expect(io.err()).toBe('the demo workspace answers\n');
  expect(() => JSON.parse(io.out()) as unknown).not.toThrow();
});

it('prefers the own data to the demo', async () => {
  await writeApiFile(dataDir);
  await writeApiFile(join(dataDir, 'demo'), { token: 'of the demo' });
  expect((await findLocalApi(dataDir, {}))?.from).toBe('data');
});

it('prefers the address from the environment to any file', async () => {
  await writeApiFile(dataDir, { token: 'of the file' });
  const env = { TIDEMARK_URL: 'http://127.0.0.1:9', TIDEMARK_TOKEN: 't' };
  expect(await findLocalApi(dataDir, env)).toEqual({
    url: 'http://127.0.0.1:9',
    token: 't',
    from: 'environment',
  });
});

it('refuses an address without its token instead of answering from somewhere else', async () => {
  await writeApiFile(dataDir);
  await expect(findLocalApi(dataDir, { TIDEMARK_URL: 'http://127.0.0.1:9' })).rejects.toThrow(
    'TIDEMARK_TOKEN',
  );
});

it('takes a file whose process has ended for nothing running', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  await writeApiFile(dataDir, { pid: child.pid });
  expect(await findLocalApi(dataDir, {})).toBeNull();
});

it('takes a file whose port is closed for nothing running, though the process number is in use', async () => {
  const gone = await fakeApi({});
  await gone.close();
  await writeApiFile(dataDir, { url: gone.url });
  expect(await findLocalApi(dataDir, {})).toBeNull();
});

it.each(['', '{"url":', '[]', '{"url":"nowhere","token":"t","pid":1}', '{"url":"http://x"}'])(
  'takes a damaged file for nothing running: %s',
  async (text) => {
    await writeFile(join(dataDir, 'api.json'), text);
    expect(await findLocalApi(dataDir, {})).toBeNull();
  },
);

it('says that there is no page to sign in to when nothing runs', async () => {
  const io = fakeIo();
  expect(await main(['link', '--data-dir', dataDir], io)).toBe(1);
  expect(io.err()).toContain(`Nothing runs on ${dataDir}`);
  expect(io.err()).toContain('npm start');
});
