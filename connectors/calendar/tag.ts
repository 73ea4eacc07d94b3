import type { CalendarEvent } from './event.ts';

/** Words are compared in any case, and blanks as one. */
function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Whether an event carries a tag: as one of its categories, or as a whole word of its title, with or without `#` before it.
 * `#problem-interview-2` is another tag than `problem-interview`.
 */
export function hasTag(tag: string): (event: Pick<CalendarEvent, 'categories' | 'summary'>) => boolean {
  const wanted = plain(tag).replace(/^#/, '');
  const before = String.raw`(?:(?<![a-z0-9_#&/])#|(?<![\p{L}\p{N}_#-]))`;
  const inTitle = new RegExp(`${before}${escaped(wanted)}(?![\\p{L}\\p{N}_-])`, 'u');
  return ({ categories, summary }) =>
    categories.some((category) => plain(category).replace(/^#/, '') === wanted) ||
    inTitle.test(plain(summary));
}

/** Hyphens, blanks and underscores are one: "No-Show", "no show". */
const loose = (text: string): string => plain(text.replace(/[-_‐‑–]/g, ' '));

/** Whether the title says one of some words. Chinese is written without blanks, so its words are found anywhere. */
export function saysOneOf(words: readonly string[]): (event: Pick<CalendarEvent, 'summary'>) => boolean {
  const patterns = words.map((word) => {
    const wanted = escaped(loose(word));
    return /\p{Script=Han}/u.test(word)
      ? new RegExp(wanted, 'u')
      : new RegExp(`(?<![\\p{L}\\p{N}])${wanted}(?![\\p{L}\\p{N}])`, 'u');
  });
  return ({ summary }) => patterns.some((pattern) => pattern.test(loose(summary)));
}

/** Categories, and words of titles that begin with `#`, as they are written. */
export function tagsOf({ categories, summary }: Pick<CalendarEvent, 'categories' | 'summary'>): string[] {
  return [
    ...categories,
    ...(summary.match(/(?<![\w#&/])#[\p{L}\p{N}_-]+/gu) ?? []).map((tag) => tag.slice(1)),
  ];
}
