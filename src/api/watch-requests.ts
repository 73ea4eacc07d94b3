import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isOperations } from './operations-endpoints.ts';

export type RequestWatch = {
  /** Counts one answered request; `route` is its pattern, never its address. */
  request?(method: string, route: string, status: number, seconds: number): void;
  log: {
    debug(fields: Record<string, unknown>, message: string): void;
    info(fields: Record<string, unknown>, message: string): void;
  };
};

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** One line and one count a finished request: changes and failures are worth reading, reads only to whoever looks closely. */
export function watchRequests(app: FastifyInstance, { log, request: count }: RequestWatch): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const status = reply.statusCode;
    const route = routeOf(request);
    count?.(method, route, status, reply.elapsedTime / 1_000);
    const fields = {
      event: 'request_finished',
      requestId: request.id,
      method,
      route,
      status,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    const isRead = READS.includes(method) && (status < 400 || isOperations(request));
    if (isRead) log.debug(fields, 'request finished');
    else log.info(fields, 'request finished');
  });
}

/** Patterns are few. A file of the page is one of many, and an address that leads nowhere is anybody's invention. */
function routeOf(request: FastifyRequest): string {
  const { url } = request.routeOptions;
  if (url === undefined) return 'unmatched';
  if (url.startsWith('/api/') || url.includes(':') || isOperations(request)) return url;
  return 'page';
}
