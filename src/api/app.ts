import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AppError } from '../app/errors.ts';
import type { Actor, Deps, WorkspaceRecord } from '../app/ports.ts';
import {
  authenticate,
  type Bearer,
  openSession,
  refuseForeignPage,
  SESSION_COOKIE,
  signInLink,
  type Tokens,
} from './access.ts';
import { type Call, operations } from './operations.ts';
import { problemOf } from './problem.ts';
import { type PublicPictures, publicLinks } from './public-links.ts';
import { type Route, type RouteName, routes } from './routes.ts';
import { webhooks } from './webhooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a file, which may take as long as a request may. */
    takesFile?: boolean;
  }
}

export type AppOptions = {
  deps: Deps;
  tokens: Tokens;
  workspace: WorkspaceRecord;
  /** The hosts (`name` or `name:port`) that this server answers to: a foreign name that resolves here is refused. */
  isKnownHost(host: string): boolean;
  publicUrl(): string;
  /** Where the built page lies; without it only the API answers. */
  webRoot: string;
  testMessage(now: Date): unknown;
  digestOf: Call<RouteName>['digestOf'];
  /** What public links show. */
  pictures: PublicPictures;
  ready(): Promise<Record<string, boolean>>;
  version: string;
  log: { error(fields: Record<string, unknown>, message: string): void };
};

const BODY_BYTES = 256 * 1024;
/** Looked up once a request before its body is read, so that nobody without access can make us read 256 KiB. */
const bearers = new WeakMap<FastifyRequest, Bearer>();

/** The HTTP face: every route of the contract, the operations endpoints, and the page. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    // Until all of a request is here: a file of events takes a while on a slow line. Who has no access is refused before.
    requestTimeout: 600_000,
    keepAliveTimeout: 5_000,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    return503OnClosing: true,
    forceCloseConnections: true,
  });
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: CSP }, hsts: false });
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!options.isKnownHost(request.headers.host ?? '')) {
      throw new AppError(
        'forbidden',
        'unknown_host',
        'This server does not answer to that name.',
        'Set TIDEMARK_PUBLIC_URL to the address that people use.',
      );
    }
  });
  hurryBodies(app);
  app.setErrorHandler((error, request, reply) => fail(options, error, request, reply));
  app.setNotFoundHandler((request, reply) => notFound(options, request, reply));
  const names = Object.keys(routes) as RouteName[];
  for (const name of names) if (!takesFile(name)) addRoute(app, options, name);
  await app.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const name of names) if (takesFile(name)) addRoute(files, options, name);
  });
  await app.register(webhooks(options.deps, options.workspace));
  await app.register(publicLinks(options.deps, options.workspace, options.pictures));
  addOperationsEndpoints(app, options);
  if (existsSync(join(options.webRoot, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: options.webRoot,
      wildcard: false,
      maxAge: '1y',
      immutable: true,
      index: false,
    });
  }
  return app;
}

const CSP = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};

const BODY_MS = 30_000;

/** Only files may take their time: whoever sends another body slowly holds a socket for nothing. */
function hurryBodies(app: FastifyInstance): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const stop = async (request: FastifyRequest): Promise<void> => clearTimeout(timers.get(request));
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.takesFile === true) return;
    timers.set(
      request,
      setTimeout(() => request.raw.destroy(), BODY_MS),
    );
  });
  app.addHook('preValidation', stop);
  app.addHook('onResponse', stop);
}

function takesFile(name: RouteName): boolean {
  const route: Route = routes[name];
  return route.file === true;
}

function addRoute(app: FastifyInstance, options: AppOptions, name: RouteName): void {
  const route: Route = routes[name];
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyBytes ?? BODY_BYTES,
    config: { takesFile: route.file === true },
    onRequest: async (request) => {
      if (name !== 'createSession') bearers.set(request, await authenticate(request, options.tokens));
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const body = parse(route.body, request.body ?? (route.body === undefined ? undefined : {}));
      const query = parse(route.query, request.query);
      if (name === 'createSession') return createSession(options, request, reply, body as { token: string });
      const answer =
        name === 'createSignInLink'
          ? { url: await signInLink(options.tokens, options.publicUrl()) }
          : await operations[name](callOf(options, request, reply, body, query) as never);
      if (isReplay(answer)) reply.header('idempotency-replayed', 'true');
      return reply.code(route.status).send(route.answer.parse(answer));
    },
  });
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  return schema === undefined ? undefined : schema.parse(value);
}

function callOf(
  options: AppOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
  query: unknown,
): Call<RouteName> {
  const bearer = bearers.get(request);
  const actor: Actor = {
    workspace: options.workspace,
    name: bearer?.name ?? 'unknown',
    requestId: request.id,
  };
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('the caller hung up')));
  const params = request.params as { id: string }; // a route without an id never asks for it
  return {
    deps: options.deps,
    actor,
    params,
    body,
    query,
    file: request.body instanceof Readable ? request.body : Readable.from([]),
    idempotencyKey: idempotencyKeyOf(request.headers['idempotency-key']),
    signal: gone.signal,
    testMessage: options.testMessage,
    digestOf: options.digestOf,
    publicUrl: options.publicUrl(),
  } as Call<RouteName>;
}

/** Nothing was written: the same delivery was taken before. */
function isReplay(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'replayed' in answer && answer.replayed === true;
}

/** @throws AppError when it is too long, or holds what cannot be printed */
function idempotencyKeyOf(given: string | string[] | undefined): string | null {
  if (given === undefined) return null;
  if (typeof given === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(given))
    return given;
  throw new AppError(
    'invalid',
    'idempotency_key_invalid',
    'The Idempotency-Key is not 1 to 200 printable ASCII characters.',
    'Send a short name of this delivery, such as a UUID.',
  );
}

async function createSession(
  options: AppOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { token }: { token: string },
) {
  refuseForeignPage(request, false);
  const session = await openSession(options.tokens, token);
  const secure = options.publicUrl().startsWith('https:');
  reply.setCookie(SESSION_COOKIE, session.cookie, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: session.maxAgeSeconds,
  });
  return reply.code(204).send();
}

function addOperationsEndpoints(app: FastifyInstance, options: AppOptions): void {
  app.get('/livez', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const checks = await options.ready();
    const ok = Object.values(checks).every(Boolean);
    return reply.code(ok ? 200 : 503).send({ ok, checks });
  });
  app.get('/version', async () => ({ name: 'tidemark', version: options.version }));
}

function fail(options: AppOptions, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error, request.url.split('?')[0] ?? '', request.id);
  if (problem.status >= 500 && problem.status !== 502) {
    options.log.error({ requestId: request.id, err: error }, 'a request failed');
  }
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

/** An address of the page is answered with the page, which routes by itself; the API says what is not there. */
function notFound(options: AppOptions, request: FastifyRequest, reply: FastifyReply) {
  const isPage =
    request.method === 'GET' &&
    !request.url.startsWith('/api/') &&
    (request.headers.accept ?? '').includes('text/html');
  if (isPage && existsSync(join(options.webRoot, 'index.html'))) {
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false });
  }
  return fail(options, Object.assign(new Error('not found'), { statusCode: 404 }), request, reply);
}

function requestIdOf(given: string | string[] | undefined): string {
  if (typeof given === 'string' && /^[\w.-]{8,100}$/.test(given)) return given;
  return `req_${crypto.randomUUID().replaceAll('-', '')}`;
}
