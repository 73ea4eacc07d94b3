import type { DraftLanguage } from './types.ts';

const one: Readonly<Record<string, string>> = {
  '　': ' ',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\t': ' ',
  '￥': '¥',
  '–': '-',
  '—': '-',
  '−': '-',
  '‑': '-',
  '～': '~',
  '〜': '~',
  '×': 'x',
  '‘': "'",
  '’': "'",
  '、': ',',
  '“': '"',
  '”': '"',
  '„': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
};

/** The text with full-width forms and typographic marks made plain; every character stays at its place. */
export function plain(text: string): string {
  return text.replace(/[\u3000\u00a0\u2009\u202f\t￥–—−‑～〜×‘’、“”„「」『』\uff01-\uff5e]/g, (char) => {
    return one[char] ?? String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  });
}

/** Chinese as soon as its characters outnumber the Latin words: "Sprint团队速度从32个增加到60点" is. */
export function languageOf(text: string): DraftLanguage {
  const han = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const words = text.match(/[A-Za-z]+/g)?.length ?? 0;
  return han > 0 && han >= words ? 'zh' : 'en';
}
