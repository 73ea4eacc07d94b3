import { Stripe } from 'stripe';
import { type ConnectorContext, ConnectorError, createHttp } from '../sdk/index.ts';

export type StripeConfig = {
  apiKey: string;
  /** The signing secret of the endpoint that Stripe sends events to. */
  webhookSecret?: string | undefined;
  requestsPerSecond?: number | undefined;
};

/** Stripe allows 25 a second per endpoint and in sandboxes, shared with the account's other tools. */
export const limits = { requestsPerSecond: 10, concurrent: 4 };

/** Reading in parallel is bounded on Stripe's side as well, so more than eight at a time gain nothing. */
const MOST_CONCURRENT = 8;

export function limitsOf({ requestsPerSecond = limits.requestsPerSecond }: StripeConfig): typeof limits {
  const inProportion = Math.ceil((requestsPerSecond * limits.concurrent) / limits.requestsPerSecond);
  return { requestsPerSecond, concurrent: Math.min(MOST_CONCURRENT, inProportion) };
}

/** Above our own deadline, which also leaves out the wait for the limiter. */
const CLIENT_TIMEOUT_MS = 600_000;

/** Stripe's client with our fetch below it: no retries, telemetry or deadlines of its own. */
export function officialClient(context: ConnectorContext<StripeConfig>): Stripe {
  const { config, endpoint } = context;
  if (endpoint !== null && endpoint.pathname !== '/') {
    const hint = `Give the address without a path: ${endpoint.origin}`;
    const message = `Stripe cannot be reached below a path (${endpoint.pathname}). ${hint}`;
    throw new ConnectorError(message, {
      errorClass: 'config',
      code: 'endpoint_path',
      remedy: { by: 'owner', hint },
    });
  }
  const http = createHttp(context, {
    provider: 'Stripe',
    limits: limitsOf(config),
    secrets: secretsOf(config),
    requestIdHeader: 'request-id',
    mayRetry: (headers) => headers.get('stripe-should-retry') !== 'false',
  });
  return new Stripe(config.apiKey, {
    httpClient: Stripe.createFetchHttpClient(http),
    telemetry: false,
    maxNetworkRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
    ...(endpoint === null ? {} : address(endpoint)),
  });
}

/** What must never be written down. */
export function secretsOf({ apiKey, webhookSecret }: StripeConfig): string[] {
  return webhookSecret === undefined ? [apiKey] : [apiKey, webhookSecret];
}

function address(endpoint: URL): { host: string; port: number; protocol: 'http' | 'https' } {
  const protocol = endpoint.protocol === 'http:' ? 'http' : 'https';
  const standard = protocol === 'http' ? 80 : 443;
  return { host: endpoint.hostname, port: endpoint.port === '' ? standard : Number(endpoint.port), protocol };
}
