import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppOptions } from './app.ts';
import type { Call } from './call.ts';
import { computedOf, filtersOf, orderOf, passingOf } from './conventions.ts';
import { Download } from './download.ts';
import { etagOf, isUnchanged } from './etag.ts';
import { operations } from './operations.ts';
import { fieldOf, listName, pageOf, readCursor, writeCursor } from './paging.ts';
import { askedOf, type Input } from './read-input.ts';
import { type Route, type RouteName, routes } from './routes.ts';

/** A list as one page of it, anything else with its version. */
export async function showRead(
  name: RouteName,
  options: AppOptions,
  call: Call<RouteName>,
  input: Input,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const route: Route = routes[name];
  const operate = operations[name as keyof typeof operations];
  if (input.list !== null) return showPage(name, options, call, input, request, reply);
  const found: unknown = await operate(call as never);
  if (found instanceof Download) return handOn(found, reply);
  const answer = route.answer.parse(found);
  const etag = etagOf(answer, computedOf(name), passingOf(name));
  void reply.header('etag', etag);
  if (isUnchanged(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.code(route.status).send(answer);
}

/** Never cached, and never opened in the place of a page. */
function handOn({ body, contentType, fileName }: Download, reply: FastifyReply): FastifyReply {
  void reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return reply.code(200).type(contentType).send(body);
}

async function showPage(
  name: RouteName,
  options: AppOptions,
  call: Call<RouteName>,
  input: Input,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { list } = input;
  if (list === null) throw new Error('only a list has pages');
  const of = listName(call.actor.workspace.id, request.url.split('?')[0] ?? '', askedOf(name, input));
  const asked = { limit: list.limit, after: readCursor(options.cursorKeys, of, list.cursor) };
  const operate = operations[name as keyof typeof operations];
  const found = (await operate({ ...call, page: asked } as never)) as { data: unknown[] };
  const wanted = filtersOf(name).flatMap((field) => {
    const given = list.filters[field];
    return given === undefined ? [] : [{ field, values: new Set(given.split(',')) }];
  });
  const rows = found.data.filter((row) =>
    wanted.every(({ field, values }) => isOneOf(fieldOf(row, field), values)),
  );
  const { data, next } = pageOf(rows, orderOf(name), asked);
  const nextCursor = next === null ? null : writeCursor(options.cursorKeys, of, next);
  if (nextCursor !== null) void reply.header('link', `<${nextUrl(request, nextCursor)}>; rel="next"`);
  return reply.code(200).send(routes[name].answer.parse({ data, page: { nextCursor } }));
}

function nextUrl(request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url, 'http://this.server');
  url.searchParams.set('cursor', cursor);
  return `${url.pathname}${url.search}`;
}

function isOneOf(value: unknown, values: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return values.has(value);
  return (typeof value === 'number' || typeof value === 'boolean') && values.has(String(value));
}
