import { afterEach, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});

it.each([
  { status: 400, exitCode: 2 },
  { status: 401, exitCode: 4 },
  { status: 403, exitCode: 4 },
  { status: 404, exitCode: 5 },
  { status: 409, exitCode: 6 },
  { status: 412, exitCode: 6 },
  { status: 422, exitCode: 2 },
  { status: 500, exitCode: 1 },
  { status: 502, exitCode: 7 },
  { status: 504, exitCode: 7 },
])('ends with $exitCode when the API answers $status', async ({ status, exitCode }) => {
  api = await fakeApi({ explainKeyResult: () => ({ problem: { status } }) });
  expect(await main(['explain', 'growth.mrr', '--json'], fakeIo({ env: api.env }))).toBe(exitCode);
});

it('says what happened, every field that was wrong, what to do, and the request id; nothing on stdout', async () => {
  api = await fakeApi({
    explainKeyResult: () => ({
      problem: {
        status: 422,
        detail: 'Two fields are wrong.',
        fix: 'Correct them.',
        errors: [
          { pointer: '/a', code: 'x', detail: 'too small' },
          { pointer: '/b', code: 'y', detail: 'too large' },
        ],
      },
    }),
  });
  const io = fakeIo({ env: api.env });
  await main(['explain', 'x'], io);
  expect(io.err()).toBe(
    'error: Two fields are wrong.\n  /a: too small\n  /b: too large\nCorrect them.\nrequest id: req_test_1\n',
  );
  expect(io.out()).toBe('');
});

it('shows a stack trace only when asked', async () => {
  api = await fakeApi({ explainKeyResult: () => ({ raw: '{}', status: 200 }) });
  const quiet = fakeIo({ env: api.env });
  const loud = fakeIo({ env: api.env });
  await main(['explain', 'x'], quiet);
  await main(['explain', 'x', '--verbose'], loud);
  expect(quiet.err()).not.toMatch(/^ +at /m);
  expect(loud.err()).toMatch(/^ +at /m);
});

it('does not let a message from outside steer the terminal', async () => {
  api = await fakeApi({
    explainKeyResult: () => ({ problem: { status: 404, detail: 'no \u001b[2J such' } }),
  });
  const io = fakeIo({ env: api.env });
  await main(['explain', 'x'], io);
  expect(io.err()).not.toContain('\u001b');
});

it('says which address does not answer', async () => {
  const gone = await fakeApi({});
  await gone.close();
  const io = fakeIo({ env: gone.env });
  expect(await main(['status'], io)).toBe(1);
  expect(io.err()).toContain(`No API answers at ${gone.url}: the connection was refused`);
});

it.each([
  { argv: ['statsu'], says: 'Did you mean status' },
  { argv: ['connection', 'lst'], says: 'Did you mean list' },
  { argv: ['status', '--jsn'], says: 'Did you mean --json' },
  { argv: ['kr', 'add', 'k'], says: "required option '--objective <key>' not specified" },
  { argv: ['status', '--watch', '--json'], says: '--watch --ndjson' },
  { argv: ['sync', 'now', '--timeout', 'soon'], says: '--timeout "soon"' },
  { argv: ['status', '--lang', 'fr'], says: 'There is no language "fr"' },
])('answers $argv with exit code 2 and the next step', async ({ argv, says }) => {
  const io = fakeIo();
  expect(await main(argv, io)).toBe(2);
  expect(io.err()).toContain(says);
  expect(io.out()).toBe('');
});

it('shows the help, and that is a success, when no command is given', async () => {
  const io = fakeIo();
  expect(await main([], io)).toBe(0);
  expect(io.out()).toContain('Usage: tidemark');
  expect(io.out()).toMatch(/^Example:\n/);
});
