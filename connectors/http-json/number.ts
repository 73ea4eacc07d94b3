import { Decimal } from 'decimal.js';
import { redact } from '../sdk/index.ts';

/** A number, no value at all, or what stood there instead. */
export type Read = { number: string } | { none: 'null' | 'not_a_number' } | { wrong: unknown };

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;
const NOT_A_NUMBER = /^([+-]?inf(inity)?|nan)$/i;
/** The most digits that a value may have; more is a mistake or an attack. */
const MAX_LENGTH = 60;
const SHOWN = 40;

/** A number of an answer as an exact decimal. Text with a number in it counts; `true`, lists and objects do not. */
export function readNumber(value: unknown): Read {
  if (value === null) return { none: 'null' };
  if (typeof value === 'number')
    return Number.isFinite(value) ? { number: plain(String(value)) } : { none: 'not_a_number' };
  if (typeof value !== 'string') return { wrong: value };
  const text = value.trim();
  if (NOT_A_NUMBER.test(text)) return { none: 'not_a_number' };
  return text.length <= MAX_LENGTH && DECIMAL.test(text) ? { number: plain(text) } : { wrong: value };
}

function plain(text: string): string {
  return new Decimal(text).toFixed();
}

/** What stood there, short enough for a sentence; of lists and objects only what they are. */
export function shown(value: unknown, secrets: readonly string[]): string {
  if (typeof value === 'string') {
    // Cut after the secrets are out: half a secret is not recognised any more.
    const clean = redact(value, secrets).replace(/\p{Cc}/gu, ' ');
    return `the text "${clean.length > SHOWN ? `${clean.slice(0, SHOWN)}…` : clean}"`;
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    const some = names
      .slice(0, 5)
      .map((each) => redact(each, secrets))
      .map((name) => (name.length > 20 ? `${name.slice(0, 20)}…` : name));
    return names.length === 0
      ? 'an empty object'
      : `an object with ${some.join(', ')}${names.length > 5 ? ', …' : ''}`;
  }
  return String(value);
}
