import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from '../../support/http-server.ts';

/** One request as the fake API sees it. */
export type Seen = {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
};
export type Told =
  | { status?: number; body: unknown; headers?: Record<string, string> }
  | { raw: string; headers?: Record<string, string> };
export type FakeApi = KitServer & { seen: Seen[] };

/** What each kind of answer looks like when a field that is needed is gone. */
const CHANGED = { renamed: true };

/** An API on loopback that answers what the test says; anything else is 404. */
export async function startApi(
  answer: (seen: Seen) => Told | null,
  changedShape: unknown = CHANGED,
): Promise<FakeApi> {
  const seen: Seen[] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    void bodyOf(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://fake.example');
      const one = { method: request.method ?? '', url, headers: request.headers, body };
      seen.push(one);
      if (fault !== null) {
        playFault(fault, request, response, { error: (message) => ({ error: { message } }), changedShape });
        return;
      }
      tell(response, answer(one));
    });
  });
  return {
    endpoint: server.url,
    seen,
    requestCount: () => seen.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

function tell(response: ServerResponse, told: Told | null): void {
  if (told === null) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no such page"}');
    return;
  }
  if ('raw' in told) {
    response.writeHead(200, { 'content-type': 'application/json', ...told.headers }).end(told.raw);
    return;
  }
  const headers = { 'content-type': 'application/json', ...told.headers };
  response.writeHead(told.status ?? 200, headers).end(JSON.stringify(told.body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request is a stream of buffers
  return Buffer.concat(chunks).toString('utf8');
}
