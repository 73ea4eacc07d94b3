import { createHash } from 'node:crypto';
import { BetaAnalyticsDataClient, v1alpha } from '@google-analytics/data';
import { grpc } from 'google-gax';
import type { ConnectorContext, VettedAddress } from '../sdk/index.ts';
import type { Caller } from './calls.ts';
import type { Ga4Config } from './config.ts';
import { addressOf, callerOf, callOptions, ownAuth, portOf } from './official.ts';
import { readError } from './read-error.ts';

export type GrpcOptions = { connectMs: number; timeoutMs: number };

/** A few seconds are plenty for a connection; a report may take longer. */
export const GRPC_OPTIONS: GrpcOptions = { connectMs: 3_000, timeoutMs: 30_000 };

/** As for REST: nothing that the reports of a run could need is larger. */
const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;
const SERVICES = {
  beta: 'google.analytics.data.v1beta.BetaAnalyticsData',
  alpha: 'google.analytics.data.v1alpha.AlphaAnalyticsData',
};
const ALPHA_METHODS = ['RunFunnelReport', 'GetPropertyQuotasSnapshot'];

type Connection = {
  client: BetaAnalyticsDataClient;
  /** The early API's client, to the same vetted address. */
  openAlpha(): v1alpha.AlphaAnalyticsDataClient;
  close(): Promise<void>;
};

/**
 * The client over gRPC, connected to a vetted address by its number.
 *
 * @returns null when no connection could be made at all; an answer of the server, whatever it says, is a connection
 * @throws what `context.resolve` throws for an address that may not be called
 */
export async function grpcCaller(
  context: ConnectorContext<Ga4Config>,
  token: string,
  options: GrpcOptions = GRPC_OPTIONS,
): Promise<Caller | null> {
  const address = addressOf(context);
  const connection = await connect(context, address, await context.resolve(address), options.connectMs);
  if (connection === null) return null;
  return callerOf(connection.client, connection.openAlpha, {
    options: () => callOptions(token, options.timeoutMs),
    told: (method, call) => recorded(context, address, method, call),
    close: connection.close,
  });
}

/** Tries one address of each family, the way a browser would, and records it when none answers. */
async function connect(
  context: ConnectorContext<Ga4Config>,
  address: URL,
  vetted: VettedAddress[],
  connectMs: number,
): Promise<Connection | null> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const tried = vetted.filter(({ family }, at) => vetted.findIndex((one) => one.family === family) === at);
  for (const { address: number, family } of tried) {
    if (context.signal.aborted) break;
    const connection = open(address, family === 6 ? `[${number}]` : number, context.signal);
    if (await isReady(connection.client, connectMs)) return connection;
    await connection.close();
  }
  context.record({
    method: 'CONNECT',
    url: `${urlOf(address)}/`,
    status: null,
    requestId: null,
    responseSha256: null,
    responseBytes: 0,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - startedMs),
    error: context.signal.aborted ? 'aborted' : 'grpc_unreachable',
  });
  return null;
}

function open(address: URL, number: string, signal: AbortSignal): Connection {
  const secure = address.protocol === 'https:';
  const sockets = new Set<{ destroy(): unknown }>();
  const settings = () => ({
    ...ownAuth(),
    apiEndpoint: number,
    port: portOf(address),
    sslCreds: tracked(secure ? grpc.credentials.createSsl() : grpc.credentials.createInsecure(), sockets),
    'grpc.default_authority': address.host,
    ...(secure ? { 'grpc.ssl_target_name_override': address.hostname } : {}),
    'grpc.enable_http_proxy': 0, // the vetted address and nothing else
    'grpc.service_config_disable_resolution': 1,
    'grpc.use_local_subchannel_pool': 1, // no connection is shared with other owners
    'grpc.enable_retries': 0,
    'grpc.max_receive_message_length': LARGEST_ANSWER_BYTES,
  });
  const client = new BetaAnalyticsDataClient(settings());
  const alphas: v1alpha.AlphaAnalyticsDataClient[] = [];
  const openAlpha = () => {
    const alpha = new v1alpha.AlphaAnalyticsDataClient(settings());
    alphas.push(alpha);
    return alpha;
  };
  const close = async () => {
    signal.removeEventListener('abort', stop);
    for (const alpha of alphas) await alpha.close();
    await client.close();
    for (const socket of sockets) socket.destroy();
  };
  const stop = () => void close();
  signal.addEventListener('abort', stop, { once: true });
  return { client, openAlpha, close };
}

/**
 * The client leaves a socket alone that is still shaking hands when it is closed, and lets calls under way run on.
 * Whoever closes here wants both gone, so every socket is remembered when the credentials are handed it.
 */
function tracked(
  credentials: grpc.ChannelCredentials,
  sockets: Set<{ destroy(): unknown }>,
): grpc.ChannelCredentials {
  // oxlint-disable no-underscore-dangle -- the only place where grpc-js shows its sockets; its types declare it
  const create = credentials._createSecureConnector.bind(credentials);
  credentials._createSecureConnector = (...given) => {
    const connector = create(...given);
    const secure = connector.connect.bind(connector);
    connector.connect = (socket) => {
      sockets.add(socket);
      return secure(socket);
    };
    return connector;
  };
  // oxlint-enable no-underscore-dangle
  return credentials;
}

/** Ready means that the other side speaks HTTP/2; a proxy that does not is told from a slow report in this way. */
async function isReady(client: BetaAnalyticsDataClient, connectMs: number): Promise<boolean> {
  // Over gRPC the stub is a client of grpc-js; the official type only promises its methods.
  const stub = (await client.initialize()) as unknown as grpc.Client;
  const channel = stub.getChannel();
  const deadline = Date.now() + connectMs;
  const { READY, TRANSIENT_FAILURE, SHUTDOWN } = grpc.connectivityState;
  for (let state = channel.getConnectivityState(true); ; state = channel.getConnectivityState(true)) {
    if (state === READY) return true;
    if (state === TRANSIENT_FAILURE || state === SHUTDOWN) return false;
    const from = state;
    const changed = await new Promise<boolean>((resolve) => {
      channel.watchConnectivityState(from, deadline, (late) => resolve(late === undefined));
    });
    if (!changed) return false;
  }
}

/** gRPC has no bytes to show: what is kept of an answer is the digest of what it decoded to. */
async function recorded(
  context: ConnectorContext<Ga4Config>,
  address: URL,
  method: string,
  call: () => Promise<unknown>,
): Promise<unknown> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const keep = (status: number | null, body: string | null, error?: string) =>
    context.record({
      method: 'POST',
      url: `${urlOf(address)}/${SERVICES[ALPHA_METHODS.includes(method) ? 'alpha' : 'beta']}/${method}`,
      status,
      requestId: null,
      responseSha256: body === null ? null : createHash('sha256').update(body).digest('hex'),
      responseBytes: body === null ? 0 : Buffer.byteLength(body),
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - startedMs),
      ...(error === undefined ? {} : { error }),
    });
  try {
    const answer = await call();
    keep(200, JSON.stringify(answer));
    return answer;
  } catch (error) {
    keep(null, null, context.signal.aborted ? 'aborted' : `http_${readError(error).status ?? 'none'}`);
    throw error;
  }
}

function urlOf(address: URL): string {
  return `${address.protocol === 'https:' ? 'grpcs' : 'grpc'}://${address.host}`;
}
