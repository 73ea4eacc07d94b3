import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Recording } from './recording.ts';
import { bodyOf, createReplay } from './replay.ts';

export type ReplayServer = {
  endpoint: URL;
  requestCount(): number;
  /** One sentence for each request that is not in the recording. */
  refused: readonly string[];
  close(): Promise<void>;
};

export type ReplayOptions = {
  /** What the connector under test is configured with in place of the recorded secrets. */
  secrets?: readonly string[];
  /** The path that the provider's API lies below; by default that of the recorded address. */
  basePath?: string;
};

/**
 * A server on loopback that answers exactly the requests of a recording, and refuses any other with the nearest one that it
 * holds. Addresses of the recorded hosts in answers (a next page) lead to this server.
 */
export async function replayServer(recording: Recording, options: ReplayOptions = {}): Promise<ReplayServer> {
  const replay = createReplay(recording, options.secrets ?? []);
  const origins = [...new Set(recording.exchanges.map(({ request }) => new URL(request.url).origin))];
  const refused: string[] = [];
  let count = 0;
  let own = '';
  const redirected = (text: string): string =>
    origins.reduce(
      (found, origin) => found.replaceAll(origin, own).replaceAll(escaped(origin), escaped(own)),
      text,
    );
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      count += 1;
      const body = Buffer.concat(parts).toString('utf8');
      const asked = { method: request.method ?? 'GET', url: new URL(request.url ?? '/', own).href, body };
      const answer = replay.answer(asked);
      if (answer === null) {
        const message = replay.explain(asked);
        refused.push(message);
        response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
        return;
      }
      const headers = Object.entries(answer.headers).map(([name, value]) => [name, redirected(value)]);
      const told = answer.encoding === 'text' ? redirected(answer.body) : bodyOf(answer);
      response.writeHead(answer.status, Object.fromEntries(headers) as Record<string, string>).end(told);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  const recordedPath = recording.endpoint === null ? '/' : new URL(recording.endpoint).pathname;
  return {
    endpoint: new URL(options.basePath ?? recordedPath, own),
    requestCount: () => count,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As some providers write it in JSON. */
const escaped = (origin: string): string => origin.replaceAll('/', '\\/');
