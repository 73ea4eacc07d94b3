import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import type { Lang, MessageKey } from './keys.ts';
import { zhCn } from './zh-cn.ts';

/** What a message may be filled with. Quantities are formatted by the caller; counts stay numbers for the plural. */
export type MessageValues = Record<string, string | number>;
export type Translate = ((key: MessageKey, values?: MessageValues) => string) & { lang: Lang };

export const catalogues: Record<Lang, Record<MessageKey, string>> = { en, 'zh-CN': zhCn };

/**
 * The messages of one language as a function. Messages are parsed once, on first use.
 *
 * @throws when a message names an argument that `values` lacks: a sentence with a hole is worse than an error
 */
export function translator(lang: Lang): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  const translate = (key: MessageKey, values: MessageValues = {}): string => {
    let message = parsed.get(key);
    if (message === undefined) {
      // Titles and names come from people: a "<" in a message is text, never markup.
      message = new IntlMessageFormat(catalogues[lang][key], lang, undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    const text = message.format(values);
    return typeof text === 'string' ? text : String(text);
  };
  return Object.assign(translate, { lang });
}
