import type { Titled } from '../domain/titles.ts';
import type { Lang } from './keys.ts';

/** What an objective or a Key Result is called for a reader of that language. */
export function titleIn(lang: Lang, { title, titles }: Titled): string {
  return titles?.[lang] ?? title;
}

/** Everything that it is called, its title first: whoever searches may know it by any of them. */
export function everyTitle({ title, titles = {} }: Titled): string[] {
  return [title, ...Object.values(titles).flatMap((each) => each ?? [])];
}
