/** Control characters, line ends among them, and the marks that turn the direction of what follows. */
const DANGEROUS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * A title or name that a person typed, on one line. What could end a header, forge a line of ours or turn the direction
 * of the words after it is gone; text from right to left is isolated, so that it leaves our words in their order.
 */
export function oneLine(text: string): string {
  const line = text.replace(DANGEROUS, ' ').replace(/\s+/gu, ' ').trim();
  return RIGHT_TO_LEFT.test(line) ? `${FIRST_STRONG_ISOLATE}${line}${POP_ISOLATE}` : line;
}

/** Cut to at most so many UTF-16 units, never inside a character; an isolate that was opened is closed. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const close = text.includes(FIRST_STRONG_ISOLATE) ? POP_ISOLATE : '';
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > maxLength - 1 - close.length) break;
    kept += character;
  }
  return `${kept}…${close}`;
}
