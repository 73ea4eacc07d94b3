import { describe, expect, it } from 'vitest';
import { reasonFormat } from '../../src/cli/render/format.ts';
import type { Look } from '../../src/cli/render/look.ts';
import type { Reason } from '../../src/domain/status.ts';
import { type Lang, plainFormat, reasonText, translator } from '../../src/i18n/index.ts';
import { numberWriter } from '../../src/notifications/numbers.ts';
import { createFormat } from '../../src/web/format.ts';
import { reasonSentence } from '../../src/web/words.ts';

// What is rounded to tens of dollars says so: no cents. What is exact keeps them, beside it in the same sentence.

const money = { unit: 'money', currency: 'usd' } as const;
const outlook = (values: Reason['values']): Reason => ({
  code: 'chance_good',
  values: { chance: 0.75, deadlineDay: '2026-12-27', side: 'at_least', ...values },
});
const lookOf = (lang: Lang): Look => ({
  columns: 80,
  color: false,
  ascii: false,
  lang,
  verbose: false,
  now: new Date('2026-11-23T12:00:00Z'),
});
const rate = { rate: 'known', step: 'week', needed: 41_250, recent: 39_900 };
const ranged = outlook({ low: 1_856_000, high: 2_084_000, target: 1_900_000, ...rate });

const faces: Record<string, (lang: Lang, reason: Reason) => string> = {
  server: (lang, reason) => reasonText(translator(lang), reason, plainFormat(lang, 'money', 'usd')),
  terminal: (lang, reason) => reasonText(translator(lang), reason, reasonFormat(money, lookOf(lang))),
  message: (lang, reason) => reasonText(translator(lang), reason, numberWriter(lang, 'money', 'usd').reason),
  page: (lang, reason) =>
    reasonSentence(translator(lang), createFormat(lang), { ...reason, text: '' }, money),
};

describe.each(Object.entries(faces))('%s', (_name, say) => {
  it('writes a range in whole dollars without cents, and what it takes with them', () => {
    const text = say('en', ranged);
    expect(text).toContain('between $18,560 and $20,840, and $19,000 is the goal.');
    expect(text).toContain('$412.50 a week from now on; lately it was $399.00.');
  });

  it('writes the same in Chinese', () => {
    const text = say('zh-CN', ranged);
    for (const amount of ['18,560', '20,840', '19,000'])
      expect(text).toMatch(new RegExp(`${amount}(?![.\\d])`));
    expect(text).toContain('412.50');
  });

  it('writes both ends with cents where one has some, and so does a goal that has some', () => {
    const text = say('en', outlook({ low: 1_230, high: 1_400, target: 1_350, rate: 'none' }));
    expect(text).toContain('between $12.30 and $14.00, and $13.50 is the goal.');
  });

  it('says a negative range and one of nothing without cents', () => {
    const text = say('en', outlook({ low: -20_000, high: 0, target: 500, rate: 'none' }));
    expect(text).toContain('between -$200 and $0, and $5 is the goal.');
  });
});

it('counts by the decimals of the currency: a thousandth of a dinar is a decimal, a yen has none', () => {
  const say = (currency: string, low: number, high: number): string =>
    reasonText(
      translator('en'),
      outlook({ low, high, target: null, rate: 'none' }),
      plainFormat('en', 'money', currency),
    ).replaceAll('\u00a0', ' ');
  expect(say('kwd', 12_000, 13_000)).toContain('between KWD 12 and KWD 13');
  expect(say('kwd', 12_000, 13_100)).toContain('between KWD 12.000 and KWD 13.100');
  expect(say('jpy', 1_200, 1_310)).toContain('between ¥1,200 and ¥1,310');
});

it('leaves what is no money as it was', () => {
  const reason = outlook({ low: 5.7, high: 7.43, target: 6, rate: 'none' });
  expect(reasonText(translator('en'), reason, plainFormat('en', 'count', null))).toContain(
    'between 5.7 and 7.43, and 6 is the goal.',
  );
  expect(reasonText(translator('en'), reason, numberWriter('en', 'custom:calls', null).reason)).toContain(
    'between 5.7 calls and 7.43 calls, and 6 calls is the goal.',
  );
});
