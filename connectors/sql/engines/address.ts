/** Where an engine is, as the guard of the way out reads it: a database's own scheme stands for https on the same host. */

/** The schemes of databases with a protocol of their own, and their usual ports. */
const PORTS: Readonly<Record<string, string>> = {
  postgres: '5432',
  postgresql: '5432',
  mysql: '3306',
  mariadb: '3306',
};
const DATABASE = /^(postgres(?:ql)?|mysql|mariadb):\/\//i;
export const BIGQUERY_HOME = new URL('https://bigquery.googleapis.com');
export const TOKEN_HOME = new URL('https://oauth2.googleapis.com/token');

export function isDatabaseAddress(endpoint: string): boolean {
  return DATABASE.test(endpoint);
}

/**
 * The address that the guard judges and that secrets are bound to.
 *
 * @returns null when it is no address at all
 */
export function guardedAddress(endpoint: string): URL | null {
  const text = endpoint.replace(DATABASE, 'https://');
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const usual = PORTS[DATABASE.exec(endpoint)?.[1]?.toLowerCase() ?? ''];
  // Only a database's scheme has a port of its own; 443 written out is left out by the standard, and meant here.
  if (usual !== undefined && url.port === '' && !/:443(?:[/?#]|$)/.test(endpoint)) url.port = usual;
  return url;
}

/** An address below that of a connection, which may have a path of its own. */
export function below(base: URL, path: string): URL {
  return new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}${path}`);
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

/** The host of a URL as an address without brackets, or null when it is a name. */
export function literalAddress(urlHostname: string): string | null {
  if (urlHostname.startsWith('[')) return urlHostname.slice(1, -1);
  return /^\d+(?:\.\d+){3}$/.test(urlHostname) ? urlHostname : null;
}
