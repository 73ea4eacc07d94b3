import { afterEach, expect, it } from 'vitest';
import { badPayload, createHttp, type HttpOptions } from '../../../connectors/sdk/index.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** A provider that answers with `status` and lines of text, read by a client that accepts what ends with "end". */
async function start(status: number, text: string, type = 'text/plain') {
  server = await startHttpServer((_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  const { context, exchanges } = testContext({}, null, new Date());
  const bodyProblem: HttpOptions['bodyProblem'] = (_headers, body) =>
    new TextDecoder().decode(body).endsWith('end') ? null : badPayload('Acme', 'no_end', 'sent half of it');
  const limits = { requestsPerSecond: 1_000, concurrent: 1 };
  const http = createHttp(context, { provider: 'Acme', limits, secrets: [], bodyProblem });
  return { http, url: server.url, exchanges };
}

it('lets a provider’s own form of a whole answer pass where a connector knows it', async () => {
  const { http, url, exchanges } = await start(200, 'one\ntwo\nend');
  expect(await (await http(url)).text()).toBe('one\ntwo\nend');
  expect(exchanges).toEqual([expect.objectContaining({ status: 200, responseBytes: 11 })]);
});

it('records what the connector found wrong with the answer', async () => {
  const { http, url, exchanges } = await start(200, 'one\ntw');
  await expect(http(url)).rejects.toMatchObject({ errorClass: 'bad_payload', code: 'no_end' });
  expect(exchanges).toEqual([expect.objectContaining({ error: 'no_end' })]);
});

it('still explains error answers by their JSON, and by their status without', async () => {
  const explained = await start(400, '{"error":"x"}', 'application/json');
  expect((await explained.http(explained.url)).status).toBe(400);
  await server?.close();
  const bare = await start(404, 'not here, the end');
  await expect(bare.http(bare.url)).rejects.toMatchObject({ errorClass: 'config', code: 'http_404' });
});
