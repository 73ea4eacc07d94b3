import type { MovementsView } from '../../../src/api/contracts/revenue.ts';

/**
 * One week of a made-up company in dollars: 12,340.00 + 300.00 (new) + 400.00 (expansion) - 150.00 (churn) = 12,890.00,
 * in cents.
 */
export const movements: MovementsView = {
  metric: { id: 'met_1', key: 'revenue.mrr', title: 'MRR', version: 1 },
  connectionKey: 'stripe',
  environment: 'live',
  currency: 'USD',
  timeZone: 'Europe/Berlin',
  measure: 'mrr',
  windows: null,
  openingDay: '2026-06-30',
  closingDay: '2026-07-07',
  opening: 1_234_000,
  closing: 1_289_000,
  totals: { new: 30_000, expansion: 40_000, contraction: 0, churn: 15_000, reactivation: 0, fx: 0 },
  identity: '1234000 + new 30000 + expansion 40000 - churn 15000 = 1289000',
  customers: [
    {
      id: 'cus_borg',
      name: 'Borg Ltd',
      opening: 70_000,
      closing: 110_000,
      movements: [
        {
          day: '2026-07-03',
          kind: 'expansion',
          amount: 40_000,
          currency: 'usd',
          native: { before: 70_000, after: 110_000 },
          basis: 'observed',
          causes: [{ subscriptionId: 'sub_1', what: 'quantity', from: '10', to: '14' }],
        },
      ],
    },
    {
      id: 'cus_2',
      name: null,
      opening: 0,
      closing: 30_000,
      movements: [
        {
          day: '2026-07-04',
          kind: 'new',
          amount: 30_000,
          currency: 'eur',
          native: { before: 0, after: 25_000 },
          basis: 'reconstructed',
          causes: [{ subscriptionId: 'sub_2', what: 'started', from: null, to: null }],
        },
      ],
    },
    {
      id: 'cus_3',
      name: 'Gone GmbH',
      opening: 15_000,
      closing: 0,
      movements: [
        {
          day: '2026-07-05',
          kind: 'churn',
          amount: 15_000,
          currency: 'usd',
          native: { before: 15_000, after: 0 },
          basis: 'told',
          causes: [],
        },
      ],
    },
  ],
  others: 0,
  throughAt: null,
};
