import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorClass, Remedy } from './types.ts';

/** The ways in which a provider breaks its word. Each fake server can play all of them. */
export type Fault =
  | 'unauthorized'
  | 'rate_limited'
  | 'rate_limited_with_wait'
  | 'server_error'
  | 'hang'
  | 'cut_off'
  | 'empty'
  | 'wrong_type'
  | 'changed_shape';

/** What a connector must make of each fault. `afterMs` is the wait that the fake server asked for. */
export const FAULTS: Record<
  Fault,
  { errorClass: ErrorClass; by: Remedy['by']; afterMs?: number; told: string }
> = {
  unauthorized: { errorClass: 'auth', by: 'owner', told: 'a refused key asks the owner' },
  rate_limited: { errorClass: 'rate_limited', by: 'time', told: 'a 429 without a wait is left to time' },
  rate_limited_with_wait: {
    errorClass: 'rate_limited',
    by: 'time',
    afterMs: 7_000,
    told: 'a 429 with Retry-After waits as long as asked',
  },
  server_error: { errorClass: 'transient', by: 'time', told: 'a 500 is left to time' },
  hang: { errorClass: 'transient', by: 'time', told: 'a provider that does not answer is left to time' },
  cut_off: { errorClass: 'bad_payload', by: 'time', told: 'a cut-off answer is no answer' },
  empty: { errorClass: 'bad_payload', by: 'time', told: 'an empty answer is not "no data"' },
  wrong_type: { errorClass: 'bad_payload', by: 'time', told: 'a web page is no answer' },
  changed_shape: {
    errorClass: 'schema_drift',
    by: 'maintainer',
    told: 'a changed shape asks the maintainer',
  },
};

export type FaultBodies = {
  /** An error in the provider's own words, around `message`. */
  error(message: string): unknown;
  /** A successful answer without a field that the connector needs. */
  changedShape: unknown;
};

/** Plays a fault on a Node HTTP answer. Error messages repeat the request's credentials: they must not get out. */
export function playFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  bodies: FaultBodies,
): void {
  const echo = `refused ${request.headers.authorization ?? ''} ${request.url ?? ''}`;
  const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  switch (fault) {
    case 'unauthorized':
      json(401, bodies.error(echo));
      return;
    case 'rate_limited':
      json(429, bodies.error(echo));
      return;
    case 'rate_limited_with_wait':
      json(429, bodies.error(echo), { 'retry-after': '7' });
      return;
    case 'server_error':
      json(500, bodies.error(echo));
      return;
    case 'hang':
      return;
    case 'cut_off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4096' });
      response.write('{"data":[', () => response.destroy());
      return;
    case 'empty':
      response.writeHead(200, { 'content-type': 'application/json' }).end();
      return;
    case 'wrong_type':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to continue</html>');
      return;
    case 'changed_shape':
      json(200, bodies.changedShape);
      return;
    default:
      fault satisfies never;
  }
}
