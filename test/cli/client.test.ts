import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import {
  ApiMismatch,
  ApiProblem,
  ApiTimeout,
  ApiUnreachable,
  type Client,
  createClient,
} from '../../src/api/client.ts';
import { board } from './support/board-fixture.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function clientOf(script: Parameters<typeof fakeApi>[0]): Promise<{ api: FakeApi; client: Client }> {
  const api = await fakeApi(script);
  opened.push(api);
  return { api, client: createClient(api) };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it was answered'),
    (error: unknown) => error,
  );
}

it('answers the board, parsed, with the bearer token sent', async () => {
  const { client } = await clientOf({ getBoard: () => board() });
  expect((await client.call('getBoard')).workspace.name).toBe('Acme');
});

it('ignores fields of a newer server that it does not know', async () => {
  const newer = { ...board(), mood: 'good' };
  const { client } = await clientOf({ getBoard: () => newer });
  expect(await client.call('getBoard')).toEqual(board());
});

it('writes a key into the path so that it cannot become another path', async () => {
  const { api, client } = await clientOf({
    getRun: () => ({ problem: { status: 404 } }),
  });
  await failure(client.call('getRun', { params: { id: '../board?x=1' } }));
  expect(api.asked[0]?.params).toEqual({ id: '../board?x=1' });
});

it('refuses an empty key instead of asking for the list', async () => {
  const { client } = await clientOf({ listMetrics: () => list() });
  expect(await failure(client.call('getRun', { params: { id: '' } }))).toBeInstanceOf(RangeError);
});

it('keeps everything that a problem says', async () => {
  const errors = [{ pointer: '/goal/targetValue', code: 'too_big', detail: 'at most 1e15' }];
  const { client } = await clientOf({
    getBoard: () => ({
      problem: { status: 422, code: 'invalid', detail: 'One field is wrong.', fix: 'Correct it.', errors },
    }),
  });
  const error = (await failure(client.call('getBoard'))) as ApiProblem;
  expect(error).toBeInstanceOf(ApiProblem);
  expect(error).toMatchObject({
    status: 422,
    code: 'invalid',
    detail: 'One field is wrong.',
    fix: 'Correct it.',
    requestId: 'req_test_1',
    errors,
  });
});

it('says so when something else than Tidemark answers, without repeating its page', async () => {
  const { client } = await clientOf({
    getBoard: () => ({ raw: '<h1>Bad gateway of ACME proxy</h1>', status: 502 }),
  });
  const error = (await failure(client.call('getBoard'))) as ApiProblem;
  expect(error).toMatchObject({ status: 502, code: 'unexpected_answer', requestId: null });
  expect(error.message).not.toContain('ACME proxy');
});

it('names the field of an answer that does not fit the contract', async () => {
  const { client } = await clientOf({ getBoard: () => ({ raw: '{"workspace":{}}', status: 200 }) });
  const error = await failure(client.call('getBoard'));
  expect(error).toBeInstanceOf(ApiMismatch);
  expect((error as Error).message).toContain('/workspace/id');
});

it('says that the connection was refused when nothing listens', async () => {
  const api = await fakeApi({});
  await api.close();
  const error = (await failure(createClient(api).call('getBoard'))) as ApiUnreachable;
  expect(error).toBeInstanceOf(ApiUnreachable);
  expect(error.code).toBe('ECONNREFUSED');
  expect(error.message).toBe(`No API answers at ${api.url}: the connection was refused`);
});

async function silentServer(): Promise<string> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => (server.closeAllConnections(), server.close()) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('stops waiting for a server that never answers', async () => {
  const client = createClient({ url: await silentServer(), token: 't', timeoutMs: 20 });
  expect(await failure(client.call('getBoard'))).toBeInstanceOf(ApiTimeout);
});

it('stops at once when the user interrupts, with the reason of the interruption', async () => {
  const controller = new AbortController();
  const reason = new Error('stopped by SIGINT');
  const client = createClient({ url: await silentServer(), token: 't', signal: controller.signal });
  const answer = failure(client.call('getBoard'));
  controller.abort(reason);
  expect(await answer).toBe(reason);
});

it('never carries the token to the target of a redirect', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => (server.closeAllConnections(), server.close()) });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await failure(createClient({ url, token: 't' }).call('getBoard'));
  expect(seen).toEqual(['/api/v1/board']);
});
