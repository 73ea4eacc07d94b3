import { IntlMessageFormat } from 'intl-messageformat';
import type { MetricKey } from '../domain/catalog/definition-versions.ts';
import type { Stage, WindowRule } from '../domain/catalog/types.ts';
import { metricsEn, sourcesEn, stagesEn, unitsEn, windowRulesEn } from './catalog-en.ts';
import { metricsZhCn, sourcesZhCn, stagesZhCn, unitsZhCn, windowRulesZhCn } from './catalog-zh-cn.ts';
import type { Lang } from './keys.ts';

export type MetricText = {
  title: string;
  /** One sentence that says what is counted. */
  definition: string;
  /** Which way is better, and what the number does not say. */
  reading: string;
  /** What each parameter means, by its name. */
  params: Readonly<Record<string, string>>;
};

type CatalogTexts = {
  metrics: Readonly<Record<MetricKey, MetricText>>;
  stages: Readonly<Record<Stage, string>>;
  units: Readonly<Record<string, string>>;
  sources: Readonly<Record<string, string>>;
  windowRules: Readonly<Record<WindowRule['kind'], string>>;
};

/** Everything that is said about the metric catalogue, in each language. */
export const catalogTexts: Readonly<Record<Lang, CatalogTexts>> = {
  en: {
    metrics: metricsEn,
    stages: stagesEn,
    units: unitsEn,
    sources: sourcesEn,
    windowRules: windowRulesEn,
  },
  'zh-CN': {
    metrics: metricsZhCn,
    stages: stagesZhCn,
    units: unitsZhCn,
    sources: sourcesZhCn,
    windowRules: windowRulesZhCn,
  },
};

export function metricText(lang: Lang, key: MetricKey): MetricText {
  return catalogTexts[lang].metrics[key];
}

export function stageName(lang: Lang, stage: Stage): string {
  return catalogTexts[lang].stages[stage];
}

/** The unit in words; one that this version does not know is shown as it is. */
export function unitName(lang: Lang, unit: string): string {
  return catalogTexts[lang].units[unit] ?? unit;
}

/** A connector or a kind of source by its id; one that this version does not know is shown as it is. */
export function sourceName(lang: Lang, source: string): string {
  return catalogTexts[lang].sources[source] ?? source;
}

/** Over which days each point of a metric is computed. */
export function windowRuleText(lang: Lang, rule: WindowRule): string {
  const values: Record<string, number> = {};
  if ('days' in rule) values['days'] = rule.days;
  if ('months' in rule) values['months'] = rule.months;
  const text = new IntlMessageFormat(catalogTexts[lang].windowRules[rule.kind], lang).format(values);
  return typeof text === 'string' ? text : String(text);
}
