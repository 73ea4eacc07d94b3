import { randomBytes } from 'node:crypto';

export type IdPrefix =
  | 'wsp'
  | 'usr'
  | 'tok'
  | 'sec'
  | 'cyc'
  | 'obj'
  | 'kr'
  | 'con'
  | 'met'
  | 'mv'
  | 'run'
  | 'ev'
  | 'snap'
  | 'alr'
  | 'rul'
  | 'chn'
  | 'base'
  | 'ing'
  | 'chk'
  | 'ovr'
  | 'ini'
  | 'ser'
  | 'snz'
  | 'lnk';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32

/** When an id was made, by the clock of whoever made it; null for one that carries no time. */
export function madeAt(id: string): Date | null {
  const [, time = ''] = /^[a-z]+_([0-9a-hjkmnp-tv-z]{10})[0-9a-hjkmnp-tv-z]{16}$/.exec(id) ?? [];
  if (time === '') return null;
  return new Date(Array.from(time).reduce((ms, digit) => ms * 32 + ALPHABET.indexOf(digit), 0));
}

/** A new id: type prefix, then a ULID (48 bits of time, 80 of chance), so that ids sort by when they were made. */
export function newId(prefix: IdPrefix, timeMs: number = Date.now()): string {
  let time = '';
  for (let left = timeMs, place = 0; place < 10; place += 1) {
    time = ALPHABET.charAt(left % 32) + time;
    left = Math.floor(left / 32);
  }
  let chance = '';
  for (const byte of randomBytes(16)) chance += ALPHABET.charAt(byte % 32);
  return `${prefix}_${time}${chance}`;
}
