import { expect, it } from 'vitest';
import type { KeyResultDraft, ReadTextOptions } from '../../../src/domain/draft/index.ts';
import { assumptionText, readKeyResult, readText } from '../../../src/domain/draft/index.ts';

const cycle = { startDay: '2026-04-01', endDay: '2026-07-01', timeZone: 'Europe/Berlin' };

function draftOf(text: string, options: ReadTextOptions = { cycle }): KeyResultDraft {
  const read = readText(text, options);
  const [draft, ...more] = read.keyResults;
  if (draft === undefined || more.length > 0) throw new Error(`not one draft: ${JSON.stringify(read)}`);
  return draft;
}

const reach = (startValue: number | null, targetValue: number) => ({
  kind: 'reach',
  startValue,
  targetValue,
});
const change = (percent: number, mode = 'relative', baselineValue: number | null = null) => ({
  kind: 'change',
  percent,
  mode,
  baselineValue,
});
const accumulate = (targetValue: number) => ({ kind: 'accumulate', targetValue });
const guardrail = (operator: string, lower: number | null, upper: number | null) =>
  expect.objectContaining({ kind: 'guardrail', operator, lower, upper });
const recurring = (perPeriod: number, periodUnit: string, periods: number) => ({
  kind: 'recurring',
  perPeriod,
  periodUnit,
  periods,
  carryOver: false,
});

// Expected goals by hand: percentages as fractions, money in cents, durations in seconds. 1 April to 30 June 2026 has
// 91 days: 13 weeks, 3 months, 1 quarter.
it.each([
  ['reach 500 customers', reach(null, 500), 'paying_customers'],
  ['Increase onboarding completion to 80 % (from 65 %)', reach(0.65, 0.8), 'onboarding_completion_rate'],
  ['NPS 30 → 45', reach(30, 45), 'nps'],
  ['+15 % MRR', change(15), 'mrr'],
  ['Increase sign-ups by 20 percent by end of Q3', change(20), 'new_users'],
  ['Double the number of active users', change(100), 'active_users'],
  ['Halve the number of support tickets', change(-50), 'tagged_ticket_count'],
  ['Grow MRR 20%', change(20), 'mrr'],
  ['Improve page load time by 20%', change(-20), null],
  ['Keep churn below 3%', guardrail('at_most', null, 0.03), 'logo_churn_rate'],
  ['Maintain NPS between 40 and 50', guardrail('between', 40, 50), 'nps'],
  ['At least 95% of releases without rollback', guardrail('at_least', 0.95, null), null],
  ['No more than 2 incidents per month', guardrail('at_most', null, 2), null],
  ['Zero critical incidents', guardrail('at_most', null, 0), null],
  ['Publish 2 posts per week', recurring(2, 'week', 13), 'activity_count'],
  ['Hold weekly 1:1s with every team member', recurring(1, 'week', 13), 'activity_count'],
  ['Host a customer webinar once a month', recurring(1, 'month', 3), 'activity_count'],
  ['Sign 20 new customers', accumulate(20), 'activity_count'],
  ['Talk to 20 customers', accumulate(20), 'activity_count'],
  ['Launch v2 in 3 countries', accumulate(3), 'activity_count'],
  ['Generate $50,000 in referral revenue', accumulate(5_000_000), 'referral_revenue'],
  ['Increase MRR from €10k to €15k by 30 June', reach(1_000_000, 1_500_000), 'mrr'],
  ['Reduce average response time from 2 hours to 30 minutes', reach(7200, 1800), null],
  ['Reduce p95 latency from 800ms to 300 ms', reach(0.8, 0.3), null],
  ['Increase conversion by 25% from 2%', change(25, 'relative', 0.02), 'funnel_conversion'],
  ['Increase retention by 5 percentage points', change(5, 'points'), 'retention'],
  ['Reduce churn by 2 points from 5 %', change(-2, 'points', 0.05), 'logo_churn_rate'],
  ['Achieve 95% unit test coverage', reach(null, 0.95), 'coverage'],
  ['Improve trial-to-paid conversion from 10 to 15 percent', reach(0.1, 0.15), 'trial_to_paid_rate'],
  ['Cut infrastructure costs by 12,5 %', change(-12.5), null],
  [
    'Increase the share of users who finish onboarding in under 5 minutes from 40% to 60%',
    reach(0.4, 0.6),
    'onboarding_completion_rate',
  ],
  ['Reduce down-sell revenue from $4,000 to $1,000 per month', reach(400_000, 100_000), 'mrr_contraction'],
  ['Get to 500 paying customers', reach(null, 500), 'paying_customers'],
  ['Raise the NPS to 9.2', reach(null, 9.2), 'nps_average'],
  ['月活跃用户从1.2万增加到2万', reach(12_000, 20_000), 'active_users'],
  ['ＮＰＳ从３０提高到４５', reach(30, 45), 'nps'],
  ['客户流失率不超过3%', guardrail('at_most', null, 0.03), 'logo_churn_rate'],
  ['系统可用性保持在99.9%以上', guardrail('at_least', 0.999, null), null],
  ['页面加载时间控制在2秒以内', guardrail('at_most', null, 2), null],
  ['保持NPS在40到50之间', guardrail('between', 40, 50), 'nps'],
  ['毛利率不低于60%', guardrail('at_least', 0.6, null), 'gross_margin'],
  ['营收翻一番', change(100), 'net_revenue'],
  ['将客服工单减半', change(-50), 'tagged_ticket_count'],
  ['销售额增长百分之十五', change(15), 'net_revenue'],
  ['提升三成转化率', change(30), 'funnel_conversion'],
  ['减少30%的客户投诉', change(-30), 'tagged_ticket_count'],
  ['在Q3结束前将转化率提升5个百分点', change(5, 'points'), 'funnel_conversion'],
  ['通过优化结账流程将购物车弃单率降低15%', change(-15), 'cart_abandonment_rate'],
  ['完成十二次客户访谈', accumulate(12), 'activity_count'],
  ['新增三百个付费客户', accumulate(300), 'activity_count'],
  ['每周发布2篇博客文章', recurring(2, 'week', 13), 'activity_count'],
  ['每月举行一次用户分享会', recurring(1, 'month', 3), 'activity_count'],
  ['年底前ARR达到1000万元', reach(null, 1_000_000_000), 'arr'],
  ['客户满意度达到90%以上', reach(null, 0.9), 'csat'],
  ['将次日留存率从30%提升至40%', reach(0.3, 0.4), 'retention'],
  ['将投资回收期从三个月缩短至两个月', reach(3, 2), 'cac_payback_months'],
  ['将获客成本从￥300降低到￥200', reach(30_000, 20_000), 'cac'],
  ['MRR从20万提升到50万', reach(20_000_000, 50_000_000), 'mrr'],
  ['将平均响应时间从2小时缩短至30分钟', reach(7200, 1800), null],
  ['招聘3名工程师', accumulate(3), 'activity_count'],
  ['发布2.0版本', expect.objectContaining({ kind: 'milestone' }), null],
  ['每月人均会话数从5提高到8', reach(5, 8), 'sessions_per_user_day'],
])('reads "%s"', (text, goal, metric) => {
  const draft = draftOf(text);
  expect(draft.problems).toEqual([]);
  expect(draft.question).toBeNull();
  expect(draft.goal).toEqual(goal);
  expect(draft.metric?.key ?? null).toBe(metric);
});

