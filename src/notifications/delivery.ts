/** The guarded way out, handed in: a channel opens no socket of its own. */
export type Fetch = (
  input: string | URL,
  init?: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array;
    signal?: AbortSignal;
  },
) => Promise<Response>;

export type DeliveryErrorClass =
  | 'transient' // try again on the usual schedule
  | 'rate_limited' // the receiver asked for time: wait `afterMs`
  | 'gone' // the receiver wants no more: disable the channel
  | 'rejected' // the receiver refuses this message: a few attempts, then dead
  | 'blocked_destination'; // the address may not be reached from here: no retry

/**
 * `status` null means that no answer came; `afterMs` is what the receiver asked for, 1 s to 6 h. Of a channel with
 * several recipients: `refused` is how many will never get it, `taken` lists those who have it already, to be handed to
 * the next attempt so that nobody gets it twice.
 */
export type DeliveryResult =
  | { ok: true; status: number; refused?: number }
  | {
      ok: false;
      errorClass: DeliveryErrorClass;
      status: number | null;
      afterMs?: number;
      taken?: string[];
    };

export const SEND_TIMEOUT_MS = 15_000;
const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 6 * 3_600_000;

export type PostInput = {
  fetch: Fetch;
  url: URL;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  now: Date;
};

/** Posts once. The answer's body is of no interest: only its status and `Retry-After` count. */
export async function post(input: PostInput): Promise<DeliveryResult> {
  const { fetch, url, headers, body, signal, now } = input;
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
    const response = await fetch(url, { method: 'POST', headers, body, signal: limited });
    await response.body?.cancel();
    return judge(response.status, response.headers.get('retry-after'), now);
  } catch (error) {
    return failure(error, signal);
  }
}

/**
 * What an attempt without an answer means.
 *
 * @throws the reason of `signal` when that is why: the attempt then counts for nothing
 */
export function failure(error: unknown, signal: AbortSignal): DeliveryResult {
  if (signal.aborted) throw signal.reason;
  return { ok: false, errorClass: isBlocked(error) ? 'blocked_destination' : 'transient', status: null };
}

/** What an answer means. A redirect is a failure: following it could lead the signature anywhere. */
export function judge(status: number, retryAfter: string | null, now: Date): DeliveryResult {
  if (status >= 200 && status < 300) return { ok: true, status };
  const afterMs = waitOf(retryAfter, now);
  if (status === 429 || (status === 503 && afterMs !== null)) {
    return { ok: false, errorClass: 'rate_limited', status, ...(afterMs === null ? {} : { afterMs }) };
  }
  if (status === 410) return { ok: false, errorClass: 'gone', status };
  const worthRepeating = status < 400 || status >= 500 || status === 408 || status === 425;
  return { ok: false, errorClass: worthRepeating ? 'transient' : 'rejected', status };
}

/** `Retry-After` in seconds or as an HTTP date, within our bounds; null when absent or unreadable. */
function waitOf(retryAfter: string | null, now: Date): number | null {
  const text = retryAfter?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isNaN(ms) ? null : boundedWait(ms);
}

/** A wait that a receiver asked for, within our bounds. */
export function boundedWait(ms: number): number {
  return Math.min(Math.max(ms, MIN_WAIT_MS), MAX_WAIT_MS);
}

function isBlocked(error: unknown): boolean {
  return error instanceof Error && 'errorClass' in error && error.errorClass === 'blocked_destination';
}
