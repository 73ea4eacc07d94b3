import { assumptionWords, fill } from '../domain/draft/words.ts';
import type { Lang } from './keys.ts';

/** An assumption as the API gives it: of a newer server it may have a code that is not known here. */
type Assumption = { code: string; values: Record<string, string | number | null> };

/** What was assumed when a sentence was read, in one sentence; an unknown code is shown as it is, with its values. */
export function assumptionSentence(lang: Lang, { code, values }: Assumption): string {
  const templates: Readonly<Record<string, { en: string; zh: string }>> = assumptionWords;
  const template = templates[code];
  if (template === undefined) return [code, ...Object.values(values)].join(' ');
  const known = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return fill(template, Object.fromEntries(known))[lang === 'en' ? 'en' : 'zh'];
}
