import type { Body } from '../../api/routes.ts';

/** What the sandbox company's numbers have come to: money in minor units, `elapsed` as a fraction of the cycle. */
export type Readings = {
  elapsed: number;
  usd: number;
  eur: number;
  mrr: number;
  customers: number;
  doneDay: string;
  soonDay: string;
};

type Draft = Body<'createKeyResult'>;

export const objectives = [
  { key: 'revenue', title: 'Grow revenue that stays', owner: 'Mei' },
  { key: 'customers', title: 'Become the tool that teams keep', owner: 'Jonas' },
];

/**
 * The demo's Key Results. Targets are round numbers near what the company does, so that each status has an example:
 * the dollar goal is kept pace with, customers come too slowly, and the euro goal was set far too high.
 */
export function keyResultDrafts({ elapsed, usd, eur, mrr, customers, doneDay, soonDay }: Readings): Draft[] {
  const wholeCycle = elapsed > 0 ? 1 / elapsed : 1;
  return [
    {
      key: 'revenue.net',
      title: 'Collect net revenue',
      objective: 'revenue',
      owner: 'Mei',
      metric: 'net-revenue',
      goal: { kind: 'accumulate', targetValue: round(usd * wholeCycle * 1.02, 500_000) },
    },
    {
      key: 'revenue.mrr',
      title: 'Lift monthly recurring revenue',
      objective: 'revenue',
      owner: 'Mei',
      metric: 'mrr',
      goal: { kind: 'reach', startValue: round(mrr * 0.9, 10_000), targetValue: round(mrr * 1.07, 10_000) },
    },
    {
      key: 'revenue.euro',
      title: 'Open the euro market 欧元区收入',
      objective: 'revenue',
      owner: 'Léa',
      metric: 'net-revenue-eur',
      goal: { kind: 'accumulate', targetValue: round(eur * wholeCycle * 2.6, 50_000) },
    },
    {
      key: 'customers.paying',
      title: 'Win paying customers 付费客户',
      objective: 'customers',
      owner: 'Jonas',
      metric: 'paying-customers',
      goal: { kind: 'reach', startValue: customers - 9, targetValue: customers + 14 },
    },
    {
      key: 'customers.sales-days',
      title: 'Sell more than is refunded, every day',
      objective: 'customers',
      owner: 'Jonas',
      metric: 'net-revenue',
      goal: { kind: 'guardrail', operator: 'at_least', lower: 0 },
    },
    {
      key: 'customers.interviews',
      title: 'Hear why customers stay',
      objective: 'customers',
      owner: 'Jonas',
      unit: 'count',
      goal: {
        kind: 'milestone',
        steps: [
          { name: 'Interview guide', weight: 1, doneOnDay: doneDay },
          { name: 'Ten interviews', weight: 2, doneOnDay: soonDay },
          { name: 'Findings shared', weight: 1, doneOnDay: null },
        ],
      },
    },
  ];
}

/** To the nearest step, and at least one. */
function round(value: number, step: number): number {
  return Math.max(1, Math.round(value / step)) * step;
}
