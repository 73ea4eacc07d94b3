import type { IncomingMessage, ServerResponse } from 'node:http';
import { documentOf } from './document.ts';
import type { CalendarWorld } from './world.ts';

/** How long somebody who asks too often is sent away. */
const PAUSE_SECONDS = 60;

/** A calendar behind an address that holds its key. A key that is not the present one is an address without a calendar. */
export function calendarServer(
  look: () => CalendarWorld,
): (request: IncomingMessage, response: ServerResponse) => void {
  const asked = new Map<number, number>();
  return (request, response) => {
    const world = look();
    const { account, path } = world;
    const url = new URL(request.url ?? '/', 'http://calendar.invalid');
    const page = (status: number, words: string, headers: Record<string, string> = {}) =>
      void response
        .writeHead(status, {
          'content-type': 'text/html; charset=UTF-8',
          'x-sandbox-data': 'true',
          ...headers,
        })
        .end(`<!doctype html><html><title>${words}</title><p>${words}</p></html>`);
    const count = (asked.get(world.nowSeconds) ?? 0) + 1;
    asked.clear(); // of other seconds nobody asks again
    asked.set(world.nowSeconds, count);
    if (world.requestsPerSecond !== null && count > world.requestsPerSecond) {
      return page(429, 'Too many requests', { 'retry-after': String(PAUSE_SECONDS) });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return page(405, 'Method not allowed');
    if (account !== null) {
      const wanted = Buffer.from(`${account.user}:${account.password}`).toString('base64');
      if (request.headers.authorization !== `Basic ${wanted}`) {
        return page(401, 'Sign in', { 'www-authenticate': 'Basic realm="calendar"' });
      }
    }
    if (url.pathname !== path) return page(404, 'Not found');
    return void response
      .writeHead(200, {
        'content-type': 'text/calendar; charset=UTF-8',
        'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
        'x-sandbox-data': 'true',
      })
      .end(documentOf(world));
  };
}
