import { expect, it } from 'vitest';
import { createScrubber } from '../../src/secrets/index.ts';

const secret = 'rk_live_4e"x+y/z=';

it('section 9: hides a secret however it was encoded on the way into a log line', () => {
  const { add, scrub } = createScrubber();
  add(secret);
  const line = [
    secret,
    JSON.stringify({ key: secret }),
    `https://api.example/?key=${encodeURIComponent(secret)}`,
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ].join(' ');
  const clean = scrub(line);
  expect(clean).not.toMatch(/rk_live/);
  expect(clean).not.toContain(Buffer.from('rk_live').toString('base64').slice(0, 8));
  expect(clean.match(/\[secret\]/g)).toHaveLength(5);
});

it('hides each line of a private key', () => {
  const { add, scrub } = createScrubber();
  const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'];
  add(`-----BEGIN PRIVATE KEY-----\n${body.join('\n')}\n-----END PRIVATE KEY-----\n`);
  expect(scrub(`parse error near ${body[1]}`)).toBe('parse error near [secret]');
});

it('leaves nothing of a long secret that contains a shorter one', () => {
  const { add, scrub } = createScrubber();
  add('abcdef');
  add('abcdef-and-more');
  expect(scrub('x abcdef-and-more y')).toBe('x [secret] y');
});

it('leaves other text and very short secrets alone', () => {
  const { add, scrub } = createScrubber();
  add('key');
  add('');
  expect(scrub('the key result is on track')).toBe('the key result is on track');
});

it('hides a secret for as long as anybody holds it', () => {
  const { add, scrub } = createScrubber();
  const first = add('topsecret');
  const second = add('topsecret');
  first();
  first();
  expect(scrub('topsecret')).toBe('[secret]');
  second();
  expect(scrub('topsecret')).toBe('topsecret');
});
