import { type Hint as DomainHint, hintCodes } from '../domain/hints.ts';
import { funnelStages } from '../domain/life-cycle.ts';
import type { MessageKey } from './keys.ts';
import type { Translate } from './speak.ts';

/** A hint as the API gives it: of a newer server it may have a code that is not known here, and its own sentence. */
export type Hint = { code: string; values: DomainHint['values']; text?: string };

/** The sentence of a hint. Stages are named in the language of the sentence. */
export function hintText(translate: Translate, { code, text, values }: Hint): string {
  if (!hintCodes.some((known) => known === code)) return text ?? code;
  const named = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, nameStages(translate, value ?? '')]),
  );
  return translate(`hint.${code.slice('hint_'.length)}` as MessageKey, named); // the catalogue has one for each code
}

function nameStages(translate: Translate, value: string | number): string | number {
  if (typeof value === 'number') return value;
  const words = value.split(', ');
  if (!words.every((word) => funnelStages.some((stage) => stage === word))) return value;
  return words.map((word) => translate(`stage.${word}` as MessageKey)).join(', ');
}
