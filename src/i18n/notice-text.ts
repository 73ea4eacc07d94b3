import type { Reason } from '../domain/status.ts';
import type { Translate } from './speak.ts';

/** The sentence of a notice; a provider's own, and one of a code that this version does not know, is said as it came. */
export function noticeText(t: Translate, { code, values, text = '' }: Reason & { text?: string }): string {
  if (code === 'provider') return String(values['text'] ?? text);
  const key = `notice.${code}`;
  if (!t.knows(key)) return text === '' ? `${code} ${JSON.stringify(values)}` : text;
  const filled = Object.entries(values).map(([name, value]) => [name, value ?? '–'] as const);
  return t(key, Object.fromEntries(filled));
}
