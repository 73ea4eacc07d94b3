import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { type TemplateWorld, templateServer } from '../../../../sandbox/template/server.ts';
import { startHttpServer } from '../../support/http-server.ts';

export type TemplateServer = KitServer & { asked: URL[] };

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
