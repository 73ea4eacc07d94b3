import { ConnectorError } from './error.ts';

/** Pieces of an address that are long enough to be a key of their own. */
const KEY_LENGTH = 8;
const WHOLE = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The address that an owner keeps secret, below the one that the connection shows: either what follows the host, such as
 * `/feed.xml?token=…`, or the whole of it as it was copied. `webcal:` is how calendars write https.
 *
 * @throws ConnectorError `config` for text that is no address, or one that lies elsewhere; the message holds no more of it
 *   than its host
 */
export function addressBelow(endpoint: URL, given: string): URL {
  const text = given.trim().replace(/^webcals?:\/\//i, 'https://');
  if (!WHOLE.test(text)) return new URL(rootOf(endpoint) + (text.startsWith('/') ? text : `/${text}`));
  if (!/^https?:/i.test(text) || !URL.canParse(text)) {
    const hint = 'Copy the whole address again.';
    throw settingError('bad_address', 'The secret address of this connection cannot be read.', hint);
  }
  const url = new URL(text);
  url.hash = '';
  const isBelow = `${url.pathname}/`.startsWith(`${endpoint.pathname.replace(/\/+$/, '')}/`);
  if (url.origin === endpoint.origin && isBelow && url.username === '' && url.password === '') return url;
  const hint = `Enter ${url.origin} as the address of the connection, or the secret address that lies there.`;
  const problem = `The secret address lies at ${url.origin}, and this connection is bound to ${endpoint.host}.`;
  throw settingError('address_elsewhere', problem, hint);
}

function rootOf(endpoint: URL): string {
  return endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
}

/**
 * Every form in which a secret address may turn up in a record or a message: from its path on, and its keys. The host is no
 * secret.
 */
export function secretForms(given: string, url: URL): string[] {
  const pieces = [...url.pathname.split('/'), ...url.searchParams.values()].filter(
    (piece) => piece.length >= KEY_LENGTH,
  );
  const decoded = pieces.flatMap((piece) => decodedOrNone(piece));
  const raw = given.trim().replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  const forms = [raw, url.pathname + url.search, url.pathname, ...pieces, ...decoded];
  // The longest first: what is left of a longer one would give the rest away.
  return [...new Set(forms)].filter((form) => form.length > 3).toSorted((a, b) => b.length - a.length);
}

function decodedOrNone(piece: string): string[] {
  try {
    return [decodeURIComponent(piece)];
  } catch {
    return [];
  }
}

function settingError(code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, {
    errorClass: 'config',
    code,
    remedy: { by: 'owner', hint },
  });
}
