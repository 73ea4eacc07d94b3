import { expect, it } from 'vitest';
import type { KeyResultDraft } from '../../../src/domain/draft/index.ts';
import { answer, readText } from '../../../src/domain/draft/index.ts';
import { checkGoal } from '../../../src/domain/goal.ts';
import casebook from './fixtures/casebook.json' with { type: 'json' };

// Oracle: the product-OKR casebook, 57 Key Results with the goal each of them states. Relative rows name no baseline.

function only(text: string): KeyResultDraft {
  const read = readText(text);
  const [draft] = read.keyResults;
  expect(read.keyResults).toHaveLength(1);
  expect(read.notUnderstood).toEqual([]);
  if (draft === undefined) throw new Error(`no draft of "${text}"`);
  return draft;
}

const rows = casebook.flatMap((row) => [
  { ...row, words: 'its own words', read: row.text },
  // The English of K36 names the down-sell that the Chinese lost, so nothing is left to ask.
  { ...row, words: 'English', read: row.english, question: row.id === 'K36' ? null : row.question },
]);

it.each(rows)('reads $id in $words', ({ read, ...row }) => {
  const draft = only(read);
  expect({
    direction: draft.direction,
    form: draft.form,
    recurring: draft.recurring,
    start: draft.start,
    target: draft.target,
    relative: draft.relative,
    tracking: draft.tracking,
    metric: draft.metric?.key ?? null,
    unit: draft.unit,
    currency: draft.currency,
    question: draft.question?.code ?? null,
    problems: draft.problems,
  }).toEqual({
    direction: row.direction,
    form: row.form,
    recurring: row.recurring,
    start: row.start,
    target: row.target,
    relative: row.relative,
    tracking: row.tracking,
    metric: row.metric,
    unit: row.unit,
    currency: row.currency,
    question: row.question,
    problems: [],
  });
  expect(row.stage.toLowerCase()).toContain(draft.stage);
});

it.each(rows)('gives $id in $words a goal that can be judged, or asks first', ({ read }) => {
  const draft = only(read);
  if (draft.question === null) {
    expect(draft.goal).not.toBeNull();
    expect(draft.goal?.kind).toBe(draft.goalKind);
  } else expect(draft.goal).toBeNull();
  const answered = draft.question?.options.map(({ id }) => answer(draft, id)) ?? [draft];
  for (const { goal, unit } of answered) {
    expect(goal).not.toBeNull();
    if (goal !== null) expect(checkGoal(goal, unit)).toEqual([]);
  }
});

it('asks about three of the 57 and no others', () => {
  const asking = casebook.filter(({ text }) => only(text).question !== null).map(({ id }) => id);
  expect(asking).toEqual(['K16', 'K36', 'K42']);
});

it('holds fractions, minor units and seconds in the goal, and the written numbers beside it', () => {
  expect(only('将单元测试的覆盖率从40%增加到50%').goal).toEqual({
    kind: 'reach',
    startValue: 0.4,
    targetValue: 0.5,
  });
  expect(only('将终身价值(LTV)从$ 500提高到$ 800').goal).toEqual({
    kind: 'reach',
    startValue: 50_000,
    targetValue: 80_000,
  });
  // 20 and 2 minutes of 60 seconds.
  expect(only('使用自动CI / CD将部署时间从20分钟减少到2分钟').goal).toEqual({
    kind: 'reach',
    startValue: 1200,
    targetValue: 120,
  });
  expect(only('将平均交付时间减少30%').goal).toEqual({
    kind: 'change',
    percent: -30,
    mode: 'relative',
    baselineValue: null,
  });
});

it('takes the month of K24 and the three pieces of K23 for the definition, not for the target', () => {
  expect(only('1个月保留率从20%增加到40%').metric?.params).toMatchObject({ bracketDays: [30, 59] });
  expect(only('已激活的新用户(创建3个内容片断)的百分比从50%增加到65%').metric?.params).toMatchObject({
    minCount: 3,
  });
});

it('takes the week of K10 for how long the programme is, once per quarter', () => {
  const draft = only('实施产品团队每季度1周的教育计划');
  expect(draft.goal).toEqual({
    kind: 'recurring',
    perPeriod: 1,
    periodUnit: 'quarter',
    periods: 1,
    carryOver: false,
  });
  expect(draft.assumptions).toContainEqual({ code: 'once_per_period', values: { length: '1周' } });
});

it('lets the twelve sessions of K44 be caught up, and keeps their weekly rhythm', () => {
  const goal = { kind: 'recurring', perPeriod: 1, periodUnit: 'week', periods: 12, carryOver: true };
  expect(only('由团队成员进行12次知识分享(每周1次)').goal).toEqual(goal);
});

it('splits K11 into its two steps', () => {
  const { goal } = only('为团队制定和实施绩效指标');
  expect(goal).toMatchObject({
    kind: 'milestone',
    steps: [
      { name: '制定绩效指标', weight: 1 },
      { name: '实施绩效指标', weight: 1 },
    ],
  });
});

it('states the scale of an NPS between 8.0 and 9.5 as an assumption', () => {
  expect(only('提升NPS从8.0到9.5').assumptions).toContainEqual({ code: 'nps_mean_0_10', values: {} });
});

it('C16: reads K16 per month from 20,000, or cumulatively from zero, as its owner chooses', () => {
  const draft = only('将推荐收入从$ 20,000增加到$ 50,000');
  const perMonth = answer(draft, 'per_month');
  expect(perMonth.goal).toEqual({ kind: 'reach', startValue: 2_000_000, targetValue: 5_000_000 });
  expect(perMonth.metric?.aggregate).toBe('last_complete_month');
  const inAll = answer(draft, 'in_the_cycle');
  expect(inAll.goal).toEqual({ kind: 'accumulate', targetValue: 5_000_000 });
  expect(inAll).toMatchObject({
    form: 'count',
    start: 0,
    question: null,
    answered: { code: 'flow_period', optionId: 'in_the_cycle' },
  });
});

it('reads K36 as contraction, as contraction and churn, or as sales revenue', () => {
  const draft = only('将急剧下降的销售收入从每月4000美元减少到1000美元');
  const keys = draft.question?.options.map(({ id }) => answer(draft, id).metric?.key);
  // Both together are no metric of their own: a formula over two.
  expect(keys).toEqual(['mrr_contraction', undefined, 'net_revenue']);
  expect(answer(draft, 'contraction').goal).toEqual({
    kind: 'reach',
    startValue: 400_000,
    targetValue: 100_000,
  });
});

it('reads K42 as a rule, or as a share that each month of the cycle has to show', () => {
  const cycle = { startDay: '2026-04-01', endDay: '2026-07-01', timeZone: 'Europe/Berlin' };
  const draft = readText('为团队实施10%的学习时间', { cycle }).keyResults[0];
  if (draft === undefined) throw new Error('no draft');
  expect(answer(draft, 'policy')).toMatchObject({
    form: 'binary',
    tracking: 'check_in',
    goal: { kind: 'milestone' },
  });
  // April, May and June are three checks.
  expect(answer(draft, 'share_each_month').goal).toMatchObject({
    kind: 'guardrail',
    operator: 'at_least',
    lower: 0.1,
    method: 'share_of_planned',
    checksPlanned: 3,
  });
});

it('refuses an answer that was not offered', () => {
  const draft = only('将推荐收入从$ 20,000增加到$ 50,000');
  expect(() => answer(draft, 'per_decade')).toThrow(RangeError);
  expect(() => answer(answer(draft, 'per_month'), 'per_month')).toThrow(RangeError);
});
