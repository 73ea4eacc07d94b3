import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Far more than one event: a title and a dozen numbers. */
const LARGEST_BODY_BYTES = 256 * 1024;

/** What the official client was told to send; true when Mixpanel has confirmed it. */
export type Deliver = (events: unknown[]) => Promise<boolean>;

export type Forwarder = {
  port: number;
  /** Only a request that carries it is forwarded: others on this machine may reach the port, too. */
  pass: string;
  close(): Promise<void>;
};

/**
 * A port on loopback, open for one send, that takes the official client's request and hands its events on. The client
 * opens sockets of its own, resolves names by itself and looks at no status, so it is let nowhere but here; what goes
 * out goes through the guarded fetch. It is answered in the one word that it reads: `1`, or anything else for no.
 */
export async function openForwarder(deliver: Deliver): Promise<Forwarder> {
  const pass = randomBytes(24).toString('hex');
  let used = false;
  const server = createServer((request, response) => {
    const mine = !used && isOurs(request, pass);
    used ||= mine;
    void (mine ? forward(request, deliver) : Promise.resolve(null)).then((taken) => reply(response, taken));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    port,
    pass,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Never rejects: whatever goes wrong was not taken. */
async function forward(request: IncomingMessage, deliver: Deliver): Promise<boolean> {
  try {
    const events = eventsOf(await bodyOf(request));
    return events !== null && (await deliver(events));
  } catch {
    return false;
  }
}

function reply(response: ServerResponse, taken: boolean | null): void {
  if (taken === null) response.writeHead(403).end();
  else response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(taken ? '1' : '0');
}

function isOurs({ method, url = '' }: IncomingMessage, pass: string): boolean {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const given = Buffer.from(searchParams.get('api_key') ?? '');
  const known = Buffer.from(pass);
  const passes = given.length === known.length && timingSafeEqual(given, known);
  return method === 'POST' && pathname === '/import' && passes;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) throw new Error('more than one event');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The client posts `data=` and base64 that is not percent-encoded: a form decoder would turn its `+` into blanks. */
function eventsOf(body: string): unknown[] | null {
  if (!body.startsWith('data=')) return null;
  const events: unknown = JSON.parse(Buffer.from(body.slice('data='.length), 'base64').toString('utf8'));
  return Array.isArray(events) ? events : null;
}
