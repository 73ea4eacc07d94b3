import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../app/ports.ts';
import type { KeptAnswer } from '../app/ports-http.ts';
import { authenticate, type Caller, dropSession } from './access.ts';
import { showRead } from './answer-read.ts';
import type { AppOptions } from './app.ts';
import { authorizeBody, authorizePath } from './authorize.ts';
import type { Call } from './call.ts';
import { changedBy, hasOwnIdempotency, locationOf, tellsSecret } from './conventions.ts';
import { etagOf, missingMatch, requireMatch } from './etag.ts';
import type { RequestGate } from './gate.ts';
import { idempotencyKeyOf, once, requestHash } from './idempotency.ts';
import { placeOf } from './location.ts';
import { operations } from './operations.ts';
import { type Input, readInput } from './read-input.ts';
import { type Route, type RouteName, routes } from './routes.ts';
import { type OpenRoute, openRoutes, serveOpen } from './sign-in.ts';
import { versionOf } from './version-of.ts';

export const BODY_BYTES = 256 * 1024;
/** Looked up once a request before its body is read, so that nobody without access can make us read 256 KiB. */
const callers = new WeakMap<FastifyRequest, Caller>();

export function takesFile(name: RouteName): boolean {
  const route: Route = routes[name];
  return route.file === true;
}

/** One route of the contract: who asks, whether they may, what they send, what one use case answers. */
export function serveRoute(
  app: FastifyInstance,
  options: AppOptions,
  gate: RequestGate,
  name: RouteName,
): void {
  const route: Route = routes[name];
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyBytes ?? BODY_BYTES,
    config: { takesFile: route.file === true },
    onRequest: async (request, reply) => {
      if (isOpen(name)) return gate.admitAddress(request, reply);
      const caller = await gate.knownCaller(request, reply, () => authenticate(request, options.tokens));
      await authorizePath(options.tokens, caller, route, request.params);
      callers.set(request, caller);
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const input = readInput(name, request);
      if (isOpen(name)) return serveOpen(name, options.tokens, request, reply, input.body);
      const caller = callerOf(request);
      await authorizeBody(options.tokens, caller, route, input.body);
      const call = callOf(options, caller, request, reply, input);
      if (route.method === 'GET') return showRead(name, options, call, input, request, reply);
      return write(name, options, { call, caller, input, request, reply });
    },
  });
}

const isOpen = (name: RouteName): name is OpenRoute & RouteName => name in openRoutes;

function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('a route was reached without a caller');
  return caller;
}

type Writing = {
  call: Call<RouteName>;
  caller: Caller;
  input: Input;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** A change, once for its Idempotency-Key, and of the version that its If-Match names. */
async function write(name: RouteName, options: AppOptions, writing: Writing): Promise<FastifyReply> {
  const { call, caller, input, request, reply } = writing;
  const route: Route = routes[name];
  const work = async (): Promise<KeptAnswer> => {
    const answer = route.answer.parse(await operateOn(name, options, call, request));
    return { status: route.status, answer, location: placeOf(route, locationOf(name), input.params, answer) };
  };
  const key = call.idempotencyKey;
  const { answer: done, replayed } =
    key === null || hasOwnIdempotency(name)
      ? { answer: await work(), replayed: false }
      : await once(
          options.http.answers,
          { workspaceId: caller.workspace.id, tokenId: caller.tokenId, key },
          requestHash(request.method, request.url, request.body),
          !tellsSecret(name),
          work,
        );
  if (replayed || isReplay(done.answer)) reply.header('idempotency-replayed', 'true');
  if (done.location !== null) reply.header('location', done.location);
  return done.status === 204 ? reply.code(204).send() : reply.code(done.status).send(done.answer);
}

async function operateOn(
  name: RouteName,
  options: AppOptions,
  call: Call<RouteName>,
  request: FastifyRequest,
): Promise<unknown> {
  const operate = (): Promise<unknown> => operations[name as keyof typeof operations](call as never);
  const held = changedBy(name);
  if (held === null) return operate();
  const given = request.headers['if-match'];
  // One change of such a thing after the other: what was held against the version is what is changed.
  return options.http.inTurn(`${call.actor.workspace.id} ${held}`, async () => {
    const present = await versionOf(held, call);
    if (given === undefined) throw missingMatch();
    requireMatch(given, etagOf(...present));
    return operate();
  });
}

function callOf(
  options: AppOptions,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
  input: Input,
): Call<RouteName> {
  const { name, userId, workspace } = caller;
  const actor: Actor = { workspace, name, userId, requestId: request.id };
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('the caller hung up')));
  return {
    deps: options.tenants.of(workspace.id),
    actor,
    caller,
    ip: request.ip,
    session: { drop: () => dropSession(reply, options.tokens) },
    params: input.params as { id: string }, // a route without an id never asks for it
    body: input.body,
    query: input.query,
    page: null,
    filters: input.list?.filters ?? {},
    file: request.body instanceof Readable ? request.body : Readable.from([]),
    idempotencyKey: idempotencyKeyOf(request.headers['idempotency-key']),
    signal: gone.signal,
    http: options.http,
    syncsPerHour: options.limits.syncsPerHour,
    testMessage: options.testMessage,
    digestOf: options.digestOf,
    contentOf: options.contentOf,
    publicUrl: options.publicUrl(),
    pictures: options.pictures,
  } as unknown as Call<RouteName>;
}

/** Nothing was written: the same delivery was taken before. */
function isReplay(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'replayed' in answer && answer.replayed === true;
}