it.each([
  [
    'Reduce churn by 10 points from 5 %',
    'points_out_of_range',
    '5 % - 10 points = -5 %',
    '5% - 10 个百分点 = -5%',
  ],
  ['流失率从5%降低10个百分点', 'points_out_of_range', '5 % - 10 points = -5 %', '5% - 10 个百分点 = -5%'],
  [
    'Increase retention by 70 points from 60%',
    'points_out_of_range',
    '60 % + 70 points = 130 %',
    '60% + 70 个百分点 = 130%',
  ],
  ['Increase NPS from 50 to 30', 'direction_contradicts', '30 - 50 = -20', '30 - 50 = -20'],
  ['将流失率从5%降低到8%', 'direction_contradicts', '8 - 5 = 3', '8 - 5 = 3'],
  ['Increase MRR from $50k to $50k', 'start_equals_target', 'keep at least 50000', '保持不低于 50000'],
  ['Increase retention from 60% to 120%', 'ratio_out_of_range', '120 %', '120%'],
  ['Increase app rating from 4.2 to 5.5', 'rating_out_of_range', '1 to 5', '1 至 5'],
  ['Reduce churn by 150%', 'falls_below_zero', '100 % - 150 % = -50 %', '100% - 150% = -50%'],
  ['Conduct 0 interviews', 'count_not_positive', 'it is 0', '是 0'],
  ['进行0次访谈', 'count_not_positive', 'it is 0', '是 0'],
  ['Increase customers by 500', 'amount_without_start', '+500', '+500'],
  ['Increase the number of sign-ups by 0%', 'no_change', '0 %', '0%'],
  ['每两周一次用户访谈', 'rhythm_not_supported', 'every 2', '每 2'],
  ['Keep NPS between 50 and 40', 'bounds_swapped', '50 lies above', '50 高于'],
])('refuses "%s" with its arithmetic (%s)', (text, code, english, chinese) => {
  const draft = draftOf(text);
  expect(draft.goal).toBeNull();
  expect(draft.question).toBeNull();
  expect(draft.problems.map((found) => found.code)).toEqual([code]);
  expect(draft.problems[0]?.text.en).toContain(english);
  expect(draft.problems[0]?.text.zh).toContain(chinese);
});

