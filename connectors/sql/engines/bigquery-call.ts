import { BIGQUERY_HOME, below } from './address.ts';
import { bigqueryError } from './bigquery-errors.ts';
import { bigqueryToken } from './bigquery-token.ts';
import { exchange, jsonIn } from './http-exchange.ts';
import type { EngineContext, Recorder } from './session.ts';

export const WHO = 'BigQuery';
/** How long one request waits for a job; a longer one is asked about again. */
export const WAIT_MS = 10_000;
export const REQUEST_MS = 14_000;

export type Call = (
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  record: Recorder,
) => Promise<unknown>;

/** Calls with a token that is fetched once. */
export function caller(context: EngineContext): Call {
  let token: Promise<string> | null = null;
  return async (method, path, body, record) => {
    token ??= bigqueryToken(context, record);
    const secret = await token;
    const answer = await exchange(context, {
      who: WHO,
      url: below(context.address ?? BIGQUERY_HOME, path),
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      timeoutMs: WAIT_MS + REQUEST_MS,
      secrets: [secret],
      record,
    });
    if (answer.status !== 200)
      throw bigqueryError(answer, context, { isDry: isDry(body), secrets: [secret] });
    return jsonIn(WHO, answer);
  };
}

/** A statement that is looked at and not run says nothing about rows. */
function isDry(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'dryRun' in body;
}
