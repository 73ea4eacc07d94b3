import type { KeyResultDraft, Readings } from '../../../src/cli/demo/plan.ts';

type Draft = KeyResultDraft;

export const objectives = [
  { key: 'revenue', title: 'Grow revenue that stays', owner: 'Mei' },
  { key: 'customers', title: 'Become the tool that teams keep', owner: 'Jonas' },
  { key: 'reach', title: 'Be found by the teams that need us', owner: 'Ana' },
  { key: 'success', title: 'Bring every new team to its first success', owner: 'Léa' },
];

/** The last four weeks as one value: single days of a small company are noise. */
const FOUR_WEEKS = { trailingDays: 28 };

/**
 * The demo's Key Results. Targets are round numbers near what the company does, so that each status has an example:
 * the dollar goal is kept pace with, customers come too slowly, and the euro goal was set far too high.
 */
export function keyResultDrafts(readings: Readings): Draft[] {
  return [
    ...revenue(readings).map((draft) => ({ ...draft, objective: 'revenue' })),
    ...customers(readings).map((draft) => ({ ...draft, objective: 'customers' })),
    ...reach(readings).map((draft) => ({ ...draft, objective: 'reach' })),
    ...success(readings).map((draft) => ({ ...draft, objective: 'success' })),
  ];
}

type Part = Omit<Draft, 'objective'>;

function revenue({ elapsed, of }: Readings): Part[] {
  const wholeCycle = elapsed > 0 ? 1 / elapsed : 1;
  return [
    {
      key: 'revenue.net',
      title: 'Collect net revenue',
      owner: 'Mei',
      metric: 'net-revenue',
      goal: { kind: 'accumulate', targetValue: round(of('net-revenue').total * wholeCycle * 0.92, 500_000) },
    },
    {
      key: 'revenue.mrr',
      title: 'Lift monthly recurring revenue',
      owner: 'Mei',
      metric: 'mrr',
      goal: between(of('mrr').last, 0.9, 1, 10_000),
    },
    {
      key: 'revenue.euro',
      title: 'Open the euro market 欧元区收入',
      owner: 'Léa',
      metric: 'net-revenue-eur',
      goal: {
        kind: 'accumulate',
        targetValue: round(of('net-revenue-eur').total * wholeCycle * 2.6, 50_000),
      },
    },
    {
      key: 'revenue.ltv',
      title: 'Raise the lifetime value of a customer',
      owner: 'Mei',
      metric: 'ltv',
      goal: between(of('ltv').last, 0.92, 0.98, 1_000),
    },
  ];
}

function customers({ dayBefore, of }: Readings): Part[] {
  const paying = of('paying-customers').last;
  return [
    {
      key: 'customers.paying',
      title: 'Win paying customers 付费客户',
      owner: 'Jonas',
      metric: 'paying-customers',
      goal: { kind: 'reach', startValue: paying - 9, targetValue: paying + 14 },
    },
    {
      key: 'customers.trials',
      title: 'Turn more trials into customers',
      owner: 'Jonas',
      metric: 'trial-to-paid',
      // Few trials begin in a week: a quarter of them is a rate, four weeks are chance.
      aggregate: { trailingDays: 91 },
      goal: { kind: 'reach', startValue: 0.35, targetValue: 0.42 },
    },
    {
      key: 'customers.nps',
      title: 'Earn a net promoter score that shows it',
      owner: 'Jonas',
      metric: 'nps',
      goal: between(of('nps').last, 0.7, 0.9, 1),
    },
    {
      key: 'customers.survey',
      title: 'Be recommended: mean answer from 7.5 to 9 推荐意愿',
      owner: 'Jonas',
      metric: 'survey-mean',
      goal: { kind: 'reach', startValue: 7.5, targetValue: 9 },
    },
    {
      key: 'customers.sales-days',
      title: 'Sell more than is refunded, every day',
      owner: 'Jonas',
      metric: 'net-revenue',
      goal: { kind: 'guardrail', operator: 'at_least', lower: 0 },
    },
    {
      key: 'customers.interviews',
      title: 'Hear why customers stay',
      owner: 'Jonas',
      unit: 'count',
      goal: {
        kind: 'milestone',
        steps: [
          { name: 'Interview guide', weight: 1, doneOnDay: dayBefore(20) },
          { name: 'Ten interviews', weight: 2, doneOnDay: dayBefore(6) },
          { name: 'Findings shared', weight: 1, doneOnDay: null },
        ],
      },
    },
  ];
}

function reach({ elapsed, of }: Readings): Part[] {
  const wholeCycle = elapsed > 0 ? 1 / elapsed : 1;
  return [
    {
      key: 'reach.new-users',
      title: 'Win a tenth more new users a month',
      owner: 'Ana',
      metric: 'new-users',
      aggregate: FOUR_WEEKS,
      goal: {
        kind: 'change',
        percent: 10,
        mode: 'relative',
        baselineValue: round(of('new-users').mean * 28 * 0.88, 10),
      },
    },
    {
      key: 'reach.sessions',
      title: 'Bring people to the product',
      owner: 'Ana',
      metric: 'sessions',
      goal: { kind: 'accumulate', targetValue: round(of('sessions').total * wholeCycle * 1.01, 100) },
    },
    {
      key: 'reach.active-users',
      title: 'Grow the people who are active in four weeks',
      owner: 'Ana',
      metric: 'active-users-28',
      goal: between(of('active-users-28').last, 0.93, 0.99, 10),
    },
    {
      key: 'reach.sign-ups',
      title: 'Let more visits end in a sign-up 注册转化',
      owner: 'Ana',
      metric: 'sign-up-rate',
      aggregate: FOUR_WEEKS,
      goal: between(of('sign-up-rate').mean, 0.85, 1, 0.001),
    },
  ];
}

function success({ of }: Readings): Part[] {
  return [
    {
      key: 'success.activation',
      title: 'New teams create a project within two weeks',
      owner: 'Léa',
      metric: 'activation',
      aggregate: FOUR_WEEKS,
      goal: between(of('activation').mean, 0.9, 0.97, 0.01),
    },
    {
      key: 'success.retention',
      title: 'People are still here after a month 月留存',
      owner: 'Léa',
      metric: 'retention',
      goal: between(of('retention').last, 0.85, 1.15, 0.01),
    },
    {
      key: 'success.engagement',
      title: 'People spend real time in the product',
      owner: 'Léa',
      metric: 'engagement',
      aggregate: FOUR_WEEKS,
      goal: between(of('engagement').mean, 0.94, 1, 1),
    },
    {
      key: 'success.shares',
      title: 'Reports are shared, week after week',
      owner: 'Léa',
      metric: 'shares',
      goal: {
        kind: 'recurring',
        perPeriod: round(of('shares').mean * 7 * 0.9, 1),
        periodUnit: 'week',
        periods: 13,
        carryOver: false,
      },
    },
    {
      key: 'success.creators',
      title: 'No working week without new projects',
      owner: 'Léa',
      metric: 'creators',
      goal: { kind: 'guardrail', operator: 'at_least', lower: 1 },
    },
  ];
}

/** A reach goal from a little below what is measured to a little above it. */
function between(value: number, from: number, to: number, step: number): Draft['goal'] {
  const startValue = round(value * from, step);
  return { kind: 'reach', startValue, targetValue: Math.max(round(value * to, step), startValue + step) };
}

/** To the nearest step, and at least one; without the noise that a decimal step leaves. */
function round(value: number, step: number): number {
  return Number((Math.max(1, Math.round(value / step)) * step).toPrecision(12));
}
