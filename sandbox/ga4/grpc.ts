import { createRequire } from 'node:module';
import type {
  Metadata,
  Server,
  ServerErrorResponse,
  ServerUnaryCall,
  ServiceDefinition,
  sendUnaryData,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { Refusal } from './errors.ts';
import { twisted } from './faults.ts';
import type { Call, Outcome, Service } from './service.ts';
import { statusDetails } from './status-details.ts';

const PACKAGE = 'google.analytics.data';

/** The served methods, as the service definitions spell them. What is not here the library refuses with 12. */
const SERVICES = {
  'v1beta.BetaAnalyticsData': [
    'runReport',
    'batchRunReports',
    'runRealtimeReport',
    'getMetadata',
    'checkCompatibility',
  ],
  'v1alpha.AlphaAnalyticsData': ['runFunnelReport', 'getPropertyQuotasSnapshot'],
} as const;

type Unary = ServerUnaryCall<Record<string, unknown>, unknown>;
type Grpc = typeof import('@grpc/grpc-js');

export type GrpcServer = { port: number; close(): void };

/** Listens on a loopback port of its own. The libraries are loaded now: who never asks for gRPC does not wait for them. */
export async function startGrpc(serve: Service): Promise<GrpcServer> {
  const grpc = await import('@grpc/grpc-js');
  const server = new grpc.Server();
  const definitions = await serviceDefinitions();
  for (const [name, methods] of Object.entries(SERVICES)) {
    const version = name.startsWith('v1alpha') ? 'v1alpha' : 'v1beta';
    const definition = definitions[`${PACKAGE}.${name}`] as ServiceDefinition;
    server.addService(definition, implementation(grpc, serve, version, methods));
  }
  const port = await bind(grpc, server);
  return { port, close: () => server.forceShutdown() };
}

async function serviceDefinitions() {
  const { fromJSON } = await import('@grpc/proto-loader');
  const require = createRequire(import.meta.url);
  const protos = require('@google-analytics/data/build/protos/protos.json') as Parameters<typeof fromJSON>[0];
  // What is not given stays away, as in JSON, so that one reader takes both.
  return fromJSON(protos, { longs: String, enums: String, defaults: false });
}

type Target = { version: 'v1beta' | 'v1alpha'; method: string };

function implementation(
  grpc: Grpc,
  serve: Service,
  version: Target['version'],
  methods: readonly string[],
): UntypedServiceImplementation {
  const handlers = methods.map((method) => [
    method,
    (call: Unary, callback: sendUnaryData<unknown>) =>
      void handle(grpc, serve, { version, method }, call, callback),
  ]);
  return Object.fromEntries(handlers) as UntypedServiceImplementation;
}

async function handle(
  grpc: Grpc,
  serve: Service,
  target: Target,
  call: Unary,
  callback: sendUnaryData<unknown>,
): Promise<void> {
  let leave = () => {};
  call.on('cancelled', () => leave());
  const onEnd = (left: () => void) => {
    leave = left;
    if (call.cancelled) left();
  };
  try {
    const [authorization] = call.metadata.get('authorization').map(String);
    const outcome = await serve({ ...targetOf(target, call.request), authorization, onEnd });
    answerGrpc(grpc, outcome, call, (...given) => {
      leave();
      callback(...given);
    });
  } catch (error) {
    console.error(`sandbox: GA4 ${target.method} over gRPC failed`, error);
    leave();
    callback({ code: grpc.status.INTERNAL, details: 'The sandbox has a bug; its own log tells more.' });
  }
}

/** Methods that name a resource below the property, which REST reaches by its address. */
const RESOURCES = ['getMetadata', 'getPropertyQuotasSnapshot'];

/** gRPC carries the property in the message, REST in the path. */
function targetOf(
  { version, method }: Target,
  request: Record<string, unknown>,
): Pick<Call, 'method' | 'propertyId' | 'body' | 'path'> {
  const isResource = RESOURCES.includes(method);
  const given = isResource ? request.name : request.property;
  const name = typeof given === 'string' ? given : '';
  const propertyId = /^properties\/([^/]+)/.exec(name)?.[1] ?? '';
  const path = isResource ? `/${version}/${name}` : `/${version}/${name}:${method}`;
  const spelled = version === 'v1alpha' ? `v1alpha ${method}` : method;
  return { method: spelled, propertyId, body: request, path };
}

function answerGrpc(grpc: Grpc, outcome: Outcome, call: Unary, callback: sendUnaryData<unknown>): void {
  const kind = outcome.fault?.kind;
  if (kind === 'timeout' || kind === 'drip') return; // silence: a message that never comes whole is the same
  const header = new grpc.Metadata();
  header.set('x-sandbox-data', 'true');
  call.sendMetadata(header);
  if (kind === 'cut_off') {
    return callback({ code: grpc.status.UNAVAILABLE, details: 'The connection was lost in the middle.' });
  }
  if ('refusal' in outcome) return callback(serverError(new grpc.Metadata(), outcome.refusal));
  callback(null, spoiled(kind, outcome.body));
}

/** A message can't be garbage: what comes closest is one with nothing in it, which decodes without complaint. */
function spoiled(kind: string | undefined, body: unknown): unknown {
  switch (kind) {
    case 'empty':
    case 'not_json':
      return {};
    case 'empty_list':
      return twisted.emptied(body);
    case 'changed_shape':
      return twisted.renamed(body);
    default:
      return body;
  }
}

function serverError(trailer: Metadata, refusal: Refusal): Partial<ServerErrorResponse> & { code: number } {
  const details = statusDetails(refusal);
  if (details !== null) trailer.set('grpc-status-details-bin', details);
  if (refusal.retryAfterSeconds !== null) trailer.set('retry-after', String(refusal.retryAfterSeconds));
  return { code: refusal.grpc, details: refusal.message, metadata: trailer };
}

function bind(grpc: Grpc, server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
