import { isPublicAddress, literalAddress } from './address.ts';
import { type EgressRule, opensAddress, opensHost } from './allow-list.ts';
import type { EgressCode } from './error.ts';

export const MAX_URL_LENGTH = 2_048;
export const MAX_HOST_LENGTH = 253;
const OPEN_PORTS = [443, 80];

/** `url` is the one parse that everything after it uses; `message` may be shown to the person who typed it. */
export type CheckedUrl =
  | { ok: true; url: URL; port: number }
  | { ok: false; code: EgressCode; message: string };

/**
 * Judges an address before anything is resolved or connected. Names are judged again when they are resolved
 * and once more when connected, because a name may point anywhere by then.
 */
export function checkUrl(rules: readonly EgressRule[], input: string | URL): CheckedUrl {
  const text = String(input);
  if (text.length > MAX_URL_LENGTH)
    return no('bad_url', `the address is longer than ${MAX_URL_LENGTH} characters`);
  if (!URL.canParse(text)) return no('bad_url', 'this is not a complete address such as https://example.com');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return no('scheme', 'the address must start with https://');
  }
  if (url.username !== '' || url.password !== '') {
    return no('userinfo', 'the address must not hold a user name or password');
  }
  if (url.hostname.length > MAX_HOST_LENGTH) {
    return no('bad_url', `the host is longer than ${MAX_HOST_LENGTH} characters`);
  }
  const port = effectivePort(url);
  if (opensHost(rules, url.hostname, port)) return { ok: true, url, port };
  return refusal(rules, url, port) ?? { ok: true, url, port };
}

/** The port that will be used: the one in the URL, else 443 or 80 by scheme. */
export function effectivePort(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function refusal(rules: readonly EgressRule[], url: URL, port: number): CheckedUrl | null {
  if (url.protocol === 'http:') {
    return no(
      'scheme',
      'the address must start with https:// (clear text needs the operator to open host:port)',
    );
  }
  if (!OPEN_PORTS.includes(port)) {
    return no('port', `port ${port} is not open (only 443 and 80, and what the operator opens)`);
  }
  const address = literalAddress(url.hostname);
  if (address !== null && !isPublicAddress(address) && !opensAddress(rules, address)) {
    return no('address', 'the address is not on the public internet');
  }
  if (address === null && isRefusedName(url.hostname)) {
    return no('name', `${url.hostname} is a name for private networks`);
  }
  return null;
}

/** Names that never mean a public service, whatever they resolve to. */
function isRefusedName(hostname: string): boolean {
  const name = hostname.replace(/\.+$/, '');
  if (name === '') return true;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return ['localhost', 'local', 'internal'].includes(last) || name.startsWith('metadata');
}

function no(code: EgressCode, message: string): CheckedUrl {
  return { ok: false, code, message };
}
