import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgress } from '../../src/egress/index.ts';
import type { SendInput } from '../../src/notifications/index.ts';
import { news } from './news.ts';

export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** A real receiver on loopback, and the real guarded way to it. Keeps everything it was sent. */
export async function startReceiver(answer: RequestListener) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const egress = createEgress({ allow: [{ kind: 'host', host: '127.0.0.1', port }] });
  return {
    received,
    host,
    url: `http://${host}`,
    fetch: egress.fetch,
    close: async () => {
      await egress.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendInput(
  change: Pick<SendInput<unknown, unknown>, 'config' | 'secrets' | 'fetch'> &
    Partial<SendInput<unknown, unknown>>,
): SendInput<unknown, unknown> {
  return {
    delivery: { id: 'dlv_1', message: news() },
    signal: new AbortController().signal,
    now: new Date(),
    ...change,
  };
}
