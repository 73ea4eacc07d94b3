import type { ServerResponse } from 'node:http';
import type { Fault } from './state.ts';

/** An answer as it would have gone out. */
export type Answer = { status: number; headers: Record<string, string>; body: unknown; text: string };

/** What the same answer looks like with nothing in it, and with a field renamed that readers need. */
export type Twisted = { emptied(body: unknown): unknown; renamed(body: unknown): unknown };

const DRIP_EVERY_MS = 250;

/** The faults that spoil an answer on its way, the same for every provider. @returns whether it was taken care of */
export function spoil(fault: Fault, response: ServerResponse, answer: Answer, twisted: Twisted): boolean {
  const length = { 'content-length': Buffer.byteLength(answer.text) };
  switch (fault.kind) {
    case 'timeout':
      return true; // silence, until the client hangs up
    case 'drip':
      response.writeHead(answer.status, { ...answer.headers, ...length });
      drip(response, Buffer.from(answer.text));
      return true;
    case 'cut_off': {
      response.writeHead(answer.status, { ...answer.headers, ...length });
      const half = Buffer.from(answer.text).subarray(0, Math.floor(length['content-length'] / 2));
      response.write(half, () => response.destroy());
      return true;
    }
    case 'empty':
      response.writeHead(200, { ...answer.headers, 'content-length': 0 }).end();
      return true;
    case 'not_json':
      response.writeHead(200, { ...answer.headers, 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>');
      return true;
    case 'empty_list':
      return replaceBody(response, answer, twisted.emptied(answer.body));
    case 'changed_shape':
      return replaceBody(response, answer, twisted.renamed(answer.body));
    default:
      return false;
  }
}

/** The fault that a request meets: none when it is limited to another path. */
export function faultFor(fault: Fault | null | undefined, path: string): Fault | null {
  if (fault === null || fault === undefined) return null;
  return fault.path === undefined || path.startsWith(fault.path) ? fault : null;
}

function drip(response: ServerResponse, bytes: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent === bytes.length) response.end();
  }, DRIP_EVERY_MS);
  timer.unref();
  response.on('close', () => clearInterval(timer));
}

function replaceBody(response: ServerResponse, answer: Answer, body: unknown): boolean {
  response.writeHead(answer.status, answer.headers).end(JSON.stringify(body));
  return true;
}
