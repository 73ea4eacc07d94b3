import type { IncomingMessage, ServerResponse } from 'node:http';
import { CONTENT_TYPES, documentOf } from './document.ts';
import type { FeedWorld } from './world.ts';

const PAGE = 'text/html; charset=UTF-8';
/** How long somebody who asks too often is sent away. */
const PAUSE_SECONDS = 30;

/** A blog's web server in front of its feed: pages for people where there is no feed, refusals as servers write them. */
export function feedServer(
  look: () => FeedWorld,
): (request: IncomingMessage, response: ServerResponse) => void {
  const asked = new Map<number, number>();
  return (request, response) => {
    const world = look();
    const url = new URL(request.url ?? '/', 'http://blog.invalid');
    const page = (status: number, words: string, headers: Record<string, string> = {}) =>
      void response
        .writeHead(status, { 'content-type': PAGE, 'x-sandbox-data': 'true', ...headers })
        .end(`<!doctype html><html><title>${words}</title><p>${words}</p></html>`);
    const second = world.nowSeconds;
    const count = (asked.get(second) ?? 0) + 1;
    asked.clear(); // of other seconds nobody asks again
    asked.set(second, count);
    if (world.requestsPerSecond !== null && count > world.requestsPerSecond) {
      return page(429, 'Too many requests', { 'retry-after': String(PAUSE_SECONDS) });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return page(405, 'Method not allowed');
    if (url.pathname !== world.path) {
      // Relative, so that it leads on behind a prefix as well.
      if (url.pathname === `${world.path}/`)
        return page(301, 'Moved', { location: `../${fileOf(world.path)}${url.search}` });
      return page(404, 'Not found');
    }
    if (!isAllowed(world, url, request)) {
      const { kind } = world.access;
      return kind === 'password'
        ? page(401, 'Sign in', { 'www-authenticate': 'Basic realm="feed"' })
        : page(403, 'Forbidden');
    }
    const text = documentOf(world, url.searchParams);
    if (text === null) return page(404, 'Not found');
    const headers = {
      'content-type': CONTENT_TYPES[world.format],
      'cache-control': `max-age=${world.cacheSeconds}`,
      'x-sandbox-data': 'true',
    };
    return void response.writeHead(200, headers).end(text);
  };
}

const fileOf = (path: string): string => path.split('/').at(-1) ?? '';

function isAllowed({ access }: FeedWorld, url: URL, { headers }: IncomingMessage): boolean {
  if (access.kind === 'token') return url.searchParams.get('token') === access.token;
  if (access.kind === 'public') return true;
  const wanted = Buffer.from(`${access.user}:${access.password}`).toString('base64');
  return headers.authorization === `Basic ${wanted}`;
}
