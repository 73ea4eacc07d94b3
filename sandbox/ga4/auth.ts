import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { EpochSeconds } from '../model/time.ts';
import type { Ga4Access } from '../state.ts';
import { badToken, noToken } from './errors.ts';

const SCOPES = [
  'https://www.googleapis.com/auth/analytics.readonly',
  'https://www.googleapis.com/auth/analytics',
];
const AUDIENCE = 'https://analyticsdata.googleapis.com/';
const LONGEST_SECONDS = 3_600; // Google refuses a self-signed token that lives longer
const CLOCK_SKEW_SECONDS = 300;

type Claims = { iss?: unknown; sub?: unknown; aud?: unknown; scope?: unknown; iat?: unknown; exp?: unknown };

/**
 * Checks the token that the service account signed with its own key.
 *
 * @param clocks the sandbox's now and the computer's: the real client signs with the latter, a test may with the former
 * @throws Refusal (401) unless it is whole, ours, and good at one of the clocks
 */
export function authenticate(
  authorization: string | undefined,
  access: Ga4Access,
  clocks: readonly EpochSeconds[],
): void {
  if (authorization === undefined || authorization === '') throw noToken();
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization);
  if (token === null || access.privateKey === '') throw badToken();
  const [, header = '', payload = '', signature = ''] = token;
  if (jsonOf<{ alg?: unknown }>(header).alg !== 'RS256') throw badToken();
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, publicKeyOf(access), Buffer.from(signature, 'base64url'))) throw badToken();
  const claims = jsonOf<Claims>(payload);
  const isOurs = claims.iss === access.clientEmail && claims.sub === access.clientEmail;
  if (!isOurs || !mayRead(claims) || !clocks.some((now) => isCurrent(claims, now))) throw badToken();
}

function mayRead({ scope, aud }: Claims): boolean {
  if (typeof scope === 'string') return scope.split(' ').some((one) => SCOPES.includes(one));
  return aud === AUDIENCE;
}

function isCurrent({ iat, exp }: Claims, now: EpochSeconds): boolean {
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return exp > now && iat <= now + CLOCK_SKEW_SECONDS && exp - iat <= LONGEST_SECONDS;
}

/** The last key is kept ready, because making one for each request would cost more than the answer. */
let known: { privateKey: string; publicKey: KeyObject } | null = null;

function publicKeyOf({ privateKey }: Ga4Access): KeyObject {
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
