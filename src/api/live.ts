import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { LiveEvent } from '../app/ports-http.ts';
import { authenticate, type Caller } from './access.ts';
import type { AppOptions } from './app.ts';
import { authorize } from './authorize.ts';
import type { RequestGate } from './gate.ts';
import { LIVE_PATH } from './live-path.ts';

const PER_TOKEN = 10;
/** What a reader may leave unread before it is cut off; it comes back and is told what it missed. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const access = { access: 'view', method: 'GET' } as const;

/**
 * Server-sent events of the caller's workspace. Every few seconds a comment shows that the line is open; then it is also
 * asked again whether the caller may still listen.
 */
export function liveRoute(app: FastifyInstance, options: AppOptions, gate: RequestGate): void {
  const open = new Map<string, number>();
  const endings = new Set<() => void>();
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.addHook('preClose', async () => {
    for (const end of endings) end();
  });
  app.get(LIVE_PATH, {
    onRequest: async (request, reply) => {
      const caller = await gate.knownCaller(request, reply, () => authenticate(request, options.tokens));
      await authorize(caller, access);
      if ((open.get(caller.tokenId) ?? 0) >= PER_TOKEN) throw tooManyStreams();
      callers.set(request, caller);
    },
    handler: async (request, reply) => {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('a stream was reached without a caller');
      await stream(request, reply, caller);
      return reply;
    },
  });

  async function stream(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<void> {
    const { raw } = reply;
    const count = (by: number): void => {
      const left = (open.get(caller.tokenId) ?? 0) + by;
      if (left > 0) open.set(caller.tokenId, left);
      else open.delete(caller.tokenId);
    };
    const write = (text: string): void => {
      if (raw.writableLength > MAX_UNREAD_BYTES) end();
      else if (!raw.writableEnded) raw.write(text);
    };
    count(1);
    const last = request.headers['last-event-id'];
    const events = await options.live
      .open(caller.workspace.id, typeof last === 'string' && last !== '' ? last : null, (event) =>
        write(told(event)),
      )
      .catch((error: unknown) => {
        count(-1);
        throw error;
      });
    const timer = setInterval(() => void stillHere(), options.heartbeatMs ?? 15_000);
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      clearInterval(timer);
      endings.delete(end);
      events.stop();
      count(-1);
      raw.end();
    };
    const stillHere = async (): Promise<void> => {
      const now = await authenticate(request, options.tokens).catch(() => null);
      // The workspace of a session may have been changed: then these are not its events any more.
      if (now === null || now.workspace.id !== caller.workspace.id) return end();
      await authorize(now, access).then(
        () => write(': still here\n\n'),
        () => end(),
      );
    };
    endings.add(end);
    raw.once('close', end);
    reply.hijack();
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    write('retry: 3000\n: listening\n\n');
    if (events.replay === null) write('event: reset\ndata: {}\n\n');
    else for (const event of events.replay) write(told(event));
    events.start();
  }
}

/** `reset` instead says that what happened since is not known any more: read everything again. */
function told({ id, type, data, at }: LiveEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ type, timestamp: at.toISOString(), data })}\n\n`;
}

function tooManyStreams(): AppError {
  return new AppError(
    'rate_limited',
    'too_many_streams',
    `More than ${PER_TOKEN} streams are open with this token.`,
    'Close one that nobody reads.',
    { retryAfterSeconds: 15, retryable: true },
  );
}
