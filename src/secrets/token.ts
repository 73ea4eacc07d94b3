import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const SECRET_BYTES = 32;
/** 32 bytes in base64url are 43 characters, so the last 43 are the secret though both parts may hold `_`. */
const TOKEN = /^tdm_([A-Za-z0-9_-]{1,64})_([A-Za-z0-9_-]{43})$/;

/**
 * A new API token for the row `id`. `token` is shown once and not kept; `hash` is kept: SHA-256 is enough for
 * 256 random bits.
 *
 * @throws TypeError when the id would not fit into a token
 */
export function newToken(id: string): { token: string; id: string; hash: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const token = `tdm_${id}_${secret}`;
  if (!TOKEN.test(token)) throw new TypeError(`"${id}" cannot be the id of a token`);
  return { token, id, hash: hashOf(secret) };
}

/** The row to look up, or null when the text is no token. Says nothing about validity. */
export function parseToken(text: string): { id: string } | null {
  const [, id] = TOKEN.exec(text) ?? [];
  return id === undefined ? null : { id };
}

/** Compares in constant time. A stored hash that is no SHA-256 fits nothing. */
export function verifyToken(text: string, storedHash: string): boolean {
  const [, , secret] = TOKEN.exec(text) ?? [];
  if (secret === undefined || !/^[0-9a-f]{64}$/.test(storedHash)) return false;
  return timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(storedHash, 'hex'));
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
