import { createHash, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The service account that is known here: its address, and the PEM of its private key. */
export type GoogleAccount = { clientEmail: string; privateKey: string };

type Grant = { status: number; body: unknown };
type Claims = { iss?: unknown; aud?: unknown; scope?: unknown; iat?: unknown; exp?: unknown };
type Issued = { email?: unknown; scope?: unknown; exp?: unknown };

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const AUDIENCE = 'https://oauth2.googleapis.com/token';
const LONGEST_SECONDS = 3_600;
const CLOCK_SKEW_SECONDS = 300;
const TOKEN_SECONDS = 3_599;

/**
 * The token endpoint: a token in exchange for what the account signed with its own key.
 *
 * @param form the body of the request, as a form
 * @param nowSeconds the sandbox's now. The real client signs by the computer's clock, and either is taken
 */
export function grantToken(form: string, account: GoogleAccount, nowSeconds: number): Grant {
  const fields = new URLSearchParams(form);
  if (fields.get('grant_type') !== GRANT_TYPE) {
    return refused('unsupported_grant_type', `Invalid grant_type: ${fields.get('grant_type') ?? ''}`);
  }
  const assertion = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(fields.get('assertion') ?? '');
  if (assertion === null) return refused('invalid_grant', 'Invalid JWT: malformed.');
  const [, header = '', payload = '', signature = ''] = assertion;
  const claims = jsonOf<Claims>(payload);
  if (claims.iss !== account.clientEmail) return refused('invalid_grant', 'Invalid grant: account not found');
  const signed = Buffer.from(`${header}.${payload}`);
  const isSigned =
    jsonOf<{ alg?: unknown }>(header).alg === 'RS256' &&
    verify('sha256', signed, publicKeyOf(account), Buffer.from(signature, 'base64url'));
  if (!isSigned) return refused('invalid_grant', 'Invalid JWT Signature.');
  if (claims.aud !== AUDIENCE) return refused('invalid_grant', 'Invalid JWT: Failed audience check.');
  if (![nowSeconds, Date.now() / 1_000].some((clock) => isCurrent(claims, clock))) {
    return refused(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    );
  }
  if (typeof claims.scope !== 'string' || claims.scope === '') {
    return refused('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
  }
  const issued = { email: account.clientEmail, scope: claims.scope, exp: nowSeconds + TOKEN_SECONDS };
  const body = Buffer.from(JSON.stringify(issued)).toString('base64url');
  const access_token = `ya29.${body}.${sealOf(body, account)}`;
  return { status: 200, body: { access_token, expires_in: TOKEN_SECONDS, token_type: 'Bearer' } };
}

function refused(error: string, error_description: string): Grant {
  return { status: 400, body: { error, error_description } };
}

function isCurrent({ exp, iat }: Claims, now: number): boolean {
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return exp > now && iat <= now + CLOCK_SKEW_SECONDS && exp - iat <= LONGEST_SECONDS;
}

/** Whether a request carries a token that was given out here: `narrow` is a good one without any of these scopes. */
export function bearerOf(
  authorization: string | undefined,
  account: GoogleAccount,
  scopes: readonly string[],
  nowSeconds: number,
): 'good' | 'missing' | 'bad' | 'narrow' {
  if (authorization === undefined || authorization === '') return 'missing';
  const [, body = '', seal = ''] = /^Bearer ya29\.([\w-]+)\.([\w-]+)$/i.exec(authorization) ?? [];
  if (body === '' || seal !== sealOf(body, account)) return 'bad';
  const { email, exp, scope } = jsonOf<Issued>(body);
  if (email !== account.clientEmail || typeof exp !== 'number' || exp <= nowSeconds) return 'bad';
  const has = typeof scope === 'string' ? scope.split(' ') : [];
  return has.some((one) => scopes.includes(one)) ? 'good' : 'narrow';
}

/** A new key makes the tokens of the old one worthless. */
function sealOf(body: string, { privateKey }: GoogleAccount): string {
  const key = createHash('sha256').update(privateKey).digest();
  return createHmac('sha256', key).update(body).digest('base64url');
}

/** The last key is kept ready, because making one for each request would cost more than the answer. */
let known: { privateKey: string; publicKey: KeyObject } | null = null;

function publicKeyOf({ privateKey }: GoogleAccount): KeyObject {
  if (known?.privateKey !== privateKey) known = { privateKey, publicKey: createPublicKey(privateKey) };
  return known.publicKey;
}

function jsonOf<T extends object>(part: string): Partial<T> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    // Every member is then looked at before it is believed.
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
