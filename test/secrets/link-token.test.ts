import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { linkTokens, newToken, parseToken } from '../../src/secrets/index.ts';

it('makes tokens of 32 random bytes, of which the SHA-256 is kept', () => {
  const { hash, token } = linkTokens.mint();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(hash).toBe(createHash('sha256').update(token).digest('hex'));
  expect(linkTokens.hashOf(token)).toBe(hash);
  expect(linkTokens.mint().token).not.toBe(token);
});

it('are never taken for a token of the API, nor that for one of them', () => {
  expect(parseToken(linkTokens.mint().token)).toBeNull();
  expect(linkTokens.hashOf(newToken('tok_1').token)).toBeNull();
});

it.each(['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}.`, `${'a'.repeat(42)}\n`])(
  'has nothing to look up for "%s"',
  (text) => {
    expect(linkTokens.hashOf(text)).toBeNull();
  },
);
