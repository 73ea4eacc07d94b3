import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../app/errors.ts';
import { filtersOf, orderOf } from './conventions.ts';
import { pageQuerySchema } from './paging.ts';
import { plainValues } from './plain-values.ts';
import { type Route, type RouteName, routes } from './routes.ts';

export type Input = {
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  /** Of a list, as it was asked for; null elsewhere. */
  list: { limit: number; cursor: string | undefined; filters: Record<string, string> } | null;
};

const NOTHING = z.strictObject({});
/** What an id, a key, a currency or an e-mail address can look like. What does not is nothing that there is. */
const NAME = /^[A-Za-z0-9][\w.@+-]{0,119}$/;
const filter = z.string().min(1).max(1_000);

/** A list comes in pages; an action that answers several things does not. */
export function isList(route: Route): boolean {
  return route.method === 'GET' && 'page' in shapeOf(route.answer);
}

function shapeOf(schema: z.ZodType): Record<string, unknown> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

/** What a route is asked, by its schemas. Unknown fields are refused everywhere. */
export function readInput(name: RouteName, request: FastifyRequest): Input {
  const route: Route = routes[name];
  const params = request.params as Record<string, string>; // of the path, which has named them
  for (const [part, given] of Object.entries(params)) {
    if (!NAME.test(given)) throw notFound(part === 'id' ? 'thing' : part, shown(given), 'Check the address.');
  }
  const asked = { ...(plainValues(request.query) as Record<string, unknown>) };
  const list = isList(route) ? readList(name, asked) : null;
  const query = (route.query ?? NOTHING).parse(asked);
  return { params, query: route.query === undefined ? undefined : query, body: bodyOf(route, request), list };
}

/** Takes what every list knows out of the query; the rest is the route's own. */
function readList(name: RouteName, asked: Record<string, unknown>): Input['list'] {
  const { cursor, limit } = pageQuerySchema.parse({
    ...(asked['limit'] === undefined ? {} : { limit: asked['limit'] }),
    ...(asked['cursor'] === undefined ? {} : { cursor: asked['cursor'] }),
  });
  delete asked['limit'];
  delete asked['cursor'];
  const filters: Record<string, string> = {};
  for (const field of filtersOf(name)) {
    if (asked[field] === undefined) continue;
    filters[field] = z.object({ [field]: filter }).parse({ [field]: asked[field] })[field] as string;
    delete asked[field];
  }
  return { limit, cursor, filters };
}

function bodyOf(route: Route, request: FastifyRequest): unknown {
  if (route.file === true || route.method === 'GET') return undefined;
  const given = request.body ?? {};
  if (route.body === undefined) {
    NOTHING.parse(given);
    return undefined;
  }
  return route.body.parse(plainValues(given));
}

/** So that an answer repeats no control characters. */
const shown = (given: string): string => given.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);

/** What a cursor is of: a list with its order and everything that was asked of it. */
export function askedOf(name: RouteName, input: Input): unknown {
  return [name, orderOf(name), input.params, input.query ?? null, input.list?.filters ?? null];
}