it.each([
  ['Increase revenue from $20k to $50k', 'flow_period'],
  ['将销售额从100万元提高到150万元', 'flow_period'],
  ['Increase NPS from 8 to 9', 'nps_scale'],
  ['Increase the NPS by 10%', 'nps_scale'],
  ['Introduce 20% learning time for engineers', 'policy_or_share'],
  ['将下滑的销售收入从每月5000元减少到2000元', 'falling_revenue'],
])('asks its owner about "%s" (%s)', (text, code) => {
  const draft = draftOf(text);
  expect(draft.question?.code).toBe(code);
  expect(draft.goal).toBeNull();
  for (const { label } of draft.question?.options ?? [])
    expect(label.en !== '' && label.zh !== '').toBe(true);
});

it('does not ask for the period when the sentence names it', () => {
  expect(draftOf('Increase monthly revenue from $20k to $50k').question).toBeNull();
  expect(draftOf('将每月销售额从100万元提高到150万元')).toMatchObject({
    question: null,
    period: 'month',
    recurring: true,
  });
});

it('needs no scale for an NPS that leaves 0 to 10', () => {
  expect(draftOf('Increase NPS from 5 to 25').metric?.key).toBe('nps');
});

it.each([
  ['KR1: Improve customer happiness', 'no_number'],
  ['KR2：提升客户满意度', 'no_number'],
  ['Improve customer happiness', 'no_number'],
  ['提高团队效率', 'no_number'],
  ['KR: Increase NPS from 30', 'start_without_target'],
  ['- 将NPS从30提高', 'start_without_target'],
  ['KR 3: Happier people everywhere', 'no_pattern'],
  ['关键结果2：更多的欢笑', 'no_pattern'],
  ['KR 4:', 'empty_label'],
  ['KR 5: Increase customers 500', 'no_target'],
  ['- Increase A from 1 to 2 from 3 to 4', 'several_targets'],
])('says that it did not understand "%s" (%s)', (text, why) => {
  const read = readText(text);
  expect(read.keyResults).toEqual([]);
  expect(read.notUnderstood.map((line) => line.why)).toEqual([why]);
  expect(read.notUnderstood[0]?.reason.zh).not.toBe('');
});

it.each([
  ['by the end of Q2', '2026-06-30'],
  ['by Q3', '2026-09-30'],
  ['by June 30', '2026-06-30'],
  ['by 30 June', '2026-06-30'],
  ['by 2026-05-15', '2026-05-15'],
  ['by the end of the year', '2026-12-31'],
  ['by end of May', '2026-05-31'],
  ['by the end of the quarter', '2026-06-30'],
])('knows the day of "%s" in the second quarter of 2026', (when, day) => {
  const draft = draftOf(`Increase NPS from 30 to 45 ${when}`);
  expect(draft.deadline).toEqual({ text: when, day });
  expect(draft.goal).toEqual(reach(30, 45));
});

it.each([
  ['年底前', '2026-12-31'],
  ['在Q3结束前', '2026-09-30'],
  ['6月30日前', '2026-06-30'],
  ['5月底前', '2026-05-31'],
  ['第二季度末前', '2026-06-30'],
  ['2027年3月31日之前', '2027-03-31'],
  ['本季度内', '2026-06-30'],
  ['下半年', '2026-12-31'],
])('knows the day of "%s"', (when, day) => {
  const draft = draftOf(`${when}将NPS从30提高到45`);
  expect(draft.deadline?.day).toBe(day);
  expect(draft.goal).toEqual(reach(30, 45));
});

it('leaves a deadline without a day when no year is known', () => {
  expect(draftOf('Increase NPS from 30 to 45 by the end of Q2', {}).deadline).toEqual({
    text: 'by the end of Q2',
    day: null,
  });
});

it('takes the next such day when only today is known', () => {
  expect(draftOf('Increase NPS from 30 to 45 by 30 June', { today: '2026-08-01' }).deadline?.day).toBe(
    '2027-06-30',
  );
});

it('says how it read "1.200": as 1,200 where cents and people end, as 1.2 elsewhere', () => {
  const read = (value: number) => ({ code: 'number_read_as', values: { written: '1.200', value } });
  expect(draftOf('Reach 1.200 customers').assumptions).toContainEqual(read(1200));
  expect(draftOf('Reduce bugs per feature from 2.5 to 1.200').target).toBe(1.2);
  expect(draftOf('Reduce p95 latency to 1.200 seconds').goal).toEqual(reach(null, 1.2));
});

