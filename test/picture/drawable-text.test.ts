import { expect, it } from 'vitest';
import { drawableText } from '../../src/picture/drawable-text.ts';
import { fontCoverage } from '../../src/picture/font.ts';

/** A font of ASCII and these few. */
const covers = (codePoint: number) => codePoint < 0x7f || 'é中（'.includes(String.fromCodePoint(codePoint));

it.each([
  { text: 'Grow “MRR”', drawn: 'Grow ?MRR?', why: 'a sign without a drawing is a question mark' },
  { text: 'été', drawn: 'été', why: 'an accent that the font has stays' },
  { text: 'čas', drawn: 'cas', why: 'an accent that it lacks is dropped, the letter stays' },
  { text: 'Go 🚀 now 👩‍💻', drawn: 'Go  now ', why: 'pictures are left out, with what joins them' },
  { text: 'a\u200bb', drawn: 'ab', why: 'invisible signs are left out' },
  { text: '한국', drawn: '??', why: 'a script that it lacks is not hidden' },
  { text: 'a﹤b', drawn: 'a?b', why: 'a look-alike of a sign of markup never becomes one' },
  { text: '中（a', drawn: '中（a', why: 'what it can draw is untouched' },
  { text: 'Owner’s', drawn: "Owner's", why: 'an apostrophe between letters is a narrow one' },
])('$why', ({ drawn, text }) => {
  expect(drawableText(text, covers)).toBe(drawn);
});

it('knows what the font of pictures can draw', async () => {
  const real = await fontCoverage();
  const missing = (text: string) =>
    Array.from(text).filter((character) => !real(character.codePointAt(0) ?? 0));
  expect(missing('abc ÄÖÜäöüß éèêñç Привет 中文预测目标 ¥€£₩ –—…·→≥≤×÷−’“”')).toEqual([]);
  expect(missing('한₹🚀')).toEqual(['한', '₹', '🚀']);
});
