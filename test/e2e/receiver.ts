import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };

export type Receiver = { url: string; host: string; messages: Received[]; close(): Promise<void> };

/** A real HTTP server that keeps what it is sent and answers 200. */
export async function startReceiver(): Promise<Receiver> {
  const messages: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      messages.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(200).end('ok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    messages,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * Verifies a webhook with the specification's reference library, at the moment that the sender says it was sent: the
 * test moves the sender's clock, and the library compares with the computer's.
 *
 * @throws when the signature is wrong
 */
export function verifiedBody(
  message: Received,
  secret: string,
): { type: string; data: Record<string, unknown> } {
  const header = (name: string): string => String(message.headers[name]);
  const headers = {
    'webhook-id': header('webhook-id'),
    'webhook-timestamp': header('webhook-timestamp'),
    'webhook-signature': header('webhook-signature'),
  };
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1000 });
  try {
    return new Webhook(secret).verify(message.body, headers) as {
      type: string;
      data: Record<string, unknown>;
    };
  } finally {
    vi.useRealTimers();
  }
}
