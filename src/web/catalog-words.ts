import type { WindowRule } from '../domain/catalog/types.ts';
import { catalogTexts, type MetricText, windowRuleText } from '../i18n/catalog.ts';
import type { Lang } from '../i18n/index.ts';

/** What the catalogue says about a metric; null for one of a newer server. */
export function catalogText(lang: Lang, metric: string): MetricText | null {
  const texts: Readonly<Record<string, MetricText>> = catalogTexts[lang].metrics;
  return Object.hasOwn(texts, metric) ? (texts[metric] ?? null) : null;
}

export function catalogTitle(lang: Lang, metric: string): string {
  return catalogText(lang, metric)?.title ?? metric;
}

/** A rule of a newer server may be one that this version has no words for. */
export function windowText(lang: Lang, window: { kind: string }): string {
  if (!Object.hasOwn(catalogTexts[lang].windowRules, window.kind)) return window.kind;
  return windowRuleText(lang, window as WindowRule); // its kind is one of the known rules, which decides its fields
}

/** Parameters by their names, which are never translated, with what they mean where the catalogue says. */
export function paramTexts(
  lang: Lang,
  metric: string | null,
  params: Readonly<Record<string, unknown>>,
): { name: string; value: string; meaning: string | undefined }[] {
  const meanings = metric === null ? undefined : catalogText(lang, metric)?.params;
  return Object.entries(params)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, value: valueText(value), meaning: meanings?.[name] }));
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
