import type { IncomingMessage, ServerResponse } from 'node:http';

/** The names that Google's APIs give to statuses. */
const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
};

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A refusal in the words of the newer APIs; `reason` stands in the details of some. */
export function refusal(code: number, message: string, reason?: string, status?: string): Answer {
  const type = 'type.googleapis.com/google.rpc.ErrorInfo';
  const details =
    reason === undefined ? {} : { details: [{ '@type': type, reason, domain: 'googleapis.com' }] };
  return {
    status: code,
    body: { error: { code, message, status: status ?? STATUSES[code] ?? 'INTERNAL', ...details } },
  };
}

export function send(response: ServerResponse, { body, headers = {}, status }: Answer): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers })
    .end(JSON.stringify(body));
}

const MOST_BYTES = 64 * 1024;

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
