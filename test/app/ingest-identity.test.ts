import { expect, it } from 'vitest';
import { decimalText } from '../../src/app/decimal-text.ts';
import { momentsOf, recordIds } from '../../src/app/record-identity.ts';

it.each([
  [0, '0'],
  [-0.1, '-0.1'],
  [1e-7, '0.0000001'],
  [-2.5e-9, '-0.0000000025'],
  [999_999_999_999_999, '999999999999999'],
])('writes %s without an exponent', (value, text) => {
  expect(decimalText(value)).toBe(text);
});

it('names records without an id by what they say, and twins of one delivery by their number', () => {
  const view = (seconds: number) => ({ id: null, record: { userId: 'a', seconds } });
  const ids = recordIds([view(10), view(20), view(10), { id: 'own', record: {} }]);
  expect(new Set(ids).size).toBe(4);
  expect(ids[2]).toBe(`${ids[0]}.2`);
  expect(ids[3]).toBe('own');
  // The same file again is the same records.
  expect(recordIds([view(10), view(20), view(10)])).toEqual(ids.slice(0, 3));
});

it('knows when a record happened from its first moment to its last, and that a state has none', () => {
  const [first, last] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-03-09T00:00:00Z')];
  expect(momentsOf('items', { createdAt: first, doneAt: last })).toEqual({ first, last });
  expect(momentsOf('items', { createdAt: first, doneAt: null })).toEqual({ first, last: first });
  expect(momentsOf('countries', { country: 'DE', average: 4.5 })).toBeNull();
});
