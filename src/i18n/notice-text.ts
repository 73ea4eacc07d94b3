import type { Reason } from '../domain/status.ts';
import { en } from './en.ts';
import type { MessageKey } from './keys.ts';
import type { Translate } from './translator.ts';

/** The sentence of a notice; a provider's own, and one of a code that this version does not know, is said as it came. */
export function noticeText(t: Translate, { code, values, text = '' }: Reason & { text?: string }): string {
  if (code === 'provider') return String(values['text'] ?? text);
  const key = `notice.${code}`;
  if (!Object.hasOwn(en, key)) return text === '' ? `${code} ${JSON.stringify(values)}` : text;
  const filled = Object.entries(values).map(([name, value]) => [name, value ?? '–'] as const);
  return t(key as MessageKey, Object.fromEntries(filled)); // the catalogue has it
}
