import { type ItemWords, type Link, type MessageWords, onlyItem } from './words.ts';

/** The whole message as plain text that stands alone. */
export function plainText(words: MessageWords): string {
  const alone = onlyItem(words);
  const blocks = [
    [words.subject, ...words.intro],
    ...words.sections.flatMap(({ title, note, items, more }) => [
      ...(title === null ? [] : [[`== ${title} ==`, ...note]]),
      ...items.map((item) => itemLines(item, words, item !== alone)),
      ...(more === null ? [] : [[more]]),
    ]),
    ...(words.open === null ? [] : [[linkLine(words.open, words)]]),
    words.footer,
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function itemLines({ headline, facts, links }: ItemWords, words: MessageWords, named: boolean): string[] {
  return [
    ...(named ? [headline] : []),
    ...facts.map(({ label, text }) => `${label}${words.colon}${text}`),
    ...links.map((link) => linkLine(link, words)),
  ];
}

function linkLine({ label, url }: Link, { colon }: MessageWords): string {
  return `${label}${colon}${url}`;
}
