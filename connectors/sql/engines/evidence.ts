import { createHash } from 'node:crypto';
import type { Exchange } from '../../sdk/index.ts';
import type { Query, Recorder } from './session.ts';

/** Statements that are no requests of HTTP, as evidence: the statement and the answer by their digests. */

export function digestOf({ bound, sql }: Query): string {
  const values = bound.length === 0 ? '' : JSON.stringify(bound);
  return createHash('sha256').update(sql).update(values).digest('hex').slice(0, 16);
}

/**
 * Runs a statement and records it, whatever comes of it.
 *
 * @param told what a failure is called; it is thrown
 */
export async function recorded<T>(
  where: string,
  query: Query,
  record: Recorder,
  run: () => Promise<T>,
  told: (error: unknown, tookMs: number) => Error & { code: string },
): Promise<T> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const keep = (body: string | null, error?: string): void => {
    const exchange: Exchange = {
      method: 'SELECT',
      url: `${where}?statement=${digestOf(query)}`,
      status: null,
      requestId: null,
      responseSha256: body === null ? null : createHash('sha256').update(body).digest('hex'),
      responseBytes: body === null ? 0 : Buffer.byteLength(body),
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - startedMs),
      ...(error === undefined ? {} : { error }),
    };
    record(exchange);
  };
  try {
    const answer = await run();
    keep(JSON.stringify(answer));
    return answer;
  } catch (error) {
    const failure = told(error, performance.now() - startedMs);
    keep(null, failure.code);
    throw failure;
  }
}
