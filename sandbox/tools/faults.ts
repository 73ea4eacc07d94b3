import type { ServerResponse } from 'node:http';
import type { Fault, FaultKind } from '../state.ts';
import type { Tool } from './names.ts';
import { REFUSALS, type Refused } from './refusals.ts';

/** The faults that a tool can show, in its own words. @returns whether it was taken care of */
export function playToolFault(
  { fault, tool }: { fault: Fault; tool: Tool },
  path: string,
  response: ServerResponse,
): boolean {
  if (fault.path !== undefined && !path.startsWith(fault.path)) return false;
  if (isSpared(tool, path, fault.kind)) return false;
  const refusals = REFUSALS[tool](path);
  const send = ({ body, headers, status }: Refused, more: Record<string, string> = {}) => {
    response.writeHead(status, { ...headers, ...more }).end(body);
    return true;
  };
  const { body, headers } = refusals.changed;
  response.setHeader('x-sandbox-data', 'true');
  switch (fault.kind) {
    case 'rate_limit':
      return send(refusals.limited);
    case 'quota':
    case 'rate_limit_retry_after':
      return send(refusals.limitedFor, { 'retry-after': String(fault.retryAfterSeconds ?? 30) });
    case 'server_error':
      return send(refusals.broken);
    case 'revoked':
      return send(refusals.revoked);
    case 'forbidden':
      return send(refusals.forbidden);
    case 'timeout':
    case 'drip':
      return true; // silence, until the client hangs up
    case 'cut_off':
      response.writeHead(200, { ...headers, 'content-length': 2 * Buffer.byteLength(body) });
      response.write(body, () => response.destroy());
      return true;
    case 'empty':
      return send({ status: 200, body: '', headers });
    case 'not_json':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>');
      return true;
    case 'changed_shape':
    case 'empty_list':
      return send(refusals.changed);
  }
}

/** Who gives out Google's tokens is not who answers with data: only a key that is gone, and silence, concern both. */
function isSpared(tool: Tool, path: string, kind: FaultKind): boolean {
  if (path !== '/token' || (tool !== 'google_sheets' && tool !== 'google_play')) return false;
  return kind !== 'revoked' && kind !== 'timeout' && kind !== 'drip';
}
