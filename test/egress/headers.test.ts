import { expect, it } from 'vitest';
import { checkUserHeaders } from '../../src/egress/index.ts';

it('accepts the headers that people need for their own APIs', () => {
  const headers = {
    Authorization: 'Bearer abc',
    Accept: 'application/json',
    'X-Api-Key': 'k',
    'x-team': 'growth',
  };
  expect(checkUserHeaders(headers)).toEqual([]);
});

it.each(['Host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'Cookie', 'Proxy-Authorization'])(
  'refuses %s, which belongs to the transport',
  (name) => {
    expect(checkUserHeaders({ [name]: 'x' })).toHaveLength(1);
  },
);

it.each(['X-Forwarded-For', 'X-HTTP-Method-Override', 'X-Real-IP', 'Origin', 'Forwarded'])(
  'refuses %s, which servers trust or which is not on the list',
  (name) => {
    expect(checkUserHeaders({ [name]: 'x' })).toHaveLength(1);
  },
);

it('section 10: refuses line breaks, more than 20 headers and more than 4 KiB', () => {
  expect(checkUserHeaders({ 'x-note': 'a\r\nb: c' })).toHaveLength(1);
  expect(checkUserHeaders({ 'x-note': 'a'.repeat(4_096) })).toHaveLength(1);
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`x-${index}`, 'v']));
  expect(checkUserHeaders(many)).toEqual(['at most 20 headers are allowed']);
});

it('never repeats a header value in its answer', () => {
  expect(checkUserHeaders({ 'x-note': 'sk_live_secret\n' }).join()).not.toContain('sk_live_secret');
});
