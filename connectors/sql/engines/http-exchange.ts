import { createHash } from 'node:crypto';
import {
  abortedError,
  badPayload,
  type ConnectorError,
  payloadProblem,
  redactUrl,
  toConnectorError,
} from '../../sdk/index.ts';
import { passingError } from './failure.ts';
import type { EngineContext, Recorder } from './session.ts';

export type HttpAnswer = { status: number; headers: Headers; body: string };
export type HttpAsk = {
  /** The engine, for messages. */
  who: string;
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** For the request with the whole of its answer. */
  timeoutMs: number;
  secrets: readonly string[];
  requestIdHeader?: string;
  record: Recorder;
};

/** One request over the guarded way out, read to its end and always recorded; what it means is the caller's to say. */
export async function exchange(context: EngineContext, asked: HttpAsk): Promise<HttpAnswer> {
  const { record, secrets, timeoutMs, who } = asked;
  const startedAt = new Date();
  const startedMs = performance.now();
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
  const keep = (answer: Response | null, body: string | null, error?: string): void =>
    record({
      method: asked.method,
      url: redactUrl(asked.url, secrets),
      status: answer?.status ?? null,
      requestId: answer?.headers.get(asked.requestIdHeader ?? 'x-request-id') ?? null,
      responseSha256: body === null ? null : createHash('sha256').update(body).digest('hex'),
      responseBytes: body === null ? 0 : Buffer.byteLength(body),
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - startedMs),
      ...(error === undefined ? {} : { error }),
    });
  let answer: Response | null = null;
  try {
    answer = await context.fetch(asked.url, {
      method: asked.method,
      headers: asked.headers,
      signal,
      ...(asked.body === undefined ? {} : { body: asked.body }),
    });
    const body = await answer.text();
    keep(answer, body, answer.status < 400 ? undefined : `http_${answer.status}`);
    return { status: answer.status, headers: answer.headers, body };
  } catch (error) {
    const told = context.signal.aborted
      ? abortedError(who, error)
      : signal.aborted
        ? passingError('timeout', `${who} did not answer in time.`, error)
        : answer === null
          ? toConnectorError(error, who)
          : cutOff(toConnectorError(error, who), who);
    keep(answer, null, told.code);
    throw told;
  }
}

/** @throws ConnectorError `bad_payload` when a good answer is empty, or something else than JSON */
export function jsonIn(who: string, { body, headers }: HttpAnswer): unknown {
  const problem = payloadProblem(who, headers, Buffer.from(body));
  if (problem !== null) throw problem;
  return JSON.parse(body);
}

/** An answer that had begun and did not end. */
function cutOff(error: ConnectorError, who: string): ConnectorError {
  if (error.errorClass !== 'transient' || error.code === 'timeout') return error;
  return badPayload(who, 'body_cut_off', 'stopped in the middle of its answer', error);
}
