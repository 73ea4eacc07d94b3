import { expect, it } from 'vitest';
import { redact, redactUrl } from '../../../connectors/sdk/index.ts';

it.each([
  { what: 'user info', url: 'https://user:pass@acme.test/x', clean: 'https://acme.test/x' },
  {
    what: 'named secrets',
    url: 'https://acme.test/?api_key=abc&access_token=d&q=1',
    clean: 'https://acme.test/?api_key=[redacted]&access_token=[redacted]&q=1',
  },
  {
    what: 'keys under any name',
    url: 'https://acme.test/sk_live_abcdef123?x=rk_test_abcdef123',
    clean: 'https://acme.test/[redacted]?x=[redacted]',
  },
  { what: 'the fragment', url: 'https://acme.test/#token', clean: 'https://acme.test/' },
])('takes $what out of an address', ({ url, clean }) => {
  expect(redactUrl(url)).toBe(clean);
});

it('keeps what evidence needs: cursors, object ids, filters', () => {
  const url =
    'https://api.stripe.com/v1/charges?limit=100&starting_after=ch_3MmlLrLkdIwHu7ix0snN0B15&created[gte]=1772323200';
  expect(redactUrl(url)).toBe(url);
});

it('takes a known secret out in every form it travels in', () => {
  const secret = 'p@ss word/1';
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`${secret}:`).toString('base64'),
  ];
  for (const form of forms)
    expect(redact(`before ${form} after`, [secret])).not.toContain(form.replace(/=+$/, ''));
});
