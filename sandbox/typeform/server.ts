import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerOf } from './answers.ts';
import { nobody, notServed, Refusal, tooMany } from './refusal.ts';
import type { TypeformWorld } from './world.ts';

export type { TypeformField, TypeformForm, TypeformResponse, TypeformWorld } from './world.ts';

const SECOND_MS = 1_000;

/**
 * The part of Typeform's API that reads a form and its responses, over whatever `look` tells of an account. The address
 * begins at the API's root: `/forms/…`.
 *
 * @param monotonicMs drives the limit by the second only
 */
export function typeformServer(
  look: () => TypeformWorld,
  monotonicMs = () => performance.now(),
): (request: IncomingMessage, response: ServerResponse) => void {
  const taken: number[] = [];

  function answer(world: TypeformWorld, request: IncomingMessage): object {
    const now = monotonicMs();
    while (taken[0] !== undefined && taken[0] <= now - SECOND_MS) taken.shift();
    if (taken.length >= world.requestsPerSecond) throw tooMany();
    taken.push(now);
    if ((request.method ?? 'GET') !== 'GET') throw notServed();
    if (request.headers.authorization !== `Bearer ${world.token}`) throw nobody();
    return answerOf(world, new URL(request.url ?? '/', 'https://api.typeform.com'));
  }

  return (request, response) => {
    const send = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-sandbox-data': 'true' })
        .end(JSON.stringify(body));
    try {
      send(200, answer(look(), request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(error.status, error.body);
    }
  };
}
