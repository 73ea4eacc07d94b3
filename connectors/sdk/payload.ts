import { afterTime, ConnectorError } from './error.ts';

/** An answer that cannot be trusted as a whole. Tried again: a proxy or a broken connection may be behind it. */
export function badPayload(provider: string, code: string, problem: string, cause?: unknown): ConnectorError {
  return new ConnectorError(`${provider} ${problem}. Nothing was taken from it; it is tried again later.`, {
    errorClass: 'bad_payload',
    code,
    remedy: afterTime(),
    cause,
  });
}

/**
 * Why a successful answer is unusable, or null. An empty body is a broken answer and never "no data":
 * a provider with nothing to report says so in JSON.
 */
export function payloadProblem(provider: string, headers: Headers, body: Uint8Array): ConnectorError | null {
  if (body.byteLength === 0) return badPayload(provider, 'empty_body', 'sent an empty answer');
  const type = headers.get('content-type') ?? '';
  if (!isJsonType(type)) {
    const named = type === '' ? 'an answer without a content type' : `${type.split(';')[0]} instead of JSON`;
    return badPayload(provider, 'wrong_content_type', `sent ${named}`);
  }
  return isJson(body) ? null : badPayload(provider, 'invalid_json', 'sent JSON that cannot be parsed');
}

/** Whether an error answer carries JSON that the provider's client can explain. */
export function isJsonAnswer(headers: Headers, body: Uint8Array): boolean {
  return isJsonType(headers.get('content-type') ?? '') && isJson(body);
}

function isJsonType(type: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(type.trim());
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}
