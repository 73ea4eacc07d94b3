import { expect, it } from 'vitest';
import { fixture, type Thing } from './support/objects.ts';
import { mrrOf, payersOf, readOnce } from './support/read.ts';

// The cases of one subscription each are in mirror/map.test.ts.

type Page = { response: { data: Thing[] } };

it('reads five subscriptions over two pages as the fixture says', async () => {
  const pages = ['subscriptions_page_1.json', 'subscriptions_page_2.json'].map((name) => fixture<Page>(name));
  const expected = fixture<{ asOf: number; mrr: { usd: number }; payingCustomers: number }>(
    'subscriptions_expected.json',
  );
  const subscriptions = pages.flatMap((page) => page.response.data);
  const now = new Date(expected.asOf * 1_000).toISOString();
  const read = await readOnce({ subscriptions, coupons: [] }, { now, pageSize: 3 });
  const today = now.slice(0, 10);
  expect(mrrOf(read, today)).toBe(String(expected.mrr.usd));
  expect(payersOf(read, today)).toHaveLength(expected.payingCustomers);
  expect(read.asked.filter((path) => path.startsWith('/v1/subscriptions?'))).toHaveLength(2);
});

it('counts all twelve items of a subscription that shows ten', async () => {
  const { subscription, requests, expected } = fixture<{
    subscription: Thing;
    requests: Array<{ response: { data: Thing[] } }>;
    expected: { mrr: { usd: number } };
  }>('subscription_with_12_items.json');
  const all = requests[0]?.response.data ?? []; // the whole list, as one page of a hundred
  const subscriptions = [{ ...subscription, items: { data: all, has_more: false } }];
  const read = await readOnce({ subscriptions }, { now: '2026-03-31T12:00:00Z', pageSize: 10 });
  expect(mrrOf(read, '2026-03-31')).toBe(String(expected.mrr.usd));
  expect(read.asked.filter((path) => path.startsWith('/v1/subscription_items'))).toHaveLength(2);
});
