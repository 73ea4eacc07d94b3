import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type InboxMessage, openInbox } from './inbox.ts';
import type { Model } from './model/model.ts';
import { toEpochSeconds } from './model/time.ts';
import {
  newApiKey,
  newGa4Access,
  newMixpanelAccess,
  newState,
  type SandboxState,
  sandboxNow,
} from './state.ts';
import { readState, stateReader, writeState } from './state-file.ts';
import { stripeServer } from './stripe/server.ts';
import { worldKeeper } from './world.ts';

export { type DumpLine, dumpFacts } from './dump.ts';
export { historyUntil } from './history.ts';
export type { Inbox, InboxChannel, InboxMessage } from './inbox.ts';
export type { Company, ModelOptions } from './model/company.ts';
export type { Fact } from './model/facts.ts';
export { buildModel, type Model } from './model/model.ts';
export { restate } from './restate.ts';
export * from './state.ts';
export { readState, writeState } from './state-file.ts';

export type SandboxOptions = {
  statePath: string; // made when missing; inbox.jsonl lies beside it
  port?: number; // 0 for any; the state's preferred one unless given
  host?: string;
  now?: () => Date; // the computer's clock, before the state's offset
  monotonicMs?: () => number; // what the rate limit counts by
  initial?: Partial<SandboxState>; // for a state that is made now
};

export type Sandbox = {
  url: string;
  port: number;
  apiKey: string;
  now: () => Date; // the sandbox's
  model: () => Model; // all that has happened by now, restatements and extra facts included
  state: () => SandboxState;
  inbox: () => readonly InboxMessage[];
  close: () => Promise<void>;
};

/**
 * Serves the fake company. Its state is one file that may be written by others meanwhile; each request looks
 * whether it has changed.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { statePath, host = '127.0.0.1', now: realNow = () => new Date() } = options;
  const found = readState(statePath);
  if (found === null) writeState(statePath, newState(realNow(), options.initial));
  else writeMissingAccess(statePath, found);
  const state = stateReader(statePath);
  const world = worldKeeper();
  const now = () => sandboxNow(state(), realNow());
  const worldNow = () => world(state(), toEpochSeconds(now()));
  worldNow(); // the first request should not wait for the company to be made

  const stripe = stripeServer(options.monotonicMs ?? (() => performance.now()));
  const inbox = openInbox(join(dirname(statePath), 'inbox.jsonl'), realNow);
  const server = createServer((request, response) => {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
      if (pathname.startsWith('/v1/')) stripe(request, response, { state: state(), world: worldNow() });
      else if (pathname.startsWith('/inbox')) inbox.handle(request, response, pathname);
      else welcome(pathname, response);
    } catch (error) {
      failed(request, response, error);
    }
  });
  // A fault may leave a request open for as long as its client cares to wait.
  server.requestTimeout = 0;
  const port = await listen(server, options.port ?? state().preferredPort ?? 0, host);
  if (state().preferredPort !== port && options.port === undefined) {
    writeState(statePath, { ...state(), preferredPort: port });
  }
  return {
    url: `http://${host}:${port}`,
    port,
    apiKey: state().apiKey,
    now,
    model: () => worldNow().model,
    state,
    inbox: inbox.messages,
    close: () => close(server),
  };
}

/** A state written by hand, or by an earlier version, may lack keys: an empty one opens nothing. */
function writeMissingAccess(statePath: string, state: SandboxState): void {
  if (state.apiKey !== '' && state.ga4.privateKey !== '' && state.mixpanel.secret !== '') return;
  writeState(statePath, {
    ...state,
    apiKey: state.apiKey === '' ? newApiKey() : state.apiKey,
    ga4: state.ga4.privateKey === '' ? newGa4Access() : state.ga4,
    mixpanel: state.mixpanel.secret === '' ? newMixpanelAccess() : state.mixpanel,
  });
}

/** Takes the wanted port when it is free, else any. */
async function listen(server: Server, wanted: number, host: string): Promise<number> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await attempt(wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || wanted === 0) throw error;
    await attempt(0);
  }
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

function welcome(path: string, response: ServerResponse): void {
  const body = {
    sandbox: true,
    about: 'Invented data of a company that does not exist.',
    stripe: '/v1',
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
