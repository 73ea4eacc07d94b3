import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorClass, Remedy } from './types.ts';

/** The ways in which a provider breaks its word. Each fake server can play all of them. */
export type Fault =
  | 'unauthorized'
  | 'forbidden'
  | 'rate_limited'
  | 'rate_limited_with_wait'
  | 'server_error'
  | 'hang'
  | 'cut_off'
  | 'empty'
  | 'wrong_type'
  | 'changed_shape';

/** What a connector must make of a fault: one of the classes, who has to act, and the wait that the server asked for. */
export type FaultMeaning = { classes: readonly ErrorClass[]; by: Remedy['by']; afterMs?: number };

export const FAULTS: Record<Fault, FaultMeaning & { told: string }> = {
  unauthorized: { classes: ['auth'], by: 'owner', told: 'a refused key asks the owner' },
  forbidden: {
    // The key itself where nothing can be read without the right (the run ends), the definition where other metrics can.
    classes: ['auth', 'config'],
    by: 'owner',
    told: 'a right that was taken away asks the owner',
  },
  rate_limited: { classes: ['rate_limited'], by: 'time', told: 'a 429 without a wait is left to time' },
  rate_limited_with_wait: {
    classes: ['rate_limited'],
    by: 'time',
    afterMs: 7_000,
    told: 'a 429 with Retry-After waits as long as asked',
  },
  server_error: { classes: ['transient'], by: 'time', told: 'a 500 is left to time' },
  hang: { classes: ['transient'], by: 'time', told: 'a provider that does not answer is left to time' },
  cut_off: { classes: ['bad_payload'], by: 'time', told: 'a cut-off answer is no answer' },
  empty: { classes: ['bad_payload'], by: 'time', told: 'an empty answer is not "no data"' },
  wrong_type: { classes: ['bad_payload'], by: 'time', told: 'a web page is no answer' },
  changed_shape: {
    classes: ['schema_drift'],
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
    case 'forbidden':
      json(403, bodies.error(echo));
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
