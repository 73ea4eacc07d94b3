import { Decimal } from 'decimal.js';

/**
 * `JSON.parse`, except that a number which a double cannot hold (more than 15 or so digits, or too large) comes as the text
 * it was written in: "12345678901234567890" keeps its digits. Everything that reads numbers here takes such text.
 *
 * @throws SyntaxError for what is no JSON
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(quoteLongNumbers(text));
}

/** Walks over strings by their quotes and looks at numbers only; never holds more than the text twice. */
function quoteLongNumbers(text: string): string {
  const pieces: string[] = [];
  let taken = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
      continue;
    }
    if (!startsNumber(code)) continue;
    const end = endOfNumber(text, index);
    const written = text.slice(index, end);
    if (isInexact(written)) {
      pieces.push(text.slice(taken, index), '"', written, '"');
      taken = end;
    }
    index = end - 1;
  }
  return pieces.length === 0 ? text : `${pieces.join('')}${text.slice(taken)}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Every decimal of up to 15 digits survives a double. */
const SAFE_LENGTH = 15;

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function startsNumber(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39);
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && /[0-9.eE+-]/.test(text.charAt(end))) end += 1;
  return end;
}

function isInexact(written: string): boolean {
  if (written.length <= SAFE_LENGTH && !/e/i.test(written)) return false;
  // What is no number stays as it is, for `JSON.parse` to refuse.
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(written)) return false;
  const near = Number(written);
  return !Number.isFinite(near) || !new Decimal(near).eq(new Decimal(written));
}
