import type { Sources } from '../../app/ports.ts';

/** Where a table is, as the guard of the way out reads it: PostgreSQL's own scheme stands for https on the same host. */

const POSTGRES = /^postgres(?:ql)?:\/\//i;
const POSTGRES_PORT = '5432';
export const BIGQUERY_HOME = new URL('https://bigquery.googleapis.com');
export const TOKEN_HOME = new URL('https://oauth2.googleapis.com/token');

export function isPostgresAddress(endpoint: string): boolean {
  return POSTGRES.test(endpoint);
}

/**
 * The address that the guard judges and that secrets are bound to.
 *
 * @returns null when it is no address at all
 */
export function guardedAddress(endpoint: string): URL | null {
  const text = endpoint.replace(POSTGRES, 'https://');
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  // Only PostgreSQL's scheme has a port of its own; 443 written out is left out by the standard, and meant here.
  if (isPostgresAddress(endpoint) && url.port === '' && !/:443(?:[/?#]|$)/.test(endpoint))
    url.port = POSTGRES_PORT;
  return url;
}

/** The hosts that the secret of such a connection may be sent to. */
export function allowedHosts(endpoint: string | null): string[] {
  if (endpoint === null) return [BIGQUERY_HOME.host, TOKEN_HOME.host];
  const url = guardedAddress(endpoint);
  return url === null ? [] : [`${url.hostname}:${portOf(url)}`];
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : 443;
}

export function checkPostgresAddress(
  endpoint: string,
  check: (https: string) => ReturnType<Sources['checkEndpoint']>,
): ReturnType<Sources['checkEndpoint']> {
  const url = guardedAddress(endpoint);
  if (url === null) return { ok: false, problem: 'Write the address like postgresql://db.example.com:5432.' };
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'Give user and password as settings, not in the address.' };
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'Give the database as a setting; the address ends with its port.' };
  }
  const checked = check(url.href);
  if (checked.ok) return checked;
  const open = `the operator has to open it: TIDEMARK_EGRESS_ALLOW=${url.hostname}:${portOf(url)}`;
  return { ok: false, problem: `The address "${endpoint}" cannot be used yet; ${open}.` };
}
