import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { type TemplateWorld, templateServer } from '../../../../sandbox/template/server.ts';
import { startHttpServer } from '../../support/http-server.ts';

export type TemplateServer = KitServer & { asked: URL[] };

export const TOKEN = 'token-kept-out-of-sight-0123';
/** The moment at which every test looks at the world. */
export const NOW = new Date('2026-03-10T12:00:00Z');

export const itemAt = (instant: string) => ({ id: instant, createdSeconds: Date.parse(instant) / 1_000 });

export function worldOf(given: Partial<TemplateWorld> = {}): TemplateWorld {
  return {
    nowSeconds: NOW.getTime() / 1_000,
    account: 'Globex',
    token: TOKEN,
    scopes: ['items:read'],
    items: [],
    lateSeconds: 0,
    pageSize: 100,
    retryAfterSeconds: null,
    ...given,
  };
}

/** The sandbox's server on a free port, which can also break its word; below a path, as behind a gateway. */
export async function startTemplate(world: TemplateWorld): Promise<TemplateServer> {
  const asked: URL[] = [];
  let fault: Fault | null = null;
  const answer = templateServer(() => world);
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    asked.push(url);
    if (fault !== null) {
      const error = (message: string) => ({ error: { message } });
      playFault(fault, request, response, { error, changedShape: { rows: [] } });
      return;
    }
    if (!url.pathname.startsWith('/gateway/')) {
      response.writeHead(404).end();
      return;
    }
    request.url = url.pathname.slice('/gateway'.length) + url.search;
    answer(request, response);
  });
  return {
    endpoint: new URL('/gateway', server.url),
    asked,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}
