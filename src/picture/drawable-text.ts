/** Signs that only change how their neighbours look, and pictures: without them the words are still whole. */
const LEAVES_NO_HOLE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{M}\p{Cf}]/u;

/** In a Chinese font the apostrophe is as wide as a character, which tears "Owner’s" apart. */
const BETWEEN_LETTERS = /(?<=\p{Script=Latin})’(?=\p{Script=Latin})/gu;

/**
 * The same text as far as a font can draw it: accents that it lacks are dropped from their letters, emoji and invisible
 * signs are left out, and any other character becomes a question mark, where the renderer would draw a box.
 */
export function drawableText(text: string, covers: (codePoint: number) => boolean): string {
  return text.replace(BETWEEN_LETTERS, "'").replace(/[^\n\r\t -~]/gu, (character) => {
    if (covers(codePointOf(character))) return character;
    const plain = Array.from(character.normalize('NFKD')).filter(
      // Letters and digits only: what is left must not become markup.
      (part) => /[\p{L}\p{N}]/u.test(part) && covers(codePointOf(part)),
    );
    if (plain.length > 0) return plain.join('');
    return LEAVES_NO_HOLE.test(character) ? '' : '?';
  });
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
