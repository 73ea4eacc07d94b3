import { describe, expect, it } from 'vitest';
import { addressBelow, redactUrl, secretForms } from '../../../connectors/sdk/index.ts';

const site = new URL('https://calendar.example/gateway');

describe('a secret address', () => {
  it.each([
    { given: '/a/basic.ics?k=1', is: 'https://calendar.example/gateway/a/basic.ics?k=1' },
    { given: 'a/basic.ics', is: 'https://calendar.example/gateway/a/basic.ics' },
    { given: 'https://calendar.example/gateway/a.ics#today', is: 'https://calendar.example/gateway/a.ics' },
    { given: ' webcal://calendar.example/gateway/a.ics ', is: 'https://calendar.example/gateway/a.ics' },
    // A path that looks like another host is a path.
    { given: '//elsewhere.example/a.ics', is: 'https://calendar.example/gateway//elsewhere.example/a.ics' },
  ])('$given lies below the address of the connection', ({ given, is }) => {
    expect(addressBelow(site, given).href).toBe(is);
  });

  it.each([
    { given: 'https://elsewhere.example/gateway/a.ics', code: 'address_elsewhere' },
    { given: 'http://calendar.example/gateway/a.ics', code: 'address_elsewhere' },
    { given: 'https://calendar.example:8443/gateway/a.ics', code: 'address_elsewhere' },
    { given: 'https://calendar.example/gateway2/a.ics', code: 'address_elsewhere' },
    { given: 'https://calendar.example/gateway/../a.ics', code: 'address_elsewhere' },
    { given: 'https://ann:pass@calendar.example/gateway/a.ics', code: 'address_elsewhere' },
    { given: 'file:///etc/passwd', code: 'bad_address' },
    { given: 'https://[', code: 'bad_address' },
  ])('$given is refused', ({ code, given }) => {
    expect(() => addressBelow(site, given)).toThrow(expect.objectContaining({ code, errorClass: 'config' }));
  });

  it('leaves no form of itself in evidence, and the host stays', () => {
    const given =
      'https://calendar.example/gateway/ann%40x.example/private-0123456789/basic.ics?s=abcdefghij';
    const url = addressBelow(site, given);
    const forms = secretForms(given, url);
    expect(redactUrl(url, forms)).toBe('https://calendar.example[redacted]');
    // Another page of the same: its keys go as well.
    const page = redactUrl(
      'https://calendar.example/gateway/ann%40x.example/private-0123456789/p2?s=abcdefghij',
      forms,
    );
    expect(page).not.toMatch(/ann|0123456789|abcdefghij/);
  });
});
