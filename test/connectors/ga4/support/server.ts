import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import * as grpc from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from '../../support/http-server.ts';

/** One call as either transport hands it over; `body` is what the client sent, decoded. */
export type Call = { method: string; path: string; body: Body; headers: Record<string, string> };
export type Body = { requests?: ReportBody[]; name?: string; dateRanges?: ReportBody['dateRanges'] } & Record<
  string,
  unknown
>;
export type ReportBody = {
  dimensions?: Array<{ name: string }>;
  metrics: Array<{ name: string }>;
  dateRanges: Array<{ startDate: string; endDate: string; name?: string }>;
  offset?: string;
  limit?: string;
  dimensionFilter?: unknown;
  currencyCode?: string;
  cohortSpec?: {
    cohorts: Array<{ name: string; dimension: string; dateRange: { startDate: string; endDate: string } }>;
    cohortsRange: { granularity: string | number; startOffset?: number; endOffset: number };
  };
};
export type Answer = {
  status?: number;
  grpc?: number;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string;
};
/** Null leaves the call hanging. */
export type Respond = (call: Call) => Answer | null;
export type Ga4Server = KitServer & { asked: Call[] };

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
export const EMAIL = 'reader@project.iam.gserviceaccount.example';
export const KEY = JSON.stringify({
  type: 'service_account',
  client_email: EMAIL,
  private_key: keys.privateKey,
  private_key_id: 'abc123',
});
export const PROPERTY = '987654321';

export const unauthenticated: Answer = {
  status: 401,
  grpc: 16,
  body: {
    error: {
      code: 401,
      message: 'Request had invalid authentication credentials.',
      status: 'UNAUTHENTICATED',
    },
  },
};

/** Only tokens that this file's service account has signed for reading are good; anything else is 401. */
function guarded(respond: Respond): Respond {
  return (call) => {
    const [header = '', claims = '', signature = ''] = (call.headers['authorization'] ?? '')
      .replace('Bearer ', '')
      .split('.');
    const verify = createVerify('RSA-SHA256').update(`${header}.${claims}`);
    if (!verify.verify(keys.publicKey, signature, 'base64url')) return unauthenticated;
    const { iss, scope, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const good =
      iss === EMAIL &&
      scope === 'https://www.googleapis.com/auth/analytics.readonly' &&
      Number(exp) * 1_000 > Date.now();
    return good ? respond(call) : unauthenticated;
  };
}

function textsOf(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
}

/** The Data API over REST, on a free port. */
export async function startRest(respond: Respond): Promise<Ga4Server> {
  const asked: Call[] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const path = request.url ?? '/';
      const method =
        /:(\w+)\?/.exec(path)?.[1] ??
        (path.includes('/propertyQuotasSnapshot') ? 'getPropertyQuotasSnapshot' : 'getMetadata');
      const body = (text === '' ? {} : JSON.parse(text)) as Body;
      const call = { method, path: `${request.method} ${path}`, body, headers: textsOf(request.headers) };
      asked.push(call);
      if (fault !== null) {
        playFault(fault, request, response, {
          error: (message) => ({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }),
          changedShape:
            method === 'getMetadata'
              ? { name: 'properties/1/metadata', metrics: [] }
              : changedBatch(body.requests?.length ?? 1),
        });
        return;
      }
      const answer = guarded(respond)(call);
      if (answer === null) return;
      const type = answer.text === undefined ? 'application/json' : 'text/html';
      response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
      response.end(answer.text ?? JSON.stringify(answer.body));
    });
  });
  return {
    endpoint: server.url,
    asked,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

function changedBatch(count: number): unknown {
  const report = {
    dimensionHeaders: [{ name: 'date' }],
    metricHeaders: [{ name: 'renamed', type: 'TYPE_INTEGER' }],
    rows: [{ dimensionValues: [{ value: '20260302' }], metricValues: [{ value: '1' }] }],
    rowCount: 1,
    kind: 'analyticsData#runReport',
  };
  return { reports: Array.from({ length: count }, () => report), kind: 'analyticsData#batchRunReports' };
}

// The message definitions are those that ship inside the official client.
const protos = createRequire(import.meta.url)('@google-analytics/data/build/protos/protos.json') as object;
const definition = fromJSON(protos, {
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
});
const SERVICE = 'google.analytics.data.v1beta.BetaAnalyticsData';
const EARLY_SERVICE = 'google.analytics.data.v1alpha.AlphaAnalyticsData';

/** The same over gRPC without TLS. `play` is not for it. */
export async function startGrpc(respond: Respond): Promise<Ga4Server> {
  const asked: Call[] = [];
  const server = new grpc.Server();
  const handle =
    (method: string): grpc.handleUnaryCall<Body, unknown> =>
    (call, callback) => {
      const one = {
        method,
        path: call.getPath(),
        body: call.request,
        headers: textsOf(call.metadata.getMap()),
      };
      asked.push(one);
      const answer = guarded(respond)(one);
      if (answer === null) return;
      if (answer.grpc === undefined) {
        callback(null, answer.body);
        return;
      }
      const { error } = answer.body as { error: { message: string } };
      const metadata = new grpc.Metadata();
      for (const [name, value] of Object.entries(answer.headers ?? {})) metadata.set(name, value);
      callback({ code: answer.grpc, details: error.message, metadata });
    };
  server.addService(definition[SERVICE] as grpc.ServiceDefinition, {
    batchRunReports: handle('batchRunReports'),
    getMetadata: handle('getMetadata'),
    checkCompatibility: handle('checkCompatibility'),
  });
  server.addService(definition[EARLY_SERVICE] as grpc.ServiceDefinition, {
    runFunnelReport: handle('runFunnelReport'),
    getPropertyQuotasSnapshot: handle('getPropertyQuotasSnapshot'),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    endpoint: new URL(`http://127.0.0.1:${port}`),
    asked,
    requestCount: () => asked.length,
    play: () => {},
    close: async () => server.forceShutdown(),
  };
}
