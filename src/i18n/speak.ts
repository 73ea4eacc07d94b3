import { IntlMessageFormat } from 'intl-messageformat';
import type { Lang, MessageKey } from './keys.ts';

/** What a message may be filled with. Quantities are formatted by the caller; counts stay numbers for the plural. */
export type MessageValues = Record<string, string | number>;
export type Messages = Record<MessageKey, string>;
export type Translate = ((key: MessageKey, values?: MessageValues) => string) & {
  lang: Lang;
  /** Whether there is such a message: a newer server may send words that this version does not know. */
  knows: (key: string) => key is MessageKey;
};

/**
 * The messages of one language as a function. Messages are parsed once, on first use. Takes its catalogue as an argument,
 * so that the page loads the language that is read and no other.
 *
 * @throws when a message names an argument that `values` lacks: a sentence with a hole is worse than an error
 */
export function speak(lang: Lang, messages: Messages): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  const translate = (key: MessageKey, values: MessageValues = {}): string => {
    let message = parsed.get(key);
    if (message === undefined) {
      const words = messages[key] as string | undefined;
      // The page loads its words in two parts: what is not here yet is said once it is.
      if (words === undefined) return '';
      // Titles and names come from people: a "<" in a message is text, never markup.
      message = new IntlMessageFormat(words, lang, undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    const text = message.format(values);
    return typeof text === 'string' ? text : String(text);
  };
  const knows = (key: string): key is MessageKey => Object.hasOwn(messages, key);
  return Object.assign(translate, { lang, knows });
}
