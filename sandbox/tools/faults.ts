import type { ServerResponse } from 'node:http';
import type { Fault } from '../state.ts';

const HALF = '{"sandbox":true,"this":"is only ha';

/** The faults that a tool can show, in words that fit any of them. @returns whether it was taken care of */
export function playToolFault(fault: Fault, path: string, response: ServerResponse): boolean {
  if (fault.path !== undefined && !path.startsWith(fault.path)) return false;
  const send = (status: number, message: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ message }));
    return true;
  };
  switch (fault.kind) {
    case 'rate_limit':
      return send(429, 'Too many requests');
    case 'quota':
    case 'rate_limit_retry_after':
      return send(429, 'Too many requests', { 'retry-after': String(fault.retryAfterSeconds ?? 30) });
    case 'server_error':
      return send(500, 'Internal error');
    case 'revoked':
      return send(401, 'This key is no longer valid');
    case 'forbidden':
      return send(403, 'This key lacks the permission to read');
    case 'timeout':
    case 'drip':
      return true; // silence, until the client hangs up
    case 'cut_off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 * HALF.length });
      response.write(HALF, () => response.destroy());
      return true;
    case 'empty':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 0 }).end();
      return true;
    case 'not_json':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>');
      return true;
    case 'changed_shape':
    case 'empty_list':
      return send(200, 'nothing that a reader needs');
  }
}
