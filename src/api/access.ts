import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { WorkspaceRecord } from '../app/ports.ts';
import type { AccessDeps, HolderRecord } from '../app/ports-access.ts';
import type { OpenedSession } from '../app/sign-in.ts';
import { type Role, type Scope, scopes } from '../domain/access.ts';

/** Who calls, and what they were given. */
export type Caller = {
  /** Of the token or session that they came with. */
  tokenId: string;
  kind: 'api' | 'local' | 'session';
  workspace: WorkspaceRecord;
  /** Null: the operator of the machine, who acts as an admin. */
  userId: string | null;
  email: string | null;
  role: Role;
  /** What the token allows at most; a person has all of them. */
  scopes: readonly Scope[];
  /** As the record names them. */
  name: string;
};

/** What the server hands in: stored tokens and accounts, and where people come from. */
export type Tokens = {
  access: AccessDeps;
  /** People come by https: then the cookie is for that alone. */
  isSecure(): boolean;
};

const signIn =
  'Sign in on the page, open the link that `tidemark link` prints, or send a token as "Authorization: Bearer …".';

/**
 * Who calls: by bearer token, or by the session cookie. A change that comes with a cookie must prove that our own
 * page sent it.
 *
 * @throws AppError 401 without a valid token, 403 without that proof
 */
export async function authenticate(request: FastifyRequest, tokens: Tokens): Promise<Caller> {
  const [scheme, given] = (request.headers.authorization ?? '').split(' ');
  const byBearer = scheme?.toLowerCase() === 'bearer';
  const text = byBearer ? given : request.cookies[sessionCookie(tokens)];
  const holder = text === undefined ? null : await tokens.access.grants.holder(text);
  const caller = holder === null ? null : callerOf(holder);
  // What is for a browser only works there, where a page of another site cannot send it without our noticing.
  if (caller === null || (caller.kind === 'session') === byBearer) {
    throw new AppError('unauthorized', 'unauthorized', 'This needs a valid session or token.', signIn);
  }
  if (!byBearer && request.method !== 'GET') refuseForeignPage(request, true);
  return caller;
}

/** Null for a link: it can be traded, and opens nothing itself. */
function callerOf({ id, kind, name, scopes: given, user, workspace }: HolderRecord): Caller | null {
  if (kind === 'one_time' || kind === 'password') return null;
  const inPerson = kind !== 'api';
  return {
    tokenId: id,
    kind,
    workspace,
    userId: user?.id ?? null,
    email: user?.email ?? null,
    role: user?.role ?? 'admin',
    scopes: inPerson ? scopes : given,
    name: user === null ? name : inPerson ? user.name : `${user.name} (${name})`,
  };
}

/**
 * A browser says where a request comes from; another site's page may not act here.
 *
 * @param byCookie the request is somebody's only because of a cookie, which any page can make a browser send: then it must
 *   say that our own page sent it, by the header and by its origin
 */
export function refuseForeignPage(request: FastifyRequest, byCookie: boolean): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const sameOrigin =
    origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.headers.host;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    // Our own page says "null" too, where nothing may be told of it; a frame that hides where it is from is not ours.
    (origin !== undefined && !sameOrigin && !(origin === 'null' && site === 'same-origin'));
  const proven = request.headers['x-tdm-csrf'] === '1' && (site === 'same-origin' || sameOrigin);
  if (foreign || (byCookie && !proven)) {
    throw new AppError(
      'forbidden',
      'csrf',
      'This request did not come from the page.',
      'Reload the page, then try again.',
    );
  }
}

/** The prefix makes browsers refuse it from anywhere but this host by TLS; without TLS they refuse the prefix. */
export function sessionCookie(tokens: Pick<Tokens, 'isSecure'>): string {
  return tokens.isSecure() ? '__Host-tdm_sid' : 'tdm_sid';
}

export function keepSession(reply: FastifyReply, tokens: Tokens, session: OpenedSession): void {
  reply.setCookie(sessionCookie(tokens), session.text, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: tokens.isSecure(),
    maxAge: session.maxAgeSeconds,
  });
}

export function dropSession(reply: FastifyReply, tokens: Tokens): void {
  reply.clearCookie(sessionCookie(tokens), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: tokens.isSecure(),
  });
}

const LINK_SECONDS = 30 * 60;

/** A link that signs a browser in once. The token is in the fragment, which browsers do not send to servers or logs. */
export async function signInLink(
  { grants }: Pick<AccessDeps, 'grants'>,
  holder: { workspaceId: string; userId: string | null },
  base: string,
): Promise<string> {
  const issued = await grants.issue({
    ...holder,
    kind: 'one_time',
    name: 'sign-in link',
    scopes: [],
    validSeconds: LINK_SECONDS,
  });
  if (issued === null) throw new Error('links have no limit');
  return `${base.replace(/\/+$/, '')}/sign-in#token=${issued.text}`;
}
