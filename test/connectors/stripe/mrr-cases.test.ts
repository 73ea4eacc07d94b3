import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../connectors/sdk/index.ts';
import { subscriptionMrr } from '../../../connectors/stripe/mrr.ts';
import { subscriptionSchema } from '../../../connectors/stripe/schema.ts';
import { fixture, type Thing } from './support/objects.ts';
import { readFrom, utcWindow, valuesOf } from './support/read.ts';
import { startStripe } from './support/server.ts';

type Cases = {
  cases: Array<{
    id: string;
    about: string;
    asOf: number;
    subscription: Thing;
    customer?: Thing;
    expected: number;
  }>;
};
type Page = { response: { data: Thing[] } };

const { cases } = fixture<Cases>('mrr_cases.json');
const none = { prices: new Map(), coupons: new Map() };

describe('MRR of one subscription', () => {
  it.each(cases)('$id: $about', ({ subscription, customer, asOf, expected }) => {
    const answer = { ...subscription, customer: customer ?? subscription.customer };
    const parsed = parseAnswer('Stripe', 'a subscription', subscriptionSchema, answer);
    expect(subscriptionMrr(parsed, none, asOf).toNumber()).toBe(expected);
  });
});

it('reads five subscriptions over two pages as the fixture says', async () => {
  const pages = ['subscriptions_page_1.json', 'subscriptions_page_2.json'].map((name) => fixture<Page>(name));
  const expected = fixture<{ asOf: number; mrr: { usd: number }; payingCustomers: number }>(
    'subscriptions_expected.json',
  );
  const subscriptions = pages.flatMap((page) => page.response.data);
  const server = await startStripe({ subscriptions, coupons: [] }, 3);
  const at = {
    now: new Date(expected.asOf * 1_000).toISOString(),
    window: utcWindow('2026-03-31', '2026-04-01'),
  };
  try {
    const mrr = await readFrom(server, 'mrr', at);
    const customers = await readFrom(server, 'paying_customers', at);
    expect(valuesOf(mrr)).toEqual({ '2026-03-31': String(expected.mrr.usd) });
    expect(valuesOf(customers)).toEqual({ '2026-03-31': String(expected.payingCustomers) });
  } finally {
    await server.close();
  }
});

it('counts all twelve items of a subscription that shows ten', async () => {
  const { subscription, requests, expected } = fixture<{
    subscription: Thing;
    requests: Array<{ response: { data: Thing[] } }>;
    expected: { mrr: { usd: number } };
  }>('subscription_with_12_items.json');
  const all = requests[0]?.response.data ?? []; // the whole list, as one page of a hundred
  const server = await startStripe({ subscriptions: [{ ...subscription, items: { data: all } }] }, 10);
  const at = { now: '2026-03-31T12:00:00Z', window: utcWindow('2026-03-31', '2026-04-01') };
  try {
    expect(valuesOf(await readFrom(server, 'mrr', at))).toEqual({ '2026-03-31': String(expected.mrr.usd) });
    expect(server.asked.filter((path) => path.startsWith('/v1/subscription_items'))).toHaveLength(2);
  } finally {
    await server.close();
  }
});
