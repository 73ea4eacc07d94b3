/** Widths in hundredths of the font's size, a little generous: the fonts of the page differ from each other. */
const NARROW = 36;
const USUAL = 57;
const DIGIT = 60;
const CAPITAL = 67;
const BROAD = 88;
const WHOLE = 100;

/** About how wide a text is, in pixels: nothing here can measure the font that a reader has. */
export function textWidth(text: string, fontSizePx = 11): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return (width * fontSizePx) / 100;
}

function widthOf(character: string): number {
  if (/[iljftrI .,:;'|!()[\]·-]/.test(character)) return NARROW;
  if (/\d/.test(character)) return DIGIT;
  if (/[mwMW%@…]/.test(character)) return BROAD;
  // A Chinese character, and its punctuation, is as wide as the font is high.
  if ((character.codePointAt(0) ?? 0) >= 0x2e80) return WHOLE;
  return /\p{Lu}/u.test(character) ? CAPITAL : USUAL;
}
