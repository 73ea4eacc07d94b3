import type { Assumption as Known } from '../domain/draft/types.ts';
import { assumptionText, assumptionWords } from '../domain/draft/words.ts';
import type { Lang } from './keys.ts';

/** An assumption as the API gives it: of a newer server it may have a code that is not known here. */
type Assumption = { code: string; values: Record<string, string | number | null> };

/** What was assumed when a sentence was read, in one sentence; an unknown code is shown as it is, with its values. */
export function assumptionSentence(lang: Lang, assumption: Assumption): string {
  const { code, values } = assumption;
  if (!Object.hasOwn(assumptionWords, code)) return [code, ...Object.values(values)].join(' ');
  return assumptionText(assumption as Known)[lang === 'en' ? 'en' : 'zh']; // its code is one of the table's
}
