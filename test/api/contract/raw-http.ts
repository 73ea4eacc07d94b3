import { request as send } from 'node:http';

export type RawAnswer = {
  status: number;
  headers: Record<string, string>;
  type: string;
  text: string;
  /** What the body says, if it is JSON; else undefined. */
  json: unknown;
  tookMs: number;
};
export type RawRequest = {
  method: string;
  /** As it goes over the wire: nothing is normalised, as `fetch` would. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  /** A stream is left after its head and what came with it. */
  headOnly?: boolean;
};

const TIMEOUT_MS = 30_000;

/** One request of HTTP/1.1 with exactly these headers, `Host` included if it is named. */
export function rawHttp(
  base: string,
  { body, headOnly, headers = {}, method, path }: RawRequest,
): Promise<RawAnswer> {
  const startedAt = performance.now();
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = send(
      { hostname, port, method, path, headers: { ...length, ...headers }, timeout: TIMEOUT_MS },
      (answer) => {
        const chunks: Buffer[] = [];
        const end = (): void => {
          const text = Buffer.concat(chunks).toString('utf8');
          const got = Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          );
          const type = (got['content-type'] ?? '').split(';')[0]?.trim() ?? '';
          const tookMs = performance.now() - startedAt;
          resolve({
            status: answer.statusCode ?? 0,
            headers: got,
            type,
            text,
            json: jsonOf(type, text),
            tookMs,
          });
        };
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', end);
        answer.on('error', reject);
        if (headOnly === true && answer.statusCode === 200) {
          end();
          asked.destroy();
        }
      },
    );
    asked.on('timeout', () =>
      asked.destroy(new Error(`${method} ${path.slice(0, 100)}: no answer in ${TIMEOUT_MS} ms`)),
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function jsonOf(type: string, text: string): unknown {
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(type) || text === '') return undefined;
  return JSON.parse(text) as unknown;
}
