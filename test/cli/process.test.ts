import { once } from 'node:events';
import { expect, it } from 'vitest';
import { board, row } from './support/board-fixture.ts';
import { fakeApi } from './support/fake-api.ts';
import { startProcess } from './support/run-process.ts';

/** The packages among the modules that were loaded. */
function packages(loaded: readonly string[]): string[] {
  const names = loaded.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].toSorted();
}

it.each([['--help'], ['--version'], ['connection', 'add', '--help'], ['no-such-command']])(
  'answers "%s %s" without loading schemas, contract or anything else heavy',
  async (...args) => {
    const { loaded } = await startProcess(args).done;
    expect(packages(loaded)).toEqual(['commander']);
    expect(loaded.filter((url) => /\/src\/(?!cli\/)|\/src\/cli\/(?:commands|render)\//.test(url))).toEqual(
      [],
    );
    expect(loaded.some((url) => url.endsWith('/src/cli/main.ts'))).toBe(true);
  },
);

it('prints the version of the package', async () => {
  const { out, code } = await startProcess(['--version']).done;
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(code).toBe(0);
});

it('writes an answer of many screens to a pipe in full before it ends', async () => {
  const rows = Array.from({ length: 1500 }, (_, at) => row({ id: `kr_${at}`, key: `kr.${at}` }));
  const api = await fakeApi({ getBoard: () => board(rows) });
  const { out, code } = await startProcess(['status', '--json'], api.env).done;
  await api.close();
  expect(code).toBe(0);
  expect((JSON.parse(out) as ReturnType<typeof board>).objectives[0]?.keyResults).toHaveLength(1500);
});

it('ends quietly when the reader of the pipe has had enough', async () => {
  const rows = Array.from({ length: 1500 }, (_, at) => row({ id: `kr_${at}`, key: `kr.${at}` }));
  const api = await fakeApi({ getBoard: () => board(rows) });
  const { child, done } = startProcess(['status', '--json'], api.env);
  child.stdout?.destroy();
  const { code, err } = await done;
  await api.close();
  expect(err).toBe('');
  expect(code).toBe(0);
});

it('stops on Ctrl-C with exit code 130 and no stack trace', async () => {
  let asked = () => {};
  const question = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const api = await fakeApi({
    getBoard: () => {
      asked();
      return board();
    },
  });
  const { child, done } = startProcess(['status', '--watch'], api.env);
  await question;
  if (child.stdout !== null) await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { code, err } = await done;
  await api.close();
  expect(code).toBe(130);
  expect(err).toBe('');
});
