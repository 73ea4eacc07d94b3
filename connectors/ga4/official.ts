import { BetaAnalyticsDataClient, v1alpha } from '@google-analytics/data';
import { googleAuthLibrary } from 'google-gax';
import { type ConnectorContext, ConnectorError, createHttp } from '../sdk/index.ts';
import { type Caller, limits } from './calls.ts';
import type { Ga4Config } from './config.ts';
import { PROVIDER } from './errors.ts';

const HOME = new URL('https://analyticsdata.googleapis.com');

/** Where the Data API is: the owner's own address or Google's. The official client cannot reach below a path. */
export function addressOf(context: ConnectorContext<Ga4Config>): URL {
  const address = context.endpoint ?? HOME;
  if (address.pathname === '/') return address;
  const hint = `Give the address without a path: ${address.origin}`;
  const message = `Google Analytics cannot be reached below a path (${address.pathname}). ${hint}`;
  throw new ConnectorError(message, {
    errorClass: 'config',
    code: 'endpoint_path',
    remedy: { by: 'owner', hint },
  });
}

export function portOf(address: URL): number {
  if (address.port !== '') return Number(address.port);
  return address.protocol === 'http:' ? 80 : 443;
}

/** Explicit and empty: with no `auth` the client goes looking for credentials on the machine it runs on. */
export function ownAuth(client = new googleAuthLibrary.PassThroughClient()) {
  return { auth: new googleAuthLibrary.GoogleAuth({ authClient: client }), universeDomain: 'googleapis.com' };
}

/** The token travels with each call, in the same way over both transports. Made anew: the client writes into it. */
export function callOptions(token: string, timeoutMs: number) {
  return { timeout: timeoutMs, otherArgs: { headers: { authorization: `Bearer ${token}` } } };
}

/** The client over REST with our fetch below it. Its `timeout` is ignored by version 6, so the deadline is ours. */
export async function restCaller(
  context: ConnectorContext<Ga4Config>,
  token: string,
  secrets: readonly string[],
): Promise<Caller> {
  const address = addressOf(context);
  const http = createHttp(context, {
    provider: PROVIDER,
    limits,
    secrets,
    mayRetry: () => false, // ten server errors in an hour lock the property out
  });
  const transporterOptions = { fetchImplementation: http };
  const settings = () => ({
    ...ownAuth(new googleAuthLibrary.PassThroughClient({ transporterOptions })),
    apiEndpoint: address.hostname,
    port: portOf(address),
    protocol: address.protocol.slice(0, -1),
    fallback: true,
  });
  const client = new BetaAnalyticsDataClient(settings());
  await client.initialize();
  return callerOf(client, () => new v1alpha.AlphaAnalyticsDataClient(settings()), {
    options: () => callOptions(token, 600_000),
    told: (_, call) => call(),
    close: async () => {},
  });
}

type Way = {
  options(): ReturnType<typeof callOptions>;
  /** Goes round each call, for transports that show nothing of it themselves. */
  told(method: string, call: () => Promise<unknown>): Promise<unknown>;
  close(): Promise<void>;
};

/** The calls over both clients. Few runs need the early one, so it is opened by the first call that does. */
export function callerOf(
  beta: BetaAnalyticsDataClient,
  openAlpha: () => v1alpha.AlphaAnalyticsDataClient,
  { close, options, told }: Way,
): Caller {
  let opened: v1alpha.AlphaAnalyticsDataClient | null = null;
  const alpha = () => (opened ??= openAlpha());
  const first = <T>(method: string, call: () => Promise<[T, ...unknown[]]>) =>
    told(method, async () => (await call())[0]);
  return {
    batchRunReports: (request) => first('BatchRunReports', () => beta.batchRunReports(request, options())),
    getMetadata: (name) => first('GetMetadata', () => beta.getMetadata({ name }, options())),
    checkCompatibility: (request) =>
      first('CheckCompatibility', () => beta.checkCompatibility(request, options())),
    runFunnelReport: (request) => first('RunFunnelReport', () => alpha().runFunnelReport(request, options())),
    getPropertyQuotasSnapshot: (name) =>
      first('GetPropertyQuotasSnapshot', () => alpha().getPropertyQuotasSnapshot({ name }, options())),
    async close() {
      await opened?.close();
      await beta.close();
      await close();
    },
  };
}
