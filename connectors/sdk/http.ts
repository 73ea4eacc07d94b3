import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createDeadline, type Deadline } from './deadline.ts';
import { abortedError, afterTime, ConnectorError, toConnectorError } from './error.ts';
import { createLimiter, type Limits } from './limiter.ts';
import { badPayload, isJsonAnswer, payloadProblem } from './payload.ts';
import { redactUrl } from './redact.ts';
import { errorFromStatus, retryAfterMs } from './status.ts';
import type { ConnectorContext, GuardedFetchInit } from './types.ts';

export type HttpOptions = {
  /** The provider's name as owners know it, for messages. */
  provider: string;
  limits: Limits;
  /** Values that must never be written down, in whatever form they appear. */
  secrets: readonly string[];
  /** For one request with its answer and its retry, not counting the wait for the limiter. */
  timeoutMs?: number;
  /** The header in which the provider names its own record of the request. */
  requestIdHeader?: string;
  /** Whether the provider allows the quick retry after this answer. */
  mayRetry?: (headers: Headers) => boolean;
  /**
   * Why a successful answer in a form of the provider's own (lines of text) is unusable, or null. Takes the place of
   * the check that insists on JSON; an error answer is explained by its JSON as ever.
   */
  bodyProblem?: (headers: Headers, body: Uint8Array) => ConnectorError | null;
};

/** Looks like `fetch` to a provider's client. */
export type HttpFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
type HttpContext = Pick<ConnectorContext<unknown>, 'fetch' | 'signal' | 'shared' | 'record'>;
type Outcome = { response: Response } | { error: ConnectorError };
type Attempt = { outcome: Outcome; retry: boolean };

const TIMEOUT_MS = 30_000;
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The guarded fetch with a deadline, the provider's limits, one quick retry and a record of every request.
 * Resolves with JSON answers only, error answers included, so that the provider's client can explain them;
 * `bodyProblem` lets other successful answers pass.
 *
 * @throws ConnectorError for everything else: no connection, no answer in time, an answer that is not whole
 */
export function createHttp(context: HttpContext, options: HttpOptions): HttpFetch {
  return async (input, init = {}) => {
    const limiter = await context.shared(`http-limiter:${options.provider}`, async () =>
      createLimiter(options.limits),
    );
    const once = async () => {
      const deadline = createDeadline(options.timeoutMs ?? TIMEOUT_MS, [context.signal, init.signal]);
      try {
        return await sendWithRetry(
          context,
          options,
          new URL(input instanceof Request ? input.url : input),
          init,
          deadline,
        );
      } finally {
        deadline.clear();
      }
    };
    try {
      return await limiter.run(context.signal, once);
    } catch (error) {
      throw context.signal.aborted ? abortedError(options.provider, error) : error;
    }
  };
}

async function sendWithRetry(
  context: HttpContext,
  options: HttpOptions,
  url: URL,
  init: RequestInit,
  deadline: Deadline,
): Promise<Response> {
  let attempt = await send(context, options, url, init, deadline);
  if (attempt.retry && SAFE_METHODS.includes((init.method ?? 'GET').toUpperCase())) {
    const pauseMs = 200 + Math.random() * 200;
    const waited = await delay(pauseMs, true, { signal: deadline.signal }).catch(() => false);
    if (waited) attempt = await send(context, options, url, init, deadline);
  }
  if ('error' in attempt.outcome) throw attempt.outcome.error;
  return attempt.outcome.response;
}

/** One request on the wire. Always leaves a record, whatever happens. */
async function send(
  context: HttpContext,
  options: HttpOptions,
  url: URL,
  init: RequestInit,
  deadline: Deadline,
): Promise<Attempt> {
  const { provider, secrets } = options;
  const startedAt = new Date();
  const startedMs = performance.now();
  let answer: Response | null = null;
  let body: Uint8Array<ArrayBuffer> | null = null;
  let attempt: Attempt;
  try {
    answer = await context.fetch(url, guardedInit(init, deadline.signal));
    body = new Uint8Array(await answer.arrayBuffer());
    attempt = judge(options, answer, body);
  } catch (error) {
    const failure = failureOf(provider, error, deadline, answer !== null);
    const reset =
      failure.errorClass === 'transient' && !deadline.signal.aborted && failure.code !== 'timeout';
    attempt = { outcome: { error: failure }, retry: reset };
  }
  context.record({
    method: (init.method ?? 'GET').toUpperCase(),
    url: redactUrl(url, secrets),
    status: answer?.status ?? null,
    requestId: answer?.headers.get(options.requestIdHeader ?? 'x-request-id') ?? null,
    responseSha256: body === null ? null : createHash('sha256').update(body).digest('hex'),
    responseBytes: body?.byteLength ?? 0,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - startedMs),
    ...('error' in attempt.outcome ? { error: attempt.outcome.error.code } : {}),
  });
  return attempt;
}

function judge(options: HttpOptions, answer: Response, body: Uint8Array<ArrayBuffer>): Attempt {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    const error =
      options.bodyProblem === undefined
        ? payloadProblem(options.provider, headers, body)
        : options.bodyProblem(headers, body);
    return { outcome: error === null ? { response: rebuilt(answer, body) } : { error }, retry: false };
  }
  const asked = status === 503 && retryAfterMs(headers.get('retry-after')) !== null;
  const retry = status >= 500 && !asked && (options.mayRetry?.(headers) ?? true);
  const explained = status >= 400 && isJsonAnswer(headers, body);
  const error = explained ? null : errorFromStatus(options.provider, status, headers);
  return { outcome: error === null ? { response: rebuilt(answer, body) } : { error }, retry };
}

/** The body is already decoded, so the headers that describe its encoding no longer hold. */
function rebuilt(answer: Response, body: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers(answer.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(body, { status: answer.status, statusText: answer.statusText, headers });
}

function failureOf(
  provider: string,
  error: unknown,
  deadline: Deadline,
  hasHeaders: boolean,
): ConnectorError {
  if (deadline.expired()) {
    const message = `${provider} did not finish its answer within ${deadline.timeoutMs} ms. The next run tries again.`;
    return new ConnectorError(message, {
      errorClass: 'transient',
      code: 'timeout',
      remedy: afterTime(),
      cause: error,
    });
  }
  if (deadline.signal.aborted) return abortedError(provider, error);
  const failure = toConnectorError(error, provider);
  const cutOff = hasHeaders && failure.errorClass === 'transient' && failure.code !== 'timeout';
  return cutOff
    ? badPayload(provider, 'body_cut_off', 'stopped in the middle of its answer', error)
    : failure;
}

function guardedInit(init: RequestInit, signal: AbortSignal): GuardedFetchInit {
  const { body } = init;
  const hasBody = typeof body === 'string' || body instanceof Uint8Array;
  return {
    method: init.method ?? 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    signal,
    ...(hasBody ? { body } : {}),
  };
}
