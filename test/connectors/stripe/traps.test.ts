import { expect, it } from 'vitest';
import { startHttpServer } from '../support/http-server.ts';
import { emptyLedger, readOn } from './mirror/support.ts';
import { charge, coupon, discount, invoice, item, line, price, subscription } from './support/objects.ts';
import { KEY, mrrOf, readOnce } from './support/read.ts';

const now = '2026-03-10T12:00:00Z';

/** An account that makes the mirror ask all it ever asks. */
function everything() {
  const tiers = [{ up_to: null, unit_amount: 100, unit_amount_decimal: '100', flat_amount: 0 }];
  const tiered = price('price_t', 0, {
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers,
    unit_amount: null,
    unit_amount_decimal: null,
  });
  const onItem = [discount('di_i', 'GONE_I')];
  const items = Array.from({ length: 11 }, (_, index) =>
    item(`si_${index}`, tiered, 1, { discounts: onItem }),
  );
  const of = subscription('sub_1', items, {
    discounts: [discount('di_1', coupon('GONE', { percent_off: 10 }))],
  });
  const lines = Array.from({ length: 11 }, (_, index) =>
    line(`il_${index}`, 100, ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z']),
  );
  return {
    charges: [charge('ch_1', now, 100)],
    customers: [{ id: 'cus_sub_1', object: 'customer', discount: discount('di_c', 'GONE_C') }],
    subscriptions: [of],
    prices: [tiered],
    coupons: [],
    invoices: [
      invoice('in_1', of, '2026-03-01T00:00:00Z', lines, { discounts: [discount('di_v', 'GONE_V')] }),
    ],
  };
}

it('never asks for more than four levels, which would fail the whole request', async () => {
  const { asked } = await readOnce(everything(), { now });
  const expansions = asked.flatMap((path) =>
    [...new URL(path, 'http://stripe.test').searchParams]
      .filter(([name]) => name.startsWith('expand'))
      .map(([, expansion]) => expansion),
  );
  expect(Math.max(...expansions.map((expansion) => expansion.split('.').length))).toBe(4);
  // Every list, and the owners of coupons that no list shows.
  for (const part of [
    'customers/cus_sub_1',
    'subscriptions/sub_1',
    'subscription_items/si_0',
    'invoices/in_1',
  ])
    expect(asked.some((path) => path.startsWith(`/v1/${part}?expand`))).toBe(true);
});

it('asks in the API version it was written for, and tells nothing about this machine', async () => {
  const seen: Record<string, unknown>[] = [];
  const server = await startHttpServer((request, response) => {
    seen.push(request.headers);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ object: 'list', data: [], has_more: false, url: request.url }));
  });
  try {
    const place = { config: { apiKey: KEY }, endpoint: server.url, now: new Date(now) };
    await readOn(emptyLedger(), place, { kinds: ['payment'] });
  } finally {
    await server.close();
  }
  expect(seen.length).toBeGreaterThan(1);
  for (const headers of seen) {
    expect(headers['stripe-version']).toBe('2026-10-28.endive');
    expect(headers).not.toHaveProperty('x-stripe-client-telemetry');
  }
});

it('still counts the subscription of a customer that Stripe lists no more', async () => {
  const of = subscription('sub_1', [item('si_1', price('price_1', 500), 1)], { customer: 'cus_gone' });
  const read = await readOnce({ subscriptions: [of], customers: [] }, { now });
  expect(mrrOf(read, '2026-03-10')).toBe('500');
});

it('walks each list once, whatever number of metrics need it', async () => {
  const { asked } = await readOnce({ subscriptions: [subscription('sub_1', [])] }, { now });
  const lists = asked.filter((path) => path.includes('limit=100')).map((path) => path.split('?')[0]);
  expect(lists.length).toBe(new Set(lists).size);
});

it('refuses live and test invoices in one read', async () => {
  const of = subscription('sub_1', []);
  const span: [string, string] = ['2026-03-10T00:00:00Z', '2026-04-10T00:00:00Z'];
  const invoices = [
    invoice('in_2', of, span[0], [line('il_2', 100, span)], { livemode: true }),
    invoice('in_1', of, span[0], [line('il_1', 100, span)]),
  ];
  const reading = readOnce({ invoices }, { now, kinds: ['invoice'] });
  await expect(reading).rejects.toMatchObject({ code: 'mixed_livemode', remedy: { by: 'owner' } });
});

it('names the field of an invoice that is gone, as when an old shape comes', async () => {
  const { parent: _gone, ...old } = invoice('in_1', subscription('sub_1', []), now, []);
  const reading = readOnce({ invoices: [old] }, { now, kinds: ['invoice'] });
  await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift', code: '/data/0/parent' });
});
