import type { IncomingMessage, ServerResponse } from 'node:http';
import { type GrpcServer, startGrpc } from './grpc.ts';
import { type Ga4Usage, quotaPools } from './quota.ts';
import { answerRest } from './rest.ts';
import { type Ga4Now, ga4Service } from './service.ts';

export type Ga4Server = {
  /** Answers everything below /v1beta/ and /v1alpha/. */
  rest(request: IncomingMessage, response: ServerResponse): void;
  /** The loopback port on which gRPC is spoken; the first call starts it. */
  grpcPort(): Promise<number>;
  /** What was asked and spent since the server was made, over both transports. */
  usage(): Ga4Usage;
  close(): Promise<void>;
};

/** The GA4 Data API, v1beta and parts of v1alpha. @param look what the server stands on, asked anew for each request */
export function ga4Server(look: () => Ga4Now): Ga4Server {
  const quota = quotaPools();
  const serve = ga4Service(look, quota);
  let grpc: Promise<GrpcServer> | null = null;
  return {
    rest(request, response) {
      answerRest(request, response, serve).catch((error: unknown) => failed(request, response, error));
    },
    async grpcPort() {
      grpc ??= startGrpc(serve);
      return (await grpc).port;
    },
    usage: quota.usage,
    async close() {
      (await grpc)?.close();
      grpc = null;
    },
  };
}

function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  // A client that hangs up while it sends is its own business.
  if (request.destroyed && !request.complete) return;
  console.error(`sandbox: GA4 ${request.method} ${request.url?.split('?')[0]} failed`, error);
  if (response.headersSent) return void response.destroy();
  const body = {
    error: { code: 500, message: 'The sandbox has a bug; its own log tells more.', status: 'INTERNAL' },
  };
  response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
