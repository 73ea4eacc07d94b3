/** A deterministic stream of numbers: the same parts always give the same stream. */
export type Random = {
  /** uniform in [0, 1) */
  next(): number;
  /** uniform whole number in [min, max], both included */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  weighted<T>(entries: readonly (readonly [value: T, weight: number])[]): T;
  poisson(mean: number): number;
  /** standard normal */
  normal(): number;
};

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 32-bit FNV-1a with a final avalanche, so that neighbouring days do not get neighbouring streams. */
export function hash(...parts: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  const text = parts.join('\u0000');
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** One stream per purpose (`random(seed, 'signups', day)`): reading more of one never shifts another. */
export function random(...parts: readonly (string | number)[]): Random {
  const next = mulberry32(hash(...parts));
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(values: readonly T[]): T => values[int(0, values.length - 1)] as T;
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    weighted<T>(entries: readonly (readonly [T, number])[]): T {
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of entries) {
        left -= weight;
        if (left < 0) return value;
      }
      return (entries.at(-1) as readonly [T, number])[0];
    },
    poisson(mean) {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count += 1;
      return count;
    },
    normal,
  };
}

/** An id in the provider's style, `ch_` and letters, that depends only on the parts. */
export function idFor(prefix: string, ...parts: readonly (string | number)[]): string {
  const next = mulberry32(hash(prefix, ...parts, 'a'));
  const other = mulberry32(hash(...parts, prefix, 'b'));
  let id = prefix;
  for (let index = 0; index < 9; index += 1) {
    id += BASE62[Math.floor(next() * 62)];
    id += BASE62[Math.floor(other() * 62)];
  }
  return id;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
