import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import { noWebhook, receiveBillingEvent } from '../app/receive-billing-event.ts';
import { problemOf } from './problem.ts';
import type { Tenants } from './tenants.ts';

const BODY_BYTES = 256 * 1024;
const MINUTE_MS = 60_000;
/** Far above what a provider sends about one account, and about what one process verifies without being felt. */
const PER_CONNECTION = 600;
const PER_SERVER = 6_000;

/**
 * What providers send by themselves. Nobody is signed in here: the signature over the very bytes is the proof, so they
 * are read raw, and nothing of them is logged or answered.
 */
export function webhooks(tenants: Tenants) {
  const admit = createGate();
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    app.post('/api/v1/webhooks/:connection', {
      bodyLimit: BODY_BYTES,
      // Before its body is read, so that a flood costs no memory.
      onRequest: async (request) => admit(connectionOf(request)),
      handler: async (request, reply) => {
        const id = connectionOf(request);
        const workspace = await tenants.ofConnection(id);
        if (workspace === null) throw noWebhook();
        const taken = await receiveBillingEvent(tenants.of(workspace.id), workspace, id, {
          body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
          headers: headersOf(request),
        }).catch((error: unknown) => refused(error, request, reply));
        return taken === null ? reply : reply.header('cache-control', 'no-store').send({ taken });
      },
    });
  };
}

/** @throws AppError for what cannot be the id of a connection, without asking the database */
function connectionOf(request: FastifyRequest): string {
  const { connection } = request.params as { connection: string }; // the path has one
  if (/^con_[0-9a-z]{1,40}$/.test(connection)) return connection;
  throw noWebhook();
}

function headersOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}

/** Providers know 400 for what they signed wrongly. Everything else goes the way of every other error. */
function refused(error: unknown, request: FastifyRequest, reply: FastifyReply): null {
  if (!(error instanceof AppError) || error.code !== 'webhook_refused') throw error;
  const problem = problemOf(error, request.url.split('?')[0] ?? '', request.id);
  void reply
    .code(400)
    .type('application/problem+json')
    .send({ ...problem, status: 400 });
  return null;
}

/**
 * Counts requests of the present minute, of all connections and of each.
 *
 * @returns throws AppError for one too many
 */
export function createGate(now: () => number = Date.now) {
  let minute = 0;
  let all = 0;
  let counts = new Map<string, number>();
  return (connection: string): void => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      all = 0;
      counts = new Map();
    }
    all += 1;
    const count = (counts.get(connection) ?? 0) + 1;
    // One entry a counted request at most, so the map is as small as the limit.
    if (all <= PER_SERVER) counts.set(connection, count);
    if (all <= PER_SERVER && count <= PER_CONNECTION) return;
    throw new AppError(
      'rate_limited',
      'rate_limited',
      'Too many events came within a minute.',
      'Send it again later; nothing is lost.',
      { retryable: true },
    );
  };
}
