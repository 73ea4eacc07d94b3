import type { FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';

export const SESSION_COOKIE = 'tdm_sid';
const SESSION_SECONDS = 7 * 86_400;
const LINK_SECONDS = 30 * 60;

export type Bearer = { id: string; workspaceId: string; kind: string; name: string };

/** What access needs of tokens; the server hands in the stored ones. */
export type Tokens = {
  /** The bearer of a valid token text, or null. */
  bearer(text: string): Promise<Bearer | null>;
  issue(kind: 'session' | 'one_time' | 'local', name: string, validSeconds: number): Promise<string>;
  useOnce(id: string): Promise<boolean>;
};

const signIn = 'Open the link that `tidemark link` prints, or send a token as "Authorization: Bearer …".';

/**
 * Who calls: by bearer token, or by the session cookie. A change that comes with a cookie must prove that our own
 * page sent it.
 *
 * @throws AppError 401 without a valid token, 403 without that proof
 */
export async function authenticate(request: FastifyRequest, tokens: Tokens): Promise<Bearer> {
  const [scheme, given] = (request.headers.authorization ?? '').split(' ');
  const cookie = request.cookies[SESSION_COOKIE];
  const text = scheme?.toLowerCase() === 'bearer' ? given : cookie;
  const bearer = text === undefined ? null : await tokens.bearer(text);
  if (bearer === null || bearer.kind === 'one_time') {
    throw new AppError('unauthorized', 'unauthorized', 'This needs a valid session or token.', signIn);
  }
  const byCookie = text === cookie && scheme?.toLowerCase() !== 'bearer';
  if (byCookie && request.method !== 'GET') refuseForeignPage(request, true);
  return bearer;
}

/** A browser says where a request comes from; another site's page may not act here. */
export function refuseForeignPage(request: FastifyRequest, needsHeader: boolean): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && isForeign(origin, request.headers.host, site));
  if (foreign || (needsHeader && request.headers['x-tdm-csrf'] !== '1')) {
    throw new AppError(
      'forbidden',
      'csrf',
      'This request did not come from the page.',
      'Reload the page, then try again.',
    );
  }
}

/** A frame that hides where it is from says "null", and so does our own page where nothing may be told of it. */
function isForeign(origin: string, host: string | undefined, site: string | string[] | undefined): boolean {
  if (!URL.canParse(origin)) return site !== 'same-origin';
  return new URL(origin).host !== host;
}

/** Trades the one-time token of a link for a session. @throws AppError when it was used, has expired or never was */
export async function openSession(
  tokens: Tokens,
  text: string,
): Promise<{ cookie: string; maxAgeSeconds: number }> {
  const bearer = await tokens.bearer(text);
  const usable = bearer !== null && bearer.kind === 'one_time' && (await tokens.useOnce(bearer.id));
  if (!usable) {
    throw new AppError(
      'unauthorized',
      'link_used',
      'This link was used already or has expired.',
      'Print a new one with `tidemark link`.',
    );
  }
  return {
    cookie: await tokens.issue('session', 'browser', SESSION_SECONDS),
    maxAgeSeconds: SESSION_SECONDS,
  };
}

/** A link that signs a browser in once. The token is in the fragment, which browsers do not send to servers or logs. */
export async function signInLink(tokens: Tokens, base: string): Promise<string> {
  return `${base}/sign-in#token=${await tokens.issue('one_time', 'sign-in link', LINK_SECONDS)}`;
}
