import type { Lang } from './keys.ts';

/**
 * The best of our languages for an `Accept-Language` header, a browser's `navigator.language`, or a POSIX `LANG`
 * such as `zh_CN.UTF-8`. Every Chinese asks for the one Chinese we have. English when nothing fits.
 */
export function pickLang(wanted: string | null | undefined): Lang {
  const ranked = (wanted ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='));
      return { tag: tag.trim(), weight: q === undefined ? 1 : Number(q.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { tag } of ranked) {
    if (/^zh(?:[-_.]|$)/.test(tag)) return 'zh-CN';
    if (/^en(?:[-_.]|$)/.test(tag)) return 'en';
  }
  return 'en';
}
