import type { Titles } from '../domain/titles.ts';
import { type Lang, langs } from '../i18n/index.ts';

/** The name of the field, which is where the API finds something wrong with it. */
export type TitleField = `titles/${Lang}`;
export const titleField = (lang: Lang): TitleField => `titles/${lang}`;

/** In which languages a form asks for a title beside `title`: those that it has, and those that `title` is not written in. */
export function askedLangs({ title, titles }: { title: string; titles: Titles }): Lang[] {
  const own: Lang = /\p{Script=Han}/u.test(title) ? 'zh-CN' : 'en';
  return langs.filter((lang) => lang !== own || titles[lang] !== undefined);
}

/** What was typed, as the API takes it: all of them, without those that were emptied. */
export function titlesOf(typed: Partial<Record<TitleField, string>>): Partial<Record<Lang, string>> {
  return Object.fromEntries(
    langs.flatMap((lang) => {
      const text = (typed[titleField(lang)] ?? '').trim();
      return text === '' ? [] : [[lang, text]];
    }),
  );
}
