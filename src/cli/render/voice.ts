import type { ReasonView } from '../../api/contract.ts';
import { en } from '../../i18n/en.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { reasonText } from '../../i18n/reason-text.ts';
import type { MessageValues } from '../../i18n/speak.ts';
import { translator } from '../../i18n/translator.ts';
import { type Measure, reasonFormat } from './format.ts';
import { type Look, plain } from './look.ts';
import { oneLine } from './text.ts';

/** The catalogue in the language of the look, safe for its locale. */
export type Voice = {
  say(key: MessageKey, values?: MessageValues): string;
  /** The sentence of a reason, with its numbers written in the unit of the metric. */
  because(reason: ReasonView, measure: Measure): string;
};

export function voiceOf(look: Look): Voice {
  const translate = translator(look.lang);
  return {
    say: (key, values) => plain(translate(key, values), look),
    because(reason, measure) {
      if (!Object.hasOwn(en, `reason.${reason.code}`)) return plain(oneLine(reason.text), look);
      try {
        return plain(oneLine(reasonText(translate, reason, reasonFormat(measure, look))), look);
      } catch {
        // A server of another version may leave out a number that our sentence needs; its own sentence has it.
        return plain(oneLine(reason.text), look);
      }
    },
  };
}
