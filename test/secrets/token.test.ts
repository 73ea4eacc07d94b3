import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { last4, newToken, newWebhookSecret, parseToken, verifyToken } from '../../src/secrets/index.ts';

it.each(['tok_01J8Z3', '7', 'a_b-c'])(
  'makes a token for the id %s that is found and verified again',
  (id) => {
    const made = newToken(id);
    expect(made.token).toMatch(/^tdm_.+_[A-Za-z0-9_-]{43}$/);
    expect(parseToken(made.token)).toEqual({ id });
    expect(verifyToken(made.token, made.hash)).toBe(true);
  },
);

it('section 9: keeps only the SHA-256 of the secret part', () => {
  const { token, hash } = newToken('tok_1');
  expect(hash).toBe(createHash('sha256').update(token.slice(-43)).digest('hex'));
  expect(hash).not.toContain(token.slice(-43));
});

it('refuses another token, a changed one, and a stored hash that is damaged', () => {
  const { token, hash } = newToken('tok_1');
  expect(verifyToken(newToken('tok_1').token, hash)).toBe(false);
  const last = token.endsWith('A') ? 'B' : 'A';
  expect(verifyToken(token.slice(0, -1) + last, hash)).toBe(false);
  expect(verifyToken(token, '')).toBe(false);
  expect(verifyToken(token, hash.slice(2))).toBe(false);
});

it.each([
  '',
  'tdm_',
  'tdm_tok_short',
  `tdm__${'a'.repeat(43)}`,
  `xyz_1_${'a'.repeat(43)}`,
  `tdm_1_${'a'.repeat(42)}!`,
])('does not take "%s" for a token', (text) => {
  expect(parseToken(text)).toBeNull();
  expect(verifyToken(text, 'a'.repeat(64))).toBe(false);
});

it('refuses an id that would break the token apart', () => {
  expect(() => newToken('a b')).toThrow(TypeError);
  expect(() => newToken('')).toThrow(TypeError);
});

it('makes webhook secrets of 32 random bytes in the form of Standard Webhooks', () => {
  const secret = newWebhookSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  expect(newWebhookSecret()).not.toBe(secret);
});

it('shows the last four characters of a secret, and nothing of a short one', () => {
  expect(last4('rk_live_abcdefgh1234')).toBe('1234');
  expect(last4('hunter2')).toBe('');
});
