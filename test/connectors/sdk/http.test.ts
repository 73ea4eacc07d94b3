import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpFetch } from '../../../connectors/sdk/index.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';

const SECRET = 'rk_test_verySecretValue';
let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(listener: RequestListener, more: { timeoutMs?: number; concurrent?: number } = {}) {
  server = await startHttpServer(listener);
  const run = testContext({}, null, new Date());
  const http: HttpFetch = createHttp(run.context, {
    provider: 'Acme',
    limits: { requestsPerSecond: 1_000, concurrent: more.concurrent ?? 10 },
    secrets: [SECRET],
    requestIdHeader: 'request-id',
    ...(more.timeoutMs === undefined ? {} : { timeoutMs: more.timeoutMs }),
  });
  return { ...run, http, url: server.url };
}

const json: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_1' }).end('{"ok":true}');
};

it('records a request as evidence: what was asked, by whom it was answered, and a digest', async () => {
  const { http, url, exchanges } = await start(json);
  const asked = new URL(`/v1/x?created[gte]=5&key=${SECRET}&token=abc&q=${SECRET}`, url);
  const answer = await http(asked, { headers: { authorization: `Bearer ${SECRET}` } });
  expect(await answer.json()).toEqual({ ok: true });
  expect(exchanges).toEqual([
    {
      method: 'GET',
      url: `${url.origin}/v1/x?created[gte]=5&key=[redacted]&token=[redacted]&q=[redacted]`,
      status: 200,
      requestId: 'req_1',
      responseSha256: createHash('sha256').update('{"ok":true}').digest('hex'),
      responseBytes: 11,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      durationMs: expect.any(Number),
    },
  ]);
});

it('records requests that failed, too', async () => {
  const { http, url, exchanges } = await start((request) => request.socket.destroy());
  await expect(http(url, { method: 'POST', body: '{}' })).rejects.toMatchObject({ errorClass: 'transient' });
  expect(exchanges).toEqual([
    expect.objectContaining({ method: 'POST', status: null, responseBytes: 0, error: expect.any(String) }),
  ]);
});

describe('the one quick retry', () => {
  function failingOnce(fail: RequestListener): { listener: RequestListener; count: () => number } {
    let count = 0;
    return {
      count: () => count,
      listener(request, response) {
        count += 1;
        if (count === 1) fail(request, response);
        else json(request, response);
      },
    };
  }
  const broken: RequestListener = (_request, response) => {
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"x"}');
  };

  it.each([
    { why: 'the connection broke', fail: ((request) => request.socket.destroy()) as RequestListener },
    { why: 'the server failed', fail: broken },
    {
      why: 'a proxy failed',
      fail: ((_request, response) => response.writeHead(502).end('<html>')) as RequestListener,
    },
  ])('helps when $why', async ({ fail }) => {
    const flaky = failingOnce(fail);
    const { http, url, exchanges } = await start(flaky.listener);
    expect((await http(url)).status).toBe(200);
    expect(flaky.count()).toBe(2);
    expect(exchanges).toHaveLength(2);
  });

  it.each([
    { why: 'something that changes data', init: { method: 'POST', body: '' }, fail: broken },
    {
      why: 'a 429',
      init: {},
      fail: ((_request, response) => {
        response.writeHead(429, { 'content-type': 'application/json' }).end('{}');
      }) as RequestListener,
    },
    {
      why: 'a 503 that says how long to wait',
      init: {},
      fail: ((_request, response) => {
        response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '9' }).end('{}');
      }) as RequestListener,
    },
  ])('is not used on $why', async ({ init, fail }) => {
    const flaky = failingOnce(fail);
    const { http, url } = await start(flaky.listener);
    expect((await http(url, init)).ok).toBe(false);
    expect(flaky.count()).toBe(1);
  });
});

describe('an answer that is not whole', () => {
  it.each([
    {
      code: 'empty_body',
      answer: ((_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end()) as RequestListener,
    },
    {
      code: 'wrong_content_type',
      answer: ((_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')) as RequestListener,
    },
    { code: 'wrong_content_type', answer: ((_request, response) => response.end('{}')) as RequestListener },
    {
      code: 'invalid_json',
      answer: ((_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":')) as RequestListener,
    },
    {
      code: 'body_cut_off',
      answer: ((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99' });
        response.write('{', () => response.destroy());
      }) as RequestListener,
    },
  ])('is never data: $code', async ({ code, answer }) => {
    const { http, url, exchanges } = await start(answer);
    await expect(http(url)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code,
      remedy: { by: 'time' },
    });
    expect(exchanges).toEqual([expect.objectContaining({ error: code, status: 200 })]);
  });

  it('is not followed when it points elsewhere', async () => {
    const { http, url } = await start((_request, response) => response.writeHead(304).end());
    await expect(http(url)).rejects.toMatchObject({ errorClass: 'config', code: 'http_304' });
  });
});

describe('time', () => {
  it('ends a request that drips for longer than its deadline', async () => {
    const { http, url } = await start(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      },
      { timeoutMs: 80 },
    );
    await expect(http(url)).rejects.toMatchObject({ errorClass: 'transient', code: 'timeout' });
  });

  it('does not count the wait for a free place against the deadline', async () => {
    const { http, url } = await start((request, response) => setTimeout(() => json(request, response), 60), {
      timeoutMs: 1_000,
      concurrent: 1,
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => http(url)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
  });

  it('lets a stopped run go at once, also out of the queue', async () => {
    const { http, url, stop } = await start(() => {}, { concurrent: 1 });
    const waiting = [http(url), http(url)];
    stop.abort();
    for (const request of waiting)
      await expect(request).rejects.toMatchObject({ code: 'aborted', remedy: { by: 'time' } });
  });
});

it('shares the limits between the metrics of one run', async () => {
  let open = 0;
  let most = 0;
  const { context, url } = await start((request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      json(request, response);
    }, 20);
  });
  const options = { provider: 'Acme', limits: { requestsPerSecond: 1_000, concurrent: 2 }, secrets: [] };
  const clients = [createHttp(context, options), createHttp(context, options)];
  await Promise.all(clients.flatMap((http) => [http(url), http(url), http(url)]));
  expect(most).toBe(2);
});
