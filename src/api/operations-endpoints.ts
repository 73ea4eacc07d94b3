import { createHash, timingSafeEqual } from 'node:crypto';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';

/** One thing that a process needs; what is beside `ok` is for whoever looks into it. */
export type Check = { ok: boolean; problem?: string; [detail: string]: unknown };

export type OperationsOptions = {
  ready(): Promise<Record<string, Check>>;
  version: string;
  /** The counters of this process as Prometheus reads them; absent: it counts nothing. */
  metrics?: { render(): Promise<{ type: string; text: string }> } | undefined;
  /** Null: anybody who reaches the port may read the counters. */
  metricsAccess: { token: string | null } | null;
};

const ENDPOINTS = ['/livez', '/readyz', '/version', '/metrics'];
const MAX_DELAY_MS = 1_000;
const WINDOW_MS = 10_000;
const RETRY_SECONDS = 5;

/** Whether a request is for those that watch a process: they ask by its address, whatever its name is. */
export function isOperations(request: FastifyRequest): boolean {
  return ENDPOINTS.includes(request.url.split('?')[0] ?? '');
}

/** What watches a process asks: is it alive, can it work, which version is it, what has it counted. */
export function addOperationsEndpoints(app: FastifyInstance, options: OperationsOptions): void {
  const delay = watchEventLoop(app);
  app.get('/livez', async (_request, reply) => {
    const ok = delay() < MAX_DELAY_MS;
    return noStore(reply)
      .code(ok ? 200 : 503)
      .send({ ok });
  });
  app.get('/readyz', async (_request, reply) => {
    const checks = await options.ready();
    const ok = Object.values(checks).every((check) => check.ok);
    if (!ok) reply.header('retry-after', String(RETRY_SECONDS));
    return noStore(reply)
      .code(ok ? 200 : 503)
      .send({ ok, checks });
  });
  app.get('/version', async (_request, reply) =>
    noStore(reply).send({ name: 'tidemark', version: options.version }),
  );
  const { metrics, metricsAccess } = options;
  if (metrics === undefined) return;
  app.get('/metrics', async (request, reply) => {
    if (metricsAccess !== null) refuseReader(request, metricsAccess.token);
    const { text, type } = await metrics.render();
    return noStore(reply).type(type).send(text);
  });
}

const noStore = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store');

/** @throws AppError 401 without the token */
function refuseReader({ headers }: FastifyRequest, token: string | null): void {
  const [scheme, given = ''] = (headers.authorization ?? '').split(' ');
  if (token !== null && scheme?.toLowerCase() === 'bearer' && isSame(given, token)) return;
  throw new AppError(
    'unauthorized',
    'unauthorized',
    'The metrics of a server that others reach need their own token.',
    token === null
      ? 'Set TIDEMARK_METRICS_TOKEN, or TIDEMARK_METRICS_PORT for a port on this machine alone.'
      : 'Send it as "Authorization: Bearer …", as TIDEMARK_METRICS_TOKEN says.',
  );
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** The longest time that the process was deaf in the last seconds, in ms. */
function watchEventLoop(app: FastifyInstance): () => number {
  const histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let before = 0;
  const turn = setInterval(() => {
    before = histogram.max / 1e6;
    histogram.reset();
  }, WINDOW_MS / 2).unref();
  app.addHook('onClose', async () => {
    clearInterval(turn);
    histogram.disable();
  });
  return () => Math.max(before, histogram.max / 1e6);
}
