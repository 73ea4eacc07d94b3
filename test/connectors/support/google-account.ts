import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { KitServer } from '../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from './http-server.ts';

/** A service account, as its key file and as a sandbox knows it. */
export const EMAIL = 'reader@tide-1.iam.gserviceaccount.com';

export function newAccount(clientEmail = EMAIL) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = JSON.stringify({ type: 'service_account', client_email: clientEmail, private_key: privateKey });
  return { account: { clientEmail, privateKey }, key };
}

export type GoogleServer = KitServer & {
  asked: URL[];
  headers: IncomingMessage['headers'][];
  /** Answers a request in the sandbox's place when it wants to; true: it did. */
  instead: (url: URL, response: ServerResponse) => boolean;
};

/**
 * A Google on loopback, below a prefix when there is one. The token endpoint is spared by faults, so that they hit the API; one
 * that hangs hangs everywhere.
 */
export async function startGoogle(sandbox: RequestListener, prefix = ''): Promise<GoogleServer> {
  const asked: URL[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    asked.push(url);
    headers.push(request.headers);
    const below = url.pathname.startsWith(`${prefix}/`);
    if (!below) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('outside of the prefix');
      return;
    }
    request.url = url.href.slice(url.origin.length + prefix.length);
    const isToken = request.url === '/token';
    if (fault !== null && (fault === 'hang' || !isToken)) {
      const error = (message: string) => ({ error: { code: 400, message, status: 'UNKNOWN', errors: [] } });
      playFault(fault, request, response, { error, changedShape: { rows: [] } });
      return;
    }
    if (google.instead(url, response)) return;
    sandbox(request, response);
  });
  const google: GoogleServer = {
    endpoint: new URL(prefix, server.url),
    asked,
    headers,
    instead: () => false,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
  return google;
}
