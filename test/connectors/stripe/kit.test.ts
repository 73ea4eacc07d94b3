import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { stripe } from '../../../connectors/stripe/index.ts';
import { at, charge, dispute, invoice, item, line, price, refund, subscription } from './support/objects.ts';
import { KEY, utcWindow } from './support/read.ts';
import { startStripe } from './support/server.ts';

const pro = price('price_pro', 4_900);
const tried = subscription('sub_3', [item('si_3', pro, 2)], {
  customer: 'cus_a',
  created: at('2026-01-05T00:00:00Z'),
  trial_start: at('2026-03-01T00:00:00Z'),
  trial_end: at('2026-03-02T00:00:00Z'),
});
const left = subscription('sub_0', [item('si_0', pro, 1)], {
  customer: 'cus_c',
  status: 'canceled',
  created: at('2026-01-01T00:00:00Z'),
  ended_at: at('2026-02-10T00:00:00Z'),
});
const data = {
  charges: [
    charge('ch_4', '2026-03-03T10:00:00Z', 1_000),
    charge('ch_3', '2026-03-02T12:00:00Z', 500),
    charge('ch_2', '2026-03-01T12:00:00Z', 4_900),
    charge('ch_1', '2026-03-01T08:00:00Z', 100),
  ],
  refunds: [refund('re_1', '2026-03-02T15:00:00Z', 700)],
  disputes: [dispute('dp_1', '2026-03-03T00:00:00Z', 300)],
  subscriptions: [
    tried,
    subscription('sub_2', [item('si_2', pro, 1)], { customer: 'cus_b' }),
    subscription('sub_1', [item('si_1', pro, 1)], { customer: 'cus_a' }),
    left,
  ],
  invoices: [
    invoice('in_3', tried, '2026-03-02T06:00:00Z', [
      line('il_3', 9_800, ['2026-03-02T00:00:00Z', '2026-04-02T00:00:00Z']),
    ]),
    invoice('in_2', tried, '2026-01-10T00:00:00Z', [
      line('il_2', 9_800, ['2026-01-10T00:00:00Z', '2026-03-01T00:00:00Z']),
    ]),
    invoice('in_1', left, '2026-01-01T00:00:00Z', [
      line('il_1', 4_900, ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']),
      line('il_0', 4_900, ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']),
    ]),
  ],
};

// Two objects a page: four charges make 2 pages, refunds and disputes 1 each; three running subscriptions make 2 pages,
// four with the canceled one make 2 as well, and so do three invoices.
const checks = connectorKit({
  connector: stripe,
  config: { apiKey: KEY, webhookSecret: 'whsec_KeptOutOfSight' },
  secrets: [KEY, 'whsec_KeptOutOfSight'],
  start: () => startStripe(data, 2),
  now: new Date('2026-03-03T18:00:00Z'),
  window: utcWindow('2026-03-01', '2026-03-04'),
  metrics: {
    net_revenue: {
      params: { currency: 'usd' },
      // 100 + 4900; 500 - 700; 1000 - 300
      values: { '2026-03-01': '5000', '2026-03-02': '-200', '2026-03-03': '700' },
      pages: 4,
    },
    // 4 seats at 49.00
    mrr: { params: { currency: 'usd' }, values: { '2026-03-03': '19600' }, pages: 2 },
    paying_customers: { params: {}, values: { '2026-03-03': '2' }, pages: 2 },
    // 196.00 a month of two customers; three paid as February opened (cus_b came paid up and has no invoice yet) and
    // one of them, cus_c, was gone at its close: 98.00 x 3 months.
    ltv: {
      params: { currency: 'usd', formula: 'arpa_over_churn' },
      values: { '2026-03-03': '29400' },
      pages: 6,
    },
    // A trial of one day, paid six hours after its end; nobody began on 2 March, and 3 March still runs.
    trial_to_paid: {
      params: { graceDays: 1, trialDays: 1 },
      values: { '2026-03-01': '1', '2026-03-02': null },
      pages: 3,
    },
  },
});

describe('the connector kit on Stripe', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
