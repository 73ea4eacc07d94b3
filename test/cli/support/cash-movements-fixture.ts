import type { MovementsView } from '../../../src/api/contracts/revenue.ts';
import { movements } from './movements-fixture.ts';

/** Two days of a made-up company in dollars: 1,234.00 + 800.00 of payments - 34.00 of refunds = 2,000.00, in cents. */
export const cashMovements: MovementsView = {
  ...movements,
  metric: { id: 'met_2', key: 'revenue.net', title: 'Net revenue', version: 1 },
  measure: 'net_revenue',
  windows: {
    opening: { startDay: '2026-07-06', endDay: '2026-07-07' },
    closing: { startDay: '2026-07-07', endDay: '2026-07-08' },
  },
  openingDay: '2026-07-06',
  closingDay: '2026-07-07',
  opening: 123_400,
  closing: 200_000,
  totals: {
    new: 0,
    expansion: 0,
    contraction: 0,
    churn: 0,
    reactivation: 0,
    fx: 0,
    payment: 80_000,
    refund: -3_400,
    dispute: 0,
  },
  identity: '123400 + payment 80000 - refund 3400 = 200000',
  customers: [
    {
      id: 'cus_borg',
      name: 'Borg Ltd',
      opening: 20_000,
      closing: 90_000,
      movements: [
        flow('2026-07-06', 'payment', -20_000, { id: 'ch_1', paymentId: 'ch_1' }),
        {
          ...flow('2026-07-07', 'payment', 90_000, { id: 'ch_2', paymentId: 'ch_2' }),
          currency: 'eur',
          native: { before: 0, after: 75_000 },
        },
      ],
    },
    {
      id: 'payment:ch_3',
      name: null,
      guestPaymentId: 'ch_3',
      opening: 0,
      closing: 10_000,
      movements: [flow('2026-07-07', 'payment', 10_000, { id: 'ch_3', paymentId: 'ch_3' })],
    },
    {
      id: 'cus_3',
      name: null,
      opening: 0,
      closing: -3_400,
      movements: [flow('2026-07-07', 'refund', -3_400, { id: 're_1', paymentId: 'ch_0' })],
    },
  ],
};

function flow(day: string, kind: string, amount: number, record: { id: string; paymentId: string }) {
  const native = day === '2026-07-06' ? { before: -amount, after: 0 } : { before: 0, after: amount };
  return { day, kind, amount, currency: 'usd', native, basis: 'observed' as const, causes: [], record };
}
