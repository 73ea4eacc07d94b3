import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { stripe } from '../../../connectors/stripe/index.ts';
import { charge, dispute, item, price, refund, subscription } from './support/objects.ts';
import { KEY, utcWindow } from './support/read.ts';
import { startStripe } from './support/server.ts';

const pro = price('price_pro', 4_900);
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
    subscription('sub_3', [item('si_3', pro, 2)], { customer: 'cus_a' }),
    subscription('sub_2', [item('si_2', pro, 1)], { customer: 'cus_b' }),
    subscription('sub_1', [item('si_1', pro, 1)], { customer: 'cus_a' }),
  ],
};

// Two objects a page: four charges make 2 pages, refunds and disputes 1 each; three subscriptions make 2 pages.
const checks = connectorKit({
  connector: stripe,
  config: { apiKey: KEY },
  secrets: [KEY],
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
  },
});

describe('the connector kit on Stripe', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
