import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request with its body, as far as it was taken. */
export type Asked = {
  method: string;
  url: URL;
  path: string; // without a slash at its end
  request: string; // path and query as asked, repeated by error answers
  headers: IncomingHttpHeaders;
  body: Buffer;
  tooLong: boolean; // the body was longer than any door takes; what is kept of it means nothing
};

/** What `/import` takes, and so the most that anything takes. */
export const MAX_BODY_BYTES = 2_097_152;

/** Reads a request to its end, and throws away what is too long. */
export async function readRequest(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= MAX_BODY_BYTES) parts.push(part);
  }
  const url = new URL(request.url ?? '/', 'http://sandbox');
  return {
    method: request.method ?? 'GET',
    url,
    path: url.pathname.replace(/\/$/, ''),
    request: request.url ?? '/',
    headers: request.headers,
    body: Buffer.concat(parts),
    tooLong: bytes > MAX_BODY_BYTES,
  };
}

/** User name and password of Basic authentication; null without it. */
export function basicOf({ headers }: Asked): { user: string; password: string } | null {
  const [scheme, value] = (headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || value === undefined) return null;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Parameters of the address and of a posted form together. */
export function valuesOf({ url, headers, body }: Asked): URLSearchParams {
  const values = new URLSearchParams(url.search);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) values.set(name, value);
  }
  return values;
}
