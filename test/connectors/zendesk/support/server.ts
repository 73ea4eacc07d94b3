import type { IncomingMessage } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { type ZendeskWorld, zendeskServer } from '../../../../sandbox/zendesk/server.ts';
import { startHttpServer } from '../../support/http-server.ts';

/** Where the account is: below the server's root, as behind a gateway. */
const PREFIX = '/zendesk';

export type Refusal = { status: number; headers?: Record<string, string>; body?: unknown };
export type World = ZendeskWorld & {
  /** Answers in place of the account, by the path below it; null leaves it to the account. */
  refuse?: (url: URL) => Refusal | null;
  /** What is done before the answer to a request with this number (from 1). */
  before?: (requestNumber: number, world: World) => void;
};

export const TOKEN = 'kEpt0utOfSightkEpt0utOfSight';
export const EMAIL = 'reader@globex.example';
/** Friday, 20 March 2026. */
export const NOW = '2026-03-20T12:00:00Z';

export function worldOf(given: Partial<World> = {}): World {
  return {
    nowSeconds: Date.parse(NOW) / 1_000,
    email: EMAIL,
    apiToken: TOKEN,
    agent: { id: 7, name: 'Rita Reader', role: 'admin', ticketRestriction: null },
    tickets: [],
    ratings: [],
    indexLagSeconds: 180,
    accountOffsetMinutes: 0,
    maxPageSize: 1_000,
    requestsPerMinute: 400,
    exportsPerMinute: 100,
    ...given,
  };
}

export type ZendeskServer = KitServer & { asked: URL[]; headers: IncomingMessage['headers'][]; world: World };

/** The sandbox’s Zendesk over the data of a test, below an address of its own. */
export async function startZendesk(world: World): Promise<ZendeskServer> {
  const asked: URL[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const serve = zendeskServer(() => world);
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    asked.push(url);
    headers.push(request.headers);
    if (!url.pathname.startsWith(`${PREFIX}/`)) throw new Error(`${url.pathname} is not below ${PREFIX}`);
    if (fault !== null) {
      const error = (description: string) => ({ error: 'Refused', description });
      playFault(fault, request, response, { error, changedShape: { rows: [] } });
      return;
    }
    world.before?.(asked.length, world);
    const refused = world.refuse?.(url) ?? null;
    if (refused !== null) {
      response
        .writeHead(refused.status, { 'content-type': 'application/json', ...refused.headers })
        .end(JSON.stringify(refused.body ?? { error: 'Refused' }));
      return;
    }
    request.url = request.url?.slice(PREFIX.length);
    serve(request, response);
  });
  return {
    endpoint: new URL(PREFIX, server.url),
    asked,
    headers,
    world,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}
