import { describe, expect, it } from 'vitest';
import { type MirrorKitServer, mirrorKit } from '../../../connectors/sdk/test-kit-mirror.ts';
import { stripe } from '../../../connectors/stripe/index.ts';
import { refusal, startFake } from './mirror/fake.ts';
import {
  at,
  charge,
  coupon,
  dispute,
  invoice,
  item,
  line,
  price,
  refund,
  subscription,
} from './support/objects.ts';
import { KEY, whole } from './support/read.ts';
import type { StripeData } from './support/server.ts';

const pro = price('price_pro', 4_900);
const tried = subscription('sub_3', [item('si_3', pro, 2)], {
  customer: 'cus_a',
  trial_start: at('2026-03-01T00:00:00Z'),
  trial_end: at('2026-03-02T00:00:00Z'),
});
const customer = (id: string) => ({ id, object: 'customer', discount: null, test_clock: null });
const march: [string, string] = ['2026-03-02T00:00:00Z', '2026-04-02T00:00:00Z'];
const data: StripeData = {
  customers: [customer('cus_b'), customer('cus_a')],
  coupons: [coupon('HALF', { percent_off: 50 })],
  charges: [
    charge('ch_3', '2026-03-02T12:00:00Z', 500, { customer: 'cus_a' }),
    charge('ch_2', '2026-03-01T12:00:00Z', 4_900),
    charge('ch_1', '2026-03-01T08:00:00Z', 100),
  ],
  refunds: [refund('re_1', '2026-03-02T15:00:00Z', 700)],
  disputes: [dispute('dp_1', '2026-03-03T00:00:00Z', 300)],
  subscriptions: [
    tried,
    subscription('sub_2', [item('si_2', pro, 1)], { customer: 'cus_b' }),
    subscription('sub_1', [item('si_1', pro, 1)], {
      customer: 'cus_a',
      status: 'canceled',
      ended_at: at(march[0]),
    }),
  ],
  invoices: [invoice('in_1', tried, march[0], [line('il_1', 9_800, march)])],
};

async function start(of: StripeData): Promise<MirrorKitServer> {
  const { server } = await startFake(whole(of), 2);
  const paths: Partial<Record<string, string>> = { dispute: '/v1/disputes' };
  return {
    ...server,
    revoke(kind) {
      const path = paths[kind];
      if (path === undefined) throw new Error(`the fake cannot refuse ${kind}`);
      server.answer(path, () => refusal('rak_dispute_read'));
    },
  };
}

const checks = mirrorKit({
  connector: stripe,
  config: { apiKey: KEY, webhookSecret: 'whsec_KeptOutOfSight', requestsPerSecond: 90 },
  secrets: [KEY, 'whsec_KeptOutOfSight'],
  start: () => start(data),
  startEmpty: () => start({}),
  now: new Date('2026-03-03T18:00:00Z'),
  kinds: ['subscription', 'observation', 'invoice', 'payment', 'refund', 'dispute'],
  records: {
    customer: ['cus_a', 'cus_b'],
    price: ['price_pro'],
    coupon: ['HALF'],
    subscription: ['sub_1', 'sub_2', 'sub_3'],
    invoice: ['in_1'],
    payment: ['ch_1', 'ch_2', 'ch_3'],
    refund: ['re_1'],
    dispute: ['dp_1'],
  },
  // Two objects a page: three subscriptions make 2 pages and three charges 2; prices, coupons, customers, invoices,
  // refunds and disputes make 1 each, and so do the events.
  requests: 11,
  // At 90 requests a second.
  concurrent: 8,
  revocable: 'dispute',
});

describe('the mirror kit on Stripe', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
