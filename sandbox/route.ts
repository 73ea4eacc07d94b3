import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Inbox } from './inbox.ts';
import type { Provider } from './state.ts';
import { TOOLS, type Tool } from './tools/names.ts';
import { toolAt } from './tools/server.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Leads each request to whom it is addressed. Providers and inbox answer by themselves; nobody else is here. */
export function routed(
  served: Record<Provider, Answer> & {
    inbox: Inbox['handle'];
    tool: (tool: Tool, request: IncomingMessage, response: ServerResponse) => void;
  },
): RequestListener {
  return (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
      const provider = providerAt(pathname);
      const tool = toolAt(pathname);
      if (tool !== null) served.tool(tool, request, response);
      else if (provider !== null) served[provider](request, response);
      else if (pathname.startsWith('/inbox')) served.inbox(request, response, pathname);
      else welcome(pathname, response);
    } catch (error) {
      failed(request, response, error);
    }
  };
}

const MIXPANEL_PATHS = ['/api/query/', '/api/2.0/', '/track', '/engage', '/groups', '/import'];

function providerAt(path: string): Provider | null {
  if (path.startsWith('/v1/')) return 'stripe';
  if (path.startsWith('/v1beta/') || path.startsWith('/v1alpha/')) return 'ga4';
  return MIXPANEL_PATHS.some((start) => path.startsWith(start)) ? 'mixpanel' : null;
}

function welcome(path: string, response: ServerResponse): void {
  const body = {
    sandbox: true,
    about: 'Invented data of a company that does not exist.',
    stripe: '/v1',
    ga4: '/v1beta',
    mixpanel: '/api',
    tools: TOOLS.map((tool) => `/${tool}`),
    inbox: '/inbox',
  };
  const found = path === '/';
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(
    `${JSON.stringify(found ? body : { sandbox: true, error: `nothing is served at ${path}` })}\n`,
  );
}

function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  console.error(`sandbox: ${request.method} ${request.url?.split('?')[0]} failed`, error);
  if (response.headersSent) return void response.destroy();
  const body = { error: { type: 'api_error', message: 'The sandbox has a bug; its own log tells more.' } };
  response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
