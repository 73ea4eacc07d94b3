import { expect, it } from 'vitest';
import { circuitOpenMs } from '../../src/domain/circuit.ts';

const MINUTE_MS = 60_000;
/** In the middle: neither less nor more. */
const plain = (outages: number) => circuitOpenMs(outages, 0.5);

it('asks as usual until the fifth run in a row was answered nothing', () => {
  expect([0, 1, 4].map(plain)).toEqual([null, null, null]);
});

it('leaves alone for a minute, then twice as long each time, and for half an hour at most', () => {
  expect([5, 6, 7, 8, 9, 10, 11, 500].map((outages) => (plain(outages) ?? 0) / MINUTE_MS)).toEqual([
    1, 2, 4, 8, 16, 30, 30, 30,
  ]);
});

it('spreads those that failed together', () => {
  expect(circuitOpenMs(5, 0)).toBe(45_000);
  expect(circuitOpenMs(5, 0.999_999)).toBe(74_999);
});
