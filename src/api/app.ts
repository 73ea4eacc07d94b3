import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { HttpStore, LiveEvents } from '../app/ports-http.ts';
import type { Tokens } from './access.ts';
import type { Call } from './call.ts';
import { compressAnswers } from './compress.ts';
import { documentRoute } from './document-route.ts';
import { createRequestGate } from './gate.ts';
import { liveRoute } from './live.ts';
import { allowedMethods, notAllowedHere } from './methods.ts';
import { addOperationsEndpoints, isOperations, type OperationsOptions } from './operations-endpoints.ts';
import type { CursorKeys } from './paging.ts';
import { problemOf } from './problem.ts';
import { problemPages } from './problem-pages.ts';
import { type PublicPictures, publicLinks } from './public-links.ts';
import { type QueueBoard, queueBoard } from './queue-board.ts';
import type { RequestLimits } from './rate-limit.ts';
import { type RouteName, routes } from './routes.ts';
import { BODY_BYTES, serveRoute, takesFile } from './serve-route.ts';
import { readStrictJson } from './strict-json.ts';
import type { Tenants } from './tenants.ts';
import { type RequestWatch, watchRequests } from './watch-requests.ts';
import { webhooks } from './webhooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a file, which may take as long as a request may. */
    takesFile?: boolean;
  }
}

export type AppOptions = {
  tenants: Tenants;
  tokens: Tokens;
  http: HttpStore;
  live: LiveEvents;
  cursorKeys: CursorKeys;
  limits: RequestLimits & { syncsPerHour: number };
  /** Between two comments of a stream; absent: 15 s. */
  heartbeatMs?: number;
  /** The hosts (`name` or `name:port`) that this server answers to: a foreign name that resolves here is refused. */
  isKnownHost(host: string): boolean;
  publicUrl(): string;
  /** Where the built page lies; without it only the API answers. */
  webRoot: string;
  testMessage(now: Date): unknown;
  digestOf: Call<RouteName>['digestOf'];
  contentOf: Call<RouteName>['contentOf'];
  /** What public links show. */
  pictures: PublicPictures;
  operations: OperationsOptions;
  queueBoard: QueueBoard;
  /** Hears of every finished request. */
  watch: RequestWatch;
  log: { error(fields: Record<string, unknown>, message: string): void };
};

/** The HTTP face: every route of the contract, the operations endpoints, and the page. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    // Until all of a request is here: a file of events takes a while on a slow line. Who has no access is refused before.
    requestTimeout: 600_000,
    keepAliveTimeout: 5_000,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 2_000 },
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    // What cannot be decoded, or is longer than any name, reaches no route.
    frameworkErrors: (error, request, reply) => void fail(options, error, request, reply),
    return503OnClosing: true,
    forceCloseConnections: true,
  });
  // An `Expect` that nobody knows is left out of account: Node would answer 417 by itself, and nothing else.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: CSP }, hsts: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string) => readJson(request, text),
  );
  const gate = createRequestGate(options.limits);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!isOperations(request) && !options.isKnownHost(request.headers.host ?? '')) {
      throw new AppError(
        'forbidden',
        'unknown_host',
        'This server does not answer to that name.',
        'Set TIDEMARK_PUBLIC_URL to the address that people use.',
      );
    }
  });
  hurryBodies(app);
  compressAnswers(app);
  watchRequests(app, options.watch);
  app.setErrorHandler((error, request, reply) => fail(options, error, request, reply));
  app.setNotFoundHandler((request, reply) => notFound(options, request, reply));
  const names = Object.keys(routes) as RouteName[];
  for (const name of names) if (!takesFile(name)) serveRoute(app, options, gate, name);
  await app.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const name of names) if (takesFile(name)) serveRoute(files, options, gate, name);
  });
  liveRoute(app, options, gate);
  problemPages(app);
  documentRoute(app);
  await app.register(webhooks(options.tenants));
  await app.register(publicLinks(options.tenants, options.pictures));
  addOperationsEndpoints(app, options.operations);
  queueBoard(app, options.queueBoard, options, gate, (reply) => sendPage(options, reply));
  if (existsSync(join(options.webRoot, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: options.webRoot,
      wildcard: false,
      maxAge: '1y',
      immutable: true,
      index: false,
      // The build leaves them beside the files.
      preCompressed: true,
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

const HEADERS_MS = 15_000;
const BODY_MS = 30_000;

/** One JSON text without a charset of its own; no text at all is no body. */
function readJson(request: FastifyRequest, text: string): unknown {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
    throw Object.assign(new Error('unknown charset'), { statusCode: 415 });
  return text === '' ? undefined : readStrictJson(text);
}

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

function fail(options: AppOptions, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error, request.url.split('?')[0] ?? '', request.id);
  if (problem.status >= 500 && problem.status !== 502) {
    options.log.error({ event: 'request_failed', requestId: request.id, err: error }, 'a request failed');
  }
  if (error instanceof AppError && error.retryAfterSeconds !== null)
    void reply.header('retry-after', String(error.retryAfterSeconds));
  else if (problem.status === 503) void reply.header('retry-after', '5');
  if (error instanceof AppError && error.current !== null) void reply.header('etag', error.current);
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

/** An address of the page is answered with the page, which routes by itself; the API says what is not there. */
function notFound(options: AppOptions, request: FastifyRequest, reply: FastifyReply) {
  const isPage =
    request.method === 'GET' &&
    !request.url.startsWith('/api/') &&
    (request.headers.accept ?? '').includes('text/html');
  const page = isPage ? sendPage(options, reply) : null;
  if (page !== null) return page;
  const allowed = allowedMethods(request.url);
  if (allowed.length > 0) {
    void reply.header('allow', allowed.join(', '));
    return fail(options, notAllowedHere(request.method, allowed), request, reply);
  }
  return fail(options, Object.assign(new Error('not found'), { statusCode: 404 }), request, reply);
}

/** The page, which routes by itself. @returns null where it was not built */
function sendPage(options: AppOptions, reply: FastifyReply): FastifyReply | null {
  if (!existsSync(join(options.webRoot, 'index.html'))) return null;
  return reply
    .header('cache-control', 'no-cache')
    .sendFile('index.html', options.webRoot, { maxAge: 0, immutable: false });
}

function requestIdOf(given: string | string[] | undefined): string {
  if (typeof given === 'string' && /^[\w.-]{8,100}$/.test(given)) return given;
  return `req_${crypto.randomUUID().replaceAll('-', '')}`;
}
