import { appendFileSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type InboxChannel = 'webhook' | 'slack';

/** A message that somebody sent to the company, as it came. */
export type InboxMessage = {
  receivedAt: string; // ISO instant, by the computer's clock
  channel: InboxChannel;
  headers: Record<string, string>; // the signature's and the content type, in lower case
  body: string;
};

export type Inbox = {
  handle: (request: IncomingMessage, response: ServerResponse, path: string) => void;
  messages: () => readonly InboxMessage[];
};

const MAX_BODY_BYTES = 256 * 1024;
const KEPT_MESSAGES = 500;
const KEPT_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'content-type'];

/**
 * Takes what is posted to /inbox/webhook and /inbox/slack and lists it on GET /inbox, newest first. Messages go to
 * one JSON line each in a file, which is read again on the next start.
 */
export function openInbox(path: string, now: () => Date): Inbox {
  const messages = earlierMessages(path);
  const receive = (channel: InboxChannel, request: IncomingMessage, body: string) => {
    const headers: Record<string, string> = {};
    for (const name of KEPT_HEADERS) {
      const value = request.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const message = { receivedAt: now().toISOString(), channel, headers, body };
    appendFileSync(path, `${JSON.stringify(message)}\n`, { mode: 0o600 });
    messages.push(message);
    if (messages.length > KEPT_MESSAGES) messages.shift();
  };
  return {
    messages: () => messages,
    handle(request, response, address) {
      if (address === '/inbox' && request.method === 'GET') {
        return reply(response, 200, { sandbox: true, messages: messages.toReversed() });
      }
      const channel = address === '/inbox/webhook' ? 'webhook' : address === '/inbox/slack' ? 'slack' : null;
      if (channel === null) return reply(response, 404, { error: `nothing is received at ${address}` });
      if (request.method !== 'POST') return reply(response, 405, { error: `${address} takes POST only` });
      readBody(request, (body) => {
        if (body === null) {
          response.once('finish', () => request.destroy());
          return reply(response, 413, { error: `a message may have ${MAX_BODY_BYTES} bytes` });
        }
        receive(channel, request, body);
        if (channel === 'slack') response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
        else response.writeHead(204).end();
      });
    },
  };
}

function earlierMessages(path: string): InboxMessage[] {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.slice(-KEPT_MESSAGES).flatMap((line) => {
    try {
      return [JSON.parse(line) as InboxMessage];
    } catch {
      return []; // a line that a crash cut short
    }
  });
}

/** Hands over the body once, or null as soon as it is too long. */
function readBody(request: IncomingMessage, done: (body: string | null) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  request.on('data', (part: Buffer) => {
    if (length > MAX_BODY_BYTES) return;
    length += part.length;
    parts.push(part);
    if (length > MAX_BODY_BYTES) done(null);
  });
  request.on('end', () => {
    if (length <= MAX_BODY_BYTES) done(Buffer.concat(parts).toString('utf8'));
  });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
