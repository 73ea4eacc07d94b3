import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { createEgress, type Egress, type EgressLimits, type EgressOptions } from '../../src/egress/index.ts';
import { httpListener, type Listener, listen, silentListener } from './servers.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function serve(handler: RequestListener, limits: Partial<EgressLimits> = {}) {
  const listener = track(await httpListener(handler));
  const egress = opened([listener.port], { limits });
  return { listener, egress, url: `http://127.0.0.1:${listener.port}` };
}

function track(listener: Listener): Listener {
  closers.push(listener.close);
  return listener;
}

function opened(ports: number[], options: Partial<EgressOptions> = {}): Egress {
  const allow = ports.flatMap((port) =>
    ['127.0.0.1', 'secure.test', 'other.test'].map((host) => ({ kind: 'host' as const, host, port })),
  );
  const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }];
  const egress = createEgress({ allow, resolve, ...options });
  closers.push(egress.close);
  return egress;
}

it('sends method, headers and body, and hands back status, headers and body', async () => {
  const { egress, url } = await serve((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json', 'x-seen': 'yes' });
      const { method, headers } = request;
      response.end(
        JSON.stringify({
          method,
          path: request.url,
          key: headers['x-api-key'],
          length: headers['content-length'],
          body,
        }),
      );
    });
  });
  const response = await egress.fetch(`${url}/v1/points?day=2025-01-01#part`, {
    method: 'POST',
    headers: { 'X-Api-Key': 'k', 'Content-Length': '6' },
    body: '{"é"}',
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('x-seen')).toBe('yes');
  // {"é"} is 6 bytes in UTF-8.
  expect(await response.json()).toEqual({
    method: 'POST',
    path: '/v1/points?day=2025-01-01',
    key: 'k',
    length: '6',
    body: '{"é"}',
  });
});

it('section 10: returns a redirect to loopback as it is and never follows it', async () => {
  const inner = track(await silentListener());
  const { egress, url } = await serve((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/latest/meta-data` }).end();
  });
  const response = await egress.fetch(url);
  expect(response.status).toBe(302);
  expect(inner.connections()).toBe(0);
});

it('section 10: ignores the proxy variables of the environment', async () => {
  const proxy = track(await silentListener());
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = `http://127.0.0.1:${proxy.port}`;
  try {
    const { egress, url } = await serve((_request, response) => response.end('direct'));
    expect(await (await egress.fetch(url)).text()).toBe('direct');
    expect(proxy.connections()).toBe(0);
  } finally {
    names.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
  }
});

it.each([
  { name: 'host', value: 'evil.example' },
  { name: 'Transfer-Encoding', value: 'chunked' },
  { name: 'connection', value: 'upgrade' },
  { name: 'content-length', value: '3' },
  { name: 'cookie', value: 'a=b' },
  { name: 'x-note', value: 'one\r\nx-injected: yes' },
  { name: 'x-note', value: 'one\nx-injected: yes' },
  { name: 'x-note', value: 'nul\0' },
  { name: 'x-note\r\nx-injected', value: 'yes' },
  { name: 'x note', value: 'yes' },
  { name: 'x-long', value: 'a'.repeat(4_097) },
])('refuses the header $name before it connects', async ({ name, value }) => {
  const { egress, url, listener } = await serve((_request, response) => response.end());
  await expect(egress.fetch(url, { headers: { [name]: value } })).rejects.toMatchObject({
    errorClass: 'blocked_destination',
    code: 'header',
  });
  expect(listener.connections()).toBe(0);
});

it('reads gzip and brotli answers', async () => {
  const { egress, url } = await serve((request, response) => {
    const gzip = request.url === '/gzip';
    response.writeHead(200, { 'content-encoding': gzip ? 'gzip' : 'br' });
    response.end(gzip ? gzipSync('hello') : brotliCompressSync('hello'));
  });
  expect(await (await egress.fetch(`${url}/gzip`)).text()).toBe('hello');
  expect(await (await egress.fetch(`${url}/br`)).text()).toBe('hello');
});

it('section 10: stops a decompression bomb just past the first mebibyte', async () => {
  // 64 MiB of zeros are about 65 kB of gzip: 1000:1.
  const bomb = gzipSync(Buffer.alloc(64 * 1_048_576));
  const { egress, url } = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  });
  const response = await egress.fetch(url);
  let received = 0;
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) received += chunk.byteLength;
  };
  await expect(read()).rejects.toMatchObject({ errorClass: 'too_large', code: 'response_ratio' });
  expect(received).toBeLessThanOrEqual(1_048_576 + 65_536);
});

it('section 10: counts the size after decompression, and with no length announced', async () => {
  const { egress, url } = await serve(
    (request, response) => {
      if (request.url === '/gzip')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(1_001)));
      else if (request.url === '/chunked') response.write('a'.repeat(1_001), () => response.end());
      else response.end('a'.repeat(request.url === '/announced' ? 1_001 : 1_000));
    },
    { maxResponseBytes: 1_000 },
  );
  expect((await (await egress.fetch(`${url}/fits`)).text()).length).toBe(1_000);
  for (const path of ['/gzip', '/chunked', '/announced']) {
    const read = async (): Promise<string> => (await egress.fetch(url + path)).text();
    await expect(read()).rejects.toMatchObject({ errorClass: 'too_large', code: 'response_size' });
  }
});

