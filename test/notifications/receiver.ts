import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgress } from '../../src/egress/index.ts';
import type { AlertMessage, SendInput } from '../../src/notifications/index.ts';

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

/** An off-track message; each test changes what it is about. */
export function alertMessage(change: Partial<AlertMessage> = {}): AlertMessage {
  return {
    v: 1,
    type: 'key_result.off_track',
    alertId: 'alr_1',
    occurredAt: '2025-03-11T06:00:00.000Z',
    keyResult: { id: 'kr_1', key: 'growth.wau', title: 'Weekly active users', owner: 'Ana' },
    objective: { id: 'obj_1', title: 'Grow the base' },
    numbers: {
      current: 1_200,
      start: 1_000,
      target: 1_500,
      unit: 'count',
      currency: null,
      progress: 0.4,
      expected: 0.755,
    },
    reason: { code: 'far_behind_pace', text: '40 % done by 2025-03-10, 75.5 % expected.' },
    rule: 'Off track on 3 evaluations in a row.',
    data: { dataThroughDay: '2025-03-10', fetchedAt: '2025-03-11T05:58:12.000Z' },
    sandbox: false,
    links: { keyResult: 'https://tidemark.example/key-results/growth.wau' },
    ...change,
  };
}

export function sendInput(
  change: Pick<SendInput<unknown, unknown>, 'config' | 'secrets' | 'fetch'> &
    Partial<SendInput<unknown, unknown>>,
): SendInput<unknown, unknown> {
  return {
    delivery: { id: 'dlv_1', message: alertMessage() },
    signal: new AbortController().signal,
    now: new Date(),
    ...change,
  };
}
