import { retryAfterMs } from '../sdk/index.ts';

/** What a failed call of the official client says about itself, whichever transport and version it came through. */
export type Told = { status: number | null; said: string; reason: string | null; waitMs: number | null };

type Link = Record<string, unknown>;

/** gRPC codes in terms of HTTP: https://cloud.google.com/apis/design/errors#handling_errors */
const HTTP_OF_GRPC: Record<number, number> = {
  1: 499,
  2: 500,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  11: 400,
  12: 501,
  13: 500,
  14: 503,
  15: 500,
  16: 401,
};

/**
 * Either shape of error: 6.x tells HTTP numbers over REST and gRPC numbers over gRPC, 7.x gRPC numbers over both. A
 * number from 100 on is HTTP, and no gRPC code is that large.
 */
export function readError(error: unknown): Told {
  const [link = {}] = causes(error);
  const { code, details, message, reason, response, metadata } = link;
  const status = typeof code === 'number' ? (code >= 100 ? code : (HTTP_OF_GRPC[code] ?? 500)) : null;
  const body = errorBody(message);
  return {
    status,
    said:
      body?.message ??
      (typeof details === 'string' && details !== '' ? details : typeof message === 'string' ? message : ''),
    reason: typeof reason === 'string' ? reason : (body?.reason ?? null),
    waitMs: retryAfterMs(headerOf(response) ?? metadataOf(metadata)),
  };
}

/** The error and what caused it, outermost first. */
export function causes(error: unknown): Link[] {
  const chain: Link[] = [];
  for (let at = error; typeof at === 'object' && at !== null && chain.length < 8; ) {
    chain.push(at as Link); // any object can be asked for its members
    at = 'cause' in at ? at.cause : null;
  }
  return chain;
}

/** Over REST 6.x puts the whole body into the message. */
function errorBody(message: unknown): { message: string; reason: string | null } | null {
  if (typeof message !== 'string' || !message.trimStart().startsWith('{')) return null;
  try {
    const { error } = JSON.parse(message) as { error?: { message?: unknown; details?: unknown } };
    const details: unknown[] = Array.isArray(error?.details) ? error.details : [];
    const reason = details.map((detail) => (detail as { reason?: unknown } | null)?.reason).find(Boolean);
    return {
      message: typeof error?.message === 'string' ? error.message : 'no reason given',
      reason: typeof reason === 'string' ? reason : null,
    };
  } catch {
    return null;
  }
}

function headerOf(response: unknown): string | null {
  const headers = (response as { headers?: unknown } | undefined)?.headers;
  return headers instanceof Headers ? headers.get('retry-after') : null;
}

/** gRPC's own kind of headers. */
function metadataOf(metadata: unknown): string | null {
  const get = (metadata as { get?: (name: string) => unknown[] } | undefined)?.get;
  const [wait] = typeof get === 'function' ? get.call(metadata, 'retry-after') : [];
  return typeof wait === 'string' ? wait : null;
}