it('shares the magnitude of "from 20 to 50k", and says so', () => {
  const draft = draftOf('Increase MRR from $20 to $50k');
  expect(draft.start).toBe(20_000);
  expect(draft.assumptions.map(({ code }) => code)).toContain('magnitude_shared');
});

it('takes the near end of a range, and says so', () => {
  const draft = draftOf('Conduct 10-15 interviews');
  expect(draft.goal).toEqual(accumulate(10));
  expect(draft.assumptions).toContainEqual({
    code: 'range_end_taken',
    values: { low: 10, high: 15, taken: 10 },
  });
});

it('takes "$" for the dollar of the workspace, and ¥ for yuan in Chinese', () => {
  expect(draftOf('Increase MRR from $10k to $20k', { currency: 'AUD' }).currency).toBe('AUD');
  expect(draftOf('将客单价从¥80提高到¥100').currency).toBe('CNY');
  expect(draftOf('Increase ARPU from ¥80 to ¥100', { currency: 'JPY' }).goal).toEqual(reach(80, 100));
});

it('reads the means of a sentence neither as its target nor as its metric', () => {
  const draft = draftOf('Increase revenue by 20% through 3 new referral partnerships');
  expect(draft.goal).toEqual(change(20));
  expect(draft.metric?.key).toBe('net_revenue');
});

it('reads two promises in one line as two', () => {
  const { keyResults } = readText('Increase conversion from 2% to 3% while keeping refund rate below 1%');
  expect(keyResults.map(({ goal }) => goal)).toEqual([reach(0.02, 0.03), guardrail('at_most', null, 0.01)]);
  expect(readText('将NPS从30提高到45，并将流失率从5%降低到3%').keyResults).toHaveLength(2);
});

it('writes every assumption in both languages with its values in place', () => {
  for (const text of ['Conduct 10-15 interviews', 'Reduce churn by 10%', '1个月保留率从20%增加到40%']) {
    for (const assumption of draftOf(text).assumptions) {
      expect(assumptionText(assumption).en).not.toMatch(/[{}]/);
      expect(assumptionText(assumption).zh).not.toMatch(/[{}]/);
    }
  }
});

it.each([
  ['6月底前完成支付系统迁移', { form: 'binary', deadline: { text: '6月底前', day: '2026-06-30' } }],
  ['By June 30, launch the new app', { form: 'binary' }],
  ['新签10家企业客户', { form: 'count', target: 10 }],
  ['Reduce refunds below 2%', { form: 'absolute', direction: 'down', goal: reach(null, 0.02) }],
  ['季度营收达到500万元', { question: null, period: 'quarter', goal: reach(null, 500_000_000) }],
  ['实现GMV 1亿元', { form: 'count', goal: accumulate(10_000_000_000) }],
  ['服务器成本减少三分之一', { form: 'relative', direction: 'down' }],
  ['当前NPS为30，目标45', { goal: reach(30, 45) }],
  ['Increase revenue per user from $10 to $12', { question: null, goal: reach(1000, 1200) }],
  ['Deliver 5 webinars with at least 100 attendees each', { form: 'count', target: 5 }],
])('reads "%s" too', (text, expected) => {
  expect(draftOf(text)).toMatchObject({ problems: [], ...expected });
});

it('never keeps the first of two promises and drops the second', () => {
  const two = readText('页面转化率提升20%，跳出率降低10%').keyResults;
  expect(two.map(({ relative }) => relative)).toEqual([20, -10]);
  expect(readText('招聘2名产品经理和3名工程师')).toMatchObject({
    keyResults: [],
    notUnderstood: [{ why: 'several_targets' }],
  });
});

it('reads a sentence that is known to be meant as a Key Result, even a phrase without a verb', () => {
  expect(readKeyResult('99.9% uptime')).toMatchObject({ ok: true, draft: { target: 99.9, unit: 'ratio' } });
  expect(readKeyResult('Be nice to each other')).toEqual({ ok: false, why: 'no_pattern' });
  expect(readKeyResult('a'.repeat(2001))).toEqual({ ok: false, why: 'line_too_long' });
});

it.each([
  { text: 'Publish one podcast episode every week for 12 weeks', periods: 12 },
  { text: '每周发布1篇文章，持续8周', periods: 8 },
  { text: 'Publish one podcast episode every week', periods: 13 },
])('"$text" is $periods periods', ({ periods, text }) => {
  // A quarter of 91 days has 13 whole weeks.
  const cycle = { startDay: '2026-04-01', endDay: '2026-07-01', timeZone: 'UTC' };
  expect(readText(text, { cycle }).keyResults[0]?.goal).toMatchObject({
    kind: 'recurring',
    perPeriod: 1,
    periods,
  });
});
