import { en } from './en.ts';
import type { Lang } from './keys.ts';
import { type Messages, speak, type Translate } from './speak.ts';
import { zhCn } from './zh-cn.ts';

export const catalogues: Record<Lang, Messages> = { en, 'zh-CN': zhCn };

/** The messages of one language as a function, of catalogues that are all at hand. */
export function translator(lang: Lang): Translate {
  return speak(lang, catalogues[lang]);
}
