import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { catalog, isMetricKey, type MetricKey, unitOf } from '../../src/domain/catalog/index.ts';
import {
  catalogTexts,
  metricText,
  sourceName,
  stageName,
  unitName,
  windowRuleText,
} from '../../src/i18n/catalog.ts';
import { langs } from '../../src/i18n/index.ts';

const keys: MetricKey[] = catalog.map(({ key }) => key).filter(isMetricKey);
const han = /\p{Script=Han}/u;

describe.each(langs)('the catalogue in %s', (lang) => {
  it.each(catalog.map((metric) => [metric.key, metric] as const))(
    'explains %s and each of its parameters',
    (key, metric) => {
      if (!isMetricKey(key)) throw new Error(`${key} has no text`);
      const text = metricText(lang, key);
      expect(Object.keys(text.params).toSorted()).toEqual(Object.keys(metric.params).toSorted());
      for (const sentence of [text.definition, text.reading, ...Object.values(text.params)]) {
        expect(sentence).toMatch(/[.。]$/);
        expect(han.test(sentence)).toBe(lang === 'zh-CN');
      }
      expect(text.title).not.toMatch(/[.。]$|^\s*$/);
    },
  );

  it('names every stage, unit and source that the catalogue uses', () => {
    const { sources, stages, units } = catalogTexts[lang];
    const used = {
      sources: new Set(catalog.flatMap((metric) => metric.sources)),
      units: new Set(
        catalog.flatMap((metric) => [unitOf(metric, {}).name, unitOf(metric, { unit: 'hours' }).name]),
      ),
    };
    for (const { stage } of catalog) expect(Object.keys(stages)).toContain(stage);
    expect([...used.units].filter((unit) => !Object.hasOwn(units, unit))).toEqual([]);
    expect([...used.sources].filter((source) => !Object.hasOwn(sources, source))).toEqual([]);
  });

  it('gives every metric a title of its own', () => {
    const titles = keys.map((key) => metricText(lang, key).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has no braces but those of the window rules, which can be read', () => {
    expect(JSON.stringify(catalogTexts[lang].metrics)).not.toMatch(/":"[^"]*[{}]/);
    const rules = Object.values(catalogTexts[lang].windowRules);
    expect(() => rules.map((rule) => new IntlMessageFormat(rule, lang))).not.toThrow();
  });
});

it('says window rules in words', () => {
  expect(windowRuleText('en', { kind: 'trailing', days: 28 })).toBe('the 28 days that end with each day');
  expect(windowRuleText('en', { kind: 'trailing_months', months: 12 })).toBe(
    'the 12 months that end with each day',
  );
  expect(windowRuleText('en', { kind: 'trailing_months', months: 1 })).toBe(
    'the month that ends with each day',
  );
  expect(windowRuleText('en', { kind: 'month' })).toBe('each calendar month');
  expect(windowRuleText('zh-CN', { kind: 'trailing', days: 28 })).toBe('截至每天的最近 28 天');
});

it('shows what it does not know as it is', () => {
  expect(unitName('en', 'parsecs')).toBe('parsecs');
  expect(unitName('zh-CN', 'ratio')).toBe('比例');
  expect(sourceName('en', 'fax')).toBe('fax');
  expect(stageName('en', 'referral')).toBe('Referral');
});
