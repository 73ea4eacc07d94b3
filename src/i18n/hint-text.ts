import { type Hint as DomainHint, hintCodes } from '../domain/hints.ts';
import { funnelStages } from '../domain/life-cycle.ts';
import type { Titles } from '../domain/titles.ts';
import type { MessageKey } from './keys.ts';
import type { Translate } from './speak.ts';
import { titleIn } from './title-in.ts';

/** A hint as the API gives it: of a newer server it may have a code that is not known here, and its own sentence. */
export type Hint = { code: string; values: DomainHint['values']; titles?: Titles | undefined; text?: string };

/** The sentence of a hint. Stages, objectives and Key Results are named in the language of the sentence. */
export function hintText(translate: Translate, { code, text, titles, values }: Hint): string {
  if (!hintCodes.some((known) => known === code)) return text ?? code;
  const named = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, nameStages(translate, value ?? '')]),
  );
  const title = values['title'];
  if (typeof title === 'string') named['title'] = titleIn(translate.lang, { title, titles });
  return translate(`hint.${code.slice('hint_'.length)}` as MessageKey, named); // the catalogue has one for each code
}

function nameStages(translate: Translate, value: string | number): string | number {
  if (typeof value === 'number') return value;
  const words = value.split(', ');
  if (!words.every((word) => funnelStages.some((stage) => stage === word))) return value;
  return words.map((word) => translate(`stage.${word}` as MessageKey)).join(', ');
}
