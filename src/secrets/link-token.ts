import { randomBytes } from 'node:crypto';
import { hashOf, SECRET_BYTES } from './token.ts';

const LINK_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Tokens of public links, as long as those of the API and kept the same way: only their hash is. They have another form,
 * so that none is ever taken for a token of the API, and are looked up by their hash.
 */
export const linkTokens = {
  mint(): { token: string; hash: string } {
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    return { token, hash: hashOf(token) };
  },
  /** Null for a text that can be no such token. */
  hashOf: (text: string): string | null => (LINK_TOKEN.test(text) ? hashOf(text) : null),
};
