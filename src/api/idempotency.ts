import { createHash } from 'node:crypto';
import { AppError } from '../app/errors.ts';
import type { KeptAnswer, KeptAnswers, RequestKey } from '../app/ports-http.ts';

const LEASE_SECONDS = 60;
const RENEW_MS = 20_000;

/** @throws AppError when it is too long, or holds what cannot be printed */
export function idempotencyKeyOf(given: string | string[] | undefined): string | null {
  if (given === undefined) return null;
  if (typeof given === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(given))
    return given;
  throw new AppError(
    'invalid',
    'idempotency_key_invalid',
    'The Idempotency-Key is not 1 to 200 printable ASCII characters.',
    'Send a short name of this delivery, such as a UUID.',
  );
}

/** What makes two requests the same one. */
export function requestHash(method: string, url: string, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('base64url');
}

/**
 * Does the work once for a key. While it goes on its claim is renewed; a claim whose process died is taken over by
 * whoever repeats the request, and the work is then done again from its start. What failed may be tried again with the same key.
 *
 * @param keep false where the answer tells a secret: only that it was answered is kept
 */
export async function once(
  answers: KeptAnswers,
  request: RequestKey,
  hash: string,
  keep: boolean,
  work: () => Promise<KeptAnswer>,
): Promise<{ answer: KeptAnswer; replayed: boolean }> {
  const claimed = await answers.claim(request, hash, LEASE_SECONDS);
  if (claimed.kind === 'answered') return { answer: claimed.kept, replayed: true };
  if (claimed.kind !== 'ours') throw refusalOf(claimed.kind, request.key);
  const { claim } = claimed;
  const renewing = setInterval(
    () => void answers.renew(request, claim, LEASE_SECONDS).catch(() => {}),
    RENEW_MS,
  );
  try {
    const answer = await work();
    await answers.complete(request, claim, answer.status, keep ? answer : null);
    return { answer, replayed: false };
  } catch (error) {
    await answers.release(request, claim).catch(() => {});
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

function refusalOf(kind: 'running' | 'other_request' | 'told_once', key: string): AppError {
  switch (kind) {
    case 'running':
      return new AppError(
        'conflict',
        'idempotency_running',
        `The request with the idempotency key "${key}" is still being worked on.`,
        'Send it again in a moment; it is not done twice.',
        { retryable: true, retryAfterSeconds: 1 },
      );
    case 'other_request':
      return new AppError(
        'invalid',
        'idempotency_conflict',
        `The idempotency key "${key}" was used before, for something else. Nothing was stored.`,
        'Send it with a key of its own; use a key again only to repeat the very same request.',
      );
    case 'told_once':
      return new AppError(
        'conflict',
        'answer_not_kept',
        `The request with the idempotency key "${key}" was answered before, with a secret that is told only once.`,
        'Look at what is there; make another one if its secret is lost.',
      );
  }
}
