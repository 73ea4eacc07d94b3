import { expect, it } from 'vitest';
import { type HintedKeyResult, type HintedObjective, hintCodes, hintsFor } from '../../src/domain/hints.ts';
import { hintText } from '../../src/i18n/hint-text.ts';
import { translator } from '../../src/i18n/index.ts';

const keyResult = (more: Partial<HintedKeyResult> = {}): HintedKeyResult => ({
  key: 'kr',
  title: 'Weekly users',
  goal: { kind: 'reach', startValue: 1, targetValue: 2 },
  stage: null,
  automatic: true,
  ...more,
});
const objective = (more: Partial<HintedObjective> = {}): HintedObjective => ({
  key: 'growth',
  title: 'Growth',
  stage: null,
  phase: null,
  keyResults: [keyResult(), keyResult()],
  ...more,
});
const codes = (...objectives: HintedObjective[]) => hintsFor(objectives).map(({ code }) => code);
const times = (count: number, of = keyResult()) => Array.from({ length: count }, () => of);

it.each([
  { count: 0, hints: ['hint_no_key_results'] },
  { count: 1, hints: ['hint_too_few_key_results'] },
  { count: 2, hints: [] },
  { count: 5, hints: [] },
  { count: 6, hints: ['hint_too_many_key_results'] },
])('two to five Key Results an objective: $count of them', ({ count, hints }) => {
  expect(codes(objective({ keyResults: times(count) }))).toEqual(hints);
});

it('asks for outcomes once the product is live, and lets work be work before', () => {
  const milestone = keyResult({
    goal: { kind: 'milestone', steps: [{ name: 'a', weight: 1, doneOnDay: null }] },
  });
  const counted = keyResult({ goal: { kind: 'accumulate', targetValue: 20 }, automatic: false });
  const sales = keyResult({ goal: { kind: 'accumulate', targetValue: 20 } });
  const keyResults = [milestone, counted, sales];
  const activity = 'hint_activity_not_outcome';
  expect(codes(objective({ phase: 'growth', keyResults }))).toEqual([activity, activity]);
  expect(codes(objective({ phase: 'discovery', keyResults }))).toEqual([]);
  expect(codes(objective({ keyResults }))).toEqual([]);
});

it('wants a baseline before a change by a percentage, unless data will give one', () => {
  const change = (baselineValue: number | null, automatic: boolean) =>
    keyResult({ goal: { kind: 'change', percent: -30, mode: 'relative', baselineValue }, automatic });
  const found = (of: HintedKeyResult) => codes(objective({ keyResults: [of, keyResult()] }));
  expect(found(change(null, false))).toEqual(['hint_baseline_first']);
  expect(found(change(20, false))).toEqual([]);
  expect(found(change(null, true))).toEqual([]);
});

it('one or two stages of the funnel at a time; engagement is how people are retained', () => {
  const about = (stage: string) => objective({ stage });
  expect(codes(about('activation'), about('retention'), about('engagement'))).toEqual([]);
  expect(codes(about('acquisition'), about('activation'), about('retention'))).toEqual([
    'hint_too_many_stages',
  ]);
  expect(codes(about('delivery'), about('people'), about('satisfaction'))).toEqual([]);
});

it('the early funnel first: referral and revenue stand on what people keep using', () => {
  expect(codes(objective({ stage: 'revenue' }))).toEqual(['hint_early_funnel_first']);
  expect(codes(objective({ stage: 'referral' }), objective({ stage: 'revenue' }))).toEqual([
    'hint_early_funnel_first',
  ]);
  expect(codes(objective({ stage: 'retention' }), objective({ stage: 'revenue' }))).toEqual([]);
  expect(codes(objective({ keyResults: [keyResult({ stage: 'revenue' }), keyResult()] }))).toEqual([
    'hint_early_funnel_first',
  ]);
});

it.each(hintCodes)('%s has a sentence in both languages', (code) => {
  const values = {
    title: 'Growth',
    count: 3,
    least: 2,
    most: 5,
    stages: 'activation, revenue',
    stage: 'revenue',
  };
  const english = hintText(translator('en'), { code, values });
  const chinese = hintText(translator('zh-CN'), { code, values });
  expect(english).toMatch(/[a-z].*\.$/);
  expect(chinese).toMatch(/\p{Script=Han}.*。$/u);
  expect(`${english}${chinese}`).not.toMatch(/[{}]|activation,/);
});