it('calls a damaged gzip answer a bad payload and a cut one transient', async () => {
  const packed = gzipSync('hello'.repeat(1_000));
  const { egress, url } = await serve((request, response) => {
    if (request.url === '/damaged') {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, 20));
    } else {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    }
  });
  const read = async (path: string): Promise<string> => (await egress.fetch(url + path)).text();
  await expect(read('/damaged')).rejects.toMatchObject({ errorClass: 'bad_payload' });
  await expect(read('/cut')).rejects.toMatchObject({ errorClass: 'transient' });
});

it('section 10: ends a drip at the total deadline though bytes keep coming', async () => {
  const { egress, url } = await serve(
    (_request, response) => {
      const drip = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drip));
    },
    { totalTimeoutMs: 300 },
  );
  const response = await egress.fetch(url);
  await expect(response.text()).rejects.toMatchObject({ errorClass: 'timeout', code: 'total_timeout' });
});

it('gives up on a server that accepts and says nothing', async () => {
  const silent = track(await silentListener());
  const egress = opened([silent.port], { limits: { firstByteTimeoutMs: 100 } });
  await expect(egress.fetch(`http://127.0.0.1:${silent.port}/`)).rejects.toMatchObject({
    errorClass: 'timeout',
    code: 'first_byte_timeout',
  });
});

it('gives up on a name server or a TLS handshake that never answers', async () => {
  const silent = track(await silentListener());
  const limits = { connectTimeoutMs: 100 };
  const handshake = opened([silent.port], { limits });
  const resolving = opened([silent.port], { limits, resolve: () => new Promise(() => {}) });
  for (const egress of [handshake, resolving]) {
    await expect(egress.fetch(`https://secure.test:${silent.port}/`)).rejects.toMatchObject({
      errorClass: 'timeout',
      code: 'connect_timeout',
    });
  }
});

it('an unread body does not outlive the total deadline', async () => {
  const sockets = new EventEmitter();
  const cut = once(sockets, 'cut');
  const { egress, url } = await serve(
    (_request, response) => {
      response.on('close', () => sockets.emit('cut'));
      response.write('first');
    },
    { totalTimeoutMs: 200 },
  );
  const response = await egress.fetch(url);
  expect(response.status).toBe(200);
  await cut;
});

it("passes the caller's own abort on, with its reason", async () => {
  const silent = track(await silentListener());
  const egress = opened([silent.port]);
  const controller = new AbortController();
  const answer = egress.fetch(`http://127.0.0.1:${silent.port}/`, { signal: controller.signal });
  const reason = new Error('shutting down');
  controller.abort(reason);
  await expect(answer).rejects.toBe(reason);
  await expect(egress.fetch('https://example.com/', { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
});

it('calls a refused connection transient and keeps the address out of the message', async () => {
  const closed = await silentListener();
  await closed.close();
  const egress = opened([closed.port]);
  const error: unknown = await egress
    .fetch(`https://secure.test:${closed.port}/`)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ errorClass: 'transient', systemCode: 'ECONNREFUSED' });
  expect(String(error)).not.toContain('127.0.0.1');
});

it('section 10: sends a secret only to the hosts it is bound to', async () => {
  const { egress, url, listener } = await serve((_request, response) => response.end('ok'));
  const bound = egress.forHosts([`127.0.0.1:${listener.port}`, 'api.stripe.com']);
  expect(await (await bound(url)).text()).toBe('ok');
  for (const other of [
    `http://secure.test:${listener.port}/`,
    'https://api.stripe.com.evil.example/',
    'https://files.api.stripe.com/',
    'https://api.stripe.com:80/',
  ]) {
    await expect(bound(other)).rejects.toMatchObject({
      errorClass: 'blocked_destination',
      code: 'host_not_bound',
    });
  }
  await expect(egress.forHosts([])(url)).rejects.toMatchObject({ code: 'host_not_bound' });
  expect(() => egress.forHosts(['https://api.stripe.com'])).toThrow(TypeError);
});

it('trusts a certificate only when its authority and its name are right', async () => {
  const read = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
  const [key, cert] = [read('secure-test.key'), read('secure-test.crt')];
  const server = track(
    await listen(createHttpsServer({ key, cert }, (_request, response) => response.end('safe'))),
  );
  const trusting = opened([server.port], { ca: cert });
  expect(await (await trusting.fetch(`https://secure.test:${server.port}/`)).text()).toBe('safe');
  await expect(trusting.fetch(`https://other.test:${server.port}/`)).rejects.toMatchObject({
    systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  await expect(opened([server.port]).fetch(`https://secure.test:${server.port}/`)).rejects.toMatchObject({
    systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
});
