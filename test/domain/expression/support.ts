import {
  type Checked,
  type CheckedExpression,
  checkExpression,
  type Expression,
  type ExpressionTraits,
  parse,
  type SourcePoint,
} from '../../../src/domain/expression/index.ts';
import type { Unit } from '../../../src/domain/metric.ts';

export function treeOf(text: string): Expression {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.problem.sentence);
  return parsed.tree;
}

export function traits(change: Partial<ExpressionTraits> = {}): ExpressionTraits {
  return {
    kind: 'flow',
    unit: 'count',
    currency: null,
    timeZone: 'Europe/Berlin',
    cadence: 'day',
    window: { kind: 'day' },
    ...change,
  };
}

const money = (currency: string) => ({ unit: 'money', currency }) as const;

/** The metrics of a small company. */
export const company: ReadonlyMap<string, ExpressionTraits> = new Map(
  Object.entries({
    tickets: traits(),
    visits: traits(),
    'sign-ups': traits(),
    revenue: traits(money('usd')),
    cogs: traits(money('usd')),
    spend: traits(money('usd')),
    revenue_eur: traits(money('EUR')),
    time: traits({ unit: 'duration' }),
    points: traits({ unit: 'custom:story points' }),
    mrr: traits({ kind: 'stock', ...money('usd') }),
    customers: traits({ kind: 'stock' }),
    trials: traits({ kind: 'stock' }),
    churn: traits({ kind: 'ratio', unit: 'ratio' }),
    conversion: traits({ kind: 'ratio', unit: 'ratio' }),
    cac: traits({ kind: 'ratio', ...money('usd') }),
    arpa: traits({ kind: 'ratio', ...money('usd') }),
    gross_margin: traits({ kind: 'ratio', unit: 'ratio' }),
    nps: traits({ kind: 'distribution', unit: 'score' }),
    dau: traits({ kind: 'distinct' }),
    buyers: traits({ kind: 'distinct' }),
    'active-users-28': traits({ kind: 'distinct', window: { kind: 'trailing', days: 28 } }),
    wau: traits({ kind: 'distinct', window: { kind: 'trailing', days: 7 } }),
    retention: traits({ kind: 'ratio', unit: 'ratio', window: { kind: 'matured_cohort', days: 28 } }),
    monthly_cost: traits({ ...money('usd'), cadence: 'month', window: { kind: 'month' } }),
    tokyo: traits({ timeZone: 'Asia/Tokyo' }),
    cash: traits({ unit: 'money' }),
  }),
);

export function check(text: string, statedUnit: Unit | null = null): Checked {
  return checkExpression(treeOf(text), company, statedUnit);
}

export function checked(text: string, metrics = company): CheckedExpression {
  const answer = checkExpression(treeOf(text), metrics);
  if (!answer.ok) throw new Error(answer.problems.map(({ sentence }) => sentence).join('\n'));
  return answer.expression;
}

export function point(
  day: string,
  value: number | null,
  numerator: number | null = null,
  denominator: number | null = null,
): SourcePoint {
  return { day, value, numerator, denominator };
}
