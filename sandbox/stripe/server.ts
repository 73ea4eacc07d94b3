import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultFor, spoil } from '../spoil.ts';
import type { SandboxState } from '../state.ts';
import type { World } from '../world.ts';
import { Refusal, tooMany } from './errors.ts';
import { API_VERSION } from './event-shape.ts';
import { refuseByFault, twisted } from './faults.ts';
import { identify } from './keys.ts';
import { rateLimiter } from './limiter.ts';
import { answer } from './router.ts';

export type StripeServer = (request: IncomingMessage, response: ServerResponse, now: StripeNow) => void;

/** What the server stands on for one request. */
export type StripeNow = { state: SandboxState; world: World };

/** Answers everything below /v1/. @param monotonicMs drives the rate limit only */
export function stripeServer(monotonicMs: () => number): StripeServer {
  const mayPass = rateLimiter(monotonicMs);
  return (request, response, { state, world }) => {
    // Nothing is written here, so a body is read only to be thrown away.
    request.resume();
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const fault = faultFor(state.faults.stripe, url.pathname);
    const headers = commonHeaders(request);
    let status = 200;
    let body: unknown;
    try {
      const caller = identify(request.headers, state);
      if (!mayPass(caller.key, state.stripe?.requestsPerSecond)) throw tooMany();
      refuseByFault(fault, caller, url.pathname);
      const asked = { method: request.method ?? 'GET', path: url.pathname, search: url.search };
      body = answer(asked, { state, world, caller });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      status = error.status;
      body = { error: error.error };
      Object.assign(headers, error.headers);
    }
    const text = `${JSON.stringify(body, null, 2)}\n`;
    if (fault !== null && spoil(fault, response, { status, headers, body, text }, twisted)) return;
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
  };
}

function commonHeaders(request: IncomingMessage): Record<string, string> {
  const asked = request.headers['stripe-version'];
  return {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': `req_${randomBytes(7).toString('hex')}`,
    'stripe-version': typeof asked === 'string' ? asked : API_VERSION,
    'x-sandbox-data': 'true',
  };
}
