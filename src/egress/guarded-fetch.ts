import type { Agent, Dispatcher } from 'undici';
import { decodedBody, tooLarge } from './body.ts';
import { startDeadline } from './deadline.ts';
import { blocked, EgressError, toEgressError } from './error.ts';
import { requestHeaders } from './headers.ts';
import type { CheckedUrl } from './url.ts';

/** `fetch` for untrusted addresses: same answer type, a smaller request, and every rule of this folder. */
export type GuardedFetch = (input: string | URL, init?: GuardedFetchInit) => Promise<Response>;
export type GuardedFetchInit = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** The answer is taken piece by piece and never held: it may be as large, and take as long, as an export does. */
  stream?: boolean;
};

export type EgressLimits = {
  /** Name, TCP and TLS together. */
  connectTimeoutMs: number;
  /** From the request sent to the answer's headers. */
  firstByteTimeoutMs: number;
  /** From the call to the last byte of the body; the only limit that stops a slow drip. */
  totalTimeoutMs: number;
  /** After decompression. */
  maxResponseBytes: number;
  stream: StreamLimits;
};

/** For answers that nobody holds in memory. */
export type StreamLimits = {
  totalTimeoutMs: number;
  maxResponseBytes: number;
  /** Until the headers, and between two pieces of the body: a stream that stands still ends long before its time is over. */
  idleTimeoutMs: number;
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const STATUSES_WITHOUT_BODY = [204, 205, 304];

export type FetchContext = {
  agent: Agent;
  limits: EgressLimits;
  check: (input: string | URL) => CheckedUrl;
};

/**
 * One request. Redirects are answers like any other: they are returned, never followed.
 *
 * @throws EgressError when refused, failed, too slow or too large; the reason of `init.signal` when that aborts
 */
export async function guardedFetch(
  context: FetchContext,
  input: string | URL,
  init: GuardedFetchInit = {},
): Promise<Response> {
  const checked = context.check(input);
  if (!checked.ok) throw blocked(checked.code, checked.message);
  const { url } = checked;
  const method = knownMethod(init.method ?? 'GET');
  const body = init.body ?? null;
  const headers = requestHeaders(init.headers ?? {}, body === null ? null : Buffer.byteLength(body));
  const limits = limitsOf(context.limits, init.stream === true);
  const deadline = startDeadline(limits.totalTimeoutMs, url.hostname, init.signal ?? null);
  const translate = (error: unknown): unknown =>
    deadline.signal.aborted ? deadline.signal.reason : toEgressError(error, url.hostname);
  try {
    const answer = await context.agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers,
      body,
      signal: deadline.signal,
      headersTimeout: limits.firstByteTimeoutMs,
      bodyTimeout: limits.bodyIdleMs,
    });
    return toResponse(answer, method, url.hostname, limits.maxResponseBytes, deadline.end, translate);
  } catch (error) {
    deadline.end();
    throw translate(error);
  }
}

function limitsOf(
  { firstByteTimeoutMs, maxResponseBytes, stream, totalTimeoutMs }: EgressLimits,
  streams: boolean,
) {
  // A drip resets the time between two pieces for ever; without a stream the total deadline does the work.
  if (!streams) return { firstByteTimeoutMs, totalTimeoutMs, maxResponseBytes, bodyIdleMs: 0 };
  const { idleTimeoutMs } = stream;
  return { ...stream, firstByteTimeoutMs: idleTimeoutMs, bodyIdleMs: idleTimeoutMs };
}

function knownMethod(method: string): Dispatcher.HttpMethod {
  const known = METHODS.find((name) => name === method.toUpperCase());
  if (known === undefined) throw blocked('method', 'this request method is not allowed');
  return known;
}

function toResponse(
  answer: Dispatcher.ResponseData,
  method: Dispatcher.HttpMethod,
  host: string,
  maxBytes: number,
  onEnd: () => void,
  translate: (error: unknown) => unknown,
): Response {
  const giveUp = (error: EgressError): never => {
    answer.body.on('error', () => {}).destroy();
    throw error;
  };
  const status = answer.statusCode;
  if (status < 200 || status > 599) {
    return giveUp(
      new EgressError('bad_payload', 'response_protocol', `${host} answered with an unknown status`),
    );
  }
  const headers = responseHeaders(answer.headers);
  if (Number(headers.get('content-length') ?? 0) > maxBytes && method !== 'HEAD')
    giveUp(tooLarge(host, maxBytes));
  if (method === 'HEAD' || STATUSES_WITHOUT_BODY.includes(status)) {
    answer.body.on('error', () => {}).resume();
    answer.body.once('close', onEnd);
    return new Response(null, { status, headers });
  }
  const encoding = headers.get('content-length') === '0' ? '' : (headers.get('content-encoding') ?? '');
  try {
    const body = decodedBody(answer.body, encoding, { host, maxBytes, onEnd, translate });
    // The body is handed over decoded: these two would describe what was on the wire.
    headers.delete('content-encoding');
    if (encoding !== '') headers.delete('content-length');
    return new Response(body, { status, headers });
  } catch (error) {
    return giveUp(toEgressError(error, host));
  }
}

function responseHeaders(given: Dispatcher.ResponseData['headers']): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    for (const item of Array.isArray(value) ? value : [value ?? '']) {
      // A value outside Latin-1 has no place in `Headers`; it carries nothing that we read.
      if (/^[\t\x20-\xff]*$/.test(item)) headers.append(name, item);
    }
  }
  return headers;
}
