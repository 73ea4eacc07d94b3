import type { IncomingMessage, ServerResponse } from 'node:http';
import { anonymousUser, answerOf } from './answers.ts';
import { minuteLimit } from './limits.ts';
import { notAuthenticated, notThere, Refusal } from './refusal.ts';
import type { ZendeskWorld } from './world.ts';

export type { ZendeskRating, ZendeskTicket, ZendeskWorld } from './world.ts';

/**
 * The part of Zendesk's REST API that counts tickets and ratings, over whatever `look` tells of an account. The address
 * begins at the account's root: `/api/v2/…`.
 *
 * @param monotonicMs drives the limits by the minute only
 */
export function zendeskServer(
  look: () => ZendeskWorld,
  monotonicMs = () => performance.now(),
): (request: IncomingMessage, response: ServerResponse) => void {
  const all = minuteLimit(monotonicMs);
  const exports = minuteLimit(monotonicMs);

  function answer(world: ZendeskWorld, request: IncomingMessage): { body: object; left: number } {
    const url = new URL(request.url ?? '/', 'https://sandbox.zendesk.com');
    const [, path] = /^\/api\/v2(\/.*?)(?:\.json)?$/.exec(url.pathname) ?? [];
    if (path === undefined || (request.method ?? 'GET') !== 'GET') throw notThere();
    const left = all.take(world.requestsPerMinute);
    const { authorization } = request.headers;
    // Who says nothing of themselves is told that nobody is there.
    if (authorization === undefined && path === '/users/me') return { body: anonymousUser, left };
    if (!isKnown(world, authorization)) throw notAuthenticated();
    if (path === '/search/export') exports.take(world.exportsPerMinute);
    return { body: answerOf(world, path, url), left };
  }

  return (request, response) => {
    const world = look();
    const limit = String(world.requestsPerMinute);
    const send = (status: number, body: object, headers: Record<string, string>) =>
      response
        .writeHead(status, {
          'content-type': 'application/json; charset=utf-8',
          'x-zendesk-request-id': 'sandbox',
          'x-sandbox-data': 'true',
          'x-rate-limit': limit,
          ...headers,
        })
        .end(JSON.stringify(body));
    try {
      const { body, left } = answer(world, request);
      send(200, body, { 'x-rate-limit-remaining': String(left) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(error.status, error.body, error.headers);
    }
  };
}

function isKnown({ apiToken, email }: ZendeskWorld, authorization: string | undefined): boolean {
  const [, encoded] = /^Basic (\S+)$/.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return false;
  const [, given, token] = /^(.*)\/token:(.*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return given?.toLowerCase() === email.toLowerCase() && token === apiToken;
}
