import { describe, expect, it } from 'vitest';
import { pickLang, plainFormat, reasonText, translator } from '../../src/i18n/index.ts';

const en = translator('en');
const zh = translator('zh-CN');

it('counts in the grammar of the language', () => {
  expect([en('time.days', { count: 1 }), en('time.days', { count: 3 })]).toEqual(['1 day', '3 days']);
  expect(zh('time.days', { count: 3 })).toBe('3 天');
});

it('shows a title with markup in it as text', () => {
  expect(en('alert.fired', { title: '<b>Lift {MRR}</b>' })).toBe('<b>Lift {MRR}</b> is off track');
});

it('refuses a sentence with a hole in it', () => {
  expect(() => en('time.data_through')).toThrow(/day/);
});

describe('pickLang', () => {
  it.each([
    { wanted: null, lang: 'en', why: 'nothing asked for' },
    { wanted: 'fr-FR, fr;q=0.9', lang: 'en', why: 'a language we do not have' },
    { wanted: 'zh-TW', lang: 'zh-CN', why: 'another Chinese' },
    { wanted: 'fr;q=0.9, zh;q=0.8, en;q=0.2', lang: 'zh-CN', why: 'the best of ours by weight' },
    { wanted: 'en-GB,en;q=0.9,zh;q=0.8', lang: 'en', why: 'English first' },
    { wanted: 'zh;q=0, de', lang: 'en', why: 'Chinese refused' },
    { wanted: 'zh_CN.UTF-8', lang: 'zh-CN', why: 'a POSIX locale' },
    { wanted: 'C.UTF-8', lang: 'en', why: 'no locale at all' },
  ])('reads $wanted as $lang: $why', ({ wanted, lang }) => {
    expect(pickLang(wanted)).toBe(lang);
  });
});

describe('reasonText', () => {
  const behind = {
    code: 'far_behind_pace',
    values: {
      progress: 0.23,
      expected: 0.56,
      gap: -0.33,
      ratio: 0.41,
      asOfDay: '2026-08-11',
      missingDays: 0,
    },
  };

  it('says a status in one sentence with its numbers, and a distance behind without a minus', () => {
    expect(reasonText(en, behind, plainFormat('en', 'count', null))).toBe(
      '23% done, 56% expected by 2026-08-11: far behind, by 33 points, at 41% of the expected pace.',
    );
    expect(reasonText(zh, behind, plainFormat('zh-CN', 'count', null))).toBe(
      '截至 2026-08-11 完成 23%，预期 56%：严重落后 33 个百分点，为预期节奏的 41%。',
    );
  });

  it('keeps the sign where the sentence only names a gap, and rounds to whole percent and points', () => {
    // 0.529 - 0.5537 = -0.0247, two points under the line; 0.529 / 0.5537 = 0.955.
    const values = { ...behind.values, progress: 0.529, expected: 0.5537, gap: -0.0247, ratio: 0.9554 };
    expect(reasonText(en, { code: 'on_pace', values }, plainFormat('en', 'count', null))).toBe(
      '53% done, 55% expected by 2026-08-11 (gap -2 points, 96% of the expected pace).',
    );
  });

  it('writes money in the currency’s own decimals', () => {
    const reason = { code: 'degenerate_target', values: { target: 1_234_500 } };
    const text = (currency: string) => reasonText(en, reason, plainFormat('en', 'money', currency));
    // 12,345.00 dollars, 1,234,500 yen (no decimals), 1,234.500 dinars (three).
    expect(text('usd')).toContain('$12,345.00');
    expect(text('jpy')).toContain('¥1,234,500');
    expect(text('kwd')).toContain('1,234.500');
  });

  it('writes a missing ratio as a dash, not as a zero', () => {
    const first = { ...behind, values: { ...behind.values, ratio: null } };
    expect(reasonText(en, first, plainFormat('en', 'count', null))).toContain('at – of the expected pace');
  });

  it('shows a code it does not know, with its values', () => {
    const unknown = { code: 'from_a_newer_version', values: { n: 3 } };
    expect(reasonText(en, unknown, plainFormat('en', 'count', null))).toBe('from_a_newer_version {"n":3}');
  });
});
