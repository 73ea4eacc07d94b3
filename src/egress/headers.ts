import { blocked } from './error.ts';

export const MAX_HEADERS = 20;
/** Name and value together, in characters; values are printable ASCII, so also in bytes. */
export const MAX_HEADER_LENGTH = 4_096;

/** Set by the transport alone: who may choose these may smuggle a second request or name another host. */
const TRANSPORT_HEADERS = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'cookie',
  'http2-settings',
  'proxy-authorization',
  'proxy-connection',
]);

const USER_HEADERS = new Set([
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'user-agent',
  'api-key',
]);

/** `x-` names that proxies and frameworks trust, and that a stranger must therefore not set. */
const TRUSTED_X = /^x-(?:forwarded|real-ip|original|rewrite|http-method|method-override|client-ip|cluster)/;

/**
 * Makes the headers of a request safe to send. A correct `content-length` is dropped, as the transport
 * counts for itself; a client library may well set one.
 *
 * @throws EgressError `header` when a name or value could change the request's framing, or is over the limits
 */
export function requestHeaders(
  given: Record<string, string>,
  bodyLength: number | null,
): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, br', 'user-agent': 'Tidemark' };
  for (const [rawName, value] of Object.entries(given)) {
    const name = rawName.toLowerCase();
    if (name === 'content-length' && value === String(bodyLength ?? 0)) continue;
    const problem = headerProblem(name, value);
    if (problem !== null) throw blocked('header', problem);
    headers[name] = value;
  }
  return headers;
}

/**
 * Judges headers that a person typed: only well-known names and `x-…`, at most 20, 4 KiB each.
 *
 * @returns one sentence per problem; an empty list means that they may be stored and sent
 */
export function checkUserHeaders(given: Record<string, string>): string[] {
  const entries = Object.entries(given);
  const problems: string[] = [];
  if (entries.length > MAX_HEADERS) problems.push(`at most ${MAX_HEADERS} headers are allowed`);
  for (const [rawName, value] of entries) {
    const name = rawName.toLowerCase();
    const allowed = USER_HEADERS.has(name) || (name.startsWith('x-') && !TRUSTED_X.test(name));
    const problem = headerProblem(name, value);
    if (problem !== null) problems.push(problem);
    else if (!allowed) problems.push(`the header ${printable(name)} is not on the list of allowed names`);
  }
  return problems;
}

function headerProblem(name: string, value: string): string | null {
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return `"${printable(name)}" is not a header name`;
  if (TRANSPORT_HEADERS.has(name)) return `the header ${name} may not be set`;
  if (name.length + value.length > MAX_HEADER_LENGTH) return `the header ${name} is longer than 4 KiB`;
  if (!/^[\t\x20-\x7e]*$/.test(value))
    return `the header ${name} holds a line break or a character outside ASCII`;
  return null;
}

function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
}
